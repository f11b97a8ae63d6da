"""The list of interviews, and the page of one: its timer, its people, its rating."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from runner import access, rooms
from runner.infrastructure import clock
from runner.interviews import store, testing
from runner.interviews.forms import RatingForm
from runner.interviews.page import of_interviewer, of_owner, reader, refused
from runner.models import Interview, InterviewRating, RoomRole
from runner.protocol.refusals import Refused

LISTED = 100


@require_safe
@login_required
@never_cache
def interview_list(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    interviews = access.interviews_of(user).order_by("-created_at", "-pk")[:LISTED]
    now = clock.read()
    context = {
        "interviews": [(one, _state(one, now)) for one in interviews],
        "may_make": access.may_make_classes(user),
        "days": settings.INTERVIEW_DAYS,
    }
    return render(request, "interviews/interview_list.html", context)


def _state(interview: Interview, now: object) -> str:
    if interview.started_at is None:
        return "waiting"
    over = interview.ends_at is not None and interview.ends_at <= now  # type: ignore[operator]
    return "over" if over else "running"


@require_safe
@of_interviewer
def interview_page(request: HttpRequest, interview: Interview) -> HttpResponse:
    user, room = reader(request), interview.room
    links = rooms.valid_links().filter(room=room)
    address = request.build_absolute_uri(reverse("room", args=[room.pk]))
    ratings = interview.ratings.select_related("author").order_by("pk")
    own = next((one for one in ratings if one.author_id == user.pk), None)
    results = {one.number: one for one in testing.results_of(interview)}
    context = {
        "interview": interview,
        "is_owner": interview.owner_id == user.pk,
        "state": _state(interview, clock.read()),
        "links": [(one, f"{address}?guest={rooms.token_of(one)}") for one in links],
        "hours": rooms.LINK_HOURS,
        "candidates": store.candidates(interview),
        "removed": rooms.removed_guests(room.pk),
        "interviewers": store.interviewers(interview),
        "tests": [(index, one, results.get(index)) for index, one in enumerate(interview.tests)],
        "ratings": ratings,
        "form": RatingForm(
            initial={"score": own.score, "remark": own.remark} if own is not None else {}
        ),
        "more_minutes": store.MORE_MINUTES,
        "days": settings.INTERVIEW_DAYS,
    }
    return render(request, "interviews/interview.html", context)


@require_POST
@of_interviewer
def timer(request: HttpRequest, interview: Interview) -> HttpResponse:
    """`do`: start, extend or end. `to=room`: back to the room."""
    does = {"start": store.start, "extend": store.extend, "end": store.end}
    do = does.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    do(interview)
    if request.POST.get("to") == "room":
        return redirect("room", interview.room_id)
    return redirect("interview", interview.pk)


@require_POST
@of_interviewer
def rate(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Each interviewer has one rating, which may be changed."""
    form = RatingForm(request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("score", "remark")}
        InterviewRating.objects.update_or_create(
            interview=interview, author=reader(request), defaults=said | {"at": clock.read()}
        )
        messages.success(request, _("Your rating is saved."))
    else:
        messages.error(request, _("This rating or remark is not valid."))
    return redirect("interview", interview.pk)


@require_POST
@of_owner
def invite(request: HttpRequest, interview: Interview) -> HttpResponse:
    """A link for the candidate: `hours`."""
    hours = request.POST.get("hours", "")
    if hours not in map(str, rooms.LINK_HOURS):
        raise Http404
    try:
        rooms.invite(interview.room, RoomRole.EDITOR, int(hours))
    except Refused as refusal:
        refused(request, refusal)
    return redirect("interview", interview.pk)


@require_POST
@of_owner
def link(request: HttpRequest, interview: Interview, link: int) -> HttpResponse:
    """`do=renew`, or it is revoked: then who came in by it leaves."""
    revoked = rooms.change_link(request, interview.room, link)
    if revoked is not None:
        store.end_runs_of(revoked.guests.values_list("user", flat=True))
    return redirect("interview", interview.pk)


@require_POST
@of_owner
def candidate(request: HttpRequest, interview: Interview, member: int) -> HttpResponse:
    """The candidate is removed, and what was written stays; or, with `do=admit`, let in again."""
    again = request.POST.get("do") == "admit"
    known = rooms.removed_guests(interview.room_id) if again else store.candidates(interview)
    found = known.filter(pk=member).first() if 0 < member < 2**63 else None
    if found is None:
        raise Http404
    if again:
        rooms.admit_again(request, found)
    else:
        rooms.remove(found)
        store.end_runs_of([found.user_id])
        rooms.say_removed(request, found)
    return redirect("interview", interview.pk)


@require_POST
@of_owner
def interviewers(request: HttpRequest, interview: Interview) -> HttpResponse:
    """`user`: a user name; `do=remove`: its user leaves both rooms."""
    name = request.POST.get("user", "").replace("\0", "").strip()[:150]
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or access.is_guest(user) or user == interview.owner:
        messages.error(request, _("There is no other user of that name."))
    elif request.POST.get("do") == "remove":
        store.remove_interviewer(interview, user.pk)
    else:
        try:
            store.add_interviewer(interview, user)
        except Refused as refusal:
            refused(request, refusal)
    return redirect("interview", interview.pk)


@require_POST
@of_owner
def delete(request: HttpRequest, interview: Interview) -> HttpResponse:
    if not store.delete(interview):
        messages.error(request, _("A program of this interview is running. Please try again."))
        return redirect("interview", interview.pk)
    messages.success(request, _("The interview is deleted, with all that belonged to it."))
    return redirect("interview-list")
