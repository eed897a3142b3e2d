"""Speed of reading and extraction beside peers; run them, they are no part of the tests."""
