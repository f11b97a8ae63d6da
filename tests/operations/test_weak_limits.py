"""Without control groups: what starts, what refuses to, and what each says."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from runner.limits import WATCHDOG
from runner.management.commands.serve import is_loopback
from tests.product import Product
from tests.services import ROOT, RedisServer, free_port

# Where no control group is: as in a container that was given none.
NO_GROUPS = (
    "bwrap", "--dev-bind", "/", "/", "--tmpfs", "/sys/fs/cgroup", "--unshare-user", "--uid", "1000",
    "--gid", "1000", "--die-with-parent",
)  # fmt: skip
WEAK = "A watchdog enforces the limits, not the kernel"
RED = "\x1b[31;1m"


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x"} | variables
    return subprocess.run(
        [*NO_GROUPS, sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_an_executor_refuses_to_start_and_says_what_to_do() -> None:
    done = manage("executor", REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 1
    assert WEAK in done.stderr
    assert "cgroup v2: " in done.stderr
    assert "Delegate=yes" in done.stderr or "docs/deployment.md" in done.stderr
    assert "ALLOW_WEAK_LIMITS=yes" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.faults
def test_an_operator_may_decide_otherwise_and_every_site_says_so(
    small_product: Product, redis_server: RedisServer
) -> None:
    site = small_product
    site.env |= {"REDIS_URL": redis_server.url}
    worker = site.web_worker()
    executor = site.start("executor", [*NO_GROUPS, site.python, "manage.py", "executor"])
    worker.wait_until_ready()
    assert WEAK in executor.output()
    answer = httpx.get(f"{worker.url}/readyz", timeout=5).json()
    assert (answer["sandbox"], answer["weak_limits"]) == (WATCHDOG, True)


def test_serve_works_on_loopback_and_warns_in_red(tmp_path: Path) -> None:
    port = free_port()
    command = [*NO_GROUPS, sys.executable, "manage.py", "serve", "--port", str(port)]
    ours, theirs = pty.openpty()
    environment = Product(tmp_path).env | {"ALLOW_WEAK_LIMITS": "no", "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        try:
            said = b""
            while b"Ready on" not in said:
                said += os.read(ours, 4096)
        finally:
            process.terminate()
    os.close(ours)
    assert f"{RED}{WEAK}" in said.decode()


@pytest.mark.faults
def test_serve_refuses_an_address_that_others_can_reach(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'db'}"
    done = manage("serve", "--host", "0.0.0.0", DATABASE_URL=database, ALLOW_WEAK_LIMITS="no")
    assert done.returncode == 1
    assert WEAK in done.stderr
    assert "Or listen on 127.0.0.1." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("", False),
     ("0", False), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("example.org", False),
     ("127.0.0.1.example.org", False)],
)  # fmt: skip
def test_loopback_is_what_no_other_machine_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_doctor_fails_in_red_and_says_where_programs_run_all_the_same() -> None:
    done = manage("doctor", "--force-color")
    assert done.returncode == 1
    assert f"{RED}missing  limits: by {WATCHDOG}. {WEAK}" in done.stdout
    assert "ALLOW_WEAK_LIMITS=yes" in done.stdout
    assert "`manage.py serve` runs programs on loopback" in done.stderr


@pytest.mark.faults
def test_doctor_says_it_in_red_where_it_is_allowed_too() -> None:
    done = manage("doctor", "--force-color", ALLOW_WEAK_LIMITS="yes")
    assert done.returncode == 0
    assert f"{RED}ok       limits: by {WATCHDOG}. {WEAK}" in done.stdout


@pytest.mark.faults
def test_doctor_says_to_programs_what_is_weak_and_what_sandboxes_share() -> None:
    """The executor of these tests is no root in its namespace."""
    report = json.loads(manage("doctor", "--json", ALLOW_WEAK_LIMITS="yes").stdout)
    assert (report["ok"], report["limits_by"], report["weak_limits"]) == (True, WATCHDOG, True)
    (users,) = (check for check in report["checks"] if check["name"] == "users")
    assert (users["ok"], users["needed"]) == (False, False)
    assert "watched descriptors (epoll)" in users["seen"]
    assert "docs/deployment.md" in users["fix"]
