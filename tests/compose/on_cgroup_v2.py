"""The executor's container on control groups of version 2, though the engine has version 1.

`python -m tests.compose.on_cgroup_v2`, while the site runs: takes the image and the configuration
that the engine has made for the container, and has runc start it on the kernel of `tests.guest`,
with the cgroup namespace that engines add there. Wants root, `runc`, and a folder that is not below
/tmp or /run, which are empty in the guest.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.compose.engine import containers
from tests.services import ROOT

COMMAND = ["delegate", "tini", "--", "sh", "-c", "python manage.py doctor --json; sleep 30"]
START = """
mkdir /run/runc
cd {bundle}
echo '+cpu +memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
runc --root /run/runc run -b . executor >/tmp/report &
until [ -s /tmp/report ]; do sleep 0.1; done
runc --root /run/runc exec executor cat /proc/self/cgroup >/tmp/exec
runc --root /run/runc kill executor KILL
wait
cat /tmp/exec /tmp/report
"""
EXECUTOR = 10_002


def configuration(pid: int) -> dict[str, Any]:
    """That of the container with this first process: containerd's, which started it."""
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    folder = Path(os.readlink(f"/proc/{parent}/cwd"))  # the shim's
    found: dict[str, Any] = json.loads((folder / "config.json").read_text())
    return found


def adapted(config: dict[str, Any], users: Path) -> dict[str, Any]:
    """For a guest with 3 GiB, no network and no volumes, whose kernel has no filter of devices."""
    kept = [m for m in config["mounts"] if m["type"] not in ("bind", "mqueue")]
    folder = {"destination": "/run/coderunner", "type": "bind", "source": str(users)}
    config["mounts"] = [*kept, {**folder, "options": ["rbind"]}]
    config["root"] = {"path": "rootfs", "readonly": True}
    config["hooks"] = {}
    config["linux"]["namespaces"].append({"type": "cgroup"})
    config["linux"]["cgroupsPath"] = "/executor-of-compose"
    config["linux"]["resources"] = {"memory": {"limit": 2 << 30}, "pids": {"limit": 28_000}}
    secrets = ("DATABASE_URL", "REDIS_URL")
    config["process"]["env"] = [e for e in config["process"]["env"] if not e.startswith(secrets)]
    config["process"]["args"] = COMMAND
    return config


def main() -> None:
    container = containers("executor")[0]
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as name:
        bundle = Path(name)
        for folder in ("rootfs", "users"):
            (bundle / folder).mkdir()
        shutil.chown(bundle / "users", EXECUTOR, EXECUTOR)
        config = adapted(configuration(container["State"]["Pid"]), bundle / "users")
        (bundle / "config.json").write_text(json.dumps(config))
        (bundle / "start.sh").write_text(START.format(bundle=bundle))
        exported = subprocess.Popen(["docker", "export", container["Id"]], stdout=subprocess.PIPE)
        files = ["tar", "-x", "-C", str(bundle / "rootfs")]
        subprocess.run(files, stdin=exported.stdout, check=True)
        guest = [sys.executable, "-m", "tests.guest", "sh", str(bundle / "start.sh")]
        said = subprocess.run(guest, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        group, _, rest = said.partition("{")
        report, _ = json.JSONDecoder().raw_decode("{" + rest)
        assert all(check["ok"] for check in report["checks"]), report
        assert report["limits_by"] == "cgroup v2", report
        assert group.strip() == "0::/executor", group
        print(f"limits by {report['limits_by']}; `docker exec` comes into the executor's own leaf")


if __name__ == "__main__":
    main()
