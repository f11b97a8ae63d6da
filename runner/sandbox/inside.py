# size: a program of one file, which imports nothing of ours
# The first program inside a sandbox. It runs on the sandbox's own Python before any user code. It
# may use only the standard library, and must stay small, because it is loaded at every start. Its
# protocol over the descriptor CONTROL:
#
#   ->  8-byte length, marshal       itself, compiled: see interpreter.py, which loads it
#   ->  8-byte length, marshal       {limits: [(which, value)], waits: whether the next comes later,
#                                    perhaps screen: see sent/screen_server.py}
#   <-  "up\n"                       the program may start
#   ->  8-byte length, marshal       {argv, env, files: [(path, bytes)], mark, data, cores, among}:
#                                    perhaps before "up"; without argv sent/next_programs.py follows
#   ->  8-byte length, marshal       [path, bytes, last]: pieces of as many files as `data` says
#   ->  8-byte length, marshal       then SIGUSR1: does the program wait for its terminal? The first
#                                    question brings sent/terminal_reader.py, others are empty
#   <-  "reads input\n", "reads busy\n" or "reads other\n"
#   ->  8-byte length, marshal       then SIGUSR1: sent/home_files.py, which sends files of the home
#   <-  "exit 0 9216 31\n" or "signal 11 9216 31\n"
#                                    how the program ended, peak memory in KiB, CPU time in ms. With
#                                    " new" before the end of the line there are files in the home
#                                    that it has written, and sent/home_files.py may follow
#
# If possible, this code runs in the middle of the start of `python3 main.py`, just before Python
# opens main.py (see interpreter.py). It forks, and the child waits for the program. If the program
# is to be started by exactly this command, the child returns and Python continues as if nothing had
# happened; otherwise the child executes the program's command.
#
# The parent stays, because bubblewrap's own exit code cannot distinguish `exit 139` from a
# segmentation fault. A program that kills it ends its own sandbox. The parent is outside the
# program's session, so ^C reaches only the program. ^Z has no effect, because nobody could resume
# the program.

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import resource
    from collections.abc import Iterator
    from typing import Any, NoReturn

CONTROL = 1999  # also in interpreter.py
ZONE = "TZ"
PROCESSOR = 36  # field of proc(5), stat, behind the name: where a process runs
TERMINAL = "/dev/pts/0"  # made by outside.py
NEW, MORE = os.O_WRONLY | os.O_CREAT | os.O_EXCL, os.O_WRONLY | os.O_APPEND
DEPTH = 8  # folders of the home that are looked into
ENTRIES = 20_000  # of the home that are looked at; its disk has room for half of them

marks: "list[tuple[int, int]]" = []  # of files that were placed: their time, and the latest change
known: "dict[str, tuple[int, ...]]" = {}  # other files that are not new
pipes: "list[int]" = []  # that marks are read from
reader: "dict[str, Any]" = {}  # what the executor's questions have brought


def read_message() -> "Any":
    return marshal.loads(read_exactly(int.from_bytes(read_exactly(8), "big")))


def read_exactly(count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = os.read(CONTROL, min(count - len(data), 1 << 20))
        if not piece:
            os._exit(0)  # the executor is gone, or does not need this sandbox any more
        data += piece
    return data


def receive_program(up: int, unwanted: int, waits: bool) -> None:
    """In the child: returns if this interpreter is the one that the program needs, else never.

    Modules imported here would stay in the program's memory. As much as possible is done before
    the program arrives, because afterwards the processor's caches are cold.
    """
    os.setsid()
    environment = dict(os.environ)
    if waits and sys.implementation.name == "cpython":
        find_user_customization()
        own_memory()
    figures = own_figures()
    program = read_message()
    if not program["argv"]:
        os.read(up, 1)  # the parent does something with this process first
        os.write(unwanted, b"!")
        os._exit(0)
    os.write(unwanted, write_files(program))
    awaited = is_awaited(program, environment)
    keep_to(program["cores"], program["among"], figures)
    if not os.read(up, 1):
        os._exit(1)  # the parent has failed
    take_terminal()
    os.closerange(3, 65536)
    if not awaited:
        execute(program)
    enter_zone(program["env"])


def own_figures() -> int:
    """To be opened early: finding it takes as long as reading it."""
    return os.open("/proc/self/stat", os.O_RDONLY | os.O_CLOEXEC)


def keep_to(cores: int, among: "list[int]", figures: int) -> None:
    """Programs ask which cores they may use. The scheduler has chosen the first one just now: of
    those that are free, where there is one. `among`: those that other runs use least."""
    if not hasattr(os, "sched_getaffinity"):
        return  # PyPy, whose programs cannot ask
    allowed = sorted(os.sched_getaffinity(0))
    if cores >= len(allowed):
        return
    allowed = [core for core in among if core in allowed] or allowed
    ours = int(os.pread(figures, 1024, 0).rpartition(b")")[2].split()[PROCESSOR])
    first = allowed.index(ours) if ours in allowed else 0
    os.sched_setaffinity(0, (allowed + allowed)[first : first + cores])


def take_terminal() -> None:
    """A session's first process gets the terminal that it opens. By this name others find it."""
    terminal = os.open(TERMINAL, os.O_RDWR)
    for number in range(3):
        os.dup2(terminal, number)


def enter_zone(environment: "dict[str, str]") -> None:
    """As `time` does it in the start of an interpreter."""
    if zone := environment.get(ZONE):
        import time

        os.environ[ZONE] = zone
        time.tzset()


def find_user_customization() -> None:
    """`site` looks for it next, in every folder of packages: what is in these is known then."""
    if sys.flags.no_user_site == 0:
        sys.meta_path[-1].find_spec("usercustomize", None)


def own_memory() -> None:
    """Touches the pages that the child shares with its parent, so that they are copied now.

    Counting a reference writes to the object. This saves a third of the time to the first output.
    """
    import gc

    for thing in gc.get_objects():
        gc.get_referents(thing)
    del sys.modules["gc"]


def execute(program: "dict[str, Any]") -> "NoReturn":
    import _signal as signal  # type: ignore[import-not-found]  # the public one costs 2 ms: enum

    # Python ignores some signals, and whoever started us in the background others.
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    argv = program["argv"]
    try:
        os.execve(argv[0], argv, program["env"])
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
        os._exit(127)


def hide() -> None:
    """Keeps the program's user from reading or tracing this process (it has the control socket)."""
    if sys.implementation.name == "pypy":
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
        return
    import _ctypes  # the public one costs 3 ms

    prctl = _ctypes.dlsym(_ctypes.dlopen(None, 0), "prctl")  # type: ignore[arg-type]
    _ctypes.call_function(prctl, (4, 0, 0, 0, 0))  # PR_SET_DUMPABLE


def write_files(program: "dict[str, Any]") -> bytes:
    """Sources and data. Returns what tells them from other files later: see `is_placed`."""
    mark, latest, failed = program["mark"], 0, ""
    for path, content in program["files"]:
        if not failed:
            latest, failed = write_file(path, NEW, content, mark)
    for _ in range(program["data"]):
        flags, last = NEW, False
        while not last:  # all is read: who sends it waits for that
            path, content, last = read_message()
            if not failed:
                latest, failed = write_file(path, flags, content, mark)
            flags = MORE
    if failed:  # its disk is too small for them
        os.write(2, f"The program's files cannot be written: {failed}\n".encode())
        os._exit(1)
    return b"%d %d" % (mark, latest)


def write_file(path: str, flags: int, content: bytes, mark: int) -> "tuple[int, str]":
    """When it was changed last, in nanoseconds, and what is wrong, if anything is. All that is
    placed gets one time, `mark`. Whoever writes to a file gives it another one."""
    try:
        if "/" in path:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, flags | os.O_CLOEXEC, 0o666)
        try:
            while content:
                content = content[os.write(file, content) :]
            os.utime(file, ns=(mark, mark))
            return os.fstat(file).st_ctime_ns, ""
        finally:
            os.close(file)
    except OSError as error:
        return 0, error.strerror or "error"


def is_placed(path: str, status: os.stat_result) -> bool:
    """Whether the file is as the executor has placed or seen it."""
    while pipes:
        note_marks(os.read(pipes.pop(), 64))
    time, change = status.st_mtime_ns, status.st_ctime_ns
    if any(time == mark and change <= latest for mark, latest in marks):
        return True
    return known.get(path) == signature(status)


def note_marks(said: bytes) -> None:
    if said:
        mark, latest = said.split()
        marks.append((int(mark), int(latest)))


def signature(status: os.stat_result) -> "tuple[int, ...]":
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def home_entries() -> "Iterator[tuple[int, str, str, os.stat_result]]":
    """What is in the home and is no folder, and folders that are too deep: the descriptor of its
    folder, its name there, its path and its status. Without what libraries keep for themselves.

    By descriptors and without following links: programs may still move things about.
    """
    left = [ENTRIES]
    try:
        home = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    yield from entries_of(home, "", 1, left)


def entries_of(
    folder: int, above: str, depth: int, left: "list[int]"
) -> "Iterator[tuple[int, str, str, os.stat_result]]":
    try:
        for name in sorted(os.listdir(folder)):
            left[0] -= 1
            if left[0] < 0:
                return
            if name == "__pycache__" or (depth == 1 and name.startswith(".")):
                continue
            try:
                status, inside = os.stat(name, dir_fd=folder, follow_symlinks=False), -1
            except OSError:
                continue  # it is gone
            if status.st_mode & 0o170000 == 0o040000 and depth < DEPTH:
                try:
                    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                    inside = os.open(name, flags, dir_fd=folder)
                except OSError:
                    pass  # nobody may read it
            if inside >= 0:
                yield from entries_of(inside, above + name + "/", depth + 1, left)
            else:
                yield folder, name, above + name, status
    except OSError:
        pass
    finally:
        os.close(folder)


def has_new_files() -> bool:
    return any(not is_placed(path, status) for _, _, path, status in home_entries())


def is_awaited(program: "dict[str, Any]", environment: "dict[str, str]") -> bool:
    """Whether this process is equivalent to a new one for this program, or becomes it: its time
    zone can be changed.

    Packages below ~/.local are looked for earlier in the start of an interpreter.
    """
    return (
        not sys.flags.isolated
        and program["argv"] == command_line()
        and {**program["env"], ZONE: ""} == {**environment, ZONE: ""}
        and not any(path.startswith(".local/") for path, _ in program["files"])
    )


def command_line() -> "list[str]":
    if sys.implementation.name == "cpython" and sys.version_info >= (3, 10):
        return sys.orig_argv
    with open("/proc/self/cmdline", "rb", buffering=0) as file:
        return [os.fsdecode(word) for word in file.read().split(b"\0")[:-1]]


def set_limits(child: int, limits: "list[tuple[int, int]]") -> None:
    import resource

    for number, value in limits:
        _, most = resource.prlimit(child, number)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.prlimit(child, number, (value, value))


def answer_questions(child: int, tell_up: int) -> None:
    """By a signal, so that nothing is done for them while nobody asks."""
    import _signal as signal  # the public one costs 2 ms: enum

    def answer_signal(*_: object) -> None:
        import select

        ready = select.poll()
        ready.register(CONTROL, select.POLLIN)
        ready.register(tell_up, 0)  # closed at its other end once the program was received
        if len(ready.poll(0)) == 2:
            answer(child)

    signal.signal(signal.SIGUSR1, answer_signal)


def start_screen(message: "dict[str, Any]") -> None:
    """The X server of a GUI run, which has to be there before the program is."""
    if screen := message.get("screen"):
        exec(marshal.loads(screen["code"]), {"screen": screen})  # noqa: S102


def answer(child: int) -> bool:
    """Whether the question was for files. `child`: the program's first process; 0 when it has
    ended."""
    reader["inside"] = globals()
    if question := read_exactly(int.from_bytes(read_exactly(8), "big")):
        exec(marshal.loads(question), reader)  # noqa: S102  # by the executor, as this is
    once = reader.pop("once", None)
    os.write(CONTROL, (once or reader["look"])(child))
    return once is not None


def report(status: int, used: "resource.struct_rusage", more: bytes = b"") -> None:
    figures = (used.ru_maxrss, (used.ru_utime + used.ru_stime) * 1000, more)
    if os.WIFSIGNALED(status):
        os.write(CONTROL, b"signal %d %d %d%s\n" % (os.WTERMSIG(status), *figures))
    else:
        os.write(CONTROL, b"exit %d %d %d%s\n" % (os.WEXITSTATUS(status), *figures))


def finish(status: int, used: "resource.struct_rusage") -> "NoReturn":
    """Reports the end of the last program. Where it has written files, the executor may ask for
    them before it ends this sandbox."""
    import _signal as signal

    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    new = has_new_files()
    report(status, used, b" new" if new else b"")
    while new and not answer(0):  # another question was on its way
        pass
    os._exit(0)


def main() -> None:
    """Returns in the child that becomes the user's program, and only there."""
    begin = read_message()
    up, tell_up = os.pipe()
    unwanted, tell_unwanted = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell_up)
        return receive_program(up, tell_unwanted, begin["waits"])
    hide()
    os.close(up)
    os.close(tell_unwanted)
    pipes.append(unwanted)
    answer_questions(child, tell_up)
    set_limits(child, begin["limits"])
    start_screen(begin)
    os.write(CONTROL, b"up\n")
    os.write(tell_up, b"!")
    _, status, used = os.wait4(child, 0)
    said = os.read(unwanted, 64)  # no program has had this pipe
    pipes.clear()
    if said == b"!":
        exec(read_message(), globals())  # noqa: S102  # it does not return
    note_marks(said)
    finish(status, used)


try:
    main()
except BaseException as error:  # else this process would go on, and become the user's program
    os.write(2, f"The sandbox failed: {error!r}\n".encode())
    os._exit(1)
