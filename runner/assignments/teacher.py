"""What an instructor does with an assignment: write it, read hand-ins, mark, give back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Classroom, Membership, Role
from runner import access, snippets
from runner.access import Action
from runner.assignments import store
from runner.assignments.forms import AssignmentForm, CommentForm, MarkForm
from runner.assignments.lines import with_comments
from runner.assignments.page import about_assignment, of_assignment, opened_hand_in
from runner.classes.forms import ClockField, at_class
from runner.classes.page import about, of_class, page_of, reader
from runner.infrastructure import sentences
from runner.models import Assignment, DueException, HandIn, Run, Snippet

RUNS_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@of_class(Action.CHANGE_ASSIGNMENTS)
def new_assignment(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = AssignmentForm(sent, instance=Assignment(classroom=classroom), zone=classroom.time_zone)
    if request.method == "POST" and form.is_valid():
        if classroom.assignments.count() >= store.MOST_ASSIGNMENTS:
            messages.error(request, _("This class has too many assignments."))
            return redirect("assignment-list", classroom.pk)
        return redirect("assignment", classroom.pk, form.save().pk)
    context = about(request, classroom) | {"form": form, "title": _("New assignment")}
    return render(request, "classes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_assignment(Action.CHANGE_ASSIGNMENTS)
def edit(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Who has not begun gets the new code; copies stay as they are."""
    sent = request.POST if request.method == "POST" else None
    form = AssignmentForm(sent, instance=assignment, zone=assignment.classroom.time_zone)
    if request.method == "POST" and form.is_valid():
        before = assignment.due_at
        if form.save().due_at != before:
            _name_exceptions(request, assignment)
        return redirect("assignment", assignment.classroom_id, assignment.pk)
    context = about_assignment(request, assignment) | {
        "form": form,
        "title": _("Change the assignment"),
    }
    return render(request, "classes/form.html", context)


def _name_exceptions(request: HttpRequest, assignment: Assignment) -> None:
    """Who has an own due time keeps it: more time for all may be less for them."""
    early = store.earlier_than_all(assignment)
    if early:
        more = early[store.NAMES_SHOWN :] and ["…"]
        names = ", ".join([*early[: store.NAMES_SHOWN], *more])
        words = _("For these students it is due earlier than for all others: %(names)s")
        messages.warning(request, words % {"names": names})


@require_POST
@of_assignment(Action.CHANGE_ASSIGNMENTS)
def exception(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """`student`: a name, `due`: on the clocks of the class; empty: as for all."""
    name = request.POST.get("student", "").replace("\0", "")[:150]
    of_class_ = Membership.objects.filter(classroom=assignment.classroom_id, role=Role.STUDENT)
    member = of_class_.filter(user__username=name).first()
    problem = "" if member else _("There is no student of this name in the class.")
    if member is not None:
        try:
            local = ClockField().clean(request.POST.get("due", ""))
            mine = DueException.objects.filter(assignment=assignment, student=member.user_id)
            if local is None:
                mine.delete()
            else:
                due = at_class(local, assignment.classroom.time_zone, last=True)
                DueException.objects.update_or_create(
                    assignment=assignment, student_id=member.user_id, defaults={"due_at": due}
                )
        except ValidationError as error:
            problem = " ".join(error.messages)
    if problem:
        messages.error(request, problem)
    return redirect("hand-ins", assignment.classroom_id, assignment.pk)


@require_safe
@of_assignment(Action.SEE_HAND_INS)
def hand_ins(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """With the newest hand-in of each."""
    newest = store.newest_of_each(assignment)
    page = page_of(request, store.students_of(assignment))
    due = DueException.objects.filter(assignment=assignment, student__in=[one.pk for one in page])
    exceptions = dict(due.values_list("student_id", "due_at"))
    rows = [(one, newest.get(one.pk), exceptions.get(one.pk)) for one in page]
    context = about_assignment(request, assignment) | {
        "page": page,
        "rows": rows,
        "count": len(newest),
        "query": "",
    }
    return render(request, "classes/hand_ins.html", context)


@require_http_methods(["GET", "HEAD"])
@of_assignment(Action.SEE_HAND_INS)
def review(request: HttpRequest, assignment: Assignment, hand_in: int) -> HttpResponse:
    """Code and comments, the student's runs of it, mark, next and previous."""
    found = opened_hand_in(request, assignment, hand_in)
    before, after = store.beside(assignment, found)
    context = about_assignment(request, assignment) | {
        "hand_in": found,
        "files": with_comments(found, shown=True),
        "runs": _runs_of(request, found),
        "lines_kept": store.has_locked_lines(found),
        "form": MarkForm(initial={"mark": found.mark, "remark": found.remark}),
        "before": before,
        "after": after,
    }
    return render(request, "classes/review.html", context)


@require_POST
@of_assignment(Action.MARK_HAND_INS)
def mark(request: HttpRequest, assignment: Assignment, hand_in: int) -> HttpResponse:
    """`do=back`: the student sees mark, remark and comments from now on."""
    found = opened_hand_in(request, assignment, hand_in)
    form = MarkForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        give_back = request.POST.get("do") == "back"
        store.mark(found, said["mark"], said["remark"], give_back=give_back)
    else:
        messages.error(request, _("This mark or remark is too long."))
    return redirect("hand-in-review", assignment.classroom_id, assignment.pk, found.pk)


@require_POST
@of_assignment(Action.MARK_HAND_INS)
def comment(request: HttpRequest, assignment: Assignment, hand_in: int) -> HttpResponse:
    found = opened_hand_in(request, assignment, hand_in)
    form = CommentForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError
        said = form.cleaned_data
        store.comment(reader(request), found, said["path"], said["line"], said["text"])
    except ValueError:
        messages.error(request, _("There is no such line, or the comment is too long."))
    except store.TooMany:
        messages.error(request, _("There are very many comments on this already."))
    return redirect("hand-in-review", assignment.classroom_id, assignment.pk, found.pk)


@require_POST
@of_assignment(Action.MARK_HAND_INS)
def run_it(request: HttpRequest, assignment: Assignment, hand_in: int) -> HttpResponse:
    """In the instructor's own workspace, as a copy."""
    found = opened_hand_in(request, assignment, hand_in)
    title = f"{assignment.title[:150]} · {found.student.username}"
    source = Snippet(title=title, language=found.language, main=found.main, files=found.files)
    try:
        made = snippets.copy(reader(request), source, title)
    except snippets.NoRoom as error:
        messages.error(request, sentences.of_refusal(error))
        return redirect("hand-in-review", assignment.classroom_id, assignment.pk, found.pk)
    request.session["run_snippet"] = made.pk
    return redirect("snippet", made.pk)


def _runs_of(request: HttpRequest, found: HandIn) -> list[Run]:
    """The student's newest runs of that snippet, made in the class: each page has its replay."""
    if found.snippet_id is None:
        return []
    seen = access.visible_runs(reader(request))
    runs = seen.filter(snippet=found.snippet_id, classroom=found.assignment.classroom_id)
    return list(runs.defer("files", "args").order_by("-created_at")[:RUNS_SHOWN])
