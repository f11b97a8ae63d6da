"""Collections of garbage that do not stop every terminal for a tenth of a second."""

import gc


def keep_what_is_loaded() -> None:
    """Called once a process has loaded its program, which lives as long as the process does.

    Each full collection would look at all of it: 60 ms in which no key is echoed.
    """
    gc.collect()
    gc.freeze()
