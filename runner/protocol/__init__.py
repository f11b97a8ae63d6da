"""The wire: messages between browser and server, and between web workers and executors.

Imports nothing of ours. Outsiders may rely on `messages.py`; `channel.py` is ours to change.
"""
