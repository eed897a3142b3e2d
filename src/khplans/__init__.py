"""khplans: plans of Vietnam's provincial governments as open data, traceable to the character."""

__version__ = "1.0.0"
