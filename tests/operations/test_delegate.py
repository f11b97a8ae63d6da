"""deploy/container/delegate.py, started as Compose starts it: root with four capabilities.

Bubblewrap takes the place of the engine. The same in a container: `python -m tests.compose`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest

from runner.sandbox.limit_backends import cgroup_v1
from runner.sandbox.uids import FIRST_UID, LAST_UID
from tests.runner.sandbox import executors
from tests.services import ROOT

closed = any(not folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents))
pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="a container's root is needed"),
    pytest.mark.skipif(closed, reason="this folder cannot be read by anybody else"),
]
DELEGATE = ROOT / "deploy/container/delegate.py"
UID, COUNT, OUTER = 10_002, LAST_UID - FIRST_UID + 1, 1_900_000_000
PASSWD = f"root:x:0:0::/root:/bin/sh\nexecutor:x:{UID}:{UID}::/nonexistent:/bin/sh\n"
PROVIDED = f"somebody:100000:65536\nexecutor:{OUTER}:{COUNT}\nexecutor:{FIRST_UID}:{COUNT}\n"
CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_CHOWN", "CAP_SETUID", "CAP_SETGID")
KILL, SETGID, SETUID, SYS_PTRACE = 1 << 5, 1 << 6, 1 << 7, 1 << 19
POD = 524_288  # the first id of a pod's 65,536
# A user namespace as a pod's, and in it what follows.
IN_POD = ("-c", f"""
import os, runpy, sys
delegate = runpy.run_path({str(DELEGATE)!r})
ids = [(0, {POD}, 65_536)]
delegate["enter_namespace"](lambda pid: delegate["write_maps"](pid, ids, ids))
os.execvp(sys.argv[1], sys.argv[1:])
""")  # fmt: skip
TWO_SANDBOXES = ("-m", executors.__name__, executors.with_two_sandboxes.__name__)


def container(
    folder: Path,
    *command: str,
    subordinate: str = PROVIDED,
    groups: Sequence[Path] = (),
    capabilities: Sequence[str] = CAPABILITIES,
    user: tuple[str, ...] = (),
    remapped: bool = False,
) -> subprocess.CompletedProcess[str]:
    """What `delegate COMMAND` does in something like a container.

    `remapped`: in one whose root and users are others on the machine, as a pod's are."""
    files = {"passwd": PASSWD, "subuid": subordinate, "subgid": subordinate}
    (folder / "run").mkdir(exist_ok=True)
    owner = POD + UID if remapped else UID
    os.chown(folder / "run", owner, owner)
    arguments = [sys.executable, *IN_POD] if remapped else []
    arguments += ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--tmpfs", "/run"]
    arguments += ["--bind", str(folder / "run"), "/run/coderunner", "--tmpfs", "/sys/fs/cgroup"]
    for name, text in files.items():
        (folder / name).write_text(text)
        arguments += ["--ro-bind", str(folder / name), f"/etc/{name}"]
    for group in groups:
        arguments += ["--ro-bind", str(group), str(group.parent)]
    arguments += ["--cap-drop", "ALL"]
    arguments += [part for name in capabilities for part in ("--cap-add", name)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*arguments, *user, str(DELEGATE), *command], cwd="/", env=environment, timeout=60,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def two_sandboxes(folder: Path, **options: Any) -> dict[str, Any]:
    return report(container(folder, "/usr/bin/python3", "-B", *TWO_SANDBOXES, **options))


@pytest.fixture
def folder() -> Iterator[Path]:
    """For every user of this machine to read."""
    with TemporaryDirectory(dir="/var/tmp") as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture
def groups() -> Iterator[list[Path]]:
    """A group of a container's own in each hierarchy of version 1, as Docker makes them."""
    hierarchies = cgroup_v1._hierarchies()
    if set(cgroup_v1.CONTROLLERS) - set(hierarchies):
        pytest.skip("control groups of version 1 are not here; for version 2 see tests.guest")
    with ExitStack() as stack:
        made = []
        for hierarchy in sorted(set(hierarchies.values())):
            group = hierarchy / f"container-{uuid4().hex[:8]}"
            group.mkdir()
            stack.callback(group.rmdir)
            made.append(group)
        yield made


def test_each_sandbox_is_a_user_that_the_machine_provides(folder: Path) -> None:
    seen = two_sandboxes(folder)
    one, other = seen["sandboxes"]
    assert one != other
    for user in (one, other):
        assert len(user) == 1
        assert FIRST_UID <= user[0] <= LAST_UID
    wanted = ["0", str(UID), "1", str(FIRST_UID), str(OUTER), str(COUNT)]
    assert seen["maps"] == [wanted, wanted]


def test_the_executor_keeps_only_what_ends_measures_and_becomes_sandboxes(folder: Path) -> None:
    seen = two_sandboxes(folder)
    assert seen["ids"] == [0, 0, []]  # in its namespace: see the maps
    kept = KILL | SETGID | SETUID | SYS_PTRACE
    for name in ("CapPrm", "CapEff", "CapBnd"):
        assert int(seen["capabilities"][name], 16) == kept
    for name in ("CapInh", "CapAmb"):
        assert int(seen["capabilities"][name], 16) == 0


def test_it_can_do_nothing_to_what_belongs_to_root(folder: Path) -> None:
    """Not even with the capabilities that it has in its namespace."""
    (folder / "secret").write_text("of root")
    (folder / "secret").chmod(0o600)
    for line in (f"cat {folder}/secret", f"kill -0 {os.getpid()}", "mount -t tmpfs none /mnt"):
        done = container(folder, "sh", "-c", f"{line} && echo done")
        assert "done" not in done.stdout
        assert done.returncode != 0


def test_a_pod_has_65536_ids_and_the_second_range_is_among_them(folder: Path) -> None:
    """Kubernetes' `hostUsers: false`, or an engine that remaps users; without SYS_ADMIN."""
    seen = two_sandboxes(folder, remapped=True, capabilities=CAPABILITIES[1:])
    one, other = seen["sandboxes"]
    assert one != other
    wanted = ["0", str(UID), "1", str(FIRST_UID), str(FIRST_UID), str(COUNT)]
    assert seen["maps"] == [wanted, wanted]


def test_without_ids_to_give_they_share_the_executors_own(folder: Path) -> None:
    seen = two_sandboxes(folder, subordinate="somebody:100000:65536\n")
    assert seen["ids"] == [UID, UID, []]
    assert seen["sandboxes"] == [[UID], [UID]]
    assert {seen["capabilities"][name] for name in ("CapPrm", "CapEff", "CapAmb")} == {"0" * 16}


def test_control_groups_are_its_own_and_their_limits_are_not(
    folder: Path, groups: list[Path]
) -> None:
    assert two_sandboxes(folder, groups=groups)["limits"] == "cgroup v1"
    for group in groups:
        assert group.stat().st_uid == (group / "cgroup.procs").stat().st_uid == UID
        for name in ("memory.limit_in_bytes", "pids.max", "cpu.shares"):
            assert not (group / name).exists() or (group / name).stat().st_uid == 0
        assert not list(group.glob("coderunner-*"))


def test_without_the_right_to_mount_it_says_which_group_it_cannot_have(
    folder: Path, groups: list[Path]
) -> None:
    done = container(
        folder, "/usr/bin/python3", "-B", *TWO_SANDBOXES, groups=groups,
        capabilities=CAPABILITIES[1:],
    )  # fmt: skip
    assert report(done)["limits"] == "rlimits and watchdog"
    assert "delegate: the control group /sys/fs/cgroup/memory cannot be used" in done.stderr


def test_a_user_that_is_not_there_is_named(folder: Path) -> None:
    done = container(folder, "true", user=("--ro-bind", "/dev/null", "/etc/passwd"))
    assert done.returncode != 0
    assert "executor" in done.stderr
    assert "Traceback" not in done.stderr


def as_ordinary_user(folder: Path, *command: str, before: str = "") -> dict[str, Any]:
    """On a machine whose administrator has given the user `executor` ids, and nothing else."""
    for name, text in {"passwd": PASSWD, "subuid": PROVIDED, "subgid": PROVIDED}.items():
        (folder / name).write_text(text)
    mounts = "".join(
        f"mount --bind {folder / n} /etc/{n}\n" for n in ("passwd", "subuid", "subgid")
    )
    user = f"setpriv --reuid={UID} --regid={UID} --clear-groups {before}"
    script = f'set -e\n{mounts}exec {user} "$@"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(DELEGATE), *command],
        cwd="/", env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, timeout=60,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return report(done) | {"said": done.stderr}


def test_an_ordinary_user_asks_newuidmap_for_its_ids(folder: Path) -> None:
    seen = as_ordinary_user(folder, "/usr/bin/python3", "-B", *TWO_SANDBOXES)
    wanted = ["0", str(UID), "1", str(FIRST_UID), str(OUTER), str(COUNT)]
    assert seen["maps"] == [wanted, wanted]
    one, other = seen["sandboxes"]
    assert one != other


def test_where_newuidmap_has_no_privilege_sandboxes_share_the_user(folder: Path) -> None:
    """`no-new-privileges` disables it, and there is no way back from a namespace without ids."""
    command = ("/usr/bin/python3", "-B", *TWO_SANDBOXES)
    seen = as_ordinary_user(folder, *command, before="--no-new-privs")
    assert seen["sandboxes"] == [[UID], [UID]]
    assert "newuidmap and newgidmap are missing, or have no privilege" in seen["said"]
