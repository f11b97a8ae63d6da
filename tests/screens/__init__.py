"""GUI runs: their screens as pages have them, and what programs try with them."""
