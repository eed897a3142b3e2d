"""The catalogue: a collection's tables and plans as pages, data and metadata of one website.

`data` reads the collection, `pages` says each kind of page in both languages, `catalog` describes
the data for machines, `search` and `calendar` make the files that scripts and calendars read, and
`build` puts them together and runs MkDocs.
"""
