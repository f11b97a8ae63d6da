"""Finds out by trying what this machine's sandbox can enforce, and what is missing."""

import asyncio
import logging
import os
import pty
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from runner.languages import LANGUAGES, Language
from runner.limits import Limits
from runner.sandbox import rungs
from runner.sandbox.bubblewrap import Program, Sandbox, SandboxFailed
from runner.sandbox.uids import FIRST_UID

logger = logging.getLogger(__name__)
TRY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One wall: whether it stands, what was seen, and the one command that mends it."""

    name: str
    ok: bool
    seen: str
    fix: str = ""


def examine(limits: Limits) -> list[Check]:
    """In order; what a failed check stands under is not tried."""
    checks = [_program("bwrap", "bubblewrap"), _program("/usr/bin/python3", "python3")]
    if all(check.ok for check in checks):
        checks.append(_namespaces())
    if all(check.ok for check in checks):
        checks += [asyncio.run(_language(language, limits)) for language in LANGUAGES.values()]
    return checks


def rung(limits: Limits) -> str:
    """The rung of limits in force; empty, with a line in the log, when programs cannot be run."""
    checks = examine(limits)
    failed = [check for check in checks if not check.ok]
    for check in checks:
        if check.ok:
            logger.info("Sandbox: %s: %s.", check.name, check.seen)
    for check in failed:
        logger.error("No program can be run: %s: %s. %s", check.name, check.seen, check.fix)
    if failed:
        return ""
    logger.info("Limits are enforced by %s.", rungs.chosen().name)
    return rungs.chosen().name


def _program(name: str, package: str) -> Check:
    found = shutil.which(name)
    return Check(name, found is not None, found or "not found", f"apt-get install -y {package}")


def _namespaces() -> Check:
    """Whether an ordinary user may start a container here."""
    name = "unprivileged namespaces"
    argv = ["bwrap", "--unshare-all", "--unshare-user", "--disable-userns",
            "--ro-bind", "/", "/", "--proc", "/proc", "true"]  # fmt: skip
    if os.geteuid() == 0:
        argv = ["setpriv", f"--reuid={FIRST_UID}", f"--regid={FIRST_UID}", "--clear-groups", *argv]
    try:
        tried = subprocess.run(argv, capture_output=True, text=True, timeout=TRY_SECONDS)
    except subprocess.TimeoutExpired:
        return Check(name, False, "no answer", "See the kernel's log.")
    if tried.returncode == 0:
        return Check(name, True, "a container starts")
    return Check(name, False, tried.stderr.strip().splitlines()[-1], _namespace_fix())


def _namespace_fix() -> str:
    if _sysctl("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    if _sysctl("kernel/unprivileged_userns_clone") == "0":
        return "sysctl -w kernel.unprivileged_userns_clone=1"
    if _sysctl("user/max_user_namespaces") == "0":
        return "sysctl -w user.max_user_namespaces=10000"
    return (
        "In a container: security_opt: [no-new-privileges:true, seccomp=unconfined, "
        "systempaths=unconfined]"
    )


def _sysctl(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""


async def _language(language: Language, limits: Limits) -> Check:
    source, expected = language.self_test
    master, slave = pty.openpty()
    try:
        async with asyncio.timeout(TRY_SECONDS), Sandbox(slave, limits) as sandbox:
            await sandbox.launch(
                Program(
                    argv=language.argv(language.main, []),
                    files=[(language.main, source)],
                    environment=language.environment,
                )
            )
            status = await sandbox.ended()
        os.set_blocking(master, False)
        printed = os.read(master, 4096).decode(errors="replace")
    except (SandboxFailed, TimeoutError, OSError) as error:
        return Check(language.name, False, str(error), "See the executor's log.")
    finally:
        os.close(slave)
        os.close(master)
    ok = printed == expected and status is not None and status.exit_code == 0
    return Check(language.name, ok, "its self-test ran" if ok else f"it printed {printed!r}")
