"""Stock per variant and location: hold, release, take, receive, count; every piece that moves leaves a row."""
