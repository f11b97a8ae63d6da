"""CI, Dependabot and pre-commit: that they do what `make check` and `make test` do, and no more."""

import re
import shlex

import yaml

from tests.services import ROOT

CI = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
DEPENDABOT = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())
PRE_COMMIT = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
SHA = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


def test_ci_runs_what_developers_run() -> None:
    (job,) = CI["jobs"].values()
    assert job["steps"][-1]["run"] == "${{ matrix.command }}"
    commands = job["strategy"]["matrix"]["command"]
    tests = ["make test-browsers", "make test-attacks", "FAULTS_TIMES=1 make test-faults"]
    assert commands == [".ci/run", *tests]


def test_ci_may_only_read() -> None:
    assert CI["permissions"] == {"contents": "read"}
    (job,) = CI["jobs"].values()
    assert "permissions" not in job
    assert "secrets." not in (ROOT / ".github/workflows/ci.yml").read_text()


def test_actions_are_named_by_their_commits() -> None:
    (job,) = CI["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used
    assert all(SHA.fullmatch(action) for action in used)


def test_every_kind_of_dependency_is_kept_up_to_date() -> None:
    kinds = {update["package-ecosystem"] for update in DEPENDABOT["updates"]}
    assert kinds == {"docker", "docker-compose", "github-actions", "npm", "uv"}


def test_a_commit_is_checked_as_make_check_does() -> None:
    script = (ROOT / "scripts/check.sh").read_text()
    checks = [
        name or word for name, word in re.findall(r'^check (?:"([^"]+)"|(\w+))', script, re.M)
    ]
    hooks = PRE_COMMIT["repos"][0]["hooks"]
    assert [shlex.split(hook["entry"]) for hook in hooks] == [
        ["scripts/check.sh", name] for name in checks
    ]
