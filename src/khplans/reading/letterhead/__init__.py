"""A document's top: issuer, number, place and date, kind and title."""
