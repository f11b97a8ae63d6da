# mypy: allow-untyped-defs, allow-untyped-calls
# The program of a debug run: `python3 -c <debug_values.py and this> main.py arguments`. It runs
# inside the sandbox. pydevd (in the package debugpy) runs main.py in this process and dials out to
# the executor, so that standard input and output stay the terminal.
# What is sent has one JSON object of the Debug Adapter Protocol to a line: a reader that has missed
# something, or gets something broken, goes on at the next line. What comes in has the headers of
# the protocol, as pydevd reads nothing else.

import contextlib
import os
import socket
import sys
import threading
import traceback
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec

MYPY = False
if MYPY:  # they are there
    from runner.sandbox.sent.debug_values import LOADED, bound_values

ADDRESS = "/run/coderunner/debug"
settrace = sys.settrace  # pydevd's own complains
NAME = "<string>"  # of this code, in tracebacks
CONNECTED_AT = 5678  # pydevd wants a port
IMPORTED_LATER = {"ast", "collections", "ctypes", "inspect"}  # by pydevd, in its functions


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
    path = os.path.abspath(sys.argv[0])
    bound_values(os.path.dirname(path))
    os.register_at_fork(after_in_child=leave)
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
