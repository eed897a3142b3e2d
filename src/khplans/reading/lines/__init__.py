"""Lines of the source, what kind of line each is, and which go on with the one above."""
