"""deploy/k8s: what must stay true of it. Its schemas are checked by `python -m tests.kubernetes`,
which needs kubectl and 70 MB of schemas; no cluster has run it.
"""

from typing import Any

import pytest
import yaml

from tests.services import ROOT

BASE = ROOT / "deploy/k8s/base"
KUSTOMIZATION = yaml.safe_load((BASE / "kustomization.yaml").read_text())
OBJECTS: list[dict[str, Any]] = [
    document
    for name in KUSTOMIZATION["resources"]
    for document in yaml.safe_load_all((BASE / name).read_text())
]
DOCS = (ROOT / "docs/kubernetes.md").read_text()
WEB = {"app.kubernetes.io/name": "web"}
EXECUTOR = {"app.kubernetes.io/name": "executor"}


def pod_of(document: dict[str, Any]) -> dict[str, Any] | None:
    """The pod's spec, of whatever makes pods."""
    spec = document.get("spec", {})
    spec = spec.get("jobTemplate", {}).get("spec", spec)
    template: dict[str, Any] = spec.get("template", {})
    return template.get("spec")


PODS = {d["metadata"]["name"]: pod for d in OBJECTS if (pod := pod_of(d))}


def found(kind: str, name: str) -> dict[str, Any]:
    (only,) = [d for d in OBJECTS if d["kind"] == kind and d["metadata"]["name"] == name]
    return only


def test_every_file_is_named() -> None:
    files = {path.name for path in BASE.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(KUSTOMIZATION["resources"])


@pytest.mark.parametrize("name", PODS)
def test_no_pod_has_a_privilege(name: str) -> None:
    """An executor begins as root of its own user namespace, which is nobody on the node."""
    pod = PODS[name]
    user = pod["securityContext"]
    if name == "executor":
        assert (user["runAsUser"], user["fsGroup"], pod["hostUsers"]) == (0, 10002, False)
    else:
        assert (user["runAsNonRoot"], user["runAsUser"], user["fsGroup"]) == (True, 10001, 10001)
    added = {"add": ["CHOWN", "SETUID", "SETGID"]} if name == "executor" else {}
    assert pod["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
    assert not any("hostPath" in volume for volume in pod["volumes"])
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["allowPrivilegeEscalation"] is False
        assert rights["readOnlyRootFilesystem"] is True
        assert rights["capabilities"] == {"drop": ["ALL"]} | added
        assert "privileged" not in rights
        assert container["resources"]["limits"]["memory"]


def test_only_executors_have_less_than_the_usual_walls_and_a_user_namespace_instead() -> None:
    for name, pod in PODS.items():
        (container,) = pod["containers"]
        unmasked = container["securityContext"].get("procMount") == "Unmasked"
        unconfined = pod["securityContext"]["seccompProfile"]["type"] == "Unconfined"
        executor = name == "executor"
        assert (unmasked, unconfined, pod.get("hostUsers") is False) == (executor,) * 3


def test_secrets_can_be_read_by_the_group_of_their_pod_alone() -> None:
    for pod in PODS.values():
        (secrets,) = (volume["secret"] for volume in pod["volumes"] if "secret" in volume)
        assert secrets["defaultMode"] == 0o440


def test_an_executor_has_room_for_itself_and_a_class() -> None:
    (container,) = PODS["executor"]["containers"]
    assert container["resources"]["limits"]["memory"] == "4Gi"
    assert f"podPidsLimit` of the kubelet of at least {28_000:,}" in DOCS


def test_the_watchdog_is_a_decision_of_the_site() -> None:
    assert "ALLOW_WEAK_LIMITS" not in "".join(KUSTOMIZATION["configMapGenerator"][0]["literals"])
    assert "ALLOW_WEAK_LIMITS=yes" in DOCS
    assert "cgroup_writable = true" in (BASE.parent / "example/runtime.yaml").read_text()


def test_executors_have_no_key_of_the_site() -> None:
    (container,) = PODS["executor"]["containers"]
    assert not [e for e in container["env"] if "SECRET_KEY" in e["name"]]
    secrets = {name: pod["volumes"][0]["secret"]["secretName"] for name, pod in PODS.items()}
    assert secrets == {"web": "web", "executor": "executor", "migrate": "owner", "purge": "web"}


def test_no_secret_is_in_the_repository() -> None:
    assert not [d for d in OBJECTS if d["kind"] == "Secret"]
    for pod in PODS.values():
        for variable in pod["containers"][0]["env"]:
            if not variable["name"].endswith("_FILE"):
                assert variable["name"] in {"HTTPS", "HEARTBEAT_FILE", "STATEMENT_SECONDS"}


def test_nobody_reaches_an_executor_and_it_reaches_only_data_and_names() -> None:
    policies = [d["spec"] for d in OBJECTS if d["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies  # nobody
    ports = set()
    for policy in policies:
        selector = policy["podSelector"]
        named = [e["values"] for e in selector.get("matchExpressions", [])]
        if selector not in ({}, {"matchLabels": EXECUTOR}) and not any(
            "executor" in v for v in named
        ):
            continue
        assert not policy.get("ingress")
        ports |= {port["port"] for rule in policy.get("egress", []) for port in rule["ports"]}
    assert ports == {53, 5432, 6379}


def test_an_executor_may_take_as_long_to_end_as_its_programs() -> None:
    (generated,) = KUSTOMIZATION["configMapGenerator"]
    drain = next(v for v in generated["literals"] if v.startswith("DRAIN_SECONDS="))
    assert PODS["executor"]["terminationGracePeriodSeconds"] >= int(drain.split("=")[1]) + 30


def test_web_and_executors_survive_a_node_that_is_emptied() -> None:
    for name, labels in (("web", WEB), ("executor", EXECUTOR)):
        budget = found("PodDisruptionBudget", name)["spec"]
        assert budget == {"maxUnavailable": 1, "selector": {"matchLabels": labels}}
        strategy = found("Deployment", name)["spec"]["strategy"]["rollingUpdate"]
        assert strategy["maxUnavailable"] == 0


def test_executors_follow_the_queue() -> None:
    scaled = found("ScaledObject", "executor")["spec"]
    (trigger,) = scaled["triggers"]
    assert "coderunner_queued_runs" in trigger["metadata"]["query"]
    capacity = int(PODS["executor"]["containers"][0]["args"][-1])
    assert int(trigger["metadata"]["threshold"]) < capacity
    assert "replicas" not in found("Deployment", "executor")["spec"]
