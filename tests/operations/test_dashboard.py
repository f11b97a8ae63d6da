"""The dashboard, the alerts and the autoscaling name metrics that exist."""

import json
import re

import pytest

from runner.operations import exposition
from tests.services import ROOT

DASHBOARD = json.loads((ROOT / "deploy/grafana/coderunner.json").read_text())
NAME = re.compile(r"\bcoderunner_\w+")


@pytest.fixture
def exposed(db: None) -> set[str]:
    """Every sample's name in a scrape, labels or not."""
    return set(re.findall(r"^# TYPE (\w+)", exposition.text().decode(), re.MULTILINE))


def family(name: str) -> str:
    return re.sub(r"_(bucket|sum|count)$", "", name)


def test_every_panel_asks_for_what_is_there(exposed: set[str]) -> None:
    for panel in DASHBOARD["panels"]:
        names = [n for target in panel["targets"] for n in NAME.findall(target["expr"])]
        assert names, panel["title"]
        assert {family(name) for name in names} <= exposed, panel["title"]


@pytest.mark.faults
def test_every_metric_of_ours_has_a_panel(exposed: set[str]) -> None:
    shown = {family(name) for name in NAME.findall(json.dumps(DASHBOARD))}
    assert {name for name in exposed if "_process_" not in name} - shown == {
        "coderunner_database_up"  # an alert
    }


def test_documents_and_autoscaling_name_no_other(exposed: set[str]) -> None:
    for path in ("docs/monitoring.md", "deploy/k8s/base/executor.yaml"):
        text = (ROOT / path).read_text().replace("coderunner_token", "")
        names = {family(name) for name in NAME.findall(text)}
        assert {n for n in names if not n.endswith("_")} <= exposed, path


def test_figures_of_executors_are_not_counted_once_for_each_web_worker() -> None:
    """Every web worker shows them: `max` over web workers comes before any sum."""
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            expression = target["expr"]
            if "coderunner_web_" in expression or 'executor=""' in expression:
                continue
            assert re.search(r"\b(max|count by)\b", expression), expression


def test_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
