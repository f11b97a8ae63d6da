"""A browser is told once of everything that its run has shown, as the database has it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from runner.protocol import channel, messages
from runner.terminal.link.run_link import RunLink
from tests.runner.terminal.surroundings import (
    RUN,
    Browser,
    Outside,
    attached,
    ended,
    following,
)

pytestmark = pytest.mark.usefixtures("impatient")
RUN_ID = str(RUN)


def shown(seq: int, name: str = "plot.png") -> messages.ArtifactShown:
    return messages.ArtifactShown(
        run=RUN, seq=seq, kind="picture", name=name, mime="image/png", bytes=9, width=1, height=1,
        url=f"/artifacts/{seq}/", version=seq, at_ms=0,
    )  # fmt: skip


@asynccontextmanager
async def live(browser: Browser, outside: Outside) -> AsyncIterator[RunLink]:
    outside.runs_on("one")
    async with following(browser) as link:
        await link.handle(attached())
        yield link


def told(browser: Browser) -> list[tuple[int, str]]:
    found = [each for each in browser.messages if isinstance(each, messages.ArtifactShown)]
    return [(each.seq, each.name) for each in found]


async def test_each_is_told_once_however_often_the_executor_says_so(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        outside.artifacts = [(1, shown(1)), (2, shown(2))]
        for version in (1, 2, 2, 1):
            await link.handle(channel.ArtifactsStored(RUN_ID, version))
        outside.artifacts = [(2, shown(2)), (3, shown(1, "again.png"))]
        await link.handle(channel.ArtifactsStored(RUN_ID, 3))
    assert told(browser) == [(1, "plot.png"), (2, "plot.png"), (1, "again.png")]
    assert outside.asked_for_artifacts == 2


async def test_what_was_said_and_lost_comes_before_the_end(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        outside.artifacts = [(1, shown(1))]
        end = ended(0)
        await link.handle(channel.RunEnded(RUN_ID, 0, end.exit, artifacts=1))
    assert browser.told[-2:] == ["ArtifactShown", "Exit"]


async def test_a_run_that_shows_nothing_costs_no_query(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.handle(ended(0))
    assert outside.asked_for_artifacts == 0


async def test_who_comes_after_the_end_is_told_too(outside: Outside) -> None:
    outside.artifacts = [(4, shown(1))]
    outside.has_ended(b"text")
    browser = Browser()
    async with following(browser):
        await browser.until("Exit")
    assert browser.told[-3:] == ["output", "ArtifactShown", "Exit"]
    assert browser.output == b"text"


Figures = dict[str, int | str]
LEFT_OUT: dict[messages.NoticeCode, Figures] = {
    messages.NoticeCode.FILES_LEFT_OUT: {"count": 2, "name": "link"}
}


def notices(browser: Browser) -> list[tuple[str, object]]:
    found = [each for each in browser.messages if isinstance(each, messages.Notice)]
    return [(each.code, dict(each.figures)) for each in found]


async def test_what_was_not_returned_is_told_once_before_the_end(outside: Outside) -> None:
    browser, said = Browser(), dict(LEFT_OUT[messages.NoticeCode.FILES_LEFT_OUT])
    async with live(browser, outside) as link:
        await link.handle(channel.Warned(RUN_ID, "files_left_out", said))
        end = replace(ended(0), notices={"files_left_out": said, "of_another_version": {}})
        await link.handle(end)
    assert notices(browser) == list(LEFT_OUT.items())
    assert browser.told[-1] == "Exit"


async def test_also_if_that_was_lost_and_to_who_comes_later(outside: Outside) -> None:
    browser, said = Browser(), dict(LEFT_OUT[messages.NoticeCode.FILES_LEFT_OUT])
    async with live(browser, outside) as link:
        await link.handle(replace(ended(0), notices={"files_left_out": said}))
    assert browser.told[-2:] == ["Notice", "Exit"]
    outside.notices = LEFT_OUT
    outside.has_ended(b"text")
    later = Browser()
    async with following(later):
        await later.until("Exit")
    assert later.told[-3:] == ["output", "Notice", "Exit"]
    assert notices(later) == list(LEFT_OUT.items())
