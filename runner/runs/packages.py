"""The packages that programs may import, as an executor reports them, by the ids of languages.

Executors have the least trust: what does not look like a package and its version is left out.
"""

import re
from collections.abc import Mapping

from runner.languages import LANGUAGES

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
VERSION = re.compile(r"[0-9][A-Za-z0-9.+!-]{0,39}")
MOST_PACKAGES = 2000  # of one language

Packages = Mapping[str, Mapping[str, str]]  # versions by names, by languages


def plausible_packages(reported: object) -> Packages:
    if not isinstance(reported, dict):
        return {}
    return {
        language: _plausible(versions)
        for language, versions in reported.items()
        if language in LANGUAGES and isinstance(versions, dict)
    }


def _plausible(versions: dict[str, object]) -> dict[str, str]:
    return {
        name: version
        for name, version in list(versions.items())[:MOST_PACKAGES]
        if isinstance(version, str) and NAME.fullmatch(name) and VERSION.fullmatch(version)
    }
