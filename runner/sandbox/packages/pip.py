"""In place of pip, which would only say that it cannot reach the package index.

It is a module of programs, on any Python from 3.9 on: `python -m pip`, `pip`, and `pip.main()`.
"""

import re
import sys
from fnmatch import fnmatchcase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = "The page “Packages” of this site lists what is installed."
WITH_VALUE = {
    "-c", "-i", "-r", "-t", "--constraint", "--extra-index-url", "--index-url", "--platform",
    "--prefix", "--proxy", "--python", "--python-version", "--requirement", "--root", "--target",
}  # fmt: skip
LISTS = {"-r", "--requirement"}
REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?\s*(?:==\s*([^;,\s]+))?")


def main(args: "list[str] | None" = None) -> int:
    """Returns the exit code: 0 if all that shall be installed is there."""
    words = list(sys.argv[1:] if args is None else args)
    command = next((word for word in words if not word.startswith("-")), "")
    if command in ("list", "freeze"):
        return _list("==" if command == "freeze" else " ")
    if command == "install":
        return _install(words[words.index(command) + 1 :])
    return _say("Programs cannot manage packages here. " + PAGE)


def _list(between: str) -> int:
    from importlib.metadata import distributions

    found = {each.metadata["Name"]: each.version for each in distributions()}
    for name in sorted(found, key=str.lower):
        print(name + between + found[name])
    return 0


def _install(words: "list[str]") -> int:
    wanted = list(_requirements(words))
    missing = [name for name, _ in wanted if not _version(name)]
    if missing or not wanted:
        what = f": {', '.join(missing)}" if missing else ""
        return _say(f"Programs cannot install packages here{what}. {PAGE}")
    for name, version in wanted:
        there = _version(name)
        if version and not fnmatchcase(there, version):  # `1.*` is any that begins so
            return _say(f"{name} {there} is installed here. Programs cannot install another.")
    for name, _ in wanted:
        print(f"Requirement already satisfied: {name} {_version(name)} is installed here.")
    return 0


def _requirements(words: "Iterable[str]") -> "Iterator[tuple[str, str]]":
    """Names and exact versions; an empty one: any."""
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in WITH_VALUE:
            value = value if equals else next(rest, "")
            if name in LISTS:
                yield from _of_file(value)
        elif not word.startswith("-") and (found := REQUIREMENT.match(word)):
            yield found[1], found[2] or ""


def _of_file(path: str) -> "Iterator[tuple[str, str]]":
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeError):
        return
    for line in lines:
        if found := REQUIREMENT.match(line.partition("#")[0]):
            yield found[1], found[2] or ""


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
# Debian's command `pip` asks for this name.
for _name in ("_internal", "_internal.cli", "_internal.cli.main"):
    sys.modules.setdefault(f"{__name__}.{_name}", sys.modules[__name__])
