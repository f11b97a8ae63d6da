"""Pages of classes. Who may do what there is decided by `runner.access`.

`views.py` the class and its settings, `members.py`, `joining.py`, `runs.py` what was run in it.
"""
