# size: all checks of one command
"""What this machine's sandbox can enforce: found out by trying."""

import asyncio
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from runner.languages import PYTHON
from runner.limits import MIB, Limits
from runner.sandbox import (
    absent_modules,
    doctor,
    host_advice,
    limit_backends,
    packages,
    seccomp,
    walls,
)
from runner.sandbox.doctor import Check
from runner.sandbox.limit_backends import (
    LIMIT_BACKENDS,
    LimitBackend,
    LimitBackendUnavailable,
    Usage,
)
from runner.sandbox.seccomp import checks, filter
from runner.sandbox.uids import sandbox_uids
from tests.installed import small_installation
from tests.product import INHERITED
from tests.services import ROOT


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PATH with nothing on it, for every user of this machine."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:  # /tmp is covered at the start
        Path(folder).chmod(0o755)
        monkeypatch.setenv("PATH", folder)
        yield Path(folder)


def command(*arguments: str, path: str = "", within: tuple[str, ...] = (), **options: Any) -> Any:
    """`manage.py doctor`, perhaps started by a program that takes something away from it."""
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    environment |= {"PATH": path or os.environ["PATH"], "SECRET_KEY": "x"}
    line = [*within, sys.executable, "manage.py", "doctor", *arguments]
    return subprocess.run(
        line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, **options
    )


def refused() -> list[Check]:
    return doctor.refused(doctor.examine(Limits()))


@pytest.fixture(params=LIMIT_BACKENDS)
def backend(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LimitBackend]:
    """Each that this machine has, as if it were the best."""
    try:
        backend = LIMIT_BACKENDS[request.param](Limits())
    except LimitBackendUnavailable as unavailable:
        pytest.skip(f"this machine has no {request.param}: {unavailable}")
    monkeypatch.setattr(limit_backends, "_chosen_once", lambda: (backend, {}))
    yield backend
    backend.close()


def test_here_all_is_well(backend: LimitBackend) -> None:
    checks = doctor.examine(Limits())
    assert doctor.refused(checks) == []
    assert {check.name for check in checks if check.ok} >= {
        "bwrap", "system call filter", "sandbox", "an ordinary user", "no network",
        "no other processes", "files", "disk", "system calls", "terminal", "limits", "memory",
        "Python",
    }  # fmt: skip
    assert doctor.usable_backend(Limits()) == backend.name


@pytest.mark.parametrize(
    ("ending", "ok"),
    [
        (Usage(0.1, 30 * MIB, 31 * MIB, 1, over_memory=True), True),  # as control groups see it
        (Usage(0.1, 0, 44 * MIB, 0, over_memory=False), True),  # the watchdog: already dead
        (Usage(0.1, 0, 20 * MIB, 0, over_memory=False), False),  # it ended for another reason
        (TimeoutError(), False),
    ],
)
async def test_a_greedy_program_must_end_because_it_was_greedy(
    monkeypatch: pytest.MonkeyPatch, ending: Usage | Exception, ok: bool
) -> None:
    async def run(*_: object) -> tuple[str, None, Usage]:
        if isinstance(ending, Exception):
            raise ending
        return "", None, ending

    monkeypatch.setattr(doctor, "_run", run)
    assert (await doctor._memory()).ok is ok


@pytest.mark.usefixtures("bare")
def test_without_bubblewrap_nothing_runs_and_one_command_mends_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (failed,) = refused()
    assert (failed.name, failed.fix) == ("bwrap", "apt-get install -y bubblewrap")
    with caplog.at_level(logging.ERROR):
        assert doctor.usable_backend(Limits()) == ""
    assert "apt-get install -y bubblewrap" in caplog.text


def test_what_bubblewrap_says_is_passed_on(bare: Path) -> None:
    bwrap = bare / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: No permissions to do it' >&2\nexit 1")
    bwrap.chmod(0o755)
    (failed,) = refused()
    assert failed.name == "sandbox"
    assert "bwrap: No permissions to do it" in failed.seen
    assert failed.fix


def test_a_wall_that_does_not_stand_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here that around processes: the run sees those of the machine."""
    whole = walls.command(accounted=False, owned=sandbox_uids.separate)
    place = whole.index("--proc")
    whole[place : place + 2] = ["--ro-bind", "/proc", "/proc"]
    monkeypatch.setattr(walls, "command", lambda **_: whole)
    assert "no other processes" in [check.name for check in refused()]


def test_a_filter_that_lets_through_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    allow = checks.Instruction(checks.RETURN, checks.ALLOW)
    monkeypatch.setattr(filter, "program", lambda machine, accounted: [allow])
    compiled = filter.compiled.__wrapped__  # as if it were compiled for the first time
    monkeypatch.setattr(seccomp, "compiled", compiled)
    assert {"system calls", "terminal"} & {check.name for check in refused()}


def test_a_limit_that_does_not_hold_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "GREEDY", "pass")
    assert [check.name for check in refused()] == ["memory"]


def test_a_machine_without_a_filter_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    (failed,) = refused()
    assert (failed.name, failed.seen) == ("system call filter", "for riscv64")


def test_a_language_that_prints_something_else_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trial = replace(PYTHON.self_test, shows=("43",))
    broken = replace(PYTHON, self_test=trial)
    monkeypatch.setattr(doctor, "PYTHON", broken)
    (failed,) = refused()
    assert failed.name == "Python"
    assert "42" in failed.seen


@pytest.mark.parametrize(
    ("sysctl", "value", "seen"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor keeps programs from"),
        ("kernel/unprivileged_userns_clone", "0", "only root may make user namespaces"),
        ("user/max_user_namespaces", "0", "allows no user namespaces"),
    ],
)
def test_a_setting_of_the_kernel_is_named_with_the_command_that_changes_it(
    bare: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sysctl: str,
    value: str,
    seen: str,
) -> None:
    bwrap = bare / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1")
    bwrap.chmod(0o755)
    (tmp_path / sysctl).parent.mkdir()
    (tmp_path / sysctl).write_text(value + "\n")
    monkeypatch.setattr(doctor, "PROC_SYS", tmp_path)
    (failed,) = refused()
    assert seen in failed.seen
    lasting = "/etc/apparmor.d/bwrap" if "apparmor" in sysctl else "/etc/sysctl.d/"
    assert lasting in failed.fix  # it is not lost at the next boot
    assert "sysctl -w" not in failed.fix


HOST = ("bwrap", "--dev-bind", "/", "/", "--unshare-user", "--uid", "1000", "--gid", "1000")
ELSEWHERE = {
    "a host that allows no user namespaces": (
        (*HOST, "--disable-userns"), "allows no user namespaces", "user.max_user_namespaces=10000",
    ),
    "a container with parts of /proc hidden": (
        (*HOST, "--ro-bind", "/dev/null", "/proc/kallsyms"), "proc", "systempaths=",
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_elsewhere_one_line_says_what_is_missing(place: str) -> None:
    within, seen, fix = ELSEWHERE[place]
    report = json.loads(command("--json", within=within).stdout)
    (failed,) = (check for check in report["checks"] if check["needed"] and not check["ok"])
    assert (report["ok"], report["limits_by"], failed["name"]) == (False, None, "sandbox")
    assert seen in failed["seen"]
    assert "\n" not in failed["seen"]
    assert fix in failed["fix"]


def test_in_a_container_that_filters_calls_one_line_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As Docker's own filter does, ours refuses to make namespaces."""
    with tempfile.TemporaryFile() as file:
        file.write(seccomp.compiled(platform.machine(), accounted=True))
        file.seek(0)
        number = str(file.fileno())
        done = command(within=(*HOST, "--seccomp", number), pass_fds=[file.fileno()])
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("missing"))
    assert "user namespace: Operation not permitted" in line


@pytest.mark.parametrize(
    ("user", "container", "fix"),
    [
        (0, False, "systemd-run --scope -p Delegate=yes make run"),
        (1000, False, "systemd-run --user --scope -p Delegate=yes make run"),
        (1000, True, doctor.DELEGATE_TO_CONTAINER),
    ],
)
def test_where_no_control_group_is_delegated_one_line_says_who_can_do_it(
    monkeypatch: pytest.MonkeyPatch, user: int, container: bool, fix: str
) -> None:
    monkeypatch.setattr(
        limit_backends, "missing", lambda: {"cgroup v2": limit_backends.NOT_DELEGATED}
    )
    kind = host_advice.Host.DOCKER if container else host_advice.Host.PLAIN
    monkeypatch.setattr(host_advice, "host", lambda: kind)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    above, _ = doctor._limit_backends()
    assert (above.ok, above.needed, above.fix) == (False, False, fix)


def test_the_command_says_what_enforces_limits() -> None:
    done = command()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Limit backend: {limit_backends.chosen_backend().name}." in done.stdout
    assert "missing" not in done.stdout


def test_the_command_fails_when_runs_would_be_refused(bare: Path) -> None:
    done = command(path=str(bare))
    assert done.returncode == 1
    assert "missing  bwrap" in done.stdout
    assert "apt-get install -y bubblewrap" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_speaks_json_to_programs() -> None:
    report = json.loads(command("--json").stdout)
    assert (report["ok"], report["limits_by"]) == (True, limit_backends.chosen_backend().name)
    assert {"name", "ok", "seen", "fix", "needed"} == set(report["checks"][0])


@pytest.mark.parametrize("problem", ["", "no X server starts"])
def test_windows_are_tried_and_only_recommended(
    monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    async def tried(_: Limits) -> str:
        return problem

    monkeypatch.setattr(doctor, "lacks_screen", lambda _: "")
    monkeypatch.setattr(doctor, "try_screen", tried)
    check = asyncio.run(doctor._windows(Limits()))
    assert (check.ok, check.needed, problem in check.seen) == (not problem, False, True)


def test_a_module_without_an_explanation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "lacks_screen", lambda _: "Xtigervnc")
    monkeypatch.setattr(absent_modules, "uncovered", lambda: ["tkinter"])
    check = asyncio.run(doctor._windows(Limits()))
    assert (check.ok, check.needed) == (False, False)
    assert "Xtigervnc" in check.seen
    assert "tkinter" in check.seen
    assert check.fix == "make languages ARGS=windows"


def test_packages_are_counted_and_what_is_wrong_with_them_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with small_installation() as folder:
        assert doctor._packages() == Check("packages", True, f"1 in {folder}")
        monkeypatch.setattr(packages, "readable", lambda _: False)
        unreadable = doctor._packages()
    assert str(folder) in unreadable.seen
    assert unreadable.fix.startswith("chmod a+x ")
    monkeypatch.setenv("PYTHON_PACKAGES_FOLDER", "/nowhere")
    missing = doctor._packages()
    assert (missing.ok, missing.needed) == (False, False)
    assert missing.fix == "make languages ARGS=python-packages"
