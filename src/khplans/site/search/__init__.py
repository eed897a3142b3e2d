"""What the site's search reads: `entry` says what can be found, `pages`, `things` and `passages` find it in a
catalogue, `index` writes it as scripts that are read on demand."""
