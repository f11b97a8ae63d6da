"""Why a sandbox cannot start on this kind of host, and what helps there.

Each advice lasts beyond the next boot, and changes no more than it has to. `TRIED` names the kinds
of host on which ours has helped; any other says that nobody has tried it.
"""

import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

Sysctl = Callable[[str], str]  # the value of `kernel/name`, or nothing
FILE = "/etc/sysctl.d/60-coderunner.conf"
NOT_TRIED = "(We have not tried this on such a host.)"


class Host(StrEnum):
    DOCKER = "Docker"
    PODMAN = "podman"
    KUBERNETES = "Kubernetes"
    LXC = "LXC"
    WSL = "WSL"
    PLAIN = "a machine"


CONTAINERS = {Host.DOCKER, Host.PODMAN, Host.KUBERNETES, Host.LXC}
TRIED = {Host.DOCKER, Host.PLAIN}
NESTED = {
    Host.DOCKER: "Start it with seccomp=unconfined and systempaths=unconfined (Docker: "
    "security_opt; on a host with AppArmor apparmor=unconfined, too).",
    Host.PODMAN: "Start it with --security-opt seccomp=unconfined --security-opt unmask=ALL; on a "
    "host with SELinux --security-opt label=disable, too.",
    Host.KUBERNETES: "Give its container seccompProfile Unconfined and procMount Unmasked "
    "(docs/kubernetes.md).",
    Host.LXC: "Let it nest containers: on Proxmox, pct set ID --features nesting=1; with Incus or "
    "LXD, security.nesting=true; with LXC alone, "
    "lxc.include = /usr/share/lxc/config/nesting.conf. Then restart the container.",
}
INSTALLERS = {
    "apt-get": "apt-get install -y", "dnf": "dnf install -y", "zypper": "zypper install -y",
    "pacman": "pacman -S --noconfirm", "apk": "apk add",
}  # fmt: skip
MARKS = {
    "/.dockerenv": Host.DOCKER,
    "/run/.containerenv": Host.PODMAN,
    "/dev/.lxc": Host.LXC,
    "/dev/lxc": Host.LXC,
    "/dev/lxd": Host.LXC,
    "/dev/incus": Host.LXC,
    "/dev/.lxd-mounts": Host.LXC,
}
# What `container` is set to for the first process, and what systemd writes to a file.
NAMES = {
    "lxc": Host.LXC, "lxc-libvirt": Host.LXC, "docker": Host.DOCKER, "podman": Host.PODMAN,
    "oci": Host.PODMAN,
}  # fmt: skip
REFUSALS = ("Permission denied", "Operation not permitted", "No permissions")


def host(root: Path = Path("/")) -> Host:
    """Which kind of host this is. `root`: where its files are."""
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return Host.KUBERNETES
    for mark, kind in MARKS.items():
        if (root / mark.lstrip("/")).exists():
            return kind
    said = _read(root / "run/systemd/container") or _variable(_read(root / "proc/1/environ"))
    if said in NAMES:
        return NAMES[said]
    if "microsoft" in _read(root / "proc/sys/kernel/osrelease").lower():
        return Host.WSL
    return Host.PLAIN


def diagnosis(error: str, kind: Host, sysctl: Sysctl) -> tuple[str, str]:
    """What is wrong, and what helps; `error` is what bubblewrap said."""
    found = _setting(error, sysctl) or _refused(error, kind)
    return found or (error, _anywhere(error))


def lasting(name: str, value: str) -> str:
    """A command that changes a setting of the kernel, now and at each start."""
    return f"echo '{name}={value}' >>{FILE} && sysctl --system"


def install(package: str, rpm: str = "") -> str:
    """A command that installs a package of this distribution; `rpm`: its name there, if another."""
    manager = next((name for name in INSTALLERS if shutil.which(name)), "apt-get")
    name = rpm if rpm and manager in {"dnf", "zypper"} else package
    return f"{INSTALLERS[manager]} {name}"


def _setting(error: str, sysctl: Sysctl) -> tuple[str, str] | None:
    if sysctl("kernel/apparmor_restrict_unprivileged_userns") == "1":
        profile = "/etc/apparmor.d/bwrap"
        return (
            f"AppArmor keeps programs from making user namespaces ({error})",
            f"cp deploy/apparmor/bwrap {profile} && apparmor_parser --replace {profile}. It allows "
            f"them to bubblewrap alone, also after the next boot. {NOT_TRIED}",
        )
    if sysctl("kernel/unprivileged_userns_clone") == "0":
        return (
            f"only root may make user namespaces here ({error})",
            lasting("kernel.unprivileged_userns_clone", "1"),
        )
    if sysctl("user/max_user_namespaces") == "0" or "No space left on device" in error:
        return (
            f"this machine allows no user namespaces ({error})",
            lasting("user.max_user_namespaces", "10000"),
        )
    if "crashes: " in error:
        return (
            f"crashes would leave the sandbox ({error})",
            lasting("kernel.core_pattern", "core"),
        )
    if "user: [Errno" in error:
        return (
            f"this executor is root and may not become anybody else ({error})",
            "Start it as an ordinary user, or give it the capabilities SETUID and SETGID.",
        )
    return None


def _refused(error: str, kind: Host) -> tuple[str, str] | None:
    if kind in CONTAINERS:
        advice = NESTED[kind] if kind in TRIED else f"{NESTED[kind]} {NOT_TRIED}"
        return f"this {kind} container keeps programs from making containers ({error})", advice
    if kind is Host.WSL:
        return (
            f"WSL keeps programs from making containers ({error})",
            f"WSL 1 has no namespaces: wsl --set-version DISTRIBUTION 2 (in Windows). {NOT_TRIED}",
        )
    return None


def _anywhere(error: str) -> str:
    """On a machine that does not say what it is: it may be a container that hides it."""
    if "mount proc" in error or "pivot_root" in error:
        options = " ".join(
            f"{kind}: {NESTED[kind]}" for kind in (Host.LXC, Host.DOCKER, Host.PODMAN)
        )
        return f"This may be a container, in which others are forbidden. {options} {NOT_TRIED}"
    if any(words in error for words in REFUSALS):
        if _read(Path("/sys/fs/selinux/enforce")) == "1":
            return f"SELinux may refuse it: ausearch -m avc -ts recent says what. {NOT_TRIED}"
        return "The kernel refuses it: dmesg | tail, or journalctl -k, says why."
    return "See the kernel's log: dmesg | tail, or journalctl -k."


def _variable(environ: str) -> str:
    for entry in environ.split("\0"):
        name, _, value = entry.partition("=")
        if name == "container":
            return value
    return ""


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip().strip("\0")
    except OSError:
        return ""
