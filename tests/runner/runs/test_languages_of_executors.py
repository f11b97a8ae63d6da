# size: all that differs where executors have different languages
"""Executors differ in their languages: each run goes to one that has its own, or is refused."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from runner import runs
from runner.languages import LANGUAGES, Language
from runner.limits import Limits
from runner.models import Executor, Run
from runner.protocol.reasons import ErrorCode, ReasonCode
from runner.protocol.refusals import BadMessage, Refused, Unavailable, UnknownLanguage
from runner.run_state import Outcome, RunStatus
from runner.runs import abandoned, cached_offers, heartbeats
from runner.runs.starting import asking
from runner.runs.steady_clock import SteadyClock
from tests.a_language import logo
from tests.cast import someone
from tests.runner.runs.queued_runs import claimed_runs, created, program, status_of

__all__ = ["logo"]

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = {"python": "3.11", "logo": "7.0"}


def with_languages(name: str, *languages: str, **withheld: str) -> Executor:
    executor = heartbeats.register_executor(name, 4, "rlimits", dict.fromkeys(languages, "1"))
    executor.withheld = withheld
    heartbeats.write_heartbeat(executor, 0)
    cached_offers.forget()
    return executor


def asked(user: User, language: str = "logo", **fields: object) -> Run:
    return created(user, program(language=language, **fields))[0]


def silent_since(executor: Executor, seconds: float) -> None:
    at = timezone.now() - timedelta(seconds=seconds)
    Executor.objects.filter(pk=executor.pk).update(heartbeat_at=at)
    cached_offers.forget()


# --- Claims ------------------------------------------------------------------------------------
def test_each_run_goes_to_an_executor_that_has_its_language(
    logo: Language, owner: User, classmate: User
) -> None:
    small, full = with_languages("small", "python"), with_languages("full", "python", "logo")
    drawing, printing = asked(owner), asked(classmate, "python")
    assert claimed_runs(small, 4) == [printing]
    assert claimed_runs(small, 4) == []
    assert claimed_runs(full, 4) == [drawing]


def test_order_is_kept_among_the_languages_of_an_executor(logo: Language) -> None:
    full = with_languages("full", "python", "logo")
    waiting = [asked(someone(f"s{n}"), ("logo", "python")[n % 2]) for n in range(6)]
    assert claimed_runs(full, 4) == waiting[:4]
    assert claimed_runs(full, 4) == waiting[4:]


def test_a_run_that_has_no_room_yet_is_waited_for(logo: Language, owner: User) -> None:
    """Else it would wait as long as smaller ones come."""
    full = with_languages("full", "python", "logo")
    first = [asked(someone("one"), "python"), asked(someone("two"), "logo")]
    asked(someone("three"), "python")
    assert claimed_runs(full, 1, ["python"]) == first[:1]
    assert claimed_runs(full, 1, ["python"]) == []
    assert claimed_runs(full, 1) == first[1:]


def test_an_executor_without_languages_claims_nothing(owner: User) -> None:
    executor = with_languages("none")
    with_languages("other", "python")
    asked(owner, "python")
    assert claimed_runs(executor, 4) == []


@pytest.mark.parametrize("name", ["'; DROP TABLE runner_run; --", '"', "%s", "{python}", "\\"])
def test_no_name_of_a_language_is_sql(owner: User, name: str) -> None:
    executor = with_languages("odd", name)
    with_languages("other", "python")
    run = asked(owner, "python")
    assert claimed_runs(executor, 4) == []
    executor.languages[run.language] = ""
    assert claimed_runs(executor, 4) == [run]


def test_thousands_that_wait_for_another_executor_hold_up_nobody(
    logo: Language, owner: User, settings: Settings
) -> None:
    settings.LIMITS = Limits(queued_runs=2000)
    small = with_languages("small", "python")
    with_languages("full and busy", "python", "logo")
    row = {"owner": owner, "language": "logo", "main": "main.py", "rows": 24, "cols": 80}
    Run.objects.bulk_create(Run(files=[], **row) for _ in range(2000))
    student = someone("student")
    run, position = created(student, program())
    assert (position, runs.locate(run.pk).position) == (1, 1)
    assert claimed_runs(small, 8) == [run]
    with pytest.raises(Unavailable) as refused:  # in its own queue there is no place
        asked(someone("another"))
    assert refused.value.reason_code is ReasonCode.QUEUE_FULL


def test_the_position_counts_whom_the_same_executor_serves_first(
    logo: Language, owner: User, classmate: User
) -> None:
    with_languages("full", "python", "logo")
    asked(owner, "python")
    run, position = created(classmate, program(language="logo"))
    assert (position, runs.locate(run.pk).position) == (2, 2)
    with_languages("logo only", "logo")
    assert runs.locate(run.pk).position == 1


# --- Refusals ----------------------------------------------------------------------------------
def refusal(user: User, language: str = "logo", **fields: object) -> Refused:
    with pytest.raises(Refused) as refused:
        asked(user, language, **fields)
    assert not Run.objects.filter(owner=user).exists()
    return refused.value


def test_a_known_language_that_no_executor_has_is_refused(
    logo: Language, owner: User, instructor: User
) -> None:
    with_languages("small", "python")
    told = refusal(owner)
    assert (told.code, told.reason_code) == (
        ErrorCode.UNAVAILABLE,
        ReasonCode.LANGUAGE_UNAVAILABLE,
    )
    assert told.figures == {"language": "Logo"}
    told = refusal(instructor)
    assert told.reason_code is ReasonCode.LANGUAGE_TO_INSTALL
    assert told.figures["command"] == "make languages ARGS=logo"


def test_a_language_that_fails_its_test_is_refused(logo: Language, instructor: User) -> None:
    with_languages("one", "python", logo="it printed nothing")
    assert refusal(instructor).reason_code is ReasonCode.LANGUAGE_FAILS


@pytest.mark.parametrize("language", ["cobol", "", "Python", "logo "])
def test_an_unknown_language_is_another_refusal(logo: Language, owner: User, language: str) -> None:
    told = refusal(owner, language)
    assert isinstance(told, UnknownLanguage)


def test_a_language_that_is_being_tried_is_waited_for(logo: Language, owner: User) -> None:
    executor = with_languages("one", "python", logo="")
    run = asked(owner)
    assert claimed_runs(executor, 4) == []
    executor.languages["logo"] = "7.0"
    assert claimed_runs(executor, 4) == [run]


def test_what_a_process_remembers_refuses_nobody(
    logo: Language, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_languages("small", "python")
    assert "logo" not in cached_offers.get()
    heartbeats.register_executor("full", 4, "rlimits", BOTH)
    monkeypatch.setattr(asking, "REFUSING_SECONDS", 0.0)
    assert asked(owner)


def test_a_start_waits_for_no_query_but_its_own(
    logo: Language, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_languages("full", "python", "logo")
    cached_offers.get()
    monkeypatch.setattr("runner.runs.offers.FRESH_SECONDS", -1.0)  # all that it has is old
    monkeypatch.setattr(cached_offers, "get", pytest.fail)
    monkeypatch.setattr(cached_offers, "_read", partial(asyncio.sleep, 0))
    assert asked(owner)


def test_an_executor_of_the_version_before_claims_whatever_waits_so_only_python_waits(
    logo: Language, owner: User
) -> None:
    with_languages("full", "python", "logo")
    before = Executor.objects.create(name="before", capacity=1, sandbox="x", languages={})
    heartbeats_now = {"heartbeat_at": timezone.now()}
    Executor.objects.filter(pk=before.pk).update(**heartbeats_now)
    cached_offers.forget()
    assert refusal(owner).reason_code is ReasonCode.LANGUAGE_UNAVAILABLE
    assert asked(owner, "python")
    heartbeats.mark_executor_ended(before)
    cached_offers.forget()
    assert asked(owner)


@pytest.mark.parametrize("known", [{"console": True, "keep_open": ("-i",)}, {}])
def test_a_console_does_not_stay_open_after_a_program(
    logo: Language, owner: User, monkeypatch: pytest.MonkeyPatch, known: dict[str, object]
) -> None:
    monkeypatch.setitem(LANGUAGES, "logo", replace(logo, **known))  # type: ignore[arg-type]
    with_languages("full", "python", "logo")
    assert isinstance(refusal(owner, keep_open=True), BadMessage)


# --- The last executor that has it goes away ---------------------------------------------------
class SeenForLong(SteadyClock[str]):
    def seconds(self, facts: Collection[str], now: float) -> dict[str, float]:
        return dict.fromkeys(facts, 11.0)


def waiting_for(user: User, seconds: float = 21) -> Run:
    run = asked(user)
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
    return run


def test_a_run_whose_last_able_executor_dies_is_ended_with_a_reason(
    logo: Language, owner: User, classmate: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, full = with_languages("small", "python"), with_languages("full", "python", "logo")
    run, other = waiting_for(owner), asked(classmate, "python")
    monkeypatch.setattr(abandoned, "_without", SeenForLong())
    assert not runs.end_abandoned_queue()
    silent_since(full, 21)
    assert runs.end_abandoned_queue()
    assert status_of(run) == (RunStatus.FINISHED, Outcome.INTERNAL_ERROR)
    assert (run.reason_code, run.figures) == ("language_gone", {"language": "Logo"})
    assert claimed_runs(small, 4) == [other]


def test_a_moment_without_it_ends_nothing(
    logo: Language, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_languages("small", "python")
    full = with_languages("full", "python", "logo")
    run = waiting_for(owner)
    silent_since(full, 21)
    assert not runs.end_abandoned_queue()
    monkeypatch.setattr(abandoned, "_without", SeenForLong())
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now())
    assert not runs.end_abandoned_queue()
    assert status_of(run)[0] == RunStatus.QUEUED


def test_nobody_gives_up_a_language_that_only_a_newer_version_knows(
    logo: Language, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abandoned, "_without", SeenForLong())
    with_languages("full", "python", "logo", later="")
    run = waiting_for(owner)
    for language in ("logo", "later"):
        Run.objects.filter(pk=run.pk).update(language=language)
        monkeypatch.delitem(LANGUAGES, "logo", raising=False)
        assert not runs.end_abandoned_queue()
