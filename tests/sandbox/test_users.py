"""Each sandbox of a root executor is a user of its own, on the whole machine, until it is dead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runner.sandbox import bubblewrap, uids
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.uids import FIRST_UID, SandboxUids
from tests.sandbox import executors
from tests.sandbox.attack import attacking

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has users to give")
ROOT = Path(__file__).parents[2]
STAY = "import time; print('up', flush=True); time.sleep(600)"


def users_of(pid: int) -> set[int]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {int(uid) for line in lines if line.startswith("Uid:") for uid in line.split()[1:]}


async def test_two_runs_are_two_users(backend: LimitBackend) -> None:
    async with attacking(backend, STAY) as one, attacking(backend, STAY) as other:
        first, second = (users_of(run.sandbox._root.pid) for run in (one, other))
    assert not first & second
    assert min(first | second) >= FIRST_UID


def test_executors_of_one_machine_never_share_a_user() -> None:
    command = [sys.executable, "-m", executors.__name__, executors.with_two_users.__name__]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        theirs = {int(uid) for uid in other.stdout.readline().split()}
        users = SandboxUids(root=True)
        ours = {users.take() for _ in range(4)}
        assert len(theirs) == 2
        assert not ours & theirs
        other.kill()
    users = SandboxUids(root=True)
    assert theirs & {users.take() for _ in range(8)}  # a dead executor's are free


async def test_a_run_that_may_not_be_dead_keeps_its_user(
    backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as unsure:
        unsure.setattr(bubblewrap, "PROCESSES", 4)  # more than it will find
        async with attacking(backend, STAY) as attack:
            (user,) = users_of(attack.sandbox._root.pid)
            late = subprocess.Popen(["sleep", "600"], user=user, extra_groups=[])
    try:
        async with attacking(backend, STAY) as other:
            assert user not in users_of(other.sandbox._root.pid)
    finally:
        late.kill()
        late.wait()


def test_a_user_is_free_again_when_no_process_is_his(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uids, "LOOK_SECONDS", 0)
    monkeypatch.setattr(uids, "FIRST_UID", 64_000)  # nobody else's
    users = SandboxUids(root=True, folders=(tmp_path,))
    user = users.take()
    late = subprocess.Popen(["sleep", "600"], user=user, extra_groups=[])
    users.give_back(user, surely_unused=False)
    try:
        assert users.take() != user
    finally:
        late.kill()
        late.wait()
    assert users.take() == user


def test_a_file_of_locks_that_others_can_open_is_not_believed(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for folder in (theirs, ours):
        folder.mkdir()
    (theirs / uids.LOCKS).touch()
    os.chown(theirs / uids.LOCKS, FIRST_UID, FIRST_UID)
    SandboxUids(root=True, folders=(theirs, ours)).take()
    assert (ours / uids.LOCKS).exists()
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / uids.LOCKS).symlink_to("/etc/passwd")
    with pytest.raises(
        OSError, match=r"/theirs/.* is not root's alone; .*symbolic links: '/.*/link/"
    ):
        SandboxUids(root=True, folders=(theirs, tmp_path / "link")).take()


def test_a_file_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    users = SandboxUids(root=True, folders=(tmp_path,))
    users.take()
    assert users._locks is not None
    reading = os.open(tmp_path / uids.LOCKS, os.O_RDONLY)
    os.dup2(reading, users._locks)  # for writing it has to be open for that
    os.close(reading)
    with pytest.raises(OSError, match=f"cannot lock: .*'{tmp_path}/{uids.LOCKS}'"):
        users.take()
    os.close(users._locks)


def users_with(tmp_path: Path, *maps: str) -> SandboxUids:
    files = [tmp_path / str(number) for number in range(len(maps))]
    for file, lines in zip(files, maps, strict=True):
        file.write_text(lines)
    return SandboxUids(root=True, folders=(tmp_path,), maps=files)


def test_only_ids_that_are_both_users_and_groups_here_are_given(tmp_path: Path) -> None:
    users = users_with(tmp_path, "0 10002 1\n62000 1900000000 4\n", "0 0 1\n62001 5000 9000\n")
    assert [users.take(), users.take()] == [62_001, 62_002]
    assert users.owner == 62_003  # of the system's files: no sandbox is ever this user
    assert users.ranges == [(62_001, 2)]
    with pytest.raises(OSError, match="in use"):
        users.take()


@pytest.mark.parametrize(
    "lines", ["0 1000 1\n", "62000 7 1\n", "0 1000 62000\n", "65534 65534 1\n", ""]
)
def test_a_root_without_users_to_give_runs_nothing_as_root(tmp_path: Path, lines: str) -> None:
    """As in a container of an ordinary user: `unshare --map-root-user`."""
    with pytest.raises(OSError, match="no user from 62000 to 65533 is known here"):
        users_with(tmp_path, lines, "0 0 4294967295\n").take()
