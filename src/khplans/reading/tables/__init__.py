"""Tables found in lines: their columns, rows and cells."""
