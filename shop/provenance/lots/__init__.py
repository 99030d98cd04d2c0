"""Lots and their labels: bind a GTIN, release a lot, issue, activate and void labels, count scans, tell clones."""
