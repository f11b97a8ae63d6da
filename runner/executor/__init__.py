"""The process side of a run. Other packages use `service.py` and no other module.

Nothing is imported here: the modules below are used without Django in the sandbox's tests.
"""
