"""The basket: add, change, and each line's own problems."""
