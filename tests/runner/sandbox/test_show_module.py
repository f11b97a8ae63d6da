"""`from coderunner import show`, as programs call it: without a sandbox, and with no library."""

import io
import json
import wave
from pathlib import Path
from typing import Any

import pytest

from runner.media import inspect
from runner.sandbox.packages import show as module
from tests.an_artifact import PNG

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


class Executor:
    """Takes what is shown, as far as it is what it is called."""

    def __init__(self) -> None:
        self.shown: list[tuple[dict[str, Any], bytes]] = []
        self.answer: tuple[bytes, bytes] | None = None

    def ask(self, about: bytes, data: bytes) -> tuple[bytes, bytes]:
        told = json.loads(about)
        assert told["bytes"] == len(data)
        inspect(told["kind"], data)
        self.shown.append((told, data))
        return self.answer or (b"A", b"%d" % len(self.shown))

    @property
    def last(self) -> tuple[str, bytes]:
        about, data = self.shown[-1]
        return about["kind"], data


@pytest.fixture
def executor(monkeypatch: pytest.MonkeyPatch) -> Executor:
    made = Executor()
    monkeypatch.setattr(module, "_asked", made.ask)
    monkeypatch.setattr(module, "_said", set())
    return made


class Figure:
    def savefig(self, file: io.BytesIO, format: str) -> None:
        assert format == "png"
        file.write(PNG)


class Axes:
    figure = Figure()


class Image:
    mode, size = "RGB", (1, 1)

    def save(self, file: io.BytesIO, format: str) -> None:
        file.write(PNG)


class DataFrame:
    iloc = None

    def to_html(self, **limits: int) -> str:
        assert limits == {"max_rows": 500, "max_cols": 50}
        return "<table>ä</table>"


class Series:
    iloc = None

    def to_frame(self) -> DataFrame:
        return DataFrame()


class Notebook:
    def _repr_png_(self) -> None:
        return None

    def _repr_html_(self) -> str:
        return "<p>x</p>"


class Drawn:
    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        return PNG, {"width": 640}


THINGS: list[tuple[Any, str, bytes]] = [
    (Figure(), "picture", PNG),
    (Axes(), "picture", PNG),
    (Image(), "picture", PNG),
    (DataFrame(), "table", "<table>ä</table>".encode()),
    (Series(), "table", "<table>ä</table>".encode()),
    (Notebook(), "html", b"<p>x</p>"),
    (Drawn(), "picture", PNG),
    (SVG, "picture", SVG.encode()),
    (f'<?xml version="1.0"?>{SVG}', "picture", f'<?xml version="1.0"?>{SVG}'.encode()),
    ("<h1>Hi</h1>", "html", b"<h1>Hi</h1>"),
    ("<svgx>", "html", b"<svgx>"),
    ("no page", "html", b"no page"),
    ("\ud800", "html", b"?"),
    (PNG, "picture", PNG),
    (bytearray(PNG), "picture", PNG),
    (SVG.encode(), "picture", SVG.encode()),
    (b"\0\1", "file", b"\0\1"),
    ([1, "<b>"], "html", b"<pre>[1, &#x27;&lt;b&gt;&#x27;]</pre>"),
]


@pytest.mark.parametrize(("thing", "kind", "data"), THINGS, ids=[repr(t)[:30] for t, *_ in THINGS])
def test_what_can_be_shown(thing: Any, kind: str, data: bytes, executor: Executor) -> None:
    assert module.show(thing) == 1
    assert executor.last == (kind, data)


def test_numbers_become_a_sound(executor: Executor) -> None:
    module.show([0, 0.5, -1, 2], rate=8000)
    kind, data = executor.last
    assert kind == "sound"
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (8000, 1, 4)
        assert sound.readframes(4) == b"\0\0\xff\x3f\x01\x80\xff\x7f"


def test_a_file_is_what_it_holds(executor: Executor, tmp_path: Path) -> None:
    for name, data, kind in (
        ("a.txt", PNG, "picture"), ("b.html", b"<p>", "html"), ("c.csv", b"1,2", "file"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        module.show(str(tmp_path / name))
        assert executor.last == (kind, data)
        assert executor.shown[-1][0]["name"] == name
    module.show(tmp_path / "c.csv", name="table.csv")
    assert executor.shown[-1][0]["name"] == "table.csv"


def test_a_file_that_is_not_there_is_missed(executor: Executor) -> None:
    with pytest.raises(FileNotFoundError):
        module.show("plot.png")
    with pytest.raises(FileNotFoundError):
        module.show(Path("plot.txt"))
    assert executor.shown == []


def test_one_takes_the_place_of_another(executor: Executor) -> None:
    number = module.show(PNG)
    module.show(PNG, replaces=number)
    assert [about.get("seq") for about, _ in executor.shown] == [None, 1]


def test_a_long_name_is_cut_so_that_its_description_is_read(executor: Executor) -> None:
    module.show(PNG, name="🙂" * 1000)
    assert len(json.dumps(executor.shown[-1][0])) < 4096


def test_what_is_refused_is_said_once(
    executor: Executor, capsys: pytest.CaptureFixture[str]
) -> None:
    executor.answer = b"R", b'{"code": "too_many", "text": "This run has shown 50 things."}'
    assert [module.show(PNG), module.show(PNG)] == [None, None]
    assert capsys.readouterr().err == "show: This run has shown 50 things.\n"


def test_elsewhere_a_program_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "CHANNEL", str(tmp_path / "nothing"))
    monkeypatch.setattr(module, "_said", set())
    assert module.show(PNG) is None
    assert capsys.readouterr().err == "show: Nothing can be shown here.\n"
