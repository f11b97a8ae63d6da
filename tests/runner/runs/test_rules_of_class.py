"""The rules of a class hold for what its students start there, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Classroom, Role, User
from runner import access
from runner.languages import LANGUAGES
from runner.limits import MIB
from runner.models import Executor, Run, Snippet, StartedAssignment
from runner.protocol.messages import SourceFile, StartInteractive
from runner.protocol.refusals import NotAllowed
from tests.a_class import a_class, an_assignment, member, rules
from tests.a_snippet import a_snippet
from tests.runner.runs.queued_runs import claimed, created, program

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def classroom(owner: User) -> Classroom:
    made = a_class()
    member(made, owner)
    return made


@pytest.fixture
def packages(executor: Executor) -> None:
    installed = {"python": {"numpy": "2.0", "scikit-learn": "1.5", "Pillow": "11"}}
    Executor.objects.filter(pk=executor.pk).update(packages=installed)


def of(classroom: Classroom | None, source: str = "print(1)", **fields: Any) -> StartInteractive:
    start = program(**fields, files=(SourceFile(path="main.py", content=source),))
    wanted = start.model_dump(by_alias=True) | {"class": classroom.pk if classroom else None}
    return StartInteractive.model_validate(wanted)


def why_not(user: User, start: StartInteractive) -> tuple[str, dict[str, Any]]:
    with pytest.raises(NotAllowed) as refused:
        created(user, start)
    return str(refused.value.reason_code), dict(refused.value.figures)


@pytest.mark.parametrize("source", ["import random", "from os import path", "import random.x"])
def test_forbidden_modules(owner: User, classroom: Classroom, source: str) -> None:
    rules(classroom, forbidden_modules=" os.path random ")
    code, figures = why_not(owner, of(classroom, f"\n{source}\n"))
    assert (code, figures["path"], figures["line"]) == ("class_module", "main.py", 2)
    assert created(owner, of(classroom, "import os, math"))[0]
    assert created(owner, of(None, source))[0]


@pytest.mark.parametrize("source", ["import sklearn.svm", "from PIL import Image"])
def test_packages_that_the_class_does_not_name(
    owner: User, classroom: Classroom, packages: None, source: str
) -> None:
    rules(classroom, packages=" numpy ")
    assert why_not(owner, of(classroom, source))[0] == "class_package"
    assert created(owner, of(classroom, "import numpy.linalg, random"))[0]
    rules(classroom, packages="")
    assert created(owner, of(classroom, source))[0]


def test_who_teaches_is_free_of_them(classmate: User, classroom: Classroom, packages: None) -> None:
    member(classroom, classmate, Role.INSTRUCTOR)
    given = {"forbidden_modules": " random ", "packages": " numpy ", "limits": {"cpu_seconds": 1}}
    rules(classroom, **given)
    run, _ = created(classmate, of(classroom, "import random, sklearn"))
    assert run.ceilings is None


def test_two_classes_of_one_student_have_rules_of_their_own(
    owner: User, classroom: Classroom, executor: Executor
) -> None:
    other = a_class("other")
    member(other, owner)
    rules(classroom, forbidden_modules=" random ", limits={"cpu_seconds": 2})
    rules(other, forbidden_modules=" math ", limits={"cpu_seconds": 3})
    for chosen, forbidden, allowed, seconds in (
        (classroom, "random", "math", 2), (other, "math", "random", 3),
    ):  # fmt: skip
        assert why_not(owner, of(chosen, f"import {forbidden}"))[0] == "class_module"
        created(owner, of(chosen, f"import {allowed}"))
        taken = claimed(executor)
        assert (taken.classroom_id, taken.ceilings) == (chosen.pk, {"cpu_seconds": seconds})
    assert created(owner, of(None, "import math, random"))[0].ceilings is None


def test_limits_go_with_the_run(owner: User, classroom: Classroom, executor: Executor) -> None:
    rules(classroom, limits={"cpu_seconds": 2, "memory_bytes": 64 * MIB})
    created(owner, of(classroom))
    taken = claimed(executor)
    assert taken.ceilings == {"cpu_seconds": 2, "memory_bytes": 64 * MIB}
    assert Run.objects.get(pk=taken.pk).ceilings == taken.ceilings


def test_a_run_outside_of_a_class_has_no_limits_of_one(
    owner: User, classroom: Classroom, executor: Executor
) -> None:
    rules(classroom, limits={"cpu_seconds": 2})
    created(owner, of(None))
    assert claimed(executor).ceilings is None


def test_windows(owner: User, classmate: User, classroom: Classroom) -> None:
    member(classroom, classmate, Role.INSTRUCTOR)
    access.check_windows(owner, classroom.pk)
    rules(classroom, windows=False)
    with pytest.raises(NotAllowed) as refused:
        access.check_windows(owner, classroom.pk)
    assert refused.value.reason_code == "class_windows"
    access.check_windows(owner, None)
    access.check_windows(classmate, classroom.pk)


def test_an_exam_runs_programs_of_its_assignments_only(owner: User, classroom: Classroom) -> None:
    chosen, other = an_assignment(classroom), an_assignment(classroom)
    mine, others = a_snippet(owner), a_snippet(owner)
    StartedAssignment.objects.create(assignment=chosen, snippet=mine)
    StartedAssignment.objects.create(assignment=other, snippet=others)
    now = timezone.now()
    times = {"exam_starts_at": now - HOUR, "exam_ends_at": now + HOUR}
    rules(classroom, exam_tasks=str(chosen.pk), **times)
    for snippet in (others.pk, None, mine.pk + 10**6):
        assert why_not(owner, of(classroom, snippet=snippet))[0] == "exam_task"
    assert created(owner, of(classroom, snippet=mine.pk))[0]
    rules(classroom, exam_ends_at=now - HOUR / 2)
    assert created(owner, of(classroom, snippet=others.pk))[0]


def test_somebody_elses_snippet_of_the_exam_is_no_way_in(
    owner: User, classmate: User, classroom: Classroom
) -> None:
    member(classroom, classmate)
    chosen = an_assignment(classroom)
    theirs = a_snippet(classmate)
    StartedAssignment.objects.create(assignment=chosen, snippet=theirs)
    now = timezone.now()
    times = {"exam_starts_at": now - HOUR, "exam_ends_at": now + HOUR}
    rules(classroom, exam_tasks=str(chosen.pk), **times)
    with pytest.raises(access.NotFound):
        created(owner, of(classroom, snippet=theirs.pk))


def test_limits_of_a_class_never_raise_those_of_the_site() -> None:
    limits = settings.LIMITS
    for nonsense in (10**12, 10**30, -1, 0, True, "5", None, 1.5):
        lowered = limits.at_most(dict.fromkeys(("cpu_seconds", "memory_bytes"), nonsense))
        assert 1 <= lowered.cpu_seconds <= limits.cpu_seconds
        assert 32 * MIB <= lowered.memory_bytes <= limits.memory_bytes
    assert limits.at_most({"runs_per_user": 1, "window_bytes": 1}) == limits
    assert limits.at_most(None) == limits
    java = LANGUAGES["java"].limits.applied(limits)
    assert java.at_most({"memory_bytes": 64 * MIB}).memory_bytes == 64 * MIB


def test_a_sandbox_that_waits_does_for_what_the_executor_counts() -> None:
    limits = settings.LIMITS
    counted = {"cpu_seconds": 1, "wall_seconds": 5, "idle_seconds": 5, "output_bytes": 65536}
    assert limits.at_most(counted).fits(limits)
    assert not limits.fits(limits.at_most(counted))
    assert not limits.at_most({"memory_bytes": 64 * MIB}).fits(limits)
    assert not limits.at_most({"processes": 16}).fits(limits)


def test_an_exam_that_hides_older_code_hides_the_data_beside_it(
    owner: User, classroom: Classroom, executor: Executor
) -> None:
    old, new = a_snippet(owner), a_snippet(owner)
    Snippet.objects.filter(pk=old.pk).update(created_at=timezone.now() - 2 * HOUR)
    assert created(owner, of(classroom, snippet=old.pk))[0]
    now = timezone.now()
    rules(classroom, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    with pytest.raises(access.NotFound):
        created(owner, of(classroom, snippet=old.pk))
    assert created(owner, of(classroom, snippet=new.pk))[0]


def test_a_program_with_windows_is_refused_where_the_class_allows_none(
    owner: User, classroom: Classroom, executor: Executor
) -> None:
    Executor.objects.filter(pk=executor.pk).update(screens=["python"])
    start = of(classroom, screen={"width": 640, "height": 480})
    created(owner, start)
    rules(classroom, windows=False)
    assert why_not(owner, start)[0] == "class_windows"
    created(owner, of(classroom))
