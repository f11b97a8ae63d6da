# mypy: allow-untyped-defs, allow-untyped-calls
# The program of a debug run: `python3 -c <this> main.py arguments`. It runs inside the sandbox.
#
# pydevd (in the package debugpy) runs main.py in this process and dials out to the executor, so
# that standard input and output stay the terminal.
#
# What is sent has one JSON object of the Debug Adapter Protocol to a line: a reader that has missed
# something, or gets something broken, goes on at the next line. What comes in has the headers of
# the protocol, as pydevd reads nothing else.

import contextlib
import os
import sys

ADDRESS = "/run/coderunner/debug"
SECONDS = 10.0  # for the connection
settrace = sys.settrace  # pydevd's own complains
NAME = "<string>"  # of this code, in tracebacks
CONNECTED_AT = 5678  # pydevd wants a port


def main() -> None:
    sys.argv = sys.argv[1:] or [""]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    pydevd = load()
    if pydevd is None:
        sys.stderr.write("The debugger is not installed here.\n")
        sys.exit(1)
    import socket

    class Lines(socket.socket):
        def sendall(self, data, *flags):
            return super().sendall(bytes(data).rstrip(b"\n") + b"\n", *flags)

    arguments = list(sys.argv)

    def dial(_host, _port):
        sys.argv[:] = arguments
        ours = Lines(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.settimeout(SECONDS)
        ours.connect(ADDRESS)
        ours.settimeout(None)
        return ours

    pydevd.start_client = dial
    pydevd.pydevd_runpy._ModifiedArgv0 = contextlib.nullcontext  # it would be the whole path
    hide(pydevd)
    speak()
    write_as_python()
    os.register_at_fork(after_in_child=leave)
    path = os.path.abspath(sys.argv[0])
    pretend(pydevd, path)
    # `--file` is the last option: what follows is the program's.
    options = ["--json-dap", "--client", "debugger", "--port", str(CONNECTED_AT)]
    sys.argv = ["pydevd.py", *options, "--skip-notify-stdin"]
    sys.argv += ["--file", path, *arguments[1:]]
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
    from importlib.machinery import SourceFileLoader

    sys.modules["__main__"].__loader__ = SourceFileLoader("__main__", path)


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
    import threading

    threading.settrace(None)
    settrace(None)
    if hasattr(sys, "monitoring"):
        sys.monitoring.set_events(sys.monitoring.DEBUGGER_ID, 0)


def load():
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # a warning about frozen modules
    try:
        from importlib.util import find_spec

        found = find_spec("debugpy")
        if found is None or not found.submodule_search_locations:
            return None
        folder = os.path.join(found.submodule_search_locations[0], "_vendored", "pydevd")
        # Where it searches for itself, until it is loaded: no program's import finds its modules.
        sys.path.insert(1, folder)
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

    def is_ours(name):
        return name == NAME or name.startswith((ours, "_pydev"))

    def show(kind, error, trace):
        import traceback

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
            if not is_ours(trace.tb_frame.f_code.co_filename):
                kept.append(trace)
            trace = trace.tb_next
        for one, after in zip(kept, [*kept[1:], None], strict=True):
            one.tb_next = after
        return kept[0] if kept else None

    sys.excepthook = show


main()
