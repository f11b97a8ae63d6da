"""The page of a room, for members and for guests, and the list of a user's rooms."""

from http import HTTPStatus

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from runner import access
from runner.infrastructure import sentences
from runner.infrastructure.http.json_api import answer
from runner.infrastructure.http.not_found import or_404
from runner.models import Room, RoomInvitation
from runner.offered import language_options
from runner.protocol.http import RoomStanding
from runner.protocol.names import is_printable
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed, Refused
from runner.rooms import guests, saving, store
from runner.rooms.people import of_owner


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name, as the others read it"),
        max_length=guests.NAME_CHARACTERS,
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not is_printable(name):
            raise forms.ValidationError(
                _("A name may not contain line breaks or invisible characters.")
            )
        return name


def reader(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


@require_safe
@never_cache
@login_required
def room_list(request: HttpRequest) -> HttpResponse:
    rooms = access.rooms_of(reader(request)).select_related("snippet", "owner")
    return render(request, "rooms/room_list.html", {"rooms": rooms.order_by("-changed_at")[:100]})


@require_POST
@login_required
@or_404()
def open_room(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """The room of an own snippet; a new one if it has none."""
    access.check_snippet_id(snippet_id)
    try:
        room = store.open_room(reader(request), snippet_id)
    except NotAllowed as refusal:
        messages.error(request, sentences.of_refusal(refusal))
        return redirect("snippet-list")
    return redirect("room", room.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@or_404()
def room_page(request: HttpRequest, room_id: int) -> HttpResponse:
    """With `?guest=` for who has an invitation link; a `POST` gives the guest's name."""
    token = request.GET.get("guest", "")
    if token:
        return _guest_page(request, room_id, token)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        return _page(request, request.user, room_id)
    except NotAllowed as refusal:  # an exam
        messages.error(request, sentences.of_refusal(refusal))
        return redirect("room-list")


def _guest_page(request: HttpRequest, room_id: int, token: str) -> HttpResponse:
    guest = guests.guest_of(request.COOKIES, room_id)
    if access.closed_rooms({room_id}):
        return _closed(request, token, room_id, is_known=guest is not None)
    if guest is not None:
        return _page(request, guest, room_id, token)
    if guests.was_removed(request.COOKIES, room_id):
        return render(request, "rooms/join.html", {"removed": True}, status=HTTPStatus.FORBIDDEN)
    invitation = guests.invitation_of(token, room_id)
    if invitation is None:
        return render(request, "rooms/join.html", status=HTTPStatus.NOT_FOUND)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _join(request, invitation, form, token)
    title = invitation.room.snippet.title
    return render(request, "rooms/join.html", {"form": form, "title": title})


def _closed(request: HttpRequest, token: str, room_id: int, *, is_known: bool) -> HttpResponse:
    """Said to who would be let in otherwise."""
    if not is_known and guests.invitation_of(token, room_id) is None:
        return render(request, "rooms/join.html", status=HTTPStatus.NOT_FOUND)
    problem = sentences.sentence(ReasonCode.ROOM_CLOSED, {})
    status = HTTPStatus.FORBIDDEN
    return render(request, "rooms/join.html", {"problem": problem}, status=status)


def _join(
    request: HttpRequest, invitation: RoomInvitation, form: NameForm, token: str
) -> HttpResponse:
    context = {"form": form, "title": invitation.room.snippet.title}
    if not ratelimit.consume(request, action="room_guest"):
        form.add_error(None, _("Many guests have come from here. Please wait a minute."))
        return render(request, "rooms/join.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        guest = guests.join(invitation, form.cleaned_data["name"])
    except access.NotFound:
        return render(request, "rooms/join.html", status=HTTPStatus.NOT_FOUND)
    except Refused as refusal:
        form.add_error(None, sentences.of_refusal(refusal))
        return render(request, "rooms/join.html", context, status=HTTPStatus.CONFLICT)
    room_id = invitation.room_id
    address = reverse("room", args=[room_id])
    response = redirect(f"{address}?guest={token}")
    response.set_cookie(
        guests.cookie_name(room_id),
        guests.cookie_value(guest, room_id),
        max_age=guests.cookie_seconds(room_id),
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page(request: HttpRequest, user: User, room_id: int, token: str = "") -> HttpResponse:
    room, role = access.room(user, room_id)
    config = {
        "room": room.pk,
        "user": user.get_username(),
        "language": room.snippet.language,
        "languages": [option.model_dump(mode="json") for option in language_options(user)],
        "ticket": reverse("room-ticket", args=[room_id]) if token else "",
        "standing": reverse("room-standing", args=[room_id]),
        "start_bytes": settings.LIMITS.start_frame_bytes,
    }
    context = {"room": room, "role": role, "config": config, "is_guest": bool(token)}
    return render(request, "rooms/room.html", context)


@require_safe
@never_cache
def ticket(request: HttpRequest, room_id: int) -> JsonResponse:
    """For a guest's sockets. Valid for a minute."""
    guest = guests.guest_of(request.COOKIES, room_id)
    if guest is None:
        raise Http404
    if access.closed_rooms({room_id}):
        return JsonResponse({}, status=HTTPStatus.LOCKED)
    return JsonResponse({"ticket": guests.ticket_for(guest, room_id)})


@require_safe
@never_cache
def standing(request: HttpRequest, room_id: int) -> JsonResponse:
    """For a member's page that was closed, in place of a redirect that says nothing: whether the
    member is signed out, is somebody else now, is not in the room any more, or whether the room is
    closed for now."""
    if not request.user.is_authenticated:
        return answer(RoomStanding(user="", admitted=False))
    admitted = closed = False
    try:
        access.room(request.user, room_id)
    except Refused as refused:
        closed = refused.reason_code == ReasonCode.ROOM_CLOSED
    else:
        admitted = True
    user = request.user.get_username()
    return answer(RoomStanding(user=user, admitted=admitted, closed=closed))


@require_POST
@of_owner
def end(_request: HttpRequest, room: Room) -> HttpResponse:
    """The text stays in the snippet."""
    snippet = room.snippet_id
    saving.delete(room.pk)
    return redirect("snippet", snippet)


@require_POST
@of_owner
def renew(_request: HttpRequest, room: Room) -> HttpResponse:
    """Begins the document anew from the text that was saved last."""
    saving.renew(room.pk, room.epoch, saved=True)
    return redirect("room", room.pk)
