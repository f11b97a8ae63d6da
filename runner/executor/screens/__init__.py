"""The screens of GUI runs: see `relay.py`.

Nothing is imported here, because clients of tests and benches use `rfb.py` without Django.
"""
