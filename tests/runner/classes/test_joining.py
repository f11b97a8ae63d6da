"""Joining by a code or a link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.classrooms import codes
from accounts.models import Classroom, Membership, Role, User
from tests.a_class import a_class, member
from tests.cast import signed_in


@pytest.fixture
def coded(db: None) -> Classroom:
    classroom = a_class()
    codes.rotate(classroom, 7)
    return classroom


def joined(user: User, classroom: Classroom) -> bool:
    return Membership.objects.filter(user=user, classroom=classroom).exists()


def typed(user: User, code: str) -> int:
    return signed_in(user).post("/join/", {"code": code}).status_code


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{1}", "{2}"])
def test_a_code_makes_a_student(coded: Classroom, owner: User, written: str) -> None:
    code = coded.join_code or ""
    assert typed(owner, written.format(code, code.upper(), f"{code[:4]}-{code[4:]}")) == 302
    assert Membership.objects.get(user=owner).role == Role.STUDENT


def test_a_link_asks_before_it_joins(coded: Classroom, owner: User) -> None:
    browser, path = signed_in(owner), f"/join/{coded.join_code}/"
    assert coded.name in browser.get(path).content.decode()
    assert not joined(owner, coded)
    assert browser.post(path).status_code == 302
    assert joined(owner, coded)


def test_a_stranger_signs_in_first_and_comes_back(coded: Classroom, stranger: Client) -> None:
    path = f"/join/{coded.join_code}/"
    assert stranger.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_wrong_expired_rotated_and_closed_codes_are_answered_alike(
    coded: Classroom, owner: User
) -> None:
    first = coded.join_code or ""
    codes.rotate(coded, 7)
    second = coded.join_code or ""
    assert typed(owner, first) == 404
    Classroom.objects.update(join_code_expires_at=timezone.now() - timedelta(seconds=1))
    assert typed(owner, second) == 404
    codes.rotate(coded, 7)
    third = coded.join_code or ""
    Classroom.objects.update(archived_at=timezone.now())
    assert typed(owner, third) == 404
    codes.close(coded)
    for code in (third, "", "x", "aaaaaaaa", "a" * 10_000, "aaaa\0aaa", "' OR 1=1"):
        assert typed(owner, code) == 404
        assert signed_in(owner).get("/join/aaaaaaaa/").status_code == 404
    assert not joined(owner, coded)


def test_guessing_is_throttled_for_each_user(
    coded: Classroom, owner: User, classmate: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"join_code": "3/5m/user"}
    assert [typed(owner, "aaaaaaaa") for _ in range(4)] == [404, 404, 404, 429]
    assert signed_in(owner).get(f"/join/{coded.join_code}/").status_code == 429
    assert typed(owner, coded.join_code or "") == 429
    assert typed(classmate, coded.join_code or "") == 302


def test_who_is_a_member_keeps_the_role(coded: Classroom, owner: User) -> None:
    member(coded, owner, Role.INSTRUCTOR)
    assert typed(owner, coded.join_code or "") == 302
    assert Membership.objects.get(user=owner).role == Role.INSTRUCTOR


def test_a_full_class_takes_nobody(
    coded: Classroom, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.classrooms.members.MOST_MEMBERS", 0)
    assert typed(owner, coded.join_code or "") == 409
    assert not joined(owner, coded)


def test_codes_are_long_and_differ(coded: Classroom) -> None:
    made = {codes.rotate(coded, 1) for _ in range(50)}
    assert len(made) == 50
    assert {len(code) for code in made} == {8}


def test_the_code_is_in_no_log() -> None:
    from runner.infrastructure.http.secret_paths import redacted

    assert redacted("GET /join/abcdefgh/ 200") == "GET /join/…/ 200"
