# size: one program, which a sandbox is sent as an argument
# mypy: allow-untyped-defs, allow-untyped-calls
# ruff: noqa: E402  # imports come when no file of the program can be found in their place
# The program of a debug run: `python3 -c <this> main.py arguments`. It runs inside the sandbox.
# pydevd (in the package debugpy) runs main.py in this process and dials out to the executor, so
# that standard input and output stay the terminal.
# What is sent has one JSON object of the Debug Adapter Protocol to a line: a reader that has missed
# something, or gets something broken, goes on at the next line. What comes in has the headers of
# the protocol, as pydevd reads nothing else.

import sys

LOADED = set(sys.modules)  # by Python itself
del sys.path[0]  # the program's folder, in which a file may be called as a module of the library

import _thread
import contextlib
import os
import signal
import socket
import threading
import traceback
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from time import monotonic, sleep

ADDRESS = "/run/coderunner/debug"
settrace = sys.settrace  # pydevd's own complains
NAME = "<string>"  # of this code, in tracebacks
CONNECTED_AT = 5678  # pydevd wants a port
VALUE_SECONDS = 2.0  # for one value to be computed, and for an expression
ALL_SECONDS = 6.0  # for all values of one request; a page waits 10 s for its answer
LATE = "coderunner_late"  # an attribute of a value, for the page
PLAIN = {int, float, bool, str, bytes, type(None)}  # they are computed at once
INFINITE = float("inf")
CALLED_BY_DEBUGGER = {"threading.py", "contextlib.py", "queue.py", "weakref.py", "warnings.py"}
IMPORTED_LATER = {"ast", "collections", "ctypes", "inspect"}  # by pydevd, in its functions
WATCH_SECONDS, AGAIN_SECONDS = 0.1, 0.5
AT_ONCE = 100  # steps of Python, after which what is to be raised in a thread was raised


def main() -> None:
    sys.argv = sys.argv[1:] or [""]
    pydevd = load()
    if pydevd is None:
        sys.exit("The debugger is not installed here.")

    class Lines(socket.socket):
        def sendall(self, data, *flags):
            return super().sendall(bytes(data).rstrip(b"\n") + b"\n", *flags)

    arguments = list(sys.argv)

    def dial(_host, _port):
        sys.argv[:] = arguments
        ours = Lines(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.settimeout(10)  # seconds
        ours.connect(ADDRESS)
        ours.settimeout(None)
        return ours

    pydevd.start_client = dial
    pydevd.pydevd_runpy._ModifiedArgv0 = contextlib.nullcontext  # it would be the whole path
    hide(pydevd)
    keep_out(pydevd)
    speak()
    write_as_python()
    bound_values()
    os.register_at_fork(after_in_child=leave)
    path = os.path.abspath(sys.argv[0])
    pretend(pydevd, path)
    uncover(os.path.dirname(path))
    # `--file` is the last option: what follows is the program's.
    sys.argv = ["pydevd.py", "--json-dap", "--client", "debugger", "--port", str(CONNECTED_AT)]
    sys.argv += ["--skip-notify-stdin", "--file", path, *arguments[1:]]
    pydevd.main()


def pretend(pydevd, path):
    """The program's module looks as without a debugger."""
    copied = pydevd.save_main_module

    def as_usual(*arguments):
        module = copied(*arguments)
        if hasattr(sys.modules["pydevd"], "__annotations__"):  # that of this code
            module.__annotations__ = {}
        return module

    pydevd.save_main_module = as_usual
    # As of a program that is a file: pydevd copies it.
    sys.modules["__main__"].__loader__ = SourceFileLoader("__main__", path)


def uncover(folder):
    """What the program imports is its own file, also if the debugger has a module of that name."""
    own = {name.partition(".")[0] for name in os.listdir(folder)} - IMPORTED_LATER
    for name in set(sys.modules) - LOADED:
        first = name.partition(".")[0]
        if first in own and "pydev" not in first:
            del sys.modules[name]


def keep_out(pydevd):
    """What is not of the program stops nobody, and is not shown in its terminal."""
    # A program that ends itself, with any code or message, has no error.
    pydevd.PyDB.ignore_system_exit_code = lambda *_: True
    # Nor has one that traces itself, as doctest and pdb do: then the debugger does again.
    tracing = sys.modules["pydevd_tracing"]

    def traced(tracer):
        settrace(tracer)
        if tracer is None or type(tracer).__module__.startswith("_pydev"):
            tracing.reapply_settrace()

    vars(tracing)["_internal_set_trace"] = traced
    # What it notes of itself would be in the program's terminal.
    log = sys.modules["_pydev_bundle.pydev_log"]._LoggingGlobals
    log._debug_stream = sys.modules["_pydevd_bundle.pydevd_constants"].NULL
    log._debug_stream_initialized = True
    # A step behind the program's last line would lead to this code.
    internal = sys.modules["_pydevd_bundle.pydevd_dont_trace_files"].PYDEV_FILE
    for code in (main.__code__, sys._getframe(2).f_code):
        pydevd._CACHE_FILE_TYPE[code.co_firstlineno, NAME, code] = internal


def speak():
    """What a breakpoint says in place of a stop is printed between what the program prints."""
    from _pydevd_bundle import pydevd_net_command  # type: ignore[import-not-found]
    from _pydevd_bundle import pydevd_net_command_factory_json as commands

    made = commands.NetCommandFactoryJson.make_io_message

    def printed(factory, text, kind):
        if str(kind) != "1":
            return made(factory, text, kind)
        with contextlib.suppress(Exception):  # the program may have closed it
            print(text, end="", file=sys.__stdout__, flush=True)
        return pydevd_net_command.NULL_NET_COMMAND

    commands.NetCommandFactoryJson.make_io_message = printed


def write_as_python():
    """pydevd writes an empty set as an empty dictionary."""
    from _pydevd_bundle.pydevd_safe_repr import SafeRepr  # type: ignore[import-not-found]

    whole = SafeRepr._repr_iter

    def parts(this, value, level, prefix, *more):
        if isinstance(value, set) and not set.__len__(value):
            yield "set()"
        elif isinstance(value, frozenset) and not frozenset.__len__(value):
            yield "frozenset()"
        else:
            yield from whole(this, value, level, prefix, *more)

    SafeRepr._repr_iter = parts


class Late(BaseException):
    """A value takes too long to compute. No program handles it by its name."""


class Bounded:
    """What a thread that stands computes for its page is interrupted after a time.

    In the main thread by a signal, which ends waiting, too; in others by an exception before their
    next instruction; again and again, as what is computed may handle it. Never while the debugger's
    own code runs, which would keep its locks. What neither interrupts goes on, and its page says
    that nothing is answered.
    """

    def __init__(self) -> None:
        self._number = signal.SIGRTMAX - 1
        self._main: int = threading.main_thread().ident or 0
        self._lock = threading.Lock()
        self._busy = threading.Event()
        self._until: dict[int, float] = {}  # of what a thread computes now
        self._listens = False
        # No thread that the program, or the debugger, knows of.
        _thread.start_new_thread(self._watch, ())

    def run(self, seconds, compute):
        """What `compute()` returns. Raises Late."""
        thread = threading.get_ident()
        if thread in self._until:  # a part of a value
            return compute()
        if thread == self._main and not self._listens:
            signal.signal(self._number, self._on_signal)
            self._listens = True
        try:
            return self._timed(thread, monotonic() + seconds, compute)
        except Late:
            self._end(thread)  # it may have been raised while that was done
            raise

    def _timed(self, thread, until, compute):
        self._until[thread] = until
        self._busy.set()
        try:
            return compute()
        finally:
            self._end(thread)
            if monotonic() >= until:  # also a value that has handled it
                raise Late

    def _end(self, thread: int) -> None:
        if thread == self._main:
            self._until.pop(thread, None)
            return
        with self._lock:
            self._until.pop(thread, None)
        # What is still to be raised is raised here. Python offers to take it back, but a thread
        # for which that was asked does not end.
        with contextlib.suppress(Late):
            for _ in range(AT_ONCE):
                pass

    def _watch(self) -> None:
        while True:
            self._busy.wait()
            sleep(WATCH_SECONDS)
            self._busy.clear()
            for thread in list(self._until):
                self._busy.set()
                with self._lock:
                    if monotonic() >= self._until.get(thread, INFINITE):
                        self._interrupt(thread, sys._current_frames().get(thread))

    def _interrupt(self, thread, frame):
        if thread == self._main:
            signal.pthread_kill(thread, self._number)
        elif is_the_programs(frame):
            self._until[thread] = monotonic() + AGAIN_SECONDS
            raise_in(thread, Late)

    def _on_signal(self, _number, frame):
        late = monotonic() >= self._until.get(self._main, INFINITE)
        if late and is_the_programs(frame):
            # What handles the first one has time to end.
            self._until[self._main] = monotonic() + AGAIN_SECONDS
            raise Late


def is_the_programs(frame):
    """Or of a library: neither the debugger's nor what the debugger has called."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "_pydev" in name or "pydevd" in name or frame.f_globals is globals():
            return False
        if os.path.basename(name) not in CALLED_BY_DEBUGGER:
            return True
        frame = frame.f_back
    return False


def raise_in(thread: int, error: type[BaseException]) -> None:
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def bound_values():
    """A value that takes long, or for ever, is shown as such, and those beside it are shown."""
    from _pydevd_bundle import pydevd_suspended_frames as frames

    bounded = Bounded()
    answered_by = [INFINITE]  # the values of one request
    bound_texts(frames, bounded, answered_by)

    class Unknown(frames._AbstractVariable):  # type: ignore[misc]
        """In place of what is in a value."""

        name = ""

        def get_var_data(self, *_arguments, **_more):
            return late_value(self)

    def within_time(original, instead):
        def bounded_call(variable, *arguments, **more):
            answered_by[0] = monotonic() + ALL_SECONDS
            try:
                return bounded.run(VALUE_SECONDS, lambda: original(variable, *arguments, **more))
            except Late:
                return instead(variable)

        return bounded_call

    for kind in (frames._ObjectVariable, frames._FrameVariable):
        listed = within_time(kind.get_children_variables, lambda one: [Unknown(one.py_db)])
        kind.get_children_variables = listed
        kind.change_variable = within_time(kind.change_variable, lambda _: None)
    bound_expressions(bounded, answered_by)


def late_value(variable, kind=""):
    shown = {"name": str(variable.name), "value": "", "type": kind, "variablesReference": 0}
    return {**shown, "presentationHint": {"attributes": [LATE]}}


def bound_texts(frames, bounded, answered_by):
    of_value = frames._AbstractVariable.get_var_data

    def data(variable, *arguments, **more):
        kind = type(variable.value)
        left = min(VALUE_SECONDS, answered_by[0] - monotonic())
        if kind in PLAIN:
            return of_value(variable, *arguments, **more)
        if left <= 0:
            return late_value(variable)
        try:
            return bounded.run(left, lambda: of_value(variable, *arguments, **more))
        except Late:
            return late_value(variable, kind.__name__)

    frames._AbstractVariable.get_var_data = data


def bound_expressions(bounded, answered_by):
    from _pydevd_bundle import pydevd_vars

    evaluated = pydevd_vars.evaluate_expression

    def evaluate(debugger, frame, expression, is_exec):
        answered_by[0] = monotonic() + ALL_SECONDS
        try:
            asked = debugger, frame, expression, is_exec
            return bounded.run(VALUE_SECONDS, lambda: evaluated(*asked))
        except Late:
            slow = TimeoutError("it takes too long to compute")
            if is_exec:
                raise slow from None
            return pydevd_vars.ExceptionOnEvaluate(slow, TimeoutError, None)

    pydevd_vars.evaluate_expression = evaluate


def leave() -> None:
    """In a child: it would wait at a breakpoint for a thread of the debugger that it has not."""
    threading.settrace(None)
    settrace(None)
    sys.modules["pydevd_tracing"]._last_tracing_func_thread_local.__dict__.clear()
    if hasattr(sys, "monitoring"):
        sys.monitoring.set_events(sys.monitoring.DEBUGGER_ID, 0)


def load():
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # a warning about frozen modules
    try:
        found = find_spec("debugpy")
        if found is None or not found.submodule_search_locations:
            return None
        folder = os.path.join(found.submodule_search_locations[0], "_vendored", "pydevd")
        # Where it searches for itself, until it is loaded: no program's import finds its modules.
        sys.path.insert(0, folder)
        import pydevd  # type: ignore[import-not-found]
    except ImportError:
        return None
    finally:
        os.environ.pop("PYDEVD_DISABLE_FILE_VALIDATION", None)
    sys.path[:] = [path for path in sys.path if path != folder]
    return pydevd


def hide(pydevd):
    """Of a traceback only what is the program's is shown, as without a debugger."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(pydevd.__file__)))

    def is_ours(frame):  # by its names: code of `exec()` is called as this is
        return frame.f_globals is globals() or frame.f_code.co_filename.startswith((ours, "_pydev"))

    def show(kind, error, trace):
        if not isinstance(error, BaseException):
            return
        cut(error, set())
        traceback.print_exception(kind, error, error.__traceback__)

    def cut(error, seen):
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            error.__traceback__ = without(error.__traceback__)
            cut(error.__cause__, seen)
            error = error.__context__

    def without(trace):
        kept = []
        while trace is not None:
            if not is_ours(trace.tb_frame):
                kept.append(trace)
            trace = trace.tb_next
        if not kept:  # as of a program that cannot be compiled
            return None
        for one, after in zip(kept, [*kept[1:], None], strict=True):
            one.tb_next = after
        return kept[0]

    sys.excepthook = show


main()
