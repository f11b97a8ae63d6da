"""The optimisations that the setting `OPTIMISATIONS` turns off: all of them, or some by name.

Everything works without them, only slower or in more memory. What bounds memory or time that
others can use up is not among them. `docs/performance.md` describes each:
what it costs, what it gains and how that was measured, and when it may be removed.
"""

from enum import StrEnum


class Optimisation(StrEnum):
    # Web workers
    PROMPT_WRITES = "prompt_writes"
    SOCKET_LOOPS = "socket_loops"
    # Web workers and executors
    HUGE_PAGES = "huge_pages"
    GC_FREEZE = "gc_freeze"
    HEAP_TRIM = "heap_trim"
    LOOP_DATABASE = "loop_database"
    EXPECT = "expect"
    # Executors and their sandboxes
    WARM_POOL = "warm_pool"
    EMPTY_SANDBOXES = "empty_sandboxes"
    WAITING_INTERPRETER = "waiting_interpreter"
    BATCH_SCHEDULING = "batch_scheduling"
    START_BOOST = "start_boost"
    GATHER_OUTPUT = "gather_output"
    ACK_WITH_ECHO = "ack_with_echo"


ALL = frozenset(Optimisation)
