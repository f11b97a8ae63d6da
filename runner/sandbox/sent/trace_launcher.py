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
# the program runs for that: what has a `__repr__` of its own is shown by its class and attributes,
# and all of these are asked of Python's own types. What goes wrong here ends the trace, and is no
# error of the program.

import sys

LOADED = set(sys.modules)  # by Python itself
del sys.path[0]  # the program's folder, in which a file may be called as a module of the library

import json
import os
import socket
import traceback
from collections import deque
from types import GetSetDescriptorType, MemberDescriptorType

ADDRESS = "/run/coderunner/debug"
STEPS, BYTES = 1000, 4 * 1024 * 1024
DEPTH, FRAMES, OBJECTS, ITEMS, TEXT, LONGEST_PATH = 4, 20, 60, 30, 100, 255
# By their numbers: a class may have a metaclass, whose `__eq__` the operator `in` would call.
SIMPLE = frozenset(map(id, (int, float, complex, bool, type(None), str, bytes)))
HOLDERS = frozenset(map(id, (dict, list, tuple, set, frozenset, deque)))
ORDERED = frozenset(map(id, (list, tuple, deque)))
# What Python knows of a class, whatever its metaclass says.
name_of = type.__dict__["__name__"].__get__
mro_of = type.__dict__["__mro__"].__get__
names_in = type.__dict__["__dict__"].__get__


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

    def leave(self):
        """In a child: its steps would stand between those of its parent."""
        self.over = True
        sys.settrace(None)

    def printed_text(self, text):
        if self.over or not issubclass(type(text), str):
            return
        if self.bytes >= BYTES:
            self.end(True)
            return
        kept = str.__str__(text)[:2000]
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
        except Exception:  # one that is too deep, or that another thread changes meanwhile
            self.end(True)
            return None
        return self.stepped

    def record(self, frame, event, argument):
        objects = Objects()
        if event == "exception":
            value = ["text", written_name(name_of(argument[0])) + ": " + message_of(argument[1])]
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
                "path": frame.f_code.co_filename[len(self.home) :][:LONGEST_PATH],
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
                    [written_name(name), objects.value(value)]
                    for name, value in first_names(frame.f_locals)
                    if not name.startswith("__") and type(value) is not type(os)
                ]
                called = written_name(frame.f_code.co_name)
                found.append({"name": called, "line": frame.f_lineno, "names": names})
            frame = frame.f_back
        return found[::-1]


def first_names(namespace):
    """Of a frame. That of a class may be an object of the program; so may names in `globals()`."""
    if not is_a(type(namespace), dict):
        return []
    pairs = zip(dict.items(namespace), range(OBJECTS))  # noqa: B905
    return [(name, value) for (name, value), _ in pairs if type(name) is str]


def is_a(kind, base):
    return any(one is base for one in mro_of(kind))


def written_name(name):
    return name if len(name) <= TEXT else name[:TEXT] + "…"


def message_of(error):
    arguments = BaseException.args.__get__(error)  # type: ignore[attr-defined]
    return ", ".join(shortened(one) for one in arguments[:3] if id(type(one)) in SIMPLE)


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
        if id(kind) in SIMPLE:
            return ["text", shortened(value)]
        number = self.ids.get(id(value))
        if number is None:
            if depth >= DEPTH or len(self.found) >= OBJECTS:
                return ["text", "…"]
            number = self.ids[id(value)] = len(self.found)
            entry = [number, written_name(name_of(kind)), "", []]
            self.found.append(entry)
            self.fill(entry, value, kind, depth + 1)
        return ["object", number]

    def fill(self, entry, value, kind, depth):
        holder = next((one for one in mro_of(kind) if id(one) in HOLDERS), None)
        if is_a(kind, type):
            entry[2] = written_name(name_of(value))
        elif kind is type(message_of) or kind is type(len):
            entry[2] = written_name(value.__name__)
        elif kind is bytearray:
            entry[2] = shortened(bytes(value[: TEXT + 1]))
        else:
            if is_a(kind, BaseException):
                entry[2] = message_of(value)
            if holder is not None:
                self.fill_items(entry, value, holder, depth)
            for name, one in attributes_of(value, kind)[: ITEMS - len(entry[3])]:
                label = written_name(name) if type(name) is str else self.label(name)
                entry[3].append([label, self.value(one, depth)])

    def fill_items(self, entry, value, holder, depth):
        """`holder`: the type of Python by which it holds them, perhaps as a subclass."""
        length = holder.__len__(value)
        entry[2] = f"… {length}" if length > ITEMS else ""
        if holder is dict:
            pairs = [pair for pair, _ in zip(dict.items(value), range(ITEMS))]  # noqa: B905
            entry[3] = [[self.label(key), self.value(one, depth)] for key, one in pairs]
            return
        items = [one for one, _ in zip(holder.__iter__(value), range(ITEMS))]  # noqa: B905
        entry[3] = [
            [str(index) if id(holder) in ORDERED else "", self.value(one, depth)]
            for index, one in enumerate(items)
        ]

    def label(self, key):
        if type(key) is tuple and all(id(type(one)) in SIMPLE for one in key[:ITEMS]):
            return "(" + ", ".join(shortened(one) for one in key[:ITEMS]) + ")"
        kind = type(key)
        return shortened(key) if id(kind) in SIMPLE else written_name(name_of(kind))


def attributes_of(value, kind):
    """Those in its `__dict__` and in its slots, at most ITEMS, also where its class hides them."""
    found = []
    for one in reversed(mro_of(kind)):
        for name, member in names_in(one).items():
            try:
                if type(member) is MemberDescriptorType and not name.startswith("__"):
                    found.append((name, member.__get__(value)))
                elif name == "__dict__" and type(member) is GetSetDescriptorType:
                    own = member.__get__(value)
                    pairs = zip(dict.items(own), range(ITEMS))  # noqa: B905
                    found += [pair for pair, _ in pairs]
            except (AttributeError, TypeError):
                pass  # a slot without a value; a descriptor of another class
    return [(name, one) for name, one in found if not (type(name) is str and name[:2] == "__")]


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


def show(kind, error, _):
    """Of a traceback only what is the program's, as without a trace."""
    cut(error, set())
    traceback.print_exception(kind, error, error.__traceback__)


def cut(error, seen):
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        error.__traceback__ = without_ours(error.__traceback__)
        cut(error.__cause__, seen)
        error = error.__context__


def without_ours(trace):
    kept = []
    while trace is not None:
        if trace.tb_frame.f_globals is not globals():
            kept.append(trace)
        trace = trace.tb_next
    for one, after in zip(kept, [*kept[1:], None], strict=False):
        one.tb_next = after
    return kept[0] if kept else None


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
        os.register_at_fork(after_in_child=trace.leave)
        listen(trace)
        sys.settrace(trace.called)
    try:
        exec(code, module.__dict__)  # noqa: S102
    finally:
        sys.settrace(None)
        if trace is not None:
            trace.end(False)


main()
