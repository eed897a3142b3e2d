"""What a finding means: which document, body, measure, place it stands for, and the ids they have.

`instruments` (the document that a citation means), `issuing_bodies` (whose a number is),
`agencies` (the body that a name means), `measures` (what a number measures), `places` (where
words stand in their document), `ids` (made from a document and a place in it).
"""
