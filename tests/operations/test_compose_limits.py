"""docker-compose.yml: users, memory and processes of its services, and who reads which secret."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from runner.limits import MIB, Limits
from runner.sandbox.limit_backends import OWN_PROCESSES
from runner.sandbox.uids import FIRST_UID, FOLDERS, LAST_UID
from tests.operations.test_compose import CAPABILITIES, DOCKERFILE, OURS, SERVICES, volumes
from tests.services import ROOT


def last_user(stage: str) -> str:
    """Of an image."""
    part = DOCKERFILE.split(f" AS {stage}\n")[1].split("\nFROM ")[0]
    users: list[str] = re.findall(r"^USER (\S+)$", part, re.MULTILINE)
    return users[-1]


def test_executors_and_web_workers_are_different_users_and_only_two_start_as_root() -> None:
    assert (last_user("web"), last_user("executor-small")) == ("10001:10001", "10002:10002")
    assert {n for n, c in SERVICES.items() if c["user"] == "0:0"} == set(CAPABILITIES)
    for service in ("web", "purge", "migrate"):
        assert SERVICES[service]["user"] == "10001:10001"
    for service in set(SERVICES) - OURS:
        assert SERVICES[service]["user"].split(":")[0] not in {"root", "0"}


def test_an_executor_ceases_to_be_root_before_any_other_program_starts() -> None:
    part = DOCKERFILE.split(" AS sandbox\n")[1].split("\nFROM ")[0]
    assert 'ENTRYPOINT ["delegate", "tini", "--"]' in part
    for name in ("executor-python", "executor-small", "executor-full"):
        stage = DOCKERFILE.split(f" AS {name}\n")[1].split("\nFROM ")[0]
        copy = "COPY deploy/container/delegate.py /usr/local/bin/delegate\n"
        assert "USER 10002:10002" in stage.partition(copy)[2]
        assert "ENTRYPOINT" not in stage
    assert "entrypoint" not in SERVICES["executor"]
    # The health check is root, too: it imports nothing from a folder that others may write.
    assert SERVICES["executor"]["healthcheck"]["test"][:4] == ["CMD", "python", "-I", "-c"]


def test_sandboxes_have_ids_of_which_all_containers_of_a_host_know_the_used_ones() -> None:
    ranges = re.findall(r"executor:(\d+):(\d+)", DOCKERFILE)
    assert ranges == [("1900000000", "3534"), (str(FIRST_UID), str(LAST_UID - FIRST_UID + 1))]
    assert volumes("executor")["executor-users"] == str(FOLDERS[0])
    assert f"install -d -o executor -g executor -m 700 {FOLDERS[0]}" in DOCKERFILE


def test_each_password_can_be_read_by_the_user_of_its_service_alone(tmp_path: Path) -> None:
    """As root, which `secrets` is there; with folders of an earlier version, somebody else's."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for name in ("source", "owner", "web", "executor", "postgres", "redis"):
        (tmp_path / name).mkdir()
        os.chown(tmp_path / name, 10_001, 10_001)
    only = ["setpriv", "--bounding-set=-all,+chown", "--inh-caps=-all"]
    command = [*only, "/usr/bin/python3", "deploy/compose/make_secrets.py", str(tmp_path)]
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, check=True)
    for folder, user in {"owner": 10_001, "web": 10_001, "executor": 10_002}.items():
        for file in (tmp_path / folder).iterdir():
            status = file.stat()
            assert (status.st_uid, status.st_gid) == (user, user)
            assert stat.S_IMODE(status.st_mode) == 0o400
    assert stat.S_IMODE((tmp_path / "source").stat().st_mode) == 0o700
    for folder in ("postgres", "redis"):  # their images have users that are not known here
        assert {stat.S_IMODE(f.stat().st_mode) for f in (tmp_path / folder).iterdir()} == {0o444}


def size(text: str) -> int:
    """In bytes, of what Compose takes: `4g`, `${NAME:-4g}`."""
    number, unit = re.fullmatch(r"(?:\$\{\w+:-)?(\d+)([mg]?)\}?", str(text)).groups()  # type: ignore[union-attr]
    return int(number) * {"": 1, "m": MIB, "g": 1024 * MIB}[unit]


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_can_take_all_memory_or_all_processes(service: str) -> None:
    config = SERVICES[service]
    assert 64 * MIB <= size(config["mem_limit"]) <= 4096 * MIB
    assert 16 <= size(config["pids_limit"]) <= 32_768
    assert config["tmpfs"] == ["/tmp:size=64m"]  # which counts as its memory


def test_an_executor_may_have_as_many_processes_as_its_runs() -> None:
    config, limits = SERVICES["executor"], Limits()
    capacity = size(config["command"][-1])
    warm = capacity * (OWN_PROCESSES + 1)
    assert size(config["pids_limit"]) > capacity * (limits.processes + OWN_PROCESSES) + warm + 100
    assert config["mem_limit"] == config["memswap_limit"]


def test_redis_and_postgresql_fit_into_their_limits() -> None:
    redis = SERVICES["redis"]["command"]
    data, clients = (
        int(redis[redis.index(f"--{name}") + 1].removesuffix("mb"))
        for name in ("maxmemory", "maxmemory-clients")
    )
    assert size(SERVICES["redis"]["mem_limit"]) > (data + clients) * 1.25 * MIB
    postgres = SERVICES["postgres"]
    connections = int(postgres["command"][-1].removeprefix("max_connections="))
    assert size(postgres["pids_limit"]) > connections + 30
    assert size(postgres["mem_limit"]) > (2 * 128 + 3 * connections) * MIB


def test_control_groups_are_the_default_and_the_watchdog_a_decision() -> None:
    assert "ALLOW_WEAK_LIMITS" in SERVICES["executor"]["environment"]
    assert SERVICES["executor"]["environment"]["ALLOW_WEAK_LIMITS"] is None  # the operator's own
