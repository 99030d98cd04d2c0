"""The front that comes by mail: letters in the reader's language, as text and HTML."""
