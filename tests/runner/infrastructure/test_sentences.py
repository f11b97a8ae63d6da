"""The one catalogue of sentences: every code, in every language, with all its figures."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.utils.translation import override

from runner.infrastructure import sentences
from runner.infrastructure.endings import ENDINGS, OTHERS_ENDINGS, SIGNALS
from runner.limits import MIB
from runner.protocol import messages
from runner.protocol.reasons import FIGURES, ErrorCode, ReasonCode
from runner.run_state import Outcome

LANGUAGES = [code for code, _ in settings.LANGUAGES]
VALUES: dict[str, int | str] = {
    "exit_code": 91,
    "signal": "SIGUSR1",
    "language": "cobol",
    "problem": "rows: a number is wanted",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


UNSAID = {"exit_code"}  # a number that tells a beginner nothing: it is on the page of the run
ABOUT_SOMEBODYS_RUN = [{"own": True}, {"own": False}]


def figures_of(code: ReasonCode) -> dict[str, int | str]:
    return {name: VALUES.get(name, 7) for name in FIGURES.get(code, ())}


def test_every_code_has_a_sentence_in_one_group() -> None:
    groups = (ENDINGS, sentences.TERMINAL, sentences.FILES, sentences.PAGES, sentences.WAY_HERE)
    assert sum(map(len, groups)) == len(sentences.SENTENCES)
    assert set(sentences.SENTENCES) == set(ReasonCode)


@pytest.mark.parametrize("code", ReasonCode)
def test_a_sentence_says_all_figures_of_its_code_and_no_others(code: ReasonCode) -> None:
    said = set(FIGURES.get(code, ())) - UNSAID
    assert set(PLACEHOLDER.findall(sentences.SENTENCES[code])) == said
    assert set(PLACEHOLDER.findall(OTHERS_ENDINGS.get(code, ""))) in (said, set())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", ABOUT_SOMEBODYS_RUN)
@pytest.mark.parametrize("code", ReasonCode)
def test_every_code_is_a_sentence_in_every_language(
    code: ReasonCode, reader: dict[str, bool], language: str
) -> None:
    figures = figures_of(code)
    with override(language):
        said = sentences.sentence(code, figures, **reader)
    with override("en"):
        english = sentences.sentence(code, figures, **reader)
    assert (said == english) == (language == "en"), "not translated"
    first = said.lstrip("“„")[0]  # a name of the user's own may come first
    assert first.isupper() or first.isdigit() or said[0] != first
    assert said[-1] in ".)"
    assert "%" not in said
    for name, figure in figures.items():
        assert (str(figure) in said) == (name not in UNSAID)


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_known_signal_is_explained_to_everybody_in_every_language(signal: str) -> None:
    said = []
    for language in LANGUAGES:
        with override(language):
            for reader in ABOUT_SOMEBODYS_RUN:
                code, figures = ReasonCode.SIGNAL, {"signal": signal}
                said.append(sentences.sentence(code, figures, **reader))
    assert len(set(said)) == 2 * len(LANGUAGES)
    assert all(signal in text and ": " in text for text in said)


OWNERS = re.compile(r"\b(you|your|yours|du|dein\w*|dir|dich)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ENDINGS)
def test_nobody_reads_your_program_about_somebody_elses(code: ReasonCode, language: str) -> None:
    figures = figures_of(code)
    with override(language):
        assert not OWNERS.search(sentences.sentence(code, figures, own=False))
        for signal in SIGNALS:
            told = sentences.sentence(ReasonCode.SIGNAL, {"signal": signal}, own=False)
            assert not OWNERS.search(told)
        assert not OWNERS.search(sentences.of_ending(None, {}, "You stopped it.", own=False))


@pytest.mark.parametrize(
    ("figure", "value", "english", "german"),
    [
        ("wall_seconds", 1, "1 second", "1 Sekunde"),
        ("wall_seconds", 60, "60 seconds", "60 Sekunden"),
        ("wall_seconds", 90, "90 seconds", "90 Sekunden"),
        ("wall_seconds", 900, "15 minutes", "15 Minuten"),
        ("wall_seconds", 3600, "1 hour", "1 Stunde"),
        ("wall_seconds", 5400, "90 minutes", "90 Minuten"),
        ("output_bytes", 1000, "1000 bytes", "1000 Bytes"),
        ("output_bytes", 64 * 1024, "64 KB", "64 KB"),
        ("output_bytes", MIB + MIB // 2, "1.5 MB", "1,5 MB"),
        ("output_bytes", 256 * MIB, "256 MB", "256 MB"),
        ("output_bytes", 16 * 1024 * MIB, "16384 MB", "16384 MB"),
    ],
)
def test_a_figure_is_written_by_the_unit_in_its_name(
    figure: str, value: int, english: str, german: str
) -> None:
    code = {"wall_seconds": ReasonCode.WALL_LIMIT, "output_bytes": ReasonCode.OUTPUT_LIMIT}[figure]
    with override("en"):
        assert f" than {english} and" in sentences.sentence(code, {figure: value})
    with override("de"):
        assert f" als {german} " in sentences.sentence(code, {figure: value})


def test_an_end_from_before_codes_keeps_its_sentence() -> None:
    with override("de"):
        assert sentences.of_ending(None, {}, "100% %s %d of it") == "100% %s %d of it"


def test_an_end_of_another_version_is_said_without_figures() -> None:
    with override("de"):
        assert sentences.of_ending(None, {}, "") == "Dein Programm ist zu Ende."
        told = sentences.of_ending(ReasonCode.CPU_LIMIT, {"seconds_of_cpu": 7}, "")
        assert told == "Dein Programm ist zu Ende."


def test_a_message_gets_its_sentence_and_the_language_stays_as_it_was() -> None:
    error = messages.Error(code=ErrorCode.NO_RUN, message="", reason_code=ReasonCode.NO_RUN)
    with override("en"):
        told = sentences.worded(error, "de")
        assert sentences.sentence(ReasonCode.NO_RUN, {}).startswith("No program")
    assert told == error.model_copy(update={"message": "In diesem Terminal läuft kein Programm."})


def test_a_notice_speaks_to_its_reader_in_the_readers_language() -> None:
    notice = messages.Notice(
        run=UUID(int=1), code=messages.NoticeCode.WAITING_FOR_INPUT, message=""
    )
    told = [
        sentences.worded(notice, language, **reader).message  # type: ignore[attr-defined]
        for language in LANGUAGES
        for reader in ABOUT_SOMEBODYS_RUN
    ]
    assert len(set(told)) == 2 * len(LANGUAGES)
    assert told[0] == "Your program waits for your answer."


def test_every_notice_has_a_sentence() -> None:
    assert set(sentences.NOTICES) == set(sentences.OTHERS_NOTICES) == set(messages.NoticeCode)


def test_a_message_without_a_sentence_is_not_touched() -> None:
    pong = messages.Pong(id=1)
    assert sentences.worded(pong, "de") is pong


@pytest.mark.parametrize("outcome", set(Outcome) - {Outcome.FAILED})
def test_an_outcome_is_the_code_of_its_reason(outcome: Outcome) -> None:
    assert ReasonCode(outcome.value) in ENDINGS
