"""Code that inside.py gets from the executor only when it is needed, so that starts do not load it.

It runs in the sandbox, among the names of inside.py.
"""
