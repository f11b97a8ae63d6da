"""What a run shows is stored for as long as it is this executor's, and counts as its history."""

from dataclasses import replace

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from accounts.models import User
from runner import runs
from runner.history import OWN_RUNS
from runner.limits import KIB, MIB, Limits
from runner.models import Artifact, Executor, Run
from runner.run_state import RunStatus
from runner.runs import Shown
from tests.a_run import finished_run
from tests.an_artifact import PNG, an_artifact

SHOWN = Shown(
    seq=1, version=1, kind="picture", name="plot.png", mime="image/png", width=640, height=480,
    at_ms=1200, data=bytearray(PNG),
)  # fmt: skip


@pytest.fixture
def executor(db: None) -> Executor:
    return Executor.objects.create(name="one", capacity=1)


@pytest.fixture
def run(owner: User, executor: Executor) -> Run:
    return finished_run(owner, status=RunStatus.RUNNING, outcome="", executor=executor)


def test_it_is_stored_with_its_size_and_hash(run: Run, executor: Executor) -> None:
    assert runs.save_artifact(run.pk, executor, SHOWN, len(PNG))
    stored = Artifact.objects.get()
    assert (bytes(stored.data), stored.bytes, stored.at_ms) == (PNG, len(PNG), 1200)
    assert len(stored.sha256) == 64
    run.refresh_from_db()
    assert run.artifact_bytes == len(PNG)


def test_the_same_number_again_replaces_it(run: Run, executor: Executor) -> None:
    runs.save_artifact(run.pk, executor, SHOWN, len(PNG))
    again = replace(SHOWN, version=2, name="other.png", data=b"new")
    assert runs.save_artifact(run.pk, executor, again, 3)
    stored = Artifact.objects.get()
    assert (stored.name, bytes(stored.data), stored.version) == ("other.png", b"new", 2)
    assert runs.told_artifacts(run.pk, 1, after=2) == []
    assert [version for version, _ in runs.told_artifacts(run.pk, 1, after=1)] == [2]


@pytest.mark.parametrize("change", [{"executor": None}, {"status": RunStatus.QUEUED}])
def test_nothing_is_stored_of_a_run_that_is_not_this_executors(
    run: Run, executor: Executor, change: dict[str, object]
) -> None:
    Run.objects.filter(pk=run.pk).update(**change)
    assert not runs.save_artifact(run.pk, executor, SHOWN, len(PNG))
    assert not Artifact.objects.exists()


def test_nothing_is_added_to_a_run_that_has_ended(owner: User, executor: Executor) -> None:
    run = finished_run(owner, executor=executor)
    assert not runs.save_artifact(run.pk, executor, SHOWN, len(PNG))


@pytest.mark.parametrize(
    "fields", [{"seq": 0}, {"seq": 111}, {"bytes": 1}, {"bytes": 4 * MIB + 1}], ids=str
)
def test_the_database_holds_the_limits_too(run: Run, fields: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        an_artifact(run, PNG, **fields)


def test_they_count_as_history(owner: User, settings: Settings) -> None:
    settings.LIMITS = Limits(history_bytes=10 * KIB)
    sizes = {"source_bytes": 1, "artifact_bytes": 4 * KIB}
    oldest, *others = [finished_run(owner, b"", **sizes) for _ in range(3)]
    an_artifact(oldest)
    assert runs.make_room(owner.pk) == 1
    assert set(Run.objects.all()) == set(others)
    assert not Artifact.objects.exists()


def test_they_are_in_the_archive_of_own_data_and_go_with_it(owner: User) -> None:
    run = finished_run(owner)
    an_artifact(run)
    an_artifact(run, b"<p>", kind="html", name="page.html")
    files = {file.path: file.content for file in OWN_RUNS.files(owner)}
    shown = {path.split("/shown/")[1]: data for path, data in files.items() if "/shown/" in path}
    assert shown == {"1 plot.png": PNG, "2 page.html": b"<p>"}
    OWN_RUNS.delete(owner)
    assert not Artifact.objects.exists()
