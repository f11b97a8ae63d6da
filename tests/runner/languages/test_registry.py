"""The definitions: each is complete, and a wrong one is refused by name."""

from dataclasses import replace
from pathlib import Path

import pytest

from runner.languages import LANGUAGES, PYTHON, Language
from runner.languages.registry import read_definitions

DEFINITION = Path("runner/languages/definitions/python.toml")
# What `tests/languages/` tries of each: a program without one would be tried in fewer ways.
OF_PROGRAMS = {
    "echo", "size", "unicode", "arguments", "several_files", "endless_loop", "memory_bomb",
}  # fmt: skip
OF_CONSOLES = {"echo", "size", "history", "endless_loop", "memory_bomb"}
END_OF_INPUT = "\u0004"
# What these print at such an error names no line: documented in docs/languages.md.
WITHOUT_LINE = {
    "c": {"runtime"},
    "cpp": {"runtime"},
    "haskell": {"runtime"},
    "r": {"compile", "runtime"},
}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.id)
def test_a_definition_is_about_its_own_files(language: Language) -> None:
    assert language.is_source(language.main)
    for example in language.examples:
        assert len({file.path for file in example.files}) == len(example.files)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.id)
def test_a_definition_has_every_trial(language: Language) -> None:
    wanted = OF_CONSOLES if language.console else OF_PROGRAMS
    assert wanted - set(language.trials) == set()
    assert language.dialogue_test
    assert language.compile_error_test
    assert language.runtime_error_test
    assert len(language.examples) >= (1 if language.console else 3)
    assert END_OF_INPUT in language.trials["echo"].input + language.trials["echo"].leave


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.id)
def test_errors_name_a_line_where_the_language_says_one(language: Language) -> None:
    """What a console says is about what was typed."""
    trials = {"compile": language.compile_error_test, "runtime": language.runtime_error_test}
    silent = {kind for kind, trial in trials.items() if trial and not trial.place}
    assert silent == (
        {"compile", "runtime"} if language.console else WITHOUT_LINE.get(language.id, set())
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('order = "first"', "order"),
        ("order = 10\nspeed = 3", "speed"),
        ('order = 10\ncompile = ["cc", "{output}"]', "unknown placeholders: ['output']"),
    ],
)
def test_a_wrong_definition_is_named(wrong: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "python.toml"
    path.write_text(DEFINITION.read_text().replace("order = 10", wrong))
    with pytest.raises(ValueError, match=r"python\.toml") as refused:
        read_definitions(tmp_path)
    assert said in str(refused.value)


def test_commands_are_filled_and_no_file_is_an_option() -> None:
    compile = ("cc", "-o", "{build}/{stem}", "{sources}")
    language = replace(PYTHON, compile=compile, run=("{build}/{stem}",))
    commands = language.commands("a.py", ["a.py", "-b.py", "data.csv"], ["{main}", "x"])
    assert commands.compile == ["cc", "-o", "/tmp/build/a", "a.py", "./-b.py"]
    assert commands.run == ["/tmp/build/a", "{main}", "x"]
    assert PYTHON.argv("-c", [], keep_open=True) == ["/usr/bin/python3", "-i", "./-c"]
