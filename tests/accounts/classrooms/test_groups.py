"""Classes by groups of the identity provider."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from accounts.classrooms import groups
from accounts.models import Membership, Role, User
from tests.a_class import a_class, member
from tests.accounts.conftest import come_back
from tests.oidc_provider import Provider


def classes_of(user: User) -> set[str]:
    return set(Membership.objects.filter(user=user).values_list("classroom__name", flat=True))


def test_a_sign_in_follows_the_groups(school: Provider, owner: User, stranger: Client) -> None:
    SocialAccount.objects.create(user=owner, provider="school", uid="42")
    a_class("7b", group="7b@hill")
    a_class("over", group="7b@hill", archived_at=timezone.now())
    school.claims["groups"] = ["7b@hill", "others"]
    come_back(stranger)
    assert classes_of(owner) == {"7b"}
    school.claims["groups"] = []
    come_back(Client())
    assert classes_of(owner) == set()


def test_who_joined_otherwise_or_teaches_stays(owner: User) -> None:
    member(a_class("joined", group="a"), owner)
    teaching = a_class("teaching", group="b")
    Membership.objects.create(classroom=teaching, user=owner, role=Role.ASSISTANT, by_group=True)
    groups.follow(owner, [])
    assert classes_of(owner) == {"joined", "teaching"}


def test_no_group_gives_a_role(owner: User) -> None:
    a_class("7b", group="7b")
    groups.follow(owner, ["7b"])
    assert Membership.objects.get().role == Role.STUDENT


@pytest.mark.parametrize("told", [None, 7, {}, "", ["", 7, None, "x" * 500, "a\0b"], [[]]])
def test_nonsense_is_no_group(told: object) -> None:
    assert groups.names_of(told) == set()


def test_so_many_groups_are_read_as_a_limit_says() -> None:
    assert len(groups.names_of([str(number) for number in range(10_000)])) == groups.MOST_GROUPS
