"""Takes the list of products of a recognition decision from a file: read, match, preview, propose; errors by line."""
