"""`keep_open` is kept with the run; a language that cannot do it refuses."""

from dataclasses import replace

import pytest

from accounts.models import User
from runner.languages import LANGUAGES, PYTHON
from runner.protocol.messages import SourceFile, StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage
from runner.runs.starting import asking

FILES = (SourceFile(path="main.py", content=""),)


def start(*, keep_open: bool) -> StartInteractive:
    return StartInteractive(
        type="start_interactive", language="python", files=FILES, rows=24, cols=80,
        keep_open=keep_open,
    )  # fmt: skip


@pytest.mark.parametrize("keep_open", [True, False])
def test_it_is_kept_with_the_run(keep_open: bool) -> None:
    run = asking.asked_for(User(pk=1), start(keep_open=keep_open), "a terminal")
    assert run.keep_open is keep_open


def test_a_language_that_cannot_stay_open_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(PYTHON, name="C", keep_open=())
    monkeypatch.setitem(LANGUAGES, "python", other)
    with pytest.raises(BadMessage) as refused:
        asking.asked_for(User(pk=1), start(keep_open=True), "a terminal")
    assert refused.value.reason_code is ReasonCode.CANNOT_KEEP_OPEN
    assert refused.value.figures == {"language": "C"}
    asking.asked_for(User(pk=1), start(keep_open=False), "a terminal")


def test_the_option_comes_before_the_program() -> None:
    assert PYTHON.argv("main.py", ["-x"], keep_open=True) == [
        "/usr/bin/python3", "-i", "main.py", "-x",
    ]  # fmt: skip
    assert "-i" not in PYTHON.argv("main.py", ["-x"])
