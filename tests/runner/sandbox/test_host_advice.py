"""What helps where a sandbox cannot start differs by the kind of host."""

import re
import shutil
from pathlib import Path

import pytest

from runner.sandbox.host_advice import NOT_TRIED, TRIED, Host, diagnosis, host, install
from tests.services import ROOT

PIVOT = "bwrap: pivot_root: Permission denied"
PROC = "bwrap: Can't mount proc on /newroot/proc: Operation not permitted"
NAMESPACE = "bwrap: No permissions to create a new namespace"


def no_setting(name: str) -> str:
    return ""


@pytest.fixture(autouse=True)
def _no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)


FILES = {
    Host.DOCKER: {".dockerenv": ""},
    Host.PODMAN: {"run/.containerenv": 'engine="podman-4.9.3"'},
    Host.LXC: {"proc/1/environ": "PATH=/bin\0container=lxc\0"},
    Host.WSL: {"proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2"},
    Host.PLAIN: {"proc/sys/kernel/osrelease": "6.1.0-18-amd64", "proc/1/environ": "HOME=/\0"},
}


def machine(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("kind", FILES)
def test_a_host_is_known_by_its_files(tmp_path: Path, kind: Host) -> None:
    assert host(machine(tmp_path, FILES[kind])) is kind


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"run/systemd/container": "lxc\n"}, Host.LXC),  # where PID 1 belongs to somebody else
        ({"dev/lxd/sock": ""}, Host.LXC),
        ({"dev/incus/sock": ""}, Host.LXC),
        ({"run/systemd/container": "systemd-nspawn"}, Host.PLAIN),
        ({"proc/1/environ": "xcontainer=lxc\0"}, Host.PLAIN),
        ({"proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft"}, Host.WSL),
    ],
)
def test_variants_of_hosts(tmp_path: Path, files: dict[str, str], kind: Host) -> None:
    assert host(machine(tmp_path, files)) is kind


def test_a_cluster_is_known_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")
    assert host(machine(tmp_path, FILES[Host.DOCKER])) is Host.KUBERNETES


HELPS = {
    Host.DOCKER: "systempaths=unconfined",
    Host.PODMAN: "unmask=ALL",
    Host.LXC: "nesting=1",
    Host.KUBERNETES: "procMount Unmasked",
    Host.WSL: "wsl --set-version",
}


@pytest.mark.parametrize("kind", HELPS)
@pytest.mark.parametrize("error", [PIVOT, PROC, NAMESPACE])
def test_each_host_has_its_own_remedy(kind: Host, error: str) -> None:
    seen, fix = diagnosis(error, kind, no_setting)
    assert error in seen
    assert HELPS[kind] in fix
    others = [other for name, other in HELPS.items() if name is not kind]
    assert not any(other in fix for other in others)
    assert (NOT_TRIED in fix) is (kind not in TRIED)


@pytest.mark.parametrize("error", [PIVOT, PROC])
def test_a_container_that_hides_what_it_is_gets_all_remedies(error: str) -> None:
    _, fix = diagnosis(error, Host.PLAIN, no_setting)
    assert "nesting=1" in fix
    assert "unmask=ALL" in fix
    assert "systempaths=unconfined" in fix


@pytest.mark.parametrize(
    ("sysctl", "value", "error"),
    [
        ("kernel/unprivileged_userns_clone", "0", NAMESPACE),
        ("user/max_user_namespaces", "0", NAMESPACE),
        ("", "", "bwrap: Creating new namespace failed: No space left on device"),
        ("", "", "crashes: kernel.core_pattern is a socket"),
    ],
)
def test_a_setting_lasts_beyond_the_next_boot(sysctl: str, value: str, error: str) -> None:
    _, fix = diagnosis(error, Host.PLAIN, lambda name: value if name == sysctl else "")
    assert re.fullmatch(r"echo '[\w.]+=\w+' >>/etc/sysctl\.d/\S+\.conf && sysctl --system", fix)


def test_ubuntu_gets_a_profile_for_bubblewrap_alone() -> None:
    """Not the switch for the whole machine."""
    name = "kernel/apparmor_restrict_unprivileged_userns"
    _, fix = diagnosis(NAMESPACE, Host.PLAIN, lambda asked: "1" if asked == name else "")
    assert "/etc/apparmor.d/" in fix
    assert "restrict_unprivileged_userns" not in fix
    assert NOT_TRIED in fix
    copied = re.search(r"cp (\S+) ", fix)
    assert copied
    profile = (ROOT / copied[1]).read_text()
    assert "profile bwrap /usr/bin/bwrap flags=(unconfined) {" in profile
    assert re.search(r"^\s+userns,$", profile, re.MULTILINE)


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install -y bubblewrap"),
        ("dnf", "dnf install -y bubblewrap"),
        ("pacman", "pacman -S --noconfirm bubblewrap"),
        ("", "apt-get install -y bubblewrap"),
    ],
)
def test_a_package_is_installed_as_the_distribution_does(
    monkeypatch: pytest.MonkeyPatch, manager: str, command: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name == manager or None)
    assert install("bubblewrap") == command


def test_packages_have_other_names_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name == "dnf" or None)
    assert install("python3-tk", rpm="python3-tkinter") == "dnf install -y python3-tkinter"
