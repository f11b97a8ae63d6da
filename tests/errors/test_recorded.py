"""What is recorded of the programs with one fault is what Python says of them."""

import json
import sys

import pytest

from tests.errors.record import RECORDED, described, output_of, programs

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
# Each costs the start of a Python.
SOME = programs()[::12]


def test_the_record_is_of_these_programs() -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert recorded["programs"] == [described(program) for program in programs()]
    assert recorded["correct"] == [described(program) for program in programs("correct")]


@pytest.mark.parametrize("program", SOME, ids=[program["name"] for program in SOME])
def test_this_python_says_what_was_recorded(program: dict[str, object]) -> None:
    outputs = json.loads(RECORDED.read_text(encoding="utf-8"))["outputs"][program["name"]]
    if VERSION not in outputs:
        pytest.skip(f"Nothing is recorded of Python {VERSION}.")
    assert output_of(sys.executable, program).splitlines()[-1] == outputs[VERSION].splitlines()[-1]


def test_correct_programs_are_correct() -> None:
    """Compiled all; run as many as the time of a unit test allows."""
    correct = programs("correct")
    assert len(correct) >= 60
    for program in correct:
        compile(program["source"], program["name"], "exec")
    for program in correct[::12]:
        assert "Error" not in output_of(sys.executable, program), program["name"]
