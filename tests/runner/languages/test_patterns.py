"""The patterns of every language, which browsers try on what programs print and users type."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from runner.languages import LANGUAGES, Language

LONGEST_LINE = 2000  # static/src/common/languages/places.ts
MILLISECONDS = 5  # of processor time for a line
HOSTILE = [
    unit * (LONGEST_LINE // len(unit))
    for unit in (
        "a", "1", " ", "\t", ":", "/", '"', "'", "(", "a:", "1:", "a 1", "a.b", "at ", "in ",
        " line 1", 'File "', "main.c:1:", "/home/student/", "error ", "(1,1)", "\u65e5", "end ",
        "do |", "then ", "-->", "=> ", "if ", "a/b:1 ", "at a (b:1)", "x = ",
    )
]  # fmt: skip
# Node says how long each pattern takes for its worst line, in milliseconds of processor time.
NODE = """
const [patterns, lines] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const spent = () => process.cpuUsage().user / 1000;
function worst(pattern) {
  const compiled = new RegExp(pattern, "dg");
  return Math.max(...lines.map((line) => {
    const times = [0, 1, 2].map(() => {
      const begun = spent();
      for (const end of ["", "!"]) [...(line + end).matchAll(compiled)];
      return (spent() - begun) / 2;
    });
    return Math.min(...times);
  }));
}
console.log(JSON.stringify(patterns.map(worst)));
"""


def patterns(language: Language) -> list[str]:
    rules = language.indentation
    all_of_them = [*language.problems, language.misnamed, rules.opens, rules.closes]
    return [pattern.replace("(?P<", "(?<") for pattern in all_of_them if pattern]


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_line_takes_a_browser_long(name: str) -> None:
    known = patterns(LANGUAGES[name])
    if not known:
        return
    node = shutil.which("node") or str(Path(__file__).parents[3] / ".venv/bin/node")
    done = subprocess.run(
        [node, "-e", NODE],
        input=json.dumps([known, HOSTILE]), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    times = dict(zip(known, json.loads(done.stdout), strict=True))
    slow = {pattern: spent for pattern, spent in times.items() if spent > MILLISECONDS}
    assert slow == {}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_problem_has_a_line(name: str) -> None:
    for pattern in LANGUAGES[name].problems:
        groups = set(re.compile(pattern).groupindex)
        assert "line" in groups, pattern
        assert groups <= {"path", "line", "column", "message"}, pattern


@pytest.mark.parametrize("name", LANGUAGES)
def test_errors_of_a_program_can_be_found(name: str) -> None:
    assert LANGUAGES[name].problems or LANGUAGES[name].console
