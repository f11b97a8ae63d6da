"""Which versions of the languages this machine has."""

import logging
import re
import subprocess
from collections.abc import Mapping, Sequence

from runner.languages.language import Language
from runner.languages.toolchains import on_host

logger = logging.getLogger(__name__)
ANSWER_SECONDS = 5.0  # a busy machine; it takes 10 ms on an idle one
# As students name it: "Python 3.11.2" is 3.11.
VERSION = re.compile(r"\b\d{1,4}(\.\d{1,4})?")


def installed_versions(languages: Mapping[str, Language]) -> dict[str, str]:
    """By the languages' ids, as `3.11`; without those whose command does not answer."""
    found = {name: version_of(language.version) for name, language in languages.items()}
    return {name: version for name, version in found.items() if version}


def version_of(command: Sequence[str]) -> str:
    """What `command` says, which prints a version; empty if it says nothing in time."""
    try:
        answer = subprocess.run(
            [str(on_host(word)) for word in command],
            capture_output=True, check=True, text=True, timeout=ANSWER_SECONDS, env={}, cwd="/",
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        logger.warning("The version of %s is unknown: %r", command[0], error)
        return ""
    version = VERSION.search(answer.stdout)
    return version[0] if version else ""
