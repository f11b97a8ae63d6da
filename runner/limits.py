"""Every ceiling in one place: the unit in the name, the reason beside it.

A site may move those of `BOUNDS` by environment variables (`LIMIT_CPU_SECONDS=60`), within bounds;
there is no value that means "unlimited".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

KIB, MIB = 1024, 1024 * 1024
# The limit backend that measures from outside instead of letting the kernel account. A hostile
# program can evade it, so a site for strangers uses it only if its operator asks for it.
WATCHDOG = "rlimits and watchdog"

# Limits that refuse a program more without ending it.
Shortage = Literal["disk_bytes", "disk_files", "processes"]

# Variable (LIMIT_…): minimum and maximum that a site may choose.
BOUNDS: dict[str, tuple[int, int]] = {
    "cpu_seconds": (1, 3600),
    "cpu_percent": (10, 6400),
    "wall_seconds": (1, 24 * 3600),
    "idle_seconds": (1, 24 * 3600),
    "memory_bytes": (32 * MIB, 16 * 1024 * MIB),
    "compile_cpu_seconds": (1, 3600),
    "compile_wall_seconds": (1, 3600),
    "compile_memory_bytes": (32 * MIB, 16 * 1024 * MIB),
    "processes": (4, 4096),
    "disk_bytes": (1 * MIB, 1024 * MIB),
    "output_bytes": (64 * KIB, 16 * 1024 * MIB),
    "detach_seconds": (1, 24 * 3600),
    "drain_seconds": (0, 3600),
    "runs_per_user": (1, 10_000),
    "sockets_per_user": (1, 10_000),
    "queued_runs": (1, 100_000),
    "run_requests_per_second": (1, 10_000),
    "run_requests_burst": (1, 10_000),
    "history_runs": (10, 10_000_000),
    "history_bytes": (4 * MIB, 1024 * 1024 * MIB),
    "visitor_percent": (1, 50),
    "visitor_runs_per_network": (1, 1000),
    "visitor_queue": (1, 1000),
    "visitor_cpu_seconds": (1, 600),
    "visitor_wall_seconds": (5, 3600),
    "visitor_memory_bytes": (32 * MIB, 1024 * MIB),
}


# What a class may lower for its students' programs, to what at least. Of these the executor alone
# counts all but memory and processes, which the sandbox has from its start.
BOUNDS_OF_CLASS: dict[str, int] = {
    "cpu_seconds": 1,
    "wall_seconds": 5,
    "idle_seconds": 5,
    "memory_bytes": 32 * MIB,
    "processes": 16,
    "output_bytes": 64 * KIB,
}
# Fields of a visitor's run, which are lower than those of others.
VISITORS_OWN = (
    "visitor_cpu_seconds", "visitor_wall_seconds", "visitor_idle_seconds", "visitor_memory_bytes",
    "visitor_processes", "visitor_output_bytes", "visitor_detach_seconds",
)  # fmt: skip
_COUNTED = ("cpu_seconds", "wall_seconds", "idle_seconds", "output_bytes")


@dataclass(frozen=True, slots=True)
class Limits:
    # --- One run, enforced by the sandbox and the executor -----------------------------------
    cpu_seconds: int = 60  # an endless loop ends; a heavy exercise does not
    wall_seconds: int = 3600  # one lesson
    idle_seconds: int = 900  # without input or output: the student has left
    cpu_percent: int = 100  # of one core: other users' terminals must not wait
    gives_way: bool = False  # to the runs of users and to all who serve them: a visitor's
    memory_bytes: int = 256 * MIB  # numpy and pandas fit; a class of 30 fits in 8 GiB
    debugger_bytes: int = 64 * MIB  # beside these, in a debug run; pydevd takes 56
    screen_bytes: int = 48 * MIB  # likewise, in a GUI run; its X server takes 18, and big windows
    processes: int = 512  # hundreds of threads fit; a fork bomb needs no more than 25 MB
    disk_bytes: int = 64 * MIB  # home, /tmp and /dev/shm are memory of the host
    output_bytes: int = 256 * MIB  # ends an endless print before it costs a day of traffic
    disk_files: int = 10_000  # each costs 1 KiB of the host's memory
    open_files: int = 1024  # of a process; what Linux gives every program

    # --- Its compiler, before it: the program's own time and memory count from 0 after it -------
    compile_cpu_seconds: int = 30  # the slowest compiler, of a beginner's program, takes 5
    compile_wall_seconds: int = 60  # a machine whose cores are all busy
    compile_memory_bytes: int = 512 * MIB  # of rustc, ghc and kotlinc; only a few runs compile

    # --- One terminal --------------------------------------------------------------------------
    window_bytes: int = 256 * KIB  # unacknowledged output: what a browser parses within 50 ms
    ring_bytes: int = 1 * MIB  # output held for a client that reconnects
    frame_bytes: int = 64 * KIB  # larger frames gain no speed and delay a ^C
    input_bytes: int = 256 * KIB  # typed, but not yet read by the program
    input_messages: int = 1024  # the same, as a number of messages
    recording_part_bytes: int = 512 * KIB  # stored of the beginning, and of the end
    recording_flush_seconds: int = 5  # an executor's death loses at most this much

    # --- What a program shows beside its text --------------------------------------------------
    artifacts_per_run: int = 50  # more than anybody looks at
    artifact_bytes: int = 4 * MIB  # a photograph; a plot has 20 KiB
    artifacts_bytes_per_run: int = 16 * MIB  # a quarter of what is kept of a user
    artifact_updates_per_second: int = 5  # an animation; each is written to the database
    stills_per_run: int = 40  # of a window: one a second first, one in ten minutes in the end
    stills_bytes_per_run: int = 4 * MIB  # a drawing has 5 KiB, a game in full colours 300
    artifacts_at_once: int = 4  # received and stored by an executor: each is held in memory
    artifact_reads_per_minute: int = 64 * MIB  # bytes: a page shows 16 MiB at most

    # --- Files of programs ---------------------------------------------------------------------
    returned_files: int = 20  # new or changed in the home of a run; beside what it shows
    returned_bytes: int = 8 * MIB  # of all of them
    returned_seconds: float = 2.0  # for their collection
    data_file_bytes: int = 10 * MIB  # a table with a hundred thousand rows
    data_bytes_per_snippet: int = 32 * MIB  # half of the disk of a run
    data_files_per_snippet: int = 200  # a folder of pictures
    data_bytes_per_user: int = 128 * MIB  # four full snippets
    data_request_bytes: int = 11 * MIB  # of HTTP: one file, or several small ones

    # --- One browser ---------------------------------------------------------------------------
    text_frame_bytes: int = 64 * KIB
    start_frame_bytes: int = 1600 * KIB  # the largest program: JSON may take three bytes for each
    request_bytes: int = 5 * MIB  # of HTTP: the largest program as JSON in JSON, as nginx has it
    messages_per_second: int = 1000  # fast typing is 20, a script that waits for echoes 500
    messages_burst: int = 2000  # a paste cut in pieces
    acks_per_second: int = 4000  # 32 KiB each at 60 MB/s is 2000; anything beyond waits
    run_requests_per_second: int = 5  # starts, attaches and new terminals, each: some queries
    run_requests_burst: int = 20  # all terminals of a user come back at once
    refusals_per_second: int = 20  # that are answered; a wrong page is told once for each key
    refusals_burst: int = 100
    refusals_until_closed: int = 5000  # unanswered ones; then the terminal is closed
    polled_requests_per_second: int = 50  # where WebSockets are blocked: keys, answers, polls
    polled_requests_burst: int = 200
    polled_requests_at_once: int = 2000  # of all who are signed in, and of all others
    runs_per_user: int = 3
    sockets_per_user: int = 20  # on all web workers
    watchers_per_run: int = 32  # a room, or a school's teachers; each may lag behind by a window
    socket_seen_seconds: int = 20  # between renewals; three missed ones end it

    # --- One user's requests -------------------------------------------------------------------
    api_requests_per_minute: int = 600  # a page that saves while the user types sends 60
    recording_bytes_per_minute: int = 16 * MIB  # read by pages: 16 full ones, a thousand usual ones
    saved_bytes_per_minute: int = 64 * MIB  # the largest snippet, saved every half second
    search_ms_per_minute: int = 10_000  # of the database's time; a search takes 20
    search_ms: int = 1_000  # then a search shows what it has found

    # --- One web worker's pages ----------------------------------------------------------------
    pages_at_once: int = 12  # each has a thread and a connection; Python runs one at a time
    pages_at_once_per_visitor: int = 2  # a browser sends 6 at once; each takes milliseconds
    page_requests_per_second: int = 20  # of a visitor; then they wait
    page_requests_burst: int = 60  # opening and reading on, without files of the site itself
    pages_waiting: int = 600  # of all who are signed in, and of all others
    pages_waiting_per_group: int = 400  # a user, or an address: a class that reloads sends 200
    files_at_once: int = 48  # of the site itself, of up to 4 MB each
    files_waiting: int = 4000  # a class that opens the site sends 40 for each browser
    pages_waiting_per_visitor: int = 100
    page_wait_seconds: int = 20  # the proxy gives up after 30
    recordings_read_at_once: int = 1  # each holds some MiB, and Python for up to half a second

    # --- One user's snippets -------------------------------------------------------------------
    rooms_per_user: int = 8  # that are open; each keeps 4 MiB of updates at most
    members_per_room: int = 32  # a class; every update is sent to each
    pages_per_room: int = 32
    invitations_per_room: int = 10
    interviews_per_user: int = 50  # each keeps 24 MiB of updates at most, two snippets and runs
    interview_templates_per_user: int = 100
    snippets_per_user: int = 5000  # years of lessons; the list stays fast
    snippet_bytes_per_user: int = 64 * MIB  # a disk holds a school's
    deleted_snippets_per_user: int = 5000  # the same for deleted ones that can be restored
    deleted_snippet_days: int = 30  # a mistake is noticed within a month

    # --- One user's history --------------------------------------------------------------------
    history_runs: int = 5000  # years of lessons; the oldest ended ones are removed
    history_bytes: int = 64 * MIB  # programs and recordings; as much as snippets may have

    # --- The life of a run ---------------------------------------------------------------------
    queued_runs: int = 2000  # on the whole site; a queue of minutes helps nobody
    detach_seconds: int = 300  # longer than a train in a tunnel
    drain_seconds: int = 30  # a stopping executor lets short runs end
    unavailable_seconds: float = 4.5  # without an answer from an executor
    heartbeat_seconds: int = 5
    executor_lost_seconds: int = 20  # four missed heartbeats

    # --- Visitors, who have no account ---------------------------------------------------------
    visitor_percent: int = 25  # of an executor's places; and they give way to students' runs
    visitor_starts_per_second: int = 4  # of an executor: a start costs as much as ten echoes
    visitor_runs_per_network: int = 32  # at once: a class has one address
    visitor_queue: int = 64  # that wait, on the whole site: a minute or two
    visitor_requests_per_minute: int = 600  # of a network: puzzles and tickets of such a class
    visitor_source_bytes: int = 64 * KIB  # of a program: 2000 lines
    visitor_cpu_seconds: int = 10
    visitor_wall_seconds: int = 300  # somebody who tries an example
    visitor_idle_seconds: int = 120  # the tab is open, its reader elsewhere
    visitor_memory_bytes: int = 128 * MIB
    visitor_processes: int = 64
    visitor_output_bytes: int = 4 * MIB
    visitor_detach_seconds: int = 20  # a short gap in the connection

    def of_visitor(self) -> "Limits":
        """Of a run that a visitor has started; nothing of it is higher than a student's."""
        mine = {name.removeprefix("visitor_"): getattr(self, name) for name in VISITORS_OWN}
        lower = {name: min(value, getattr(self, name)) for name, value in mine.items()}
        return replace(self, **lower, artifacts_per_run=0, gives_way=True)

    def while_compiling(self) -> "Limits":
        """The same run, while its compiler works."""
        return replace(
            self,
            cpu_seconds=self.compile_cpu_seconds,
            wall_seconds=self.compile_wall_seconds,
            memory_bytes=self.compile_memory_bytes,
        )

    def at_most(self, ceilings: Mapping[str, object] | None) -> "Limits":
        """With the figures of a class where they are lower. They come from the database: what is no
        figure of `BOUNDS_OF_CLASS`, or too low for any program, changes nothing or less."""
        lower = {
            name: max(least, min(figure, getattr(self, name)))
            for name, least in BOUNDS_OF_CLASS.items()
            if type(figure := (ceilings or {}).get(name)) is int
        }
        return replace(self, **{n: min(v, getattr(self, n)) for n, v in lower.items()})

    def fits(self, other: "Limits") -> bool:
        """Whether a sandbox that was made with `other` does for these: it differs in nothing, or in
        what the executor counts and the sandbox allows."""
        less = all(getattr(self, name) <= getattr(other, name) for name in _COUNTED)
        same = {name: getattr(other, name) for name in _COUNTED}
        return less and replace(self, **same) == other

    def beside(self, *, debugger: bool = False, screen: bool = False) -> "Limits":
        """The same run, with a debugger in its process, or an X server beside it."""
        more = debugger * self.debugger_bytes + screen * self.screen_bytes
        return replace(self, memory_bytes=self.memory_bytes + more) if more else self

    @classmethod
    def from_environment(cls, integer: Callable[[str, int, int, int], int]) -> "Limits":
        """`integer(variable, default, minimum, maximum)` reads one variable or refuses it."""
        defaults = {field.name: field.default for field in fields(cls)}
        names = {"detach_seconds": "DETACH_SECONDS", "drain_seconds": "DRAIN_SECONDS"}
        chosen: dict[str, Any] = {}
        for name, (minimum, maximum) in BOUNDS.items():
            variable = names.get(name, f"LIMIT_{name.upper()}")
            default = defaults[name]
            assert isinstance(default, int)
            chosen[name] = integer(variable, default, minimum, maximum)
        return cls(**chosen)
