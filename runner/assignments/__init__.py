"""Assignments of classes: `student.py` and `teacher.py` are pages, `store.py` has the rules.

Marks and comments are of a copy that nothing changes; tests that run by themselves can be stored
beside them.
"""

from runner.assignments.own_data import OWN_HAND_INS

__all__ = ["OWN_HAND_INS"]
