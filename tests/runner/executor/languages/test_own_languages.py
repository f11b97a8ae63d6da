# size: one class, and all that happens to toolchains while it runs
"""An executor offers the languages that are installed and work; finding out disturbs nobody."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from runner.executor.languages import own_languages
from runner.executor.languages.own_languages import NOT_TRIED, OwnLanguages, Tried
from runner.languages import PYTHON, Language
from runner.sandbox import TriedBefore

WAIT_SECONDS = 30
WORKS = Tried("7.0", "")
FAILS = Tried("", "it printed 'Segmentation fault'")


class Machine:
    """With toolchains that are one file each, and what trying them shows."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder, self.kept = folder, folder / "tried.json"
        self.results: dict[str, Tried | Exception] = {}
        self.tried: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}  # a trial lasts until then
        python = replace(PYTHON, needs=(str(self.install("python")),))
        self.languages: dict[str, Language] = {"python": python}
        for order, name in enumerate(names, 20):
            needs = (str(folder / name),)
            self.languages[name] = replace(PYTHON, id=name, order=order, needs=needs)

    def install(self, *names: str, text: str = "") -> Path:
        for name in names:
            (self.folder / name).write_text(text)
        return self.folder / names[-1]

    async def try_out(self, language: Language) -> Tried:
        self.tried.append(language.id)
        if gate := self.gates.get(language.id):
            await gate.wait()
        result = self.results.get(language.id, WORKS)
        if isinstance(result, Exception):
            raise result
        return result

    def own(self, *more: str) -> OwnLanguages:
        return OwnLanguages(self.languages, TriedBefore(self.kept, *more), self.try_out)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_languages, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(own_languages, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(own_languages, "RETRIES_SECONDS", 0.01)


@asynccontextmanager
async def looking(own: OwnLanguages) -> AsyncIterator[OwnLanguages]:
    await own.begin("3.11")
    tasks = [asyncio.create_task(own.run()), asyncio.create_task(heartbeats(own))]
    try:
        yield own
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            assert isinstance(ended, asyncio.CancelledError)


async def heartbeats(own: OwnLanguages) -> None:
    while True:
        await asyncio.sleep(0.01)
        await own.look()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.005)


async def test_python_is_offered_before_anything_is_tried(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c", "java")
    machine.install("c")
    own = machine.own()
    await own.begin("3.11")
    assert own.versions == {"python": "3.11"}
    assert own.withheld == {"c": NOT_TRIED}  # Java is not installed
    assert machine.tried == []


async def test_what_is_installed_and_works_is_offered(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c", "java", "rust")
    machine.install("c", "rust")
    async with looking(machine.own()) as own:
        await until(lambda: "rust" in own.versions)
    assert own.versions == {"python": "3.11", "c": "7.0", "rust": "7.0"}
    assert own.withheld == {}
    assert machine.tried == ["c", "rust"]  # one after the other, and Python is not tried again


@pytest.mark.parametrize("result", [FAILS, RuntimeError("a bug"), Tried("", "x" * 10_000)])
async def test_what_fails_is_not_offered_and_says_why(
    tmp_path: Path, result: Tried | Exception
) -> None:
    machine = Machine(tmp_path, "c", "rust")
    machine.install("c", "rust")
    machine.results["c"] = result
    async with looking(machine.own()) as own:
        await until(lambda: "rust" in own.versions)
    assert "c" not in own.versions
    assert 0 < len(own.withheld["c"]) <= 300
    assert machine.tried.count("c") == 1  # not again at once


async def test_what_failed_is_tried_again_later_and_ever_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_languages, "RETRY_SECONDS", 0.01)
    machine = Machine(tmp_path, "c")
    machine.install("c")
    machine.results["c"] = FAILS
    async with looking(machine.own()) as own:
        await until(lambda: machine.tried.count("c") == 3)
        machine.results["c"] = WORKS
        await until(lambda: "c" in own.versions)
    assert own.withheld == {}


async def test_a_toolchain_that_changes_is_tried_anew(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c")
    async with looking(machine.own()) as own:
        machine.install("c")
        await until(lambda: "c" in own.versions)
        machine.results["c"] = FAILS
        machine.install("c", text="another version")
        await until(lambda: bool(own.withheld.get("c")))
        assert "c" not in own.versions
        (tmp_path / "c").unlink()
        await until(lambda: "c" not in own.withheld)
    assert own.versions == {"python": "3.11"}


async def test_what_has_passed_is_offered_at_once_after_a_restart(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c", "rust")
    machine.install("c", "rust")
    machine.results["rust"] = FAILS
    async with looking(machine.own("version 1")) as own:
        await until(lambda: bool(own.withheld.get("rust")))
    machine.tried.clear()
    again = machine.own("version 1")
    await again.begin("3.11")
    assert again.versions == {"python": "3.11", "c": "7.0"}
    assert again.withheld == {"rust": NOT_TRIED}  # failures are not remembered
    assert machine.tried == []
    other = machine.own("version 2")  # of the product, or another limit backend
    await other.begin("3.11")
    assert other.versions == {"python": "3.11"}


async def test_what_was_tried_by_make_languages_is_offered_at_the_next_heartbeat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while programs start, beside which nothing is tried."""
    monkeypatch.setattr(own_languages, "QUIET_SECONDS", 3600.0)
    machine = Machine(tmp_path, "c", "rust")
    own = machine.own("version 1")
    own.note_start()
    async with looking(own):
        machine.install("c", "rust")
        await until(lambda: own.withheld == {"c": NOT_TRIED, "rust": NOT_TRIED})
        before = TriedBefore(machine.kept, "version 1")
        fingerprint = before.fingerprint(machine.languages["c"])
        assert fingerprint
        before.add(fingerprint, "9.1")
        await until(lambda: own.versions == {"python": "3.11", "c": "9.1"})
    assert own.withheld == {"rust": NOT_TRIED}
    assert machine.tried == []


async def test_one_that_has_failed_here_is_offered_when_it_passes_elsewhere(tmp_path: Path) -> None:
    """It was tried while it was being installed."""
    machine = Machine(tmp_path, "c")
    machine.install("c")
    machine.results["c"] = FAILS
    async with looking(machine.own()) as own:
        await until(lambda: bool(own.withheld.get("c")))
        before = TriedBefore(machine.kept)
        before.add(before.fingerprint(machine.languages["c"]) or "", "9.1")
        await until(lambda: own.versions == {"python": "3.11", "c": "9.1"})
    assert machine.tried == ["c"]


async def test_a_toolchain_that_changes_while_it_is_tried_has_not_passed(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c")
    machine.install("c")
    machine.gates["c"] = asyncio.Event()
    async with looking(machine.own()) as own:
        await until(lambda: machine.tried == ["c"])
        first = TriedBefore(machine.kept).fingerprint(machine.languages["c"])
        machine.install("c", text="another version")
        changed = own._toolchains["c"].fingerprint
        await until(lambda: own._toolchains["c"].fingerprint != changed)
        machine.gates["c"].set()
        await until(lambda: "c" in own.versions)
    assert machine.tried == ["c", "c"]
    assert first not in TriedBefore(machine.kept).read()


# --- Whoever starts a program comes first --------------------------------------------------------
async def test_a_trial_is_given_up_when_a_program_starts_and_begun_again(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "c")
    machine.install("c")
    machine.gates["c"] = asyncio.Event()
    async with looking(machine.own()) as own:
        await until(lambda: machine.tried == ["c"])
        own.note_start()
        await until(lambda: machine.tried == ["c", "c"])
        machine.gates["c"].set()
        await until(lambda: "c" in own.versions)


async def test_nothing_is_tried_while_programs_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(tmp_path, "c")
    machine.install("c")
    monkeypatch.setattr(own_languages, "QUIET_SECONDS", 3600.0)
    own = machine.own()
    own.note_start()
    async with looking(own):
        await asyncio.sleep(0.1)
        assert machine.tried == []
        own.note_start()
        await asyncio.sleep(0.1)
    assert machine.tried == []


async def test_a_site_where_programs_start_all_the_time_gets_its_languages_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(tmp_path, "c")
    machine.install("c")
    monkeypatch.setattr(own_languages, "QUIET_SECONDS", 3600.0)
    monkeypatch.setattr(own_languages, "MOST_PATIENCE_SECONDS", 0.2)
    own = machine.own()
    own.note_start()
    async with looking(own):
        machine.gates["c"] = asyncio.Event()
        await until(lambda: machine.tried == ["c"])
        own.note_start()  # does not end this trial
        await asyncio.sleep(0)
        machine.gates["c"].set()
        await until(lambda: "c" in own.versions)
    assert machine.tried == ["c"]
