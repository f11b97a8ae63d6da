# size: a program of one file, which imports nothing of ours
# mypy: allow-untyped-defs, allow-untyped-calls
# ruff: noqa: E402  # imports come when no file of the program can be found in their place
# The program of a traced run: `python3 -c <this> main.py arguments`. It runs inside the sandbox.
#
# Records the steps of the program's own files, up to a number of steps and bytes, and sends them to
# the executor, one JSON object to a line. Then the program goes on without a trace.
#
#   {"type": "trace", "event": "line" | "return" | "error", "line", "path", "value",
#    "frames": [{"name", "line", "names": [[name, value]]}], "objects": [[id, kind, text, inside]],
#    "output": characters printed so far}
#   {"type": "output", "text"}
#   {"type": "trace_end", "cut": whether there were more steps}
#
# A value is ["text", repr] or ["object", id]; `inside` of an object is [[label, value]]. No code of
# the program runs for that: what has a `__repr__` of its own is shown by its class and attributes.

import sys

LOADED = set(sys.modules)  # by Python itself
del sys.path[0]  # the program's folder, in which a file may be called as a module of the library

import json
import os
import socket
import traceback

ADDRESS = "/run/coderunner/debug"
STEPS, BYTES = 1000, 4 * 1024 * 1024
DEPTH, FRAMES, OBJECTS, ITEMS, TEXT = 4, 20, 60, 30, 100
NAME = "<string>"
SIMPLE = (int, float, complex, bool, type(None), str, bytes)
LISTS = (list, tuple, set, frozenset, dict)


class Trace:
    def __init__(self, ours):
        self.socket = ours
        self.steps = self.bytes = self.printed = 0
        self.home = os.getcwd() + os.sep
        self.over = False
        self.failed = 0  # the frame whose error was the last event

    def send(self, message):
        data = json.dumps(message).encode() + b"\n"
        self.bytes += len(data)
        try:
            self.socket.sendall(data)
        except OSError:
            self.over = True

    def end(self, cut):
        if not self.over:
            self.send({"type": "trace_end", "cut": cut})
        self.over = True
        sys.settrace(None)

    def printed_text(self, text):
        if self.over or not isinstance(text, str):
            return
        kept = text[:2000]
        self.printed += len(kept)
        self.send({"type": "output", "text": kept})

    def called(self, frame, event, argument):
        if self.over or not self.is_own(frame):
            return None
        return self.stepped

    def is_own(self, frame):
        name = frame.f_code.co_filename
        return isinstance(name, str) and name.startswith(self.home)

    def stepped(self, frame, event, argument):
        if self.over:
            return None
        if event == "return" and self.failed == id(frame):
            return None  # it is left by its error, which is its last step
        self.failed = id(frame) if event == "exception" else 0
        if self.steps >= STEPS or self.bytes >= BYTES:
            self.end(True)
            return None
        try:
            self.record(frame, event, argument)
        except RecursionError:
            self.end(True)
            return None
        return self.stepped

    def record(self, frame, event, argument):
        objects = Objects()
        if event == "exception":
            value = ["text", argument[0].__name__ + ": " + message_of(argument[1])]
        elif event == "return":
            value = objects.value(argument)
        else:
            value = None
        names = {"line": "line", "return": "return", "exception": "error"}
        self.steps += 1
        self.send(
            {
                "type": "trace",
                "event": names[event],
                "line": frame.f_lineno,
                "path": frame.f_code.co_filename[len(self.home) :],
                "value": value,
                "frames": self.frames(frame, objects),
                "objects": objects.found,
                "output": self.printed,
            }
        )

    def frames(self, frame, objects):
        found: list[object] = []
        while frame is not None and len(found) < FRAMES:
            if self.is_own(frame):
                names = [
                    [name, objects.value(value)]
                    for name, value in list(frame.f_locals.items())[:OBJECTS]
                    if not name.startswith("__") and type(value) is not type(os)
                ]
                known = {"name": frame.f_code.co_name, "line": frame.f_lineno, "names": names}
                found.append(known)
            frame = frame.f_back
        return found[::-1]


def message_of(error):
    arguments = BaseException.args.__get__(error)  # type: ignore[attr-defined]
    return ", ".join(shortened(one) for one in arguments[:3] if type(one) in SIMPLE)


def shortened(value):
    """Of a simple value; of a large one the beginning."""
    kind = type(value)
    if kind in (str, bytes):
        text = repr(value[:TEXT])
        return text if len(value) <= TEXT else text + "…"
    if kind is int and value.bit_length() > 1000:
        return f"an int of {value.bit_length()} bits"
    return repr(value)


class Objects:
    """What the names of one step refer to. Each object once, so that arrows meet there."""

    def __init__(self):
        self.found = []
        self.ids = {}

    def value(self, value, depth=0):
        kind = type(value)
        if kind in SIMPLE:
            return ["text", shortened(value)]
        number = self.ids.get(id(value))
        if number is None:
            if depth >= DEPTH or len(self.found) >= OBJECTS:
                return ["text", "…"]
            number = self.ids[id(value)] = len(self.found)
            entry = [number, type.__getattribute__(kind, "__name__"), "", []]
            self.found.append(entry)
            self.fill(entry, value, kind, depth + 1)
        return ["object", number]

    def fill(self, entry, value, kind, depth):
        if kind is dict:
            pairs = [pair for pair, _ in zip(dict.items(value), range(ITEMS))]  # noqa: B905
            entry[3] = [[self.label(key), self.value(one, depth)] for key, one in pairs]
            entry[2] = self.rest(len(value))
        elif kind in LISTS:
            items = [one for one, _ in zip(value, range(ITEMS))]  # noqa: B905
            ordered = kind in (list, tuple)
            entry[3] = [
                [str(index) if ordered else "", self.value(one, depth)]
                for index, one in enumerate(items)
            ]
            entry[2] = self.rest(len(value))
        elif kind is type:
            entry[2] = type.__getattribute__(value, "__name__")
        elif kind in (type(message_of), type(len)):
            entry[2] = value.__name__
        else:
            self.fill_attributes(entry, value, depth)

    def fill_attributes(self, entry, value, depth):
        try:
            attributes = object.__getattribute__(value, "__dict__")
        except (AttributeError, TypeError):
            return
        if type(attributes) is dict:
            names = [pair for pair, _ in zip(attributes.items(), range(ITEMS))]  # noqa: B905
            entry[3] = [
                [key if type(key) is str else self.label(key), self.value(one, depth)]
                for key, one in names
            ]

    def label(self, key):
        if type(key) is tuple and all(type(one) in SIMPLE for one in key[:ITEMS]):
            return "(" + ", ".join(shortened(one) for one in key[:ITEMS]) + ")"
        kind = type(key)
        return shortened(key) if kind in SIMPLE else type.__getattribute__(kind, "__name__")

    def rest(self, length):
        return f"… {length}" if length > ITEMS else ""


def listen(trace):
    """To what is printed and typed."""
    import builtins

    write, ask = sys.stdout.write, builtins.input

    def printed(text):
        trace.printed_text(text)
        return write(text)

    def asked(*prompt):
        answer = ask(*prompt)
        said = prompt[0] if prompt and isinstance(prompt[0], str) else ""
        trace.printed_text(said + answer + "\n")
        return answer

    asked.__name__ = asked.__qualname__ = "input"
    sys.stdout.write = printed  # type: ignore[method-assign]
    builtins.input = asked


def show(kind, error, trace):
    while trace is not None and trace.tb_frame.f_code.co_filename == NAME:
        trace = trace.tb_next
    traceback.print_exception(kind, error.with_traceback(trace), trace)


def uncover(folder):
    """What the program imports is its own file, also if this code has a module of that name."""
    own = {name.partition(".")[0] for name in os.listdir(folder)}
    for name in set(sys.modules) - LOADED:
        if name.partition(".")[0] in own:
            del sys.modules[name]


def main():
    sys.argv = sys.argv[1:] or [""]
    path = os.path.abspath(sys.argv[0])
    sys.excepthook = show
    from importlib.machinery import SourceFileLoader
    from types import ModuleType

    module = ModuleType("__main__")
    loader = SourceFileLoader("__main__", path)
    module.__dict__.update(
        __file__=path, __builtins__=__builtins__, __loader__=loader, __annotations__={}
    )
    sys.modules["__main__"] = module
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    sys.path.insert(0, os.path.dirname(path))
    uncover(sys.path[0])
    trace = None
    try:
        ours = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.settimeout(10)
        ours.connect(ADDRESS)
    except OSError:
        pass  # a program without its steps is better than none
    else:
        trace = Trace(ours)
        listen(trace)
        sys.settrace(trace.called)
    try:
        exec(code, module.__dict__)  # noqa: S102
    finally:
        sys.settrace(None)
        if trace is not None:
            trace.end(False)


main()
