"""Putting right what was misread: a word, or what was made of it, by a person who doesn't program."""
