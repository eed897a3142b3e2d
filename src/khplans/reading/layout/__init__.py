"""The layout of a text: what a file would have shown is inferred, once, from its lines.

`infer_layout` finds the tables of a text; `rows` makes the rows of any table, of a file or inferred.
"""
