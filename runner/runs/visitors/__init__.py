"""Runs of visitors, who have no account: nothing of them is left when they have ended."""
