"""A program in a sandbox is answered as in a login shell of Debian; docs/sandbox.md lists the rest.

Where the machine of the test lacks something that a desktop has, a sandbox may know more.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.desktop import login_shell, questions
from tests.runner.sandbox.inside import printed

DOCS = Path(__file__).parents[2] / "docs/sandbox.md"
ROW = re.compile(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \| .{8,} \|$", re.MULTILINE)
SOURCE = Path(questions.__file__).read_text()
# What a machine of tests may lack, such as a container without a session or locales.
MAY_BE_MISSING = {
    "the own host name has an address of this machine", "a server listens at the own host name",
    "the file of the host name says the same", "the system has a name", "shells are listed",
    "types of files have names", "protocols have names", "services have ports",
    "ports have services", "an address of a service is found", "IPv6 has localhost",
    "the user has signed in", "German is a locale", "English is a locale",
    "cores are those that it may use", "getconf", "nproc", "the zone of the system",
}  # fmt: skip


def answers(output: str) -> dict[str, Any]:
    lines = (line[line.index("[") :] for line in output.splitlines() if '["' in line)
    return dict(json.loads(line) for line in lines)


def in_words(answer: object) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)


@pytest.fixture(scope="module")
def outside() -> dict[str, Any]:
    return answers(login_shell.printed(SOURCE))


async def test_a_sandbox_answers_as_a_login_shell_but_for_what_the_docs_say(
    outside: dict[str, Any],
) -> None:
    inside = answers(await printed(SOURCE))
    assert set(inside) == set(outside) == set(questions.QUESTIONS)
    documented = {name: (there, here) for name, there, here in ROW.findall(DOCS.read_text())}
    different = {
        name: (in_words(outside[name]), in_words(inside[name]))
        for name in questions.QUESTIONS
        if inside[name] != outside[name] and not (name in MAY_BE_MISSING and _knows(inside[name]))
    }
    assert different == documented


def _knows(answer: object) -> bool:
    return answer is not False and not (isinstance(answer, str) and "rror" in answer)
