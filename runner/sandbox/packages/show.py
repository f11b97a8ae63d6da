"""Shows pictures, tables, pages and sounds beside the terminal.

    from coderunner import show

    show(figure)                    # of matplotlib; also what seaborn returns
    show(image)                     # of PIL, or a surface of pygame
    show(table)                     # a DataFrame of pandas
    show("<h1>Hello</h1>")          # HTML, or SVG
    show("photo.jpg")               # a file
    show(samples, rate=44100)       # a sound: numbers from -1 to 1
    number = show(figure)
    show(figure, replaces=number)   # in its place

It is a module of programs, on any Python from 3.9 on.
"""

import io
import json
import os
import socket
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Content = tuple[str, bytes]  # kind, bytes

__all__ = ["show"]
CHANNEL = "/run/coderunner/show"
SECONDS = 30.0
MOST_NAME = 200  # characters
MOST_ROWS, MOST_COLUMNS = 500, 50  # of a table
NOT_HERE = "Nothing can be shown here."
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")
FILES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".wav", ".html", ".htm")
_said: "set[str]" = set()


def show(
    thing: "Any", name: str = "", *, rate: "int | None" = None, replaces: "int | None" = None
) -> "int | None":
    """Shows it, and returns its number. None if it cannot be shown: the terminal says why.

    `name`: what it is called, and saved as. `rate`: samples per second, of a sound. `replaces`: the
    number of what it takes the place of."""
    path = _existing(thing)
    if path:
        name = name or os.path.basename(path)
    kind, data = _of_file(path) if path else _content(thing, rate)
    number, why_not = _send(kind, data, name, replaces)
    if number is None:
        _say(why_not or NOT_HERE)
    return number


def _show_saved(path: str) -> "int | None":
    """Who saves a picture has what was asked for, also where nobody shows it."""
    number, why_not = _send(*_of_file(path), os.path.basename(path), None)
    if why_not:
        _say(why_not)
    return number


def _content(thing: "Any", rate: "int | None" = None) -> "Content":
    if rate is not None:
        return "sound", _wav(thing, rate)
    if isinstance(thing, (bytes, bytearray, memoryview)):
        return _of_bytes(bytes(thing))
    if isinstance(thing, str):
        if "<" not in thing and thing.lower().endswith(FILES):
            raise FileNotFoundError(2, "No such file", thing)
        return _of_text(thing)
    for find in (_of_library, _of_notebook):
        found = find(thing)
        if found is not None:
            return found
    import html

    return "html", f"<pre>{html.escape(repr(thing))}</pre>".encode(errors="replace")


def _existing(thing: "Any") -> str:
    """The file that it names, or nothing."""
    if isinstance(thing, os.PathLike):
        return str(os.fspath(thing))
    short = isinstance(thing, str) and len(thing) < 300 and "\n" not in thing and "\0" not in thing
    return thing if short and os.path.isfile(thing) else ""


def _of_file(path: str) -> "Content":
    with open(path, "rb") as file:
        data = file.read()
    if path.lower().endswith((".html", ".htm")):
        return "html", data
    return _of_bytes(data)


def _of_bytes(data: bytes) -> "Content":
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "sound", data
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    svg = b"<svg" in data[:1000] and data.lstrip()[:1] == b"<"
    return ("picture" if webp or svg or data.startswith(PICTURES) else "file"), data


def _of_text(text: str) -> "Content":
    start = text.lstrip()[:5]
    svg = start == "<svg " or start == "<svg>" or (start == "<?xml" and "<svg" in text[:1000])
    return ("picture" if svg else "html"), text.encode(errors="replace")


def _figure(thing: "Any") -> "Any":
    """Of matplotlib: itself, that of its axes, or of `pyplot` the one that is drawn on."""
    found = thing if hasattr(thing, "savefig") else getattr(thing, "figure", None)
    if hasattr(thing, "gcf"):
        found = thing.gcf()
    return found if hasattr(found, "savefig") else None


def _of_library(thing: "Any") -> "Content | None":
    """By what it can do: none of these libraries is imported for that."""
    if hasattr(thing, "iloc"):
        table = thing if hasattr(thing, "to_html") else thing.to_frame()
        limits = {"max_rows": MOST_ROWS, "max_cols": MOST_COLUMNS}
        return "table", table.to_html(**limits).encode(errors="replace")
    if hasattr(thing, "to_jshtml") and hasattr(thing, "save"):
        return "picture", _animation(thing)
    if (figure := _figure(thing)) is not None:
        return "picture", _written(lambda file: figure.savefig(file, format="png"))
    if hasattr(thing, "save") and hasattr(thing, "mode") and hasattr(thing, "size"):
        return "picture", _written(lambda file: thing.save(file, "PNG"))
    if hasattr(thing, "get_bytesize") and hasattr(thing, "blit"):
        return "picture", _written(lambda file: _pygame().image.save(thing, file, "x.png"))
    return None


def _of_notebook(thing: "Any") -> "Content | None":
    """As notebooks ask for it."""
    for kind, method in (
        ("picture", "_repr_png_"), ("picture", "_repr_jpeg_"), ("picture", "_repr_svg_"),
        ("html", "_repr_html_"),
    ):  # fmt: skip
        found = getattr(thing, method, None)
        data = found() if callable(found) else None
        if isinstance(data, tuple):  # with what else there is to know of it
            data = data[0]
        if isinstance(data, str):
            data = data.encode(errors="replace")
        if isinstance(data, bytes) and data:
            return kind, data
    return None


def _written(write: "Callable[[io.BytesIO], object]") -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def _pygame() -> "Any":
    return sys.modules["pygame"]


def _animation(thing: "Any") -> bytes:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".gif") as file:
        thing.save(file.name, writer="pillow")
        return file.read()


def _wav(samples: "Iterable[float]", rate: int) -> bytes:
    """One channel of 16 bits. Louder than 1 is 1."""
    import array
    import wave

    words = array.array("h", (int(max(-1.0, min(1.0, float(s))) * 32767) for s in samples))
    if sys.byteorder == "big":
        words.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(words.tobytes())
    return file.getvalue()


def _send(kind: str, data: bytes, name: str, replaces: "int | None") -> "tuple[int | None, str]":
    """Its number, or why there is none: empty if nobody answers."""
    about = {"kind": kind, "name": str(name)[:MOST_NAME], "bytes": len(data)}
    if replaces is not None:
        about["seq"] = replaces
    try:
        answer, text = _asked(json.dumps(about).encode(), data)
    except OSError:
        answer, text = b"", b""
    if answer == b"A":
        return int(text), ""
    return None, str(json.loads(text)["text"]) if answer == b"R" else ""


def _asked(about: bytes, data: bytes) -> "tuple[bytes, bytes]":
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(SECONDS)
        channel.connect(CHANNEL)
        try:  # noqa: SIM105 - one module less to import
            channel.sendall(_frame(b"M", about) + _frame(b"D", data))
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was read: the answer says why
        with channel.makefile("rb") as file:
            header = file.read(5)
            if len(header) < 5:
                return b"", b""
            kind, length = struct.unpack(">cI", header)
            return kind, file.read(length)


def _frame(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">cI", kind, len(data)) + data


def _say(sentence: str) -> None:
    """Once: a loop would say it a thousand times."""
    if sentence not in _said:
        _said.add(sentence)
        print(f"show: {sentence}", file=sys.stderr)
