"""Formatters read a file from their input and write it to their output."""

import subprocess

import pytest

from runner.languages import LANGUAGES, on_host
from tests.languages.trying import languages


@pytest.mark.parametrize("name", languages(lambda language: language.formatter))
def test_what_is_formatted_stays_as_it_is(name: str) -> None:
    language = LANGUAGES[name]
    once = formatted(name, language.example)
    assert once.split()[0] == language.example.split()[0]
    assert formatted(name, once) == once
    assert formatted(name, once.replace("\n    ", "\n        ")) == once


def formatted(name: str, text: str) -> str:
    command = [str(on_host(word)) for word in LANGUAGES[name].formatter]
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True, timeout=60, env={}
    )
    return done.stdout
