"""Who may open a terminal's socket, how much it may send, and what it is answered when it may not.

The gate decodes what the browser sends, checks it, and calls the link. Entry point: `consumer.py`.
"""
