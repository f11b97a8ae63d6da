"""The wire: messages between browser and server, and between web workers and executors.

Imports nothing of ours. `messages.py` is what outsiders may rely on; `channel.py` is ours to change.
"""
