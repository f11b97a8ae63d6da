"""`make bench`: what a student feels, beside what the machine can do, measured in one run.

Absolute times depend on the machine; each line's ratio compares two things measured in turn.
"""
