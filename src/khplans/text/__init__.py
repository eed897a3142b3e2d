"""Words and where they stand: spans into the source, readable passages, folding, dates, numbers."""
