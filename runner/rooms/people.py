"""Who is admitted to a room: by name, as members of a class, or by a link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http.not_found import or_404
from runner.models import GIVEN_ROLES, Room, RoomInvitation, RoomMember
from runner.protocol.refusals import Refused
from runner.rooms import guests

View = Callable[..., HttpResponse]
LINKS_SHOWN = 50


def of_owner(view: Callable[..., HttpResponse]) -> View:
    """A page of a room for its owner alone."""

    @never_cache
    @login_required
    @or_404()
    @wraps(view)
    def decorated(request: HttpRequest, room_id: int, **given: Any) -> HttpResponse:
        assert request.user.is_authenticated
        try:
            room = access.own_room(request.user, room_id)
        except Refused as refusal:
            if refusal.code == "not_found":
                raise
            raise Http404 from refusal
        if access.is_of_interview(room.pk):
            raise Http404  # who comes into one is decided on its own page
        return view(request, room, **given)

    return decorated


def _role(request: HttpRequest) -> str:
    role = request.POST.get("role", "")
    if role not in GIVEN_ROLES:
        raise Http404
    return role


@require_safe
@of_owner
def room_people(request: HttpRequest, room: Room) -> HttpResponse:
    links, removed = guests.valid_links().filter(room=room), guests.removed_guests(room.pk)
    address = request.build_absolute_uri(reverse("room", args=[room.pk]))
    context = {
        "room": room,
        "members": room.members.exclude(pk__in=removed).select_related("user").order_by("pk"),
        "removed": removed,
        "links": [(one, f"{address}?guest={guests.token_of(one)}") for one in links[:LINKS_SHOWN]],
        "roles": [(role.value, role.label) for role in GIVEN_ROLES],
        "hours": guests.LINK_HOURS,
        "classes": access.classrooms_to_run_in(room.owner),
    }
    return render(request, "rooms/people.html", context)


@require_POST
@of_owner
def add(request: HttpRequest, room: Room) -> HttpResponse:
    """`user`: a user name."""
    role, name = _role(request), request.POST.get("user", "").replace("\0", "").strip()[:150]
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or access.is_guest(user) or user == room.owner:
        messages.error(request, _("There is no other user of that name."))
        return redirect("room-people", room.pk)
    try:
        with transaction.atomic():
            Room.objects.select_for_update(no_key=True).filter(pk=room.pk).exists()
            if not room.members.filter(user=user).exists():
                guests.check_room_for_one_more(room)
            RoomMember.objects.update_or_create(room=room, user=user, defaults={"role": role})
    except Refused as refusal:
        messages.error(request, sentences.of_refusal(refusal))
    return redirect("room-people", room.pk)


@require_POST
@of_owner
def change(request: HttpRequest, room: Room, number: int) -> HttpResponse:
    """`role`, or `do=remove`, or `do=admit` for a guest who was removed. Open pages of the member
    are closed within three seconds."""
    member = room.members.filter(pk=_number(number)).select_related("user").first()
    if member is None:
        raise Http404
    do = request.POST.get("do")
    if do == "remove":
        guests.remove(member)
        if member.invitation_id is not None:
            say_removed(request, member)
    elif do == "admit":
        admit_again(request, member)
    else:
        RoomMember.objects.filter(pk=member.pk).update(role=_role(request))
    return redirect("room-people", room.pk)


def say_removed(request: HttpRequest, guest: RoomMember) -> None:
    """What removal does, and what it cannot: who has no account is known by the browser alone."""
    text = _(
        "%(name)s was removed and cannot come back in this browser. Who knows the link can still"
        " join in another browser: renew the link to prevent that."
    )
    messages.warning(request, text % {"name": guest.user.first_name})


def admit_again(request: HttpRequest, member: RoomMember) -> None:
    found = guests.removed_guests(member.room_id).filter(pk=member.pk).first()
    if found is None:
        raise Http404
    try:
        guests.let_in_again(found)
    except Refused as refusal:
        messages.error(request, sentences.of_refusal(refusal))


def change_link(request: HttpRequest, room: Room, number: int) -> RoomInvitation | None:
    """`do=renew`: a new link, and its guests stay. Else it is revoked, and they leave: then that
    invitation."""
    found = room.invitations.filter(pk=_number(number)).first()
    if found is None:
        raise Http404
    if request.POST.get("do") != "renew":
        guests.revoke(found)
        return found
    try:
        guests.renew(found)
    except access.NotFound as refusal:
        raise Http404 from refusal
    messages.success(request, _("The link is renewed. The former one admits nobody any more."))
    return None


@require_POST
@of_owner
def admit_class(request: HttpRequest, room: Room) -> HttpResponse:
    """`class`: the id of one of the owner's classes, or empty."""
    wanted = request.POST.get("class", "")
    fields: dict[str, Any] = {"classroom": None, "class_role": ""}
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
        own = access.classrooms_to_run_in(room.owner).values_list("pk", flat=True)
        if number not in set(own):
            raise Http404
        fields = {"classroom": number, "class_role": _role(request)}
        fields["classroom_id"] = fields.pop("classroom")
    Room.objects.filter(pk=room.pk).update(**fields)
    return redirect("room-people", room.pk)


@require_POST
@of_owner
def invite(request: HttpRequest, room: Room) -> HttpResponse:
    """A link for guests: `role`, `hours`."""
    hours = request.POST.get("hours", "")
    if hours not in map(str, guests.LINK_HOURS):
        raise Http404
    try:
        guests.invite(room, _role(request), int(hours))
    except Refused as refusal:
        messages.error(request, sentences.of_refusal(refusal))
    return redirect("room-people", room.pk)


@require_POST
@of_owner
def link(request: HttpRequest, room: Room, number: int) -> HttpResponse:
    change_link(request, room, number)
    return redirect("room-people", room.pk)


def _number(number: int) -> int:
    """Databases fail on a number that is none of theirs."""
    if not 0 < number < 2**63:
        raise Http404
    return number
