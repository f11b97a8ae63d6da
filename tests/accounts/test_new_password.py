"""An instructor gives a student a new password, which the student replaces."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner import access
from tests.cast import PASSWORD, signed_in

CHANGE = "/accounts/password/change/"
OWN = "my own fine password"


def give(by: User, to: User, password: str = "") -> Any:
    path = f"/admin/accounts/user/{to.pk}/help/"
    return signed_in(by).post(path, {"do": "password", "password": password})


def given(answer: Any) -> str:
    found = re.search(r"<code>([^<]+)</code>", answer.content.decode())
    assert found
    return found[1]


def enter(name: str, password: str) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": name, "password": password})
    return browser


def test_a_student_gets_one_that_must_be_replaced(owner: User, instructor: User) -> None:
    before = signed_in(owner)
    answer = give(instructor, owner)
    password = given(answer)
    assert "no-store" in answer["Cache-Control"]
    assert before.get("/runs/").status_code == 302  # signed out
    browser = enter("owner", password)
    for path in ("/", "/runs/", "/snippets/", "/accounts/email/", "/accounts/sessions/"):
        assert browser.get(path)["Location"] == CHANGE
    assert "knows your present password" in browser.get(CHANGE).content.decode()
    fields = {"oldpassword": password, "password1": OWN, "password2": OWN}
    assert browser.post(CHANGE, fields)["Location"] == "/accounts/login/"  # and on to the workspace
    assert enter("owner", OWN).get("/").status_code == 200


def test_the_instructor_may_choose_it(owner: User, instructor: User) -> None:
    assert given(give(instructor, owner, "blue-birch-42")) == "blue-birch-42"
    assert enter("owner", "blue-birch-42").get("/")["Location"] == CHANGE


def test_a_weak_one_is_refused(owner: User, instructor: User) -> None:
    assert "too short" in give(instructor, owner, "x").content.decode()
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_the_same_one_is_not_a_new_one(owner: User, instructor: User) -> None:
    password = given(give(instructor, owner))
    fields = {"oldpassword": password, "password1": password, "password2": password}
    page = enter("owner", password).post(CHANGE, fields).content.decode()
    assert "Choose one that your instructor does not know." in page


def test_programs_and_terminals_wait_too(owner: User, instructor: User) -> None:
    browser = enter("owner", given(give(instructor, owner)))
    answer = browser.get("/preferences/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    owner.refresh_from_db()
    assert not access.may_go_on(owner, browser.session)
    assert browser.post("/accounts/logout/").status_code == 302


def test_it_lifts_the_lock(owner: User, instructor: User) -> None:
    for _ in range(6):
        enter("owner", "wrong")
    assert "_auth_user_id" in enter("owner", given(give(instructor, owner))).session


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True}])
def test_not_to_staff_or_administrators(
    classmate: User, instructor: User, superuser: User, rights: dict[str, bool]
) -> None:
    User.objects.filter(pk=classmate.pk).update(**rights)
    for giver in (instructor, superuser):
        assert give(giver, classmate).status_code == 404
    classmate.refresh_from_db()
    assert classmate.check_password(PASSWORD)


def test_students_give_none(owner: User, classmate: User, stranger: Client) -> None:
    assert give(owner, classmate).status_code == 302
    path = f"/admin/accounts/user/{classmate.pk}/help/"
    assert stranger.post(path).status_code == 302
    classmate.refresh_from_db()
    assert classmate.check_password(PASSWORD)


def test_the_page_offers_it_for_students_only(
    owner: User, instructor: User, superuser: User
) -> None:
    browser = signed_in(superuser)
    for user, offered in ((owner, True), (instructor, False)):
        page = browser.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
        assert ("/help/" in page) is offered
