"""A class at work: its live grid, watching and helping, raised hands, and showing a program to all.

Other packages use the names listed here. A member's page has a socket (`consumer.py`); behind it is
a desk: of who teaches (`teacher_desk.py`, with the live grid) or of a student (`student_desk.py`).
"""

from runner.classroom.consumer import ClassConsumer

__all__ = ["ClassConsumer"]
