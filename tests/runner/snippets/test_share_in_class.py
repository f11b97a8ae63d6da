"""Rules of classes on sharing by link."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, User
from runner.models import Snippet
from tests.a_class import a_class, member, rules
from tests.a_snippet import Page, a_snippet, refused

HOUR = timedelta(hours=1)


def shares(user: User) -> bool:
    snippet = a_snippet(user)
    path = f"/snippets/{snippet.pk}/share/"
    answer = Page(user).ask("PUT", path, {"shared": True, "embed": False})
    shared = Snippet.objects.get(pk=snippet.pk).slug is not None
    assert shared or refused(answer) == (403, "not_allowed")
    return shared


def test_a_class_may_forbid_sharing(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    assert shares(owner)
    rules(classroom, sharing=False)
    assert not shares(owner)


def test_what_is_shared_can_be_taken_back(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    snippet = a_snippet(owner)
    Snippet.objects.update(slug="abcdefgh")
    rules(classroom, sharing=False)
    Page(owner).ask("PUT", f"/snippets/{snippet.pk}/share/", {"shared": False, "embed": False})
    assert Snippet.objects.get().slug is None


@pytest.mark.parametrize(("role", "archived"), [(Role.INSTRUCTOR, False), (Role.STUDENT, True)])
def test_instructors_share_and_so_does_who_was_in_a_class_that_is_over(
    owner: User, role: Role, archived: bool
) -> None:
    classroom = a_class(archived_at=timezone.now() if archived else None)
    member(classroom, owner, role)
    rules(classroom, sharing=False)
    assert shares(owner)


def test_nobody_shares_during_an_exam(owner: User) -> None:
    classroom = a_class()
    member(classroom, owner)
    now = timezone.now()
    rules(classroom, exam_starts_at=now - HOUR, exam_ends_at=now + HOUR)
    assert not shares(owner)
    rules(classroom, exam_starts_at=now - 2 * HOUR, exam_ends_at=now - HOUR)
    assert shares(owner)
