"""The log: every line names what it is about, for people and for machines."""

import asyncio
import io
import json
import logging
from collections import OrderedDict
from logging.config import DictConfigurator

import pytest
from django.http import HttpResponse
from django.test import AsyncClient, Client
from django.utils.log import log_response

from accounts.models import User
from coderunner import logs
from runner import workspace
from runner.infrastructure.http import way_here
from runner.infrastructure.log_context import bind_log_ids, ids
from runner.infrastructure.token_bucket import TokenBucket


class Written:
    """A logger that writes as the site's do, to where a test can read it."""

    def __init__(self, log_format: str) -> None:
        configurator = DictConfigurator(logs.configuration(log_format))
        handler = logging.StreamHandler(text := io.StringIO())
        handler.addFilter(logs.Ids())
        formats = configurator.config["formatters"]
        handler.setFormatter(configurator.configure_formatter(formats[log_format]))
        self.logger = logging.Logger("site")
        self.logger.addHandler(handler)
        self._text = text

    def lines(self) -> list[str]:
        return self._text.getvalue().splitlines()


async def test_json_lines_carry_ids_and_event() -> None:
    log = Written("json")
    bind_log_ids(request="r1", user=7)
    log.logger.warning("Terminal %s.", "opened", extra={"event": "connect"})
    line = json.loads(log.lines()[0])
    assert line.pop("time")
    assert line == {
        "level": "WARNING",
        "logger": "site",
        "message": "Terminal opened.",
        "event": "connect",
        "request": "r1",
        "user": "7",
    }


def test_an_exception_is_one_json_line() -> None:
    log = Written("json")
    try:
        raise ValueError("broken\nin two lines")
    except ValueError:
        log.logger.exception("It failed.")
    (line,) = log.lines()
    assert "ValueError: broken" in json.loads(line)["exc_info"]
    assert json.loads(line)["event"] == "error"


@pytest.mark.parametrize("character", ["\n", "\r", "\x85", "\u2028", "\x1b"])
def test_what_a_browser_sends_looks_like_no_record(character: str) -> None:
    log = Written("text")
    log.logger.warning("A page (%s) was refused.", f"/a{character}2026-01-01 ERROR forged")
    (line, *more) = log.lines()
    assert character not in line
    assert all(one.startswith("    ") for one in more)
    assert "forged) was refused." in (more or [line])[-1]


@pytest.mark.parametrize("character", ["\n", "\r", "\x85", "\u2028", "\x1b", "\u202e"])
def test_what_an_exception_says_looks_like_no_record(character: str) -> None:
    """It often has what was sent: a word that is none, a name that is not found."""
    log = Written("text")
    try:
        raise ValueError(f"a name: {character}2026-01-01 ERROR forged")
    except ValueError:
        log.logger.exception("It failed.", stack_info=True)
    (line, *more) = log.lines()
    assert "ERROR site It failed." in line
    assert all(one.startswith("    ") for one in more)
    assert any("2026-01-01 ERROR forged" in one for one in more)
    assert character == "\n" or not any(character in one for one in more)


def test_a_host_of_a_stranger_is_one_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's own record of it has a traceback, at every request."""
    monkeypatch.setattr(way_here, "_logged_at", OrderedDict())
    monkeypatch.setattr(way_here, "_lines", TokenBucket(1, 20))
    log = Written("text")
    monkeypatch.setattr(logging.getLogger(), "handlers", log.logger.handlers)
    for number in range(3):
        path = f"/accounts/password/reset/key/MQ-{number}secret/%0a2026-01-01 ERROR forged"
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400
    lines = [line for line in log.lines() if "evil.example" in line or "forged" in line]
    assert len(lines) == 1, lines
    assert "secret" not in lines[0]


def test_what_a_browser_sends_cannot_begin_a_line() -> None:
    log = Written("json")
    log.logger.warning("From %s", 'x"}\n{"level": "forged"}')
    (line,) = log.lines()
    assert json.loads(line)["level"] == "WARNING"


@pytest.mark.django_db(transaction=True)
async def test_a_page_that_fails_names_its_user(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ValueError

    log = Written("json")
    monkeypatch.setattr(logging.getLogger("django.request"), "handlers", log.logger.handlers)
    monkeypatch.setattr(workspace, "site_status", broken)
    client = AsyncClient(raise_request_exception=False)
    await client.aforce_login(owner, "django.contrib.auth.backends.ModelBackend")
    response = await client.get("/", headers={"Accept": "application/json"})
    assert response.status_code == 500
    (line,) = log.lines()
    assert json.loads(line)["user"] == str(owner.pk)


@pytest.mark.parametrize(("status", "lines"), [(500, 1), (503, 0), (429, 1)])
def test_an_answer_that_we_are_not_ready_is_no_error(status: int, lines: int) -> None:
    log = Written("json")
    log.logger.addFilter(logs.Failures())
    log_response("Answered: %s", "/readyz", response=HttpResponse(status=status), logger=log.logger)
    assert len(log.lines()) == lines


async def test_text_lines_end_with_the_ids() -> None:
    log = Written("text")
    bind_log_ids(run="abc", user=7)
    log.logger.warning("The run was claimed.")
    assert log.lines()[0].endswith("WARNING site The run was claimed. run=abc user=7")


async def test_ids_follow_the_work_into_tasks_and_no_further() -> None:
    async def work(run: str) -> dict[str, str]:
        bind_log_ids(run=run)
        await asyncio.sleep(0)
        return await asyncio.create_task(asyncio.to_thread(ids))

    bind_log_ids(executor="one")
    found = await asyncio.gather(work("a"), work("b"))
    assert [about["run"] for about in found] == ["a", "b"]
    assert all(about["executor"] == "one" for about in found)
    assert "run" not in ids()
