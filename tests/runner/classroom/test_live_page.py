"""The page of the live grid: for who may watch, and for nobody else."""

import pytest
from django.test import Client

from accounts.models import Classroom, Role, User
from tests.a_class import member
from tests.cast import signed_in

SEES = {Role.STUDENT: 404, Role.ASSISTANT: 200, Role.INSTRUCTOR: 200}


def live(classroom: Classroom) -> str:
    return f"/classes/{classroom.pk}/live/"


@pytest.mark.parametrize("role", SEES)
def test_who_may_watch_has_the_page(classroom: Classroom, owner: User, role: Role) -> None:
    member(classroom, owner, role)
    answer = signed_in(owner).get(live(classroom))
    assert answer.status_code == SEES[role]
    if answer.status_code == 200:
        for hook in ("class-grid", "hands", "watch"):
            assert f'data-testid="{hook}"' in answer.content.decode()


@pytest.mark.parametrize("role", SEES)
def test_the_class_leads_there_and_back(classroom: Classroom, owner: User, role: Role) -> None:
    member(classroom, owner, role)
    browser = signed_in(owner)
    link = f'href="{live(classroom)}"'
    page = f"/classes/{classroom.pk}/"
    assert (link in browser.get(page).content.decode()) == (SEES[role] == 200)
    if SEES[role] == 200:
        assert f'href="{page}"' in browser.get(live(classroom)).content.decode()


def test_others_have_no_such_page(classroom: Classroom, classmate: User, stranger: Client) -> None:
    assert signed_in(classmate).get(live(classroom)).status_code == 404
    assert signed_in(classmate).get("/classes/999999/live/").status_code == 404
    answer = stranger.get(live(classroom))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_staff_see_it_as_they_see_all_classes(classroom: Classroom, instructor: User) -> None:
    assert signed_in(instructor).get(live(classroom)).status_code == 200


def test_the_page_is_only_read(classroom: Classroom, owner: User) -> None:
    member(classroom, owner, Role.INSTRUCTOR)
    assert signed_in(owner).post(live(classroom)).status_code == 405
