# size: the files of one deployment, held against each other
"""docker-compose.yml, the Dockerfile and the proxy's configuration: what must stay true of them.

That they work is shown by `python -m tests.compose`, which needs a Docker engine.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from runner.languages import LANGUAGES
from tests.services import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NGINX = (ROOT / "deploy/nginx/nginx.conf").read_text()
OURS = {"web", "executor", "purge", "secrets", "migrate"}


def neighbours(service: str) -> set[str]:
    networks = set(SERVICES[service].get("networks", []))
    return {
        other
        for other, config in SERVICES.items()
        if other != service and networks & set(config.get("networks", []))
    }


def volumes(service: str) -> dict[str, str]:
    """Where each is mounted, with how."""
    parts = [volume.split(":") for volume in SERVICES[service].get("volumes", [])]
    return {name: ":".join(rest) for name, *rest in parts}


# What a container has beside an unprivileged user. Both cease to have it: see the two tests below.
CAPABILITIES = {
    "executor": ["SYS_ADMIN", "CHOWN", "SETUID", "SETGID"],
    "secrets": ["CHOWN"],
}


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_a_privilege(service: str) -> None:
    config = SERVICES[service]
    assert config["cap_drop"] == ["ALL"]
    assert config.get("cap_add", []) == CAPABILITIES.get(service, [])
    assert config["read_only"] is True
    assert "no-new-privileges:true" in config["security_opt"]
    forbidden = {"privileged", "devices", "pid", "ipc", "userns_mode", "group_add", "cgroup"}
    assert not forbidden & set(config)
    assert not any("docker.sock" in volume for volume in config.get("volumes", []))


def test_only_executors_have_other_walls_than_dockers_own() -> None:
    for service, config in SERVICES.items():
        wanted = ["no-new-privileges:true"]
        if service == "executor":  # bubblewrap makes namespaces, and mounts /proc
            wanted += ["seccomp=unconfined", "systempaths=unconfined"]
        assert config["security_opt"] == wanted


def test_executors_reach_nothing_but_redis_and_postgresql() -> None:
    assert neighbours("executor") == {"redis", "postgres"}
    for network in SERVICES["executor"]["networks"]:
        assert COMPOSE["networks"][network] == {"internal": True}


def test_the_proxy_alone_is_reachable_and_by_default_from_this_machine_only() -> None:
    assert [name for name, config in SERVICES.items() if "ports" in config] == ["proxy"]
    assert SERVICES["proxy"]["ports"] == ["${LISTEN:-127.0.0.1}:${PORT:-8000}:8080"]
    assert neighbours("proxy") == {"web"}
    assert neighbours("secrets") == set()


def test_each_service_sees_its_own_secrets_and_cannot_write_them() -> None:
    for service in set(SERVICES) - {"secrets"}:
        secrets = {name: how for name, how in volumes(service).items() if "secrets" in name}
        own = {"migrate": "owner", "purge": "web"}.get(service, service)
        assert set(secrets) == ({f"{own}-secrets"} if service != "proxy" else set())
        assert all(how.endswith(":ro") for how in secrets.values())


def test_no_secret_is_in_the_repository() -> None:
    for name, config in SERVICES.items():
        environment = config.get("environment", {})
        for variable, value in environment.items():
            if re.search("SECRET|PASSWORD|TOKEN|DATABASE_URL|REDIS_URL", variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.startswith("/secrets/")
    assert "SECRET_KEY_FILE" not in SERVICES["executor"]["environment"]


def test_limits_are_the_same_for_web_workers_and_executors() -> None:
    web, executor = SERVICES["web"]["environment"], SERVICES["executor"]["environment"]
    limits = {name for name in web if name.startswith("LIMIT_") or name.endswith("_SECONDS")}
    assert limits == {
        name for name in executor if name.startswith("LIMIT_") or name.endswith("_SECONDS")
    }


def test_every_documented_variable_reaches_a_process() -> None:
    table = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| (.*?) \| ", table, re.MULTILINE))
    names = set(re.findall(r"`([A-Z_]+)`", " ".join(documented))) - {
        "PORT",
        "DEBUG",
        "VITE_DEV_SERVER",
        "PYTHON_PACKAGES_FILE",  # of a script, which images are built by with a file of that name
    }
    given = {name for config in SERVICES.values() for name in config.get("environment", {})}
    missing = {name for name in names if {name, f"{name}_FILE"}.isdisjoint(given)}
    assert not missing, "docker-compose.yml must hand them on"


def test_every_service_that_stays_says_whether_it_is_well() -> None:
    for service, config in SERVICES.items():
        if config["restart"] == "no" or service == "purge":  # whose end is its failure
            assert "healthcheck" not in config
        else:
            assert "healthcheck" in config, service


def test_a_program_may_take_as_long_to_end_as_it_is_promised() -> None:
    assert int(SERVICES["executor"]["stop_grace_period"].removesuffix("s")) >= 30 + 20


def test_base_images_are_named_by_tag_and_where_that_is_known_by_digest() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images += [config["image"] for config in SERVICES.values() if "build" not in config]
    stages = set(re.findall(r"^FROM \S+ AS (\S+)", DOCKERFILE, re.MULTILINE))
    images = [image for image in images if image not in stages and "$" not in image]
    assert {re.sub("@sha256:[0-9a-f]{64}$", "", image) for image in images} == {
        "node:20-bookworm-slim", "python:3.12-slim-bookworm", "python:3.13-slim-bookworm",
        "python:3.14-slim-bookworm", "nginx:stable-bookworm", "postgres:16-bookworm",
        "redis:7-bookworm",
    }  # fmt: skip


def test_the_proxy_overwrites_what_browsers_could_claim() -> None:
    for header, value in {
        "X-Forwarded-For": "$remote_addr",  # not what came, with this added
        "X-Forwarded-Proto": "$scheme",
        "X-Request-ID": "$request_id",
        "Host": "$http_host",
        "Forwarded": '""',
        "X-Real-IP": '""',
    }.items():
        assert f"proxy_set_header {header} {value};" in NGINX
    assert re.search(r"location = /metrics \{\s+return 404;", NGINX)


def test_static_files_are_what_they_say() -> None:
    """Where a location adds headers, nginx drops those of the server."""
    for location in re.findall(r"location [^{]*\{[^}]*\}", NGINX):
        if "add_header" in location:
            assert "add_header X-Content-Type-Options nosniff always;" in location


def test_web_workers_know_how_many_proxies_are_in_front() -> None:
    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == 1
    assert "ENV TRUSTED_PROXIES=1" in DOCKERFILE
    assert '"--proxy-headers"' not in DOCKERFILE  # takes the leftmost address


def test_no_location_loses_the_headers_of_the_server() -> None:
    """nginx drops every inherited `proxy_set_header` where one is set."""
    inside = [line for line in NGINX.splitlines() if line.startswith(" " * 12)]
    assert any("proxy_pass" in line for line in inside)
    assert not any("proxy_set_header" in line for line in inside)


@pytest.mark.parametrize("prefix", ["", "/coderunner", "/tools/code"])
@pytest.mark.parametrize(
    "path", ["/s/", "/accounts/confirm-email/", "/accounts/password/reset/key/"]
)
def test_no_secret_address_is_logged(prefix: str, path: str) -> None:
    """Also not where the site is below a path, and whatever follows."""
    rules = re.search(r"map \$uri \$logged_path \{(.*?)\n    \}", NGINX, re.DOTALL)
    quiet = re.search(r"location ~ (\S+) \{\s+error_log /dev/null", NGINX)
    assert rules
    assert quiet
    for address in (f"{prefix}{path}c0ffee/", f"{prefix}{path}c0ffee{path}c0ffee/"):
        logged = None
        for pattern, value in re.findall(r'"~(\S+)" (\S+);', rules[1]):
            if found := re.search(pattern.replace("(?<", "(?P<"), address):
                logged = logged or value.replace("$above", found["above"])
        assert logged == prefix + path
        assert re.search(quiet[1], address)


# --- What executors have -------------------------------------------------------------------------
STAGES = {
    name: base for base, name in re.findall(r"^FROM (\S+) AS (\S+)", DOCKERFILE, re.MULTILINE)
}


def text_of(stage: str) -> str:
    """Its instructions."""
    lines = DOCKERFILE.split(f" AS {stage}\n")[1].split("\nFROM ")[0].splitlines()
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def test_compose_runs_the_small_executor_unless_it_is_told_otherwise() -> None:
    build = SERVICES["executor"]["build"]
    assert build["target"] == "executor-${EXECUTOR_LANGUAGES:-small}"
    assert {"executor-python", "executor-small", "executor-full"} <= STAGES.keys()
    assert STAGES["executor"] == "executor-small"


@pytest.mark.parametrize("stage", ["executor-python", "executor-small", "executor-full"])
def test_an_executor_ends_as_its_own_user_with_the_product_and_nothing_that_made_it(
    stage: str,
) -> None:
    assert text_of(stage).splitlines()[-1] == "USER 10002:10002"
    assert "COPY --from=base /app /app" in text_of(stage)
    assert not re.search("RUN|scripts|requirements|venv", text_of(stage))
    base = STAGES[stage]
    while base != "sandbox":  # whose entry point gives control groups and users away
        base = STAGES[base]


def test_the_small_image_names_languages_that_there_are() -> None:
    named = re.search(r'^ARG SMALL="(.+)"$', DOCKERFILE, re.MULTILINE)
    assert named
    assert set(named[1].split()) <= {*LANGUAGES, "windows"}


def test_other_pythons_are_taken_only_when_they_are_asked_for() -> None:
    """Nothing is downloaded for a stage that no other one needs."""
    assert "ARG PYTHONS=none\n" in DOCKERFILE
    assert STAGES["pythons"] == "pythons-${PYTHONS}"
    assert SERVICES["executor"]["build"]["args"] == {"PYTHONS": "${PYTHONS:-none}"}
    takers = [name for name in STAGES if "--from=python-3" in text_of(name)]
    assert takers == ["pythons-official"]


def test_what_the_image_is_made_of_is_sent_to_the_engine() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for name in copied.split():
            parents = {name, *(str(path) for path in Path(name).parents)}
            inside = any(f"!{each}" in ignored for each in parents | {f"{name}/lib.sh"})
            if "*" in name and not name.startswith("*"):
                inside = all(f"!{path.name}" in ignored for path in ROOT.glob(name))
            assert inside or name.startswith("*"), name
