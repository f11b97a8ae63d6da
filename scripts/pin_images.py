"""Names every image by the digest of its tag in the registry: `python scripts/pin_images.py`.

In the Dockerfile, docker-compose.yml and the workflows; `image:tag` becomes `image:tag@sha256:…`.
From then on Dependabot proposes newer ones. Nothing is written unless every digest is known, and a
digest is believed only if it is the hash of the manifest that the registry sends. `--check` names
what has no digest.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
FILES = ("Dockerfile", "docker-compose.yml", ".github/workflows/*.yml")
REFERENCE = re.compile(
    r"(?P<before>^FROM |^\s+image: )(?P<name>[a-z0-9][a-z0-9./_-]*:[\w.-]+)"
    r"(?:@(?P<digest>sha256:[0-9a-f]{64}))?",
    re.MULTILINE,
)
INDEX = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
TOKEN = "https://auth.docker.io/token?service=registry.docker.io&scope=repository:{}:pull"
MANIFEST = "https://registry-1.docker.io/v2/{}/manifests/{}"
SECONDS, MOST_BYTES = 20, 1 << 20

Ask = Callable[[str, dict[str, str]], bytes]


@dataclass(frozen=True)
class Image:
    name: str  # repository:tag
    digest: str | None


class NotKnown(Exception):
    """A registry that does not answer, or whose answer is not what it says."""


def files(root: Path) -> Iterator[Path]:
    for pattern in FILES:
        yield from sorted(root.glob(pattern))


def named(root: Path) -> Iterator[tuple[str, Image]]:
    """Every image that a registry gives, with the file that names it."""
    for path in files(root):
        for found in REFERENCE.finditer(path.read_text()):
            yield str(path.relative_to(root)), Image(found["name"], found["digest"])


def ask(url: str, headers: dict[str, str]) -> bytes:
    """The body of an answer. Raises NotKnown."""
    try:
        request = Request(url, headers=headers)  # noqa: S310  # TOKEN and MANIFEST are https
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            body: bytes = answer.read(MOST_BYTES + 1)
    except (HTTPError, URLError, OSError) as error:
        raise NotKnown(f"{url}: {error}") from error
    if len(body) > MOST_BYTES:
        raise NotKnown(f"{url}: the answer is too long")
    return body


def digest_of(name: str, ask: Ask = ask) -> str:
    """Of the index of all platforms. Raises NotKnown."""
    repository, tag = name.split(":")
    repository = repository if "/" in repository else f"library/{repository}"
    try:
        token = json.loads(ask(TOKEN.format(repository), {}))["token"]
        headers = {"Authorization": f"Bearer {token}", "Accept": ", ".join(INDEX)}
        body = ask(MANIFEST.format(repository, tag), headers)
        if json.loads(body)["mediaType"] not in INDEX:
            raise NotKnown(f"{name}: the registry has no index of platforms")
    except (ValueError, KeyError, TypeError) as error:
        raise NotKnown(f"{name}: the registry's answer is not understood: {error!r}") from error
    digest = f"sha256:{sha256(body).hexdigest()}"
    if ask(MANIFEST.format(repository, digest), headers) != body:
        raise NotKnown(f"{name}: the registry has something else for {digest}")
    return digest


def pin(root: Path, digests: dict[str, str]) -> None:
    for path in files(root):
        old = path.read_text()
        new = REFERENCE.sub(
            lambda found: f"{found['before']}{found['name']}@{digests[found['name']]}", old
        )
        if new != old:
            path.write_text(new)


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        bare = [f"{file}: {image.name}" for file, image in named(ROOT) if not image.digest]
        print("\n".join(bare) or "every image has a digest")
        return 1 if bare else 0
    names = sorted({image.name for _, image in named(ROOT)})
    try:
        digests = {name: digest_of(name) for name in names}
    except NotKnown as error:
        print(f"Nothing is changed. {error}", file=sys.stderr)
        return 1
    pin(ROOT, digests)
    print("\n".join(f"{name}@{digest}" for name, digest in digests.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
