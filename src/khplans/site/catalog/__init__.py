"""The data described for machines: one model, written as schema.org, DCAT, Croissant, Atom, llms.txt."""
