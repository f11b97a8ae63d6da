"""What a student does with an assignment: read it, begin, hand in, read what came back."""

from allauth.core import ratelimit
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Classroom
from runner import access, snippets
from runner.access import Action
from runner.assignments import store
from runner.assignments.lines import with_comments
from runner.assignments.markdown import render as render_markdown
from runner.assignments.page import about_assignment, of_assignment, opened_hand_in
from runner.classes.page import about, of_class, page_of, reader
from runner.infrastructure import sentences
from runner.infrastructure.http.not_found import or_404
from runner.models import Assignment, HandIn

SNIPPETS_SHOWN = 20


@require_safe
@of_class(Action.SEE_ASSIGNMENTS)
def assignment_list(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """Newest first, with when the reader handed in last."""
    user = reader(request)
    found = access.assignments_of(user, classroom).order_by("-created_at", "-pk")
    page = page_of(request, found)
    own = HandIn.objects.filter(student=user, assignment__in=[one.pk for one in page])
    last = dict(own.order_by().values_list("assignment").annotate(last=Max("at")))
    rows = [(one, last.get(one.pk)) for one in page]
    context = about(request, classroom) | {"page": page, "rows": rows, "query": ""}
    return render(request, "classes/assignment_list.html", context)


@require_safe
@of_assignment(Action.SEE_ASSIGNMENTS)
def assignment_page(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    user = reader(request)
    due = store.due_for(assignment, user)
    own = HandIn.objects.filter(assignment=assignment, student=user).defer("files")
    context = about_assignment(request, assignment) | {
        "text": render_markdown(assignment.text),
        "files": assignment.files,
        "due": due,
        "is_over": due is not None and timezone.now() >= due,
        "snippets": store.begun_by(user, assignment)[:SNIPPETS_SHOWN],
        "hand_ins": own.order_by("-at", "-pk")[: store.MOST_KEPT],
    }
    return render(request, "classes/assignment.html", context)


@require_POST
@of_assignment(Action.SEE_ASSIGNMENTS)
def begin(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """One click: the code to begin with becomes a snippet of one's own."""
    try:
        snippet = store.begin(reader(request), assignment)
    except snippets.NoRoom as error:
        messages.error(request, sentences.of_refusal(error))
        return redirect("assignment", assignment.classroom_id, assignment.pk)
    return redirect("snippet", snippet.pk)


@require_POST
@of_assignment(Action.HAND_IN)
@or_404()
def hand_in(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """`snippet`: which one. The copy is what is saved now."""
    wanted = request.POST.get("snippet", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 20 else 0
    if assignment.classroom.is_archived:
        messages.error(request, _("This class has ended: nothing is handed in any more."))
    elif not ratelimit.consume(request, action="hand_in", user=request.user):
        messages.error(request, _("You handed in very often. Please wait five minutes."))
    else:
        try:
            store.hand_in(reader(request), assignment, number)
            messages.success(request, _("Handed in. You may do so again until it is due."))
        except store.TooLate:
            messages.error(
                request, _("This assignment was due. Ask your instructor for more time.")
            )
    return redirect("assignment", assignment.classroom_id, assignment.pk)


@require_safe
@of_assignment(Action.SEE_ASSIGNMENTS)
def own_hand_in(request: HttpRequest, assignment: Assignment, hand_in: int) -> HttpResponse:
    """One's own copy, and what the instructor says of it once it is given back."""
    found = opened_hand_in(request, assignment, hand_in)
    sees = store.may_see_comments(reader(request), assignment, found)
    context = about_assignment(request, assignment) | {
        "hand_in": found,
        "sees": sees,
        "files": with_comments(found, shown=sees),
    }
    return render(request, "classes/hand_in.html", context)
