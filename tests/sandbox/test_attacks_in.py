"""The core of the attacks, started from languages with other runtimes than Python's."""

import select
import socket
from collections.abc import Container, Iterator
from pathlib import Path

import pytest

from runner.languages import LANGUAGES, missing
from runner.languages.language import File, Trial
from runner.limits import MIB, Limits
from runner.run_state import Ending, Outcome
from runner.sandbox import Sandbox, Size
from runner.sandbox.limit_backends import LimitBackend
from tests.a_language import lacks
from tests.languages.trying import tried
from tests.services import ROOT

SOURCES = Path(__file__).parent / "attacks_in"
LIMITS = Limits(wall_seconds=60, processes=96)
# Java takes seconds for each; C and JavaScript tell soon enough what a start of their own differs by.
NAMES = ["c", "javascript", pytest.param("java", marks=pytest.mark.attacks)]
FORBIDDEN = {
    "/etc/shadow": "r",
    "/proc/kcore": "r",
    "/proc/1/mem": "w",
    str(ROOT / "manage.py"): "r",
    "/etc/passwd": "w",
    "/usr/bin/another": "w",
    "/opt/coderunner/another": "w",
    "/home/another": "w",
    "/proc/sys/vm/drop_caches": "w",
}

pytestmark = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


async def attacked(
    name: str, attack: str, backend: LimitBackend, monkeypatch: pytest.MonkeyPatch, *args: str
) -> tuple[list[str], Ending]:
    """What the program said, beside warnings of compilers and virtual machines; how it ended."""
    language = LANGUAGES[name]
    if lacking := missing(language):
        lacks(name, lacking)

    def chosen(
        limits: Limits, *, optimisations: Container[str], python: str, screen: Size | None
    ) -> Sandbox:
        return Sandbox(limits, backend, optimisations, python, screen)

    monkeypatch.setattr("runner.executor.warm_pool.Sandbox", chosen)
    source = (SOURCES / f"{attack}.{language.extensions[0]}").read_text()
    trial = Trial(files=(File(language.main, source),), shows=("",), args=args)
    text, ending = await tried(name, trial, LIMITS, monkeypatch)
    return [line for line in text.split() if line in ("refused", "done")], ending


@pytest.mark.parametrize("attack", ["processes", "descriptors"])
async def test_there_is_an_end_to(
    name: str, attack: str, backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, ending = await attacked(name, attack, backend, monkeypatch)
    assert lines == ["refused"], lines
    assert ending.outcome == Outcome.COMPLETED


async def test_memory_is_bounded(
    name: str, backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, ending = await attacked(name, "memory", backend, monkeypatch)
    assert "done" not in lines
    assert "refused" in lines or ending.outcome == Outcome.MEMORY_LIMIT, (lines, ending)
    allowed = LANGUAGES[name].limits.applied(LIMITS).memory_bytes
    more = 64 * MIB if backend.accounted else allowed  # a watchdog looks now and then
    assert ending.memory_peak_bytes < allowed + more


async def test_nothing_outside_is_reached(
    name: str, backend: LimitBackend, monkeypatch: pytest.MonkeyPatch, listener: socket.socket
) -> None:
    port = str(listener.getsockname()[1])
    args = ["127.0.0.1", port, "192.0.2.1", "80", "169.254.169.254", "80"]
    lines, ending = await attacked(name, "network", backend, monkeypatch, *args)
    assert lines == ["refused"] * 3, lines
    assert ending.outcome == Outcome.COMPLETED
    assert not select.select([listener], [], [], 0)[0]


async def test_no_file_of_others_is_opened(
    name: str, backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = [word for path, mode in FORBIDDEN.items() for word in (mode, path)]
    lines, ending = await attacked(name, "files", backend, monkeypatch, *args)
    assert lines == ["refused"] * len(FORBIDDEN), lines
    assert ending.outcome == Outcome.COMPLETED
