"""A run and its language: with the version of the machine that ran it."""

import pytest

from accounts.models import User
from runner import history
from runner.models import Executor
from runner.templatetags.figures import programming_language
from tests.a_run import finished_run


def executor(**languages: object) -> Executor:
    return Executor.objects.create(name="one", capacity=1, sandbox="v2", languages=languages)


def test_the_version_is_that_of_the_machine_which_ran_it(owner: User) -> None:
    run = finished_run(owner, executor=executor(python="3.9"))
    assert history.language(run) == "Python 3.9"


@pytest.mark.parametrize("said", [None, 3, "<b>3</b>", "3" * 100, ["3"]])
def test_what_is_no_version_is_not_shown(owner: User, said: object) -> None:
    assert history.language(finished_run(owner, executor=executor(python=said))) == "Python"


def test_a_run_without_its_machine_has_the_name_alone(owner: User) -> None:
    assert history.language(finished_run(owner)) == "Python"


def test_a_language_that_the_site_has_no_more_has_its_id(owner: User) -> None:
    assert history.language(finished_run(owner, language="cobol")) == "cobol"
    assert programming_language("cobol") == "cobol"
