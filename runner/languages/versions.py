"""Which versions of the languages this machine has."""

import logging
import re
import subprocess
from collections.abc import Sequence

from runner.languages.places import on_host

logger = logging.getLogger(__name__)
ANSWER_SECONDS = 5.0  # a busy machine; it takes 10 ms on an idle one
# As students name it: "Python 3.11.2" is 3.11, "v24.19.0" is 24.19. A number without a dot is one
# only where there is none with a dot: compilers warn with numbers.
VERSIONS = (re.compile(r"(?<![\d.])\d{1,4}\.\d{1,4}"), re.compile(r"(?<![\d.])\d{1,4}"))


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
    return version_in(answer.stdout)


def version_in(text: str) -> str:
    """Empty if there is none."""
    found = filter(None, (pattern.search(text) for pattern in VERSIONS))
    return next((version[0] for version in found), "")
