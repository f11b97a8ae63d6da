"""The process side of a run. Other packages use `service.py` and no other module.

Nothing is imported here, because the sandbox's tests use the modules below without Django.
"""
