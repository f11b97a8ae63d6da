"""render.yaml: what must stay true of it. Render's own parser is not part of this."""

import yaml

from tests.services import ROOT

BLUEPRINT = yaml.safe_load((ROOT / "render.yaml").read_text())
SERVICES = {service["name"]: service for service in BLUEPRINT["services"]}
GENERATED = {"generateValue", "sync", "fromDatabase", "fromService", "fromGroup"}


def variables(service: str) -> dict[str, dict[str, object]]:
    return {v["key"]: v for v in SERVICES[service].get("envVars", []) if "key" in v}


def test_what_is_named_is_there() -> None:
    databases = {database["name"] for database in BLUEPRINT["databases"]}
    groups = {group["name"] for group in BLUEPRINT["envVarGroups"]}
    for service in SERVICES.values():
        for variable in service.get("envVars", []):
            assert variable.get("fromDatabase", {}).get("name") in databases | {None}
            assert variable.get("fromService", {}).get("name") in set(SERVICES) | {None}
            assert variable.get("fromGroup") in groups | {None}


def test_no_secret_is_written_down() -> None:
    for name in SERVICES:
        for key, variable in variables(name).items():
            if "value" in variable:
                assert key in {"PORT", "HTTPS"}
            else:
                assert GENERATED & set(variable)


def test_the_watchdog_is_a_decision_of_the_site() -> None:
    (group,) = BLUEPRINT["envVarGroups"]
    named = {*variables("coderunner-executor"), *(v["key"] for v in group["envVars"])}
    assert "ALLOW_WEAK_LIMITS" not in named


def test_executors_have_no_key_of_the_site() -> None:
    assert "SECRET_KEY" in variables("coderunner-web")
    assert "SECRET_KEY" not in variables("coderunner-executor")


def test_data_is_reachable_from_inside_only() -> None:
    for data in (*BLUEPRINT["databases"], SERVICES["coderunner-redis"]):
        assert data["ipAllowList"] == []


def test_an_executor_may_take_as_long_to_end_as_it_waits_for_programs() -> None:
    (group,) = BLUEPRINT["envVarGroups"]
    drain = next(int(v["value"]) for v in group["envVars"] if v["key"] == "DRAIN_SECONDS")
    assert SERVICES["coderunner-executor"]["maxShutdownDelaySeconds"] >= drain + 30


def test_limits_for_each_address_count_clients_behind_renders_proxies() -> None:
    (group,) = BLUEPRINT["envVarGroups"]
    assert {"key": "TRUSTED_PROXIES", "value": "2"} in group["envVars"]
