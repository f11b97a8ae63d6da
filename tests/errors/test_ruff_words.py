"""Each rule of ruff that the page may show has words for students, in both languages."""

import functools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROBLEMS = Path(__file__).resolve().parents[2] / "static/src/common/problems"
STRICT = re.compile(r"(?:F|B)\d+$|E71[1234]$|E72[12]$|W605$")
NONE = "Fix is not available."


def ignored() -> set[str]:
    text = (PROBLEMS / "ruff_rules.ts").read_text(encoding="utf-8")
    found = re.search(r"const IGNORED = \[(.*?)\n\];", text, re.DOTALL)
    assert found
    return set(re.findall(r'"([A-Z]\d+)"', found[1]))


@functools.cache
def rules() -> list[dict[str, str]]:
    ruff = Path(sys.executable).with_name("ruff")
    command = [str(ruff), "rule", "--all", "--output-format", "json"]
    found = json.loads(subprocess.check_output(command))
    stable = [rule for rule in found if not rule["preview"] and STRICT.match(rule["code"] or "")]
    return [rule for rule in stable if rule["code"] not in ignored()]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_rule_and_fix_has_words(language: str) -> None:
    text = (PROBLEMS / f"ruff_words_{language}.ts").read_text(encoding="utf-8")
    words = set(re.findall(r'^ {2}"?((?:fix\.)?[A-Z]\d+)"?:', text, re.MULTILINE))
    wanted = {rule["code"] for rule in rules()}
    wanted |= {f"fix.{rule['code']}" for rule in rules() if rule["fix"] != NONE}
    assert len(wanted) > 60
    assert sorted(wanted - words) == []
