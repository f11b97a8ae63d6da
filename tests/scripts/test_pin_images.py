"""Images are named by digests that the registry itself has proved, all of them or none."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from scripts import pin_images
from scripts.pin_images import NotKnown, digest_of

BODY = json.dumps({"mediaType": pin_images.INDEX[0], "manifests": []}).encode()
DIGEST = f"sha256:{sha256(BODY).hexdigest()}"
DOCKERFILE = "FROM python:3.12-slim AS base\nFROM base AS web\n# FROM x:1\n"
COMPOSE = """services:
  proxy:
    image: nginx:stable
  web:
    image: ${WEB_IMAGE:-coderunner-web}
"""


def registry(*, by_tag: bytes = BODY, by_digest: bytes = BODY) -> pin_images.Ask:
    def ask(url: str, headers: dict[str, str]) -> bytes:
        if "token" in url:
            return b'{"token": "t"}'
        assert headers["Authorization"] == "Bearer t"
        return by_digest if "sha256:" in url else by_tag

    return ask


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    (tmp_path / "docker-compose.yml").write_text(COMPOSE)
    monkeypatch.setattr(pin_images, "ROOT", tmp_path)
    return tmp_path


def texts(project: Path) -> list[str]:
    return [(project / name).read_text() for name in ("Dockerfile", "docker-compose.yml")]


def test_a_digest_is_the_hash_of_the_manifest() -> None:
    assert digest_of("python:3.12-slim", registry()) == DIGEST


@pytest.mark.parametrize(
    "answers",
    [
        {"by_digest": b"{}"},  # not what has this hash
        {"by_tag": b"<html>"},
        {"by_tag": b"{}"},
        {"by_tag": b"[]"},
        {
            "by_tag": json.dumps(
                {"mediaType": "application/vnd.oci.image.manifest.v1+json"}
            ).encode()
        },
    ],
)
def test_an_answer_that_proves_nothing_is_not_believed(answers: dict[str, bytes]) -> None:
    with pytest.raises(NotKnown, match=re.escape("python:3.12")):
        digest_of("python:3.12", registry(**answers))


def test_every_image_gets_its_digest_and_a_newer_one_replaces_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for digest in (DIGEST, f"sha256:{'b' * 64}"):
        monkeypatch.setattr(pin_images, "digest_of", lambda name, digest=digest: digest)
        assert pin_images.main([]) == 0
        assert texts(project) == [
            DOCKERFILE.replace("3.12-slim", f"3.12-slim@{digest}"),
            COMPOSE.replace("stable", f"stable@{digest}"),
        ]
    assert pin_images.main(["--check"]) == 0


def test_without_an_answer_for_one_nothing_is_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(name: str) -> str:
        if name.startswith("python"):
            raise NotKnown("https://registry: timed out")
        return DIGEST

    monkeypatch.setattr(pin_images, "digest_of", unknown)
    assert pin_images.main([]) == 1
    assert texts(project) == [DOCKERFILE, COMPOSE]
    assert "Nothing is changed. https://registry: timed out" in capsys.readouterr().err
    assert pin_images.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Dockerfile: python:3.12-slim",
        "docker-compose.yml: nginx:stable",
    ]


def test_a_registry_that_cannot_be_reached_is_no_traceback() -> None:
    with pytest.raises(NotKnown, match=re.escape("127.0.0.1:1")):
        pin_images.ask("http://127.0.0.1:1/", {})


def test_all_images_of_this_project_are_seen() -> None:
    root = Path(pin_images.__file__).parents[1]
    assert {image.name.split(":")[0] for _, image in pin_images.named(root)} == {
        "debian", "nginx", "node", "postgres", "python", "redis",
    }  # fmt: skip
