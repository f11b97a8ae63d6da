# size: all checks of this machine, and what to do about each
"""Finds out, by trying, what the sandbox of this machine can enforce and what is missing."""

import asyncio
import contextlib
import json
import logging
import os
import platform
import select
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from runner.languages import (
    LANGUAGES,
    PACKAGES,
    PYTHON,
    WINDOWS,
    Language,
    command_to_install,
    installed_packages,
    prepared_folder,
)
from runner.limits import MIB, Limits
from runner.sandbox import absent_modules, host_advice, limit_backends, packages, seccomp
from runner.sandbox.bubblewrap import ExitStatus, Program, Sandbox, SandboxFailed
from runner.sandbox.limit_backends import Usage
from runner.sandbox.screens import lacks_screen
from runner.sandbox.screens.trial import try_screen
from runner.sandbox.trials import try_out
from runner.sandbox.uids import sandbox_uids
from runner.sandbox.walls import forget_host

logger = logging.getLogger(__name__)
TRY_SECONDS = 20
PROBE = (Path(__file__).parent / "trials" / "probe.py").read_text()
# Less than the rlimit of one process; it stays alive until it is sampled.
GREEDY = "x = bytearray(64 << 20)\nimport time; time.sleep(60)"
PROC_SYS = Path("/proc/sys")
DELEGATE = "systemd-run {}--scope -p Delegate=yes make run"
DELEGATE_TO_CONTAINER = "Let the executor's container have its groups (docs/deployment.md)."
WEAK = (
    "A watchdog enforces the limits, not the kernel: a hostile program can evade it and take the "
    "memory of the whole machine or container."
)
ALLOW_WEAK = "Where nobody hostile writes programs, set ALLOW_WEAK_LIMITS=yes instead."
USERS = "Start the executor as root, or by deploy/container/delegate.py (docs/deployment.md)."
USERS_IN_CONTAINER = "Start the container as root, which it ceases to be (docs/deployment.md)."
# What Linux counts for each user of the machine, and a program can use up.
SHARED = "watched descriptors (epoll), pages in pipes, descriptors in flight, pending signals"


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement: whether it is met, what was observed, and the command that fixes it."""

    name: str
    ok: bool
    seen: str
    fix: str = ""
    needed: bool = True  # otherwise it is only recommended


def examine(limits: Limits, *, allow_weak: bool = True) -> list[Check]:
    """All checks, in order. Checks that depend on a failed one are not tried.

    `allow_weak`: whether programs may be run without control groups."""
    return asyncio.run(_examined(limits, allow_weak=allow_weak))


async def _examined(limits: Limits, *, allow_weak: bool) -> list[Check]:
    checks = [
        _program("bwrap", "bubblewrap"),
        _program("/usr/bin/python3", "python3"),
        _machine(),
    ]
    if all(check.ok for check in checks):
        checks += await _sandbox(limits, allow_weak=allow_weak)
    return checks


def refused(checks: list[Check]) -> list[Check]:
    """The failed checks because of which no run would be accepted."""
    return [check for check in checks if check.needed and not check.ok]


def weak_limits() -> str:
    """Empty with control groups; else what is weak, and what gives this process better limits.

    One line each: what is so, each better limit backend with what it lacks, what to do.
    """
    if limit_backends.chosen_backend().accounted:
        return ""
    lacking = [f"{name}: {why}." for name, why in limit_backends.missing().items()]
    return "\n".join([WEAK, *lacking, _delegation()])


def usable_backend(limits: Limits, *, allow_weak: bool = True) -> str:
    """The limit backend in use; empty (logged as an error) if programs cannot be run."""
    return _backend_by(examine(limits, allow_weak=allow_weak))


async def look_for_backend(limits: Limits) -> str:
    """As `usable_backend`, in a running event loop, and as if this process had seen nothing of the
    machine before. Only while no sandbox is in use."""
    forget_host()
    return _backend_by(await _examined(limits, allow_weak=True))


def _backend_by(checks: list[Check]) -> str:
    for check in checks:
        if check.ok:
            logger.info("Sandbox check passed: %s: %s.", check.name, check.seen)
    for check in refused(checks):
        logger.error("Programs cannot be run: %s: %s. %s", check.name, check.seen, check.fix)
    if refused(checks):
        return ""
    logger.info("Limit backend: %s.", limit_backends.chosen_backend().name)
    return limit_backends.chosen_backend().name


def _program(name: str, package: str) -> Check:
    found = shutil.which(name)
    return Check(name, found is not None, found or "not found", host_advice.install(package))


def _machine() -> Check:
    machine = platform.machine()
    fix = f"Use a machine of one of: {', '.join(seccomp.ARCHITECTURES)}."
    return Check("system call filter", seccomp.supported(machine), f"for {machine}", fix)


async def _sandbox(limits: Limits, *, allow_weak: bool) -> list[Check]:
    """Isolation as seen from inside, then limits, then Python. Executors try the other languages
    while they run."""
    try:
        printed, _, _ = await _run(PYTHON, PROBE, limits)
    except (SandboxFailed, TimeoutError, OSError) as error:
        seen, fix = _diagnosis(str(error))
        return [Check("sandbox", False, seen, fix)]
    checks = [Check("sandbox", True, "a program ran in it")]
    for line in printed.splitlines():
        try:
            name, ok, seen = json.loads(line)
        except ValueError:  # a traceback's
            name, ok, seen = "isolation", False, line
        checks.append(Check(name, ok, seen, "Please report this."))
    checks += [_users(), await _windows(limits), _packages()]
    checks += [*_limit_backends(allow_weak=allow_weak), await _memory()]
    return [*checks, await _language(PYTHON, limits)]


def _users() -> Check:
    """Whether sandboxes share what Linux counts for each user."""
    if sandbox_uids.separate:
        return Check("users", True, "each sandbox has one of its own")
    fix = USERS_IN_CONTAINER if _in_container() else USERS
    seen = f"all sandboxes are user {os.geteuid()} and share what is counted for it: {SHARED}"
    return Check("users", False, seen, fix, needed=False)


async def _windows(limits: Limits) -> Check:
    """Whether windows of programs can be shown; it is no reason to run none."""
    able = [each.name for each in LANGUAGES.values() if not lacks_screen(each)]
    fix = command_to_install(WINDOWS)
    if lacking := lacks_screen(PYTHON):
        seen = f"there is no {lacking}"
        if missing := ", ".join(absent_modules.uncovered()):
            seen += f", and programs get Python's own words for {missing}"
        return Check("windows", False, seen, fix, needed=False)
    problem = await try_screen(limits)
    return Check("windows", not problem, problem or f"in {', '.join(able)}", fix, needed=False)


def _packages() -> Check:
    """Whether programs can import more than Python's own modules."""
    found = prepared_folder(PYTHON.run[0])
    if found is None:
        return Check(
            "packages", False, "none are installed", command_to_install(PACKAGES), needed=False
        )
    if not packages.readable(found):
        seen = f"sandboxes cannot read {found}"
        return Check("packages", False, seen, f"chmod a+x {' '.join(map(str, found.parents))}")
    return Check("packages", True, f"{len(installed_packages(PYTHON).versions)} in {found}")


async def _run(
    language: Language, source: str, limits: Limits
) -> tuple[str, ExitStatus | None, Usage]:
    """Output, exit status and usage of a program. Raises SandboxFailed."""
    program = Program(
        language.argv(language.main, []), [(language.main, source)], language.environment
    )
    async with asyncio.timeout(TRY_SECONDS), Sandbox(limits) as sandbox:
        with os.fdopen(sandbox.take_terminal(), "r+b", buffering=0) as terminal:
            try:
                await sandbox.launch(program)
            except SandboxFailed as error:  # bubblewrap may have said why, before it ended
                said = " ".join(_rest(terminal).split())
                raise SandboxFailed(said or str(error)) from error
            ending = asyncio.ensure_future(sandbox.ended())
            while not (await asyncio.wait({ending}, timeout=sandbox.look_seconds))[0]:
                if sandbox.usage().over_memory:
                    sandbox.kill()
            usage = sandbox.usage()
            return _rest(terminal), ending.result(), usage


def _rest(master: BinaryIO) -> str:
    """The rest of the terminal's output, after all processes have closed it."""
    data = b""
    with contextlib.suppress(OSError):  # EIO: its end
        while select.select([master], [], [], TRY_SECONDS)[0] and (piece := master.read(4096)):
            data += piece
    return data.decode(errors="replace")


def _limit_backends(*, allow_weak: bool = True) -> list[Check]:
    """The limit backend in use, and why better ones are not."""
    above = [
        Check(
            name,
            False,
            why,
            _delegation() if why == limit_backends.NOT_DELEGATED else "",
            needed=False,
        )
        for name, why in limit_backends.missing().items()
    ]
    backend = limit_backends.chosen_backend()
    if backend.accounted:
        return [*above, Check("limits", True, f"by {backend.name}")]
    return [*above, Check("limits", allow_weak, f"by {backend.name}. {WEAK}", ALLOW_WEAK)]


def _delegation() -> str:
    if _in_container():
        return DELEGATE_TO_CONTAINER
    return DELEGATE.format("" if os.geteuid() == 0 else "--user ")


async def _memory() -> Check:
    """Checks that a small limit on memory is enforced.

    The watchdog may not have sampled a program that is dead; an rlimit may have ended it first.
    """
    limits, fix = Limits(memory_bytes=32 * MIB), "Please report this."
    try:
        _, status, usage = await _run(PYTHON, GREEDY, limits)
    except (SandboxFailed, TimeoutError, OSError) as error:
        return Check("memory", False, f"a greedy program went on: {error!r}", fix)
    peak = max(usage.memory_peak_bytes, status.memory_peak_bytes if status else 0)
    over = usage.over_memory or peak > limits.memory_bytes
    return Check("memory", over, f"a greedy program was ended at {peak // MIB} MB of 32", fix)


async def _language(language: Language, limits: Limits) -> Check:
    problem = await try_out(language, language.self_test, limits)
    return Check(language.name, not problem, problem or "its self-test ran")


def _diagnosis(error: str) -> tuple[str, str]:
    """Why a sandbox cannot start, and how to fix it."""
    return host_advice.diagnosis(error, host_advice.host(), _sysctl)


def _in_container() -> bool:
    return host_advice.host() in host_advice.CONTAINERS


def _sysctl(name: str) -> str:
    try:
        return (PROC_SYS / name).read_text().strip()
    except OSError:
        return ""
