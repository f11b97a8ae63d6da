"""The examples with windows: each is used as its hint says."""

import pytest

from runner.executor.screens import rfb
from runner.languages import PYTHON
from tests.screens.viewer import a_gui_run, requires_screen, viewing

pytestmark = [requires_screen, pytest.mark.languages]
RETURN = 0xFF0D
SOURCES = {file.path: file.content for example in PYTHON.examples for file in example.files}


async def test_the_turtle_is_clicked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with viewing(a_gui_run(SOURCES["drawing.py"]), monkeypatch) as viewer:
        await viewer.terminal.wait_for("Click into the window.")
        viewer.click(320, 240)
        await viewer.terminal.wait_for("A star at")
        assert "A star at" in viewer.terminal.text


async def test_the_form_converts(monkeypatch: pytest.MonkeyPatch) -> None:
    async with viewing(a_gui_run(SOURCES["form.py"]), monkeypatch) as viewer:
        await viewer.shows(2)
        while "68" not in viewer.terminal.text and not viewer.terminal._executing.done():
            viewer.send(rfb.pointer(0, 200, 90), rfb.key(True, RETURN), rfb.key(False, RETURN))
            drawn = viewer.drawn
            await viewer.until(lambda drawn=drawn: viewer.drawn > drawn)  # type: ignore[misc]
            viewer.terminal.take()
        assert "20 °C = 68 °F" in viewer.terminal.text


async def test_the_game_ends_with_its_points(monkeypatch: pytest.MonkeyPatch) -> None:
    async with viewing(a_gui_run(SOURCES["ball.py"]), monkeypatch) as viewer:
        await viewer.shows(10)
        await viewer.terminal.ending()
        assert "points." in viewer.terminal.text
