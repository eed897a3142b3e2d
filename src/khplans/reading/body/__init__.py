"""What stands below the letterhead: blocks under sections, headings, who signed."""
