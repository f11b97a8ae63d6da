"""Reads the definitions: one file of data for each language.

By the standard library alone: every Python of a machine can import the sandbox, and with it this.
"""

import tomllib
from collections.abc import Iterable, Mapping
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


class Languages(dict[str, Language]):
    """Those of the definitions, and the versions of Python that this machine has.

    Versions that only other machines have are known, too, when they are asked for by their ids.
    """

    def __missing__(self, id: str) -> Language:
        if (language := version_of_python(self["python"], id)) is None:
            raise KeyError(id)
        return language

    def __contains__(self, id: object) -> bool:
        return super().__contains__(id) or (isinstance(id, str) and is_version(id))


def with_versions(definitions: Mapping[str, Language]) -> Languages:
    """In the order of menus."""
    versions = found_versions(definitions["python"])
    languages = _ordered([*definitions.values(), *versions])
    return Languages({language.id: language for language in languages})


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
