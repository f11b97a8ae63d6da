"""Users, capabilities and limits of the site that `docker compose up` has started.

`python -m tests.compose.walls`, on the engine's own machine, as root: what the kernel says of the
containers' processes is read there.
"""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import httpx

from runner.protocol.messages import Outcome
from runner.sandbox.uids import FIRST_UID
from tests.cast import SignedIn
from tests.compose import program_channels
from tests.compose.engine import compose, containers
from tests.product import WebServer
from tests.services import ROOT
from tests.terminal_client import open_terminal

WEB, EXECUTOR = 10_001, 10_002
SERVICES = ("proxy", "web", "executor", "purge", "secrets", "migrate", "postgres", "redis")
LANGUAGES = ("python", "javascript", "java", "c", "cpp", "bash")  # of the smallest image
IN_NAMESPACE = {"kill": 5, "setgid": 6, "setuid": 7, "sys_ptrace": 19}
STAY = "import time; print('up', flush=True); time.sleep(600)"


def processes(container: dict[str, Any]) -> Iterator[dict[str, list[str]]]:
    """/proc/PID/status of its first process and of all below, as the machine sees them.

    What the engine itself starts in it, such as a health check as root, has a parent elsewhere."""
    command = ["docker", "top", container["Id"], "-eo", "pid"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    first, inside = str(container["State"]["Pid"]), said.split()[1:]
    for pid in inside:
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            status = status_of(pid)
            if pid == first or status["PPid"][0] in inside:
                yield status


def status_of(pid: str) -> dict[str, list[str]]:
    lines = Path("/proc", pid, "status").read_text().splitlines()
    return {line.split(":")[0]: line.split()[1:] for line in lines}


def users(container: dict[str, Any]) -> list[set[int]]:
    return [{int(user) for user in status["Uid"]} for status in processes(container)]


def check_limits() -> None:
    for service in SERVICES:
        for container in containers(service):
            host = container["HostConfig"]
            assert not host["Privileged"], service
            assert host["ReadonlyRootfs"], service
            assert host["Memory"] > 0, service
            assert host["PidsLimit"] > 0, service
    print("   no container is privileged, and each has limits on memory and processes")


def check_users() -> None:
    for container in containers("web"):
        assert all(found == {WEB} for found in users(container))
    kept = sum(1 << bit for bit in IN_NAMESPACE.values())
    for container in containers("executor"):
        own = [status for status in processes(container) if str(EXECUTOR) in status["Uid"]]
        assert str(container["State"]["Pid"]) in {status["Pid"][0] for status in own}
        for status in own:
            assert set(status["Uid"]) == {str(EXECUTOR)}, status
            assert int(status["CapBnd"][0], 16) == int(status["CapEff"][0], 16) == kept, status
        assert not any(0 in found for found in users(container)), "somebody is root"
    print(f"   web workers are user {WEB}, executors {EXECUTOR}, and nobody is root")


def check_doctor() -> None:
    said = compose("exec", "-T", "executor", "delegate", "python", "manage.py", "doctor", "--json")
    report = json.loads(said)
    own = next(check for check in report["checks"] if check["name"] == "users")
    assert report["ok"], report
    assert own["ok"], own
    assert not report["weak_limits"], report
    print(f"   doctor: limits by {report['limits_by']}; {own['seen']}")


def check_languages() -> None:
    """Compilers are several processes that work for seconds."""
    command = ["delegate", "python", "manage.py", "doctor", "--json", "--languages", *LANGUAGES]
    report = json.loads(compose("exec", "-T", "executor", *command))
    assert report["ok"], report
    print(f"   {', '.join(LANGUAGES)}: a program of each runs")


def check_secrets() -> None:
    for service, user in (("web", WEB), ("executor", EXECUTOR)):
        listed = compose("exec", "-T", service, "sh", "-c", f"stat -c '%a %u' /secrets/{service}/*")
        assert set(listed.splitlines()) == {f"400 {user}"}, listed
    print("   each password can be read by the user of its service alone")


def check_refusal() -> None:
    """As a host starts it that lets no container begin as root."""
    start = ["run", "--rm", "--no-deps", "-T", "--user", "10002:10002"]
    refused = subprocess.run(
        ["docker", "compose", *start, "executor"], cwd=ROOT, capture_output=True, text=True
    )
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1, said
    assert "ALLOW_WEAK_LIMITS=yes" in said, said
    print("   without control groups an executor does not start, and says what to do")


async def check_sandboxes(site: WebServer, people: list[SignedIn], each: int) -> None:
    """Programs of several containers at once: a user for each, on the whole machine."""
    async with AsyncExitStack() as stack:
        terminals = []
        for person in people * each:
            terminals.append(await stack.enter_async_context(open_terminal(site, person)))
            await terminals[-1].start(STAY)
            await terminals[-1].wait_for_output("up")
        seen: list[int] = []
        for container in containers("executor"):
            own = set().union(*users(container)) - {EXECUTOR}
            assert own, "no sandbox"
            seen += own
        assert len(seen) == len(set(seen)), "two containers have sandboxes of one user"
        assert len(seen) >= each * len(people), seen
        assert min(seen) >= FIRST_UID
        for terminal in terminals:
            await terminal.send("stop")
            await terminal.wait_for_exit(Outcome.STOPPED)
    print(f"   {each * len(people)} programs, {len(seen)} users with warm sandboxes: {min(seen)} …")


async def check(site: WebServer, people: list[SignedIn]) -> None:
    check_limits()
    check_users()
    check_doctor()
    check_languages()
    check_secrets()
    ready = (await asyncio.to_thread(httpx.get, f"{site.url}/readyz", timeout=5)).json()
    assert (ready["status"], ready["weak_limits"]) == ("ready", False), ready
    await check_sandboxes(site, people, 2)
    await program_channels.check(site, people[0])
    check_refusal()


if __name__ == "__main__":
    from tests.compose.__main__ import USERS, Site, create_users

    create_users()
    running = Site()
    asyncio.run(check(running, [running.sign_in(name) for name in USERS[:5]]))
