"""Reads the definitions: one file of data for each language.

By the standard library alone: every Python of a machine can import the sandbox, and with it this.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from runner.languages.language import Language
from runner.languages.pythons import found_versions, is_version, version_of_python

DEFINITIONS = Path(__file__).with_name("definitions")


def read_definitions(folder: Path = DEFINITIONS) -> dict[str, Language]:
    """By their ids, in the order of menus. Raises ValueError, naming the file, for a wrong one."""
    languages = (_read(path) for path in sorted(folder.glob("*.toml")))
    return {language.id: language for language in _ordered(languages)}


class Languages(MutableMapping[str, Language]):
    """Those of the definitions, and the versions of Python that this machine has.

    Versions that only other machines have are known, too, when they are asked for by their ids.
    A change replaces the dictionary, which other threads may be reading.
    """

    def __init__(self, definitions: Mapping[str, Language]) -> None:
        self._known = dict(definitions)
        self._python = definitions["python"]
        self.look_for_versions()

    def look_for_versions(self) -> None:
        """Of Python, on this machine, by now. All are in the order of menus."""
        found = list(found_versions(self._python))
        if found != [language for id, language in self._known.items() if is_version(id)]:
            others = [language for id, language in self._known.items() if not is_version(id)]
            self._known = {language.id: language for language in _ordered([*others, *found])}

    def __getitem__(self, id: str) -> Language:
        language = self._known.get(id) or version_of_python(self._python, id)
        if language is None:
            raise KeyError(id)
        return language

    def __setitem__(self, id: str, language: Language) -> None:
        self._known = {**self._known, id: language}

    def __delitem__(self, id: str) -> None:
        self._known = {known: self._known[known] for known in self._known if known != id}

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, id: object) -> bool:
        return id in self._known or (isinstance(id, str) and is_version(id))


def _ordered(languages: Iterable[Language]) -> list[Language]:
    return sorted(languages, key=lambda language: language.order)


def _read(path: Path) -> Language:
    try:
        language: Language = _made(Language, {"id": path.stem, **_fields(path)})
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error
    return language


def _fields(path: Path) -> dict[str, Any]:
    """`like = "python"`: what is not said is as in that definition."""
    fields = tomllib.loads(path.read_text())
    like = fields.pop("like", None)
    return {**_fields(path.with_name(f"{like}.toml")), **fields} if like else fields


def _made(kind: Any, value: Any, name: str = "") -> Any:
    """`value`, which TOML has made, as `kind`. Raises ValueError, which has its `name`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:  # one that may be missing
        (kind,) = set(arguments) - {NoneType}
        return _made(kind, value, name)
    if origin is Literal:
        if value not in arguments:
            raise ValueError(f"{name}: one of {arguments}, not {value!r}")
        return value
    if is_dataclass(kind):
        return _made_of_parts(kind, _checked(dict, value, name), name)
    if origin is tuple:
        return tuple(_made(arguments[0], each, name) for each in _checked(list, value, name))
    if origin is dict:
        parts = _checked(dict, value, name)
        return {key: _made(arguments[1], each, f"{name}.{key}") for key, each in parts.items()}
    return _checked(kind, value, name)


def _made_of_parts(kind: Any, parts: dict[str, Any], name: str) -> Any:
    hints = get_type_hints(kind)
    if unknown := sorted(parts.keys() - hints.keys()):
        raise ValueError(f"{name}: unknown fields {unknown}")
    return kind(**{key: _made(hints[key], each, f"{name}.{key}") for key, each in parts.items()})


def _checked(kind: Any, value: Any, name: str) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{name}: {kind.__name__}, not {value!r}")
    return value
