"""Files made of pages: what stands on each, and the text and layout that it makes up."""
