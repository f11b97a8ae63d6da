"""The system calls that programs may not make, as a filter for the kernel. Pure.

`rules.py` says what is refused and why, `numbers.py` has the numbers of all calls, and `filter.py`
makes a program of both, from the instructions in `checks.py`. docs/system-calls.md says of every
call what it can make the kernel keep, and what bounds that.
"""

from runner.sandbox.seccomp.filter import ARCHITECTURES, NUMBERS, compiled, supported
from runner.sandbox.seccomp.rules import SHARED_BYTES

__all__ = ["ARCHITECTURES", "NUMBERS", "SHARED_BYTES", "compiled", "supported"]
