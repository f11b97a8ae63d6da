"""What a program has written in its home, as the executor gets it."""

from runner.sandbox.home.conversation import Conversation, OnNewFiles
from runner.sandbox.home.reports import Collected, HomeFile, Reports

__all__ = ["Collected", "Conversation", "HomeFile", "OnNewFiles", "Reports"]
