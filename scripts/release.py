"""Makes a release of what is committed: `make release VERSION=1.2.3`.

Moves what CHANGELOG.md lists as unreleased to a section of the version and the day, writes the
version wherever it is named, commits and tags. Nothing is pushed, and nothing is changed when
something is wrong.
"""

import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

NUMBERS = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
UNRELEASED = "## Unreleased\n"
# Where the version is named, and how: deployments name the images of the newest release.
IMAGES = ("coderunner-web:{}", "coderunner-executor:{}")
NAMED = {
    "pyproject.toml": ('version = "{}"',),
    "render.yaml": IMAGES,
    "deploy/k8s/example/kustomization.yaml": ("newTag: {}",),
    "docs/kubernetes.md": IMAGES,
}


class ReleaseError(Exception):
    """Why there is no release."""


def numbers(version: str) -> tuple[int, ...]:
    found = NUMBERS.fullmatch(version)
    if not found:
        raise ReleaseError(f"A version is three numbers such as 1.2.3, not {version!r}.")
    return tuple(int(number) for number in found.groups())


def current_version(root: Path) -> str:
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def check_repository(root: Path, version: str) -> None:
    current = current_version(root)
    if numbers(version) < numbers(current):
        raise ReleaseError(f"{version} is older than {current}, the version there is.")
    if git(root, "status", "--porcelain"):
        raise ReleaseError("There are changes that are not committed.")
    if git(root, "tag", "--list", f"v{version}"):
        raise ReleaseError(f"The tag v{version} exists already.")


def new_changelog(text: str, version: str, day: str) -> str:
    before, heading, after = text.partition(UNRELEASED)
    if not heading:
        raise ReleaseError("CHANGELOG.md has no section `## Unreleased`.")
    section = after.split("\n## ", 1)[0]
    if not re.search(r"^- ", section, re.MULTILINE):
        raise ReleaseError("CHANGELOG.md lists nothing under `## Unreleased`.")
    return f"{before}{UNRELEASED}\n## {version} - {day}\n{after}"


def with_version(root: Path, name: str, old: str, new: str) -> str:
    text = (root / name).read_text()
    for pattern in NAMED[name]:
        if pattern.format(old) not in text:
            raise ReleaseError(f"{name}: {pattern.format(old)!r} is not found.")
        text = text.replace(pattern.format(old), pattern.format(new))
    return text


def release(root: Path, version: str, day: str) -> None:
    check_repository(root, version)
    old = current_version(root)
    texts = {"CHANGELOG.md": new_changelog((root / "CHANGELOG.md").read_text(), version, day)}
    texts |= {name: with_version(root, name, old, version) for name in NAMED}
    for name, text in texts.items():
        (root / name).write_text(text)
    git(root, "commit", "--quiet", "--message", f"release: Version {version}.", "--", *texts)
    git(root, "tag", "--annotate", f"v{version}", "--message", f"Version {version}")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Which version? make release VERSION=1.2.3", file=sys.stderr)
        return 2
    try:
        release(Path.cwd(), arguments[0], f"{datetime.now(UTC):%Y-%m-%d}")
    except ReleaseError as error:
        print(f"No release: {error}", file=sys.stderr)
        return 1
    print(f"Released v{arguments[0]}. To publish it: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
