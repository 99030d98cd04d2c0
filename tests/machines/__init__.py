"""Real machines the tests drive: a PostgreSQL server and a Chromium browser."""
