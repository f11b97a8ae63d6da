"""Users in the admin."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tests.a_run import finished_run
from tests.cast import signed_in, someone

LIST = "/admin/accounts/user/"


def test_an_instructor_sees_students_and_how_many_runs_they_have(
    owner: User, instructor: User, superuser: User
) -> None:
    for _ in range(37):
        finished_run(owner)
    page = signed_in(instructor).get(LIST).content.decode()
    assert '<td class="field-run_count"><a href="/runs/?all=&amp;student=owner">37</a></td>' in page
    assert "owner@example.org" in page
    assert "root@example.org" not in page


def test_students_are_found_by_name_and_address(owner: User, instructor: User) -> None:
    browser = signed_in(instructor)
    for words in ("own", "owner@example"):
        assert "owner@example.org" in browser.get(LIST, {"q": words}).content.decode()


@pytest.mark.parametrize("field", ["first_name", "last_name"])
@pytest.mark.parametrize("name", ["a\u202eb", "a\u2066b", "a\u200bb", "a\x85b"])
def test_a_name_has_no_invisible_characters(
    owner: User, superuser: User, field: str, name: str
) -> None:
    form = {"username": "owner", "first_name": "Ö", "last_name": "X"} | {field: name}
    page = signed_in(superuser).post(f"{LIST}{owner.pk}/change/", form)
    assert "invisible characters" in page.content.decode()


def test_a_name_that_was_stored_before_is_shown(owner: User, instructor: User) -> None:
    User.objects.filter(pk=owner.pk).update(first_name="a\u202eb")
    page = signed_in(instructor).get(f"{LIST}{owner.pk}/change/")
    assert "a\u202eb" in page.content.decode()


def test_more_users_cost_no_more_queries(
    instructor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        finished_run(someone(f"student{number}"))
    browser = signed_in(instructor)
    with django_assert_max_num_queries(8):
        browser.get(LIST)


def test_an_instructor_sees_neither_password_hash_nor_permissions(
    owner: User, instructor: User
) -> None:
    page = signed_in(instructor).get(f"{LIST}{owner.pk}/change/").content.decode()
    assert "owner@example.org" in page
    assert "Superuser status" not in page
    assert "password" not in page.lower().replace("password/change", "").replace(
        "change password", ""
    )


def test_what_makes_an_instructor_is_said_there(owner: User, superuser: User) -> None:
    page = signed_in(superuser).get(f"{LIST}{owner.pk}/change/").content.decode()
    assert "An instructor: sees the programs of everybody" in page
    assert "instead of deleting" not in page  # Django's advice


def test_an_instructor_does_not_find_instructors(instructor: User, superuser: User) -> None:
    response = signed_in(instructor).get(f"{LIST}{superuser.pk}/change/")
    assert response.status_code == 302  # to the index, "perhaps it was deleted"


@pytest.mark.parametrize("action", ["add/", "{}/change/", "{}/delete/", "{}/password/"])
def test_an_instructor_changes_nobody(owner: User, instructor: User, action: str) -> None:
    path = LIST + action.format(owner.pk)
    attack = {"is_staff": "on", "username": "x", "post": "yes", "password1": "x", "password2": "x"}
    assert signed_in(instructor).post(path, attack).status_code == 403
    owner.refresh_from_db()
    assert (owner.username, owner.is_staff) == ("owner", False)


def test_an_instructor_does_not_become_a_superuser(instructor: User) -> None:
    path = f"{LIST}{instructor.pk}/change/"
    signed_in(instructor).post(path, {"is_superuser": "on"})
    instructor.refresh_from_db()
    assert not instructor.is_superuser


def test_a_superuser_makes_and_changes_users(superuser: User, owner: User) -> None:
    browser = signed_in(superuser)
    password = "a fine long password"
    new = {
        "username": "new",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    assert browser.post(f"{LIST}add/", new).status_code == 302
    assert User.objects.get(username="new").check_password(password)
    assert browser.get(f"{LIST}{owner.pk}/change/").status_code == 200
