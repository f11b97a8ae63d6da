"""Testing passwords and codes: whose they are, how often they may be tried, from which browser."""
