"""A run of a program that uses what the site does not allow is refused, with the place."""

import threading

import pytest
from pytest_django import Settings

from accounts.models import User
from runner.protocol.messages import SourceFile, StartInteractive
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.runs.starting import asking


@pytest.fixture(autouse=True)
def rule(settings: Settings) -> None:
    settings.FORBIDDEN_MODULES = frozenset({"socket"})
    settings.FORBIDDEN_CALLS = frozenset({"eval"})


def ask(language: str = "python", main: str | None = None, **texts: str) -> None:
    files = tuple(
        SourceFile(path=path.replace("__", "."), content=text) for path, text in texts.items()
    )
    start = StartInteractive(
        type="start_interactive", language=language, files=files, main=main, rows=24, cols=80
    )
    asking.asked_for(User(pk=1), start, "a terminal")


def refused(language: str = "python", **texts: str) -> NotAllowed:
    with pytest.raises(NotAllowed) as caught:
        ask(language, **texts)
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    return caught.value


def test_a_module_is_named_with_its_place() -> None:
    refusal = refused(main__py="print(1)\nimport socket\n")
    assert refusal.reason_code is ReasonCode.FORBIDDEN_MODULE
    assert refusal.figures == {"name": "socket", "path": "main.py", "line": 2}


def test_a_function_in_another_file_is_found() -> None:
    refusal = refused(main__py="import helper\n", helper__py="eval('1')\n")
    assert refusal.reason_code is ReasonCode.FORBIDDEN_CALL
    assert refusal.figures == {"name": "eval", "path": "helper.py", "line": 1}


def test_a_main_file_with_any_name_counts_and_data_does_not() -> None:
    assert refused(program="import socket\n").figures["path"] == "program"
    ask(main__py="print(1)\n", notes__txt="import socket\n")


def test_every_python_obeys_and_other_languages_do_not() -> None:
    assert refused("pypy", main__py="import socket\n")
    assert refused("python-console", main__py="import socket\n")
    ask("javascript", main__js="eval('1')\n", other__py="import socket\n")


def test_a_site_without_rules_reads_no_program(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FORBIDDEN_MODULES = settings.FORBIDDEN_CALLS = frozenset()
    monkeypatch.setattr("runner.runs.starting.rules.find_forbidden", None)
    ask(main__py="import socket\n")


@pytest.mark.parametrize(("size", "aside"), [(100, False), (asking.SMALL_CHARACTERS + 1, True)])
async def test_terminals_do_not_wait_for_what_is_found_in_large_programs(
    size: int, aside: bool
) -> None:
    files = (SourceFile(path="main.py", content="x" * size),)
    asked = StartInteractive(
        type="start_interactive", language="python", files=files, rows=24, cols=80
    )
    where = await asking.beside_terminals(asked, threading.get_ident)
    assert (where != threading.get_ident()) is aside
