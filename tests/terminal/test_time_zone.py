"""Programs run in the time zone of their student, and each in its own."""

import asyncio
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from runner.protocol.messages import Outcome
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

ASK = """if True:
    import json, os, subprocess, sys, time
    from datetime import datetime
    def child(*command):
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    source = "import time; print(time.strftime('%z'))"
    print(json.dumps([
        datetime.now().strftime("%Y-%m-%dT%H:%M"), time.strftime("%Z"), time.strftime("%z"),
        child("date", "+%z"), child(sys.executable, "-c", source), os.environ.get("TZ"),
    ]))
"""
NAMES = {
    "Europe/Berlin": "CET", "America/New_York": "EST", "Asia/Kathmandu": "+0545",
    "America/St_Johns": "NST", "Etc/GMT+5": "-05", "Pacific/Kiritimati": "+14",
}  # fmt: skip


async def told(terminal: TerminalClient, **fields: object) -> list[str]:
    await terminal.start(ASK, **fields)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    answer: list[str] = json.loads(bytes(terminal.output))
    return answer


@pytest.mark.parametrize("args", [[], ["one"]], ids=["waiting", "fresh"])
@pytest.mark.parametrize("zone", NAMES)
async def test_the_clock_is_the_students(
    terminal: TerminalClient, zone: str, args: list[str]
) -> None:
    """In an interpreter that waited for any program, and in one that was started for this one."""
    before = datetime.now(ZoneInfo(zone))
    clock, name, offset, of_date, of_child, variable = await told(
        terminal, timezone=zone, args=args
    )
    after = datetime.now(ZoneInfo(zone))
    assert clock in {f"{moment:%Y-%m-%dT%H:%M}" for moment in (before, after)}
    assert offset == of_date == of_child == before.strftime("%z")
    assert name == before.strftime("%Z")
    assert variable == zone


@pytest.mark.parametrize(
    "zone", [None, "Nowhere/City", "Etc/Unknown", "europe/berlin", "posix/Asia/Tokyo"]
)
async def test_without_a_zone_that_is_known_here_it_is_the_sites(
    terminal: TerminalClient, zone: str | None
) -> None:
    fields = {"timezone": zone} if zone else {}
    clock, name, offset, _, _, variable = await told(terminal, **fields)
    assert str(clock) <= f"{datetime.now(UTC):%Y-%m-%dT%H:%M}"
    assert [name, offset, variable] == ["UTC", "+0000", None]


async def test_the_zone_of_one_run_does_not_reach_another(site: Site) -> None:
    server, user = site.server, site.users.student()
    async with open_terminal(server, user) as one, open_terminal(server, user) as other:
        zones = await asyncio.gather(told(one, timezone="Asia/Tokyo"), told(other))
    assert [answer[2] for answer in zones] == ["+0900", "+0000"]
