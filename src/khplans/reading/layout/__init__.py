"""The layout of a text: what a file would have shown is inferred, once, from its lines.

`lay_out` gives what reading takes: lines with the markers of the list items that they begin, and
tables as rows. `infer_layout` finds the tables of a text, `items` the list items; `rows` makes the
rows of any table, of a file or inferred.
"""
