"""CI: what must stay true of its workflows."""

import re
from typing import Any

import pytest
import yaml

from tests.services import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
AUDIT: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/audit.yml").read_text())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_named_by_its_commit_and_may_only_read(path: Any) -> None:
    text = path.read_text()
    actions = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action) for action in actions)
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert "secrets." not in text


def test_packages_and_images_are_audited_once_a_week() -> None:
    when = AUDIT[True]  # what YAML 1.1 makes of `on`
    assert re.fullmatch(r"\d+ \d+ \* \* \d", when["schedule"][0]["cron"])
    commands = [step.get("run", "") for step in AUDIT["jobs"]["packages"]["steps"]]
    assert {"make audit", "make sbom"} <= set(commands)
    images = AUDIT["jobs"]["images"]
    assert images["strategy"]["matrix"]["target"] == ["web", "executor"]
    used = " ".join(step.get("uses", "") for step in images["steps"])
    assert "anchore/scan-action@" in used
    assert "anchore/sbom-action@" in used
