"""Who guesses ids finds nothing: every address that names something is asked for by others than
those whose it is, with its true ids and with others."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.core.cache import cache
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver

from accounts.models import Classroom, Membership, Role, User
from runner.models import (
    Artifact,
    Assignment,
    HandIn,
    Interview,
    Room,
    RoomRole,
    Run,
    Snippet,
    Writing,
)
from runner.models import InterviewTemplate as Template
from runner.rooms import guests
from tests.a_class import a_class, a_hand_in, member, new_member
from tests.a_room import a_room, admitted
from tests.a_run import finished_run
from tests.a_snippet import a_snippet
from tests.an_artifact import an_artifact
from tests.an_interview import a_candidate, an_interview
from tests.cast import signed_in, streamed
from tests.runner.classes.conftest import addresses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
SECRET = "of-ada-alone"
FILES = [{"path": f"{SECRET}.py", "content": f"print('{SECRET}')\n"}]
MODELS: tuple[type[Model], ...] = (
    Artifact, Assignment, Classroom, HandIn, Interview, Membership, Room, Run, Snippet, Template,
    Writing,
)  # fmt: skip
# Of accounts, guests and visitors: what these addresses have is no id but a secret or a name.
OTHERS = ("accounts/", "try/", "ws/", "static/", "s/", "join/")
NAMED = re.compile(r"<(\w+):(\w+)>")
GUESSES = (0, 1, 2**31, 2**63, 10**30)


def work_of_ada() -> dict[str, Any]:
    """One of everything, and its ids by the names that addresses have for them."""
    ada, classroom = User.objects.create_user("ada", password=None), a_class(SECRET)
    member(classroom, ada)
    hand_in = a_hand_in(classroom, ada, files=FILES)
    Assignment.objects.update(title=SECRET, text=SECRET)
    of_code: dict[str, Any] = {"files": FILES, "main": FILES[0]["path"]}
    run = finished_run(ada, SECRET.encode(), classroom=classroom, **of_code)
    an_artifact(run)
    an_artifact(run, SECRET.encode(), kind="file", name="a.txt", path="a.txt", mime="text/plain")
    Writing.objects.create(
        owner=ada, classroom=classroom, runs=[[str(run.pk), 0]], started_at=run.created_at
    )
    room = a_room(ada, title=SECRET, **of_code)
    in_room = admitted(room, new_member(classroom, "bob"))
    link = guests.invite(room, RoomRole.EDITOR, 1)
    interview = an_interview(ada, SECRET, title=SECRET, task=SECRET, notes=SECRET)
    candidate = a_candidate(interview, SECRET)
    return {
        "pk": classroom.pk, "classroom_id": classroom.pk, "hand_in": hand_in.pk,
        "number": hand_in.assignment_id, "run_id": run.pk, "run": run.pk, "seq": 2,
        "snippet_id": a_snippet(ada, title=SECRET, **of_code).pk,
        "room_id": room.pk, "member": Membership.objects.get(user=ada).pk, "link": link.pk,
        "test": 1, "interviews/<int:number>": interview.pk,
        "interviews/templates/<int:number>": Template.objects.get().pk,
        "interviews/<int:number>/candidates/<int:member>": candidate.room_memberships.get().pk,
        "rooms/<int:room_id>/people/<int:number>": room.members.get(user=in_room).pk,
        "rooms/<int:room_id>/links/<int:number>": link.pk,
    }  # fmt: skip


def addresses_with_ids() -> list[str]:
    found = (route for route, _ in addresses(get_resolver()))
    return sorted({one for one in found if NAMED.search(one) and not one.startswith(OTHERS)})


def true_id(route: str, upto: str, name: str, ids: dict[str, Any]) -> Any:
    """`upto`: the address as far as this id."""
    if upto in ids:
        return ids[upto]
    if model := re.match(r"admin/(\w+)/(\w+)/<", route):
        of_model = apps.get_model(model[1], model[2])._default_manager.order_by("pk")
        return of_model.values_list("pk", flat=True).first() or 1
    return ids.get(name, 1)


def guesses(route: str, ids: dict[str, Any], own: int) -> Iterator[str]:
    """Addresses with the true ids, below one's own class, and with others."""
    named = list(NAMED.finditer(route))
    kinds = [each[1] for each in named]
    true = [true_id(route, route[: each.end()], each[2], ids) for each in named]
    tried = [tuple(true)]
    if route.startswith("classes/") and len(true) > 1:
        tried.append((own, *true[1:]))
    tried += [tuple(uuid4() if kind == "uuid" else guess for kind in kinds) for guess in GUESSES]
    near = sorted({one for one in ids.values() if isinstance(one, int)} - {own})[:3]
    tried += product(
        *([one] if kind == "uuid" else [one, *near] for one, kind in zip(true, kinds, strict=True))
    )
    for values in dict.fromkeys(tried):
        rest = iter(values)
        yield "/" + NAMED.sub(lambda _, rest=rest: str(next(rest)), route)  # type: ignore[misc]


def body_of(answer: Any) -> str:
    content = streamed(answer) if answer.streaming else answer.content
    return str(content.decode(errors="replace"))


def everything() -> str:
    rows = (model._default_manager.order_by("pk") for model in MODELS)
    return "".join(serializers.serialize("json", each) for each in rows)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("reader", ["teaches elsewhere", "classmate", "nobody"])
def test_who_guesses_ids_finds_and_changes_nothing(reader: str) -> None:
    ids = work_of_ada()
    own = a_class("own")
    browser = Client()
    if reader == "teaches elsewhere":
        browser = signed_in(new_member(own, "reader", Role.INSTRUCTOR))
    elif reader == "classmate":  # of another class, and a student there
        browser = signed_in(new_member(own, "reader"))
    before = everything()
    for route in addresses_with_ids():
        cache.clear()  # all of it is counted
        for address in guesses(route, ids, own.pk):
            for ask in (browser.get, browser.post):
                answer: Any = ask(address)
                assert answer.status_code in {200, 302, 400, 401, 403, 404, 405}, address
                assert SECRET not in body_of(answer), address
    assert everything() == before
