# size: every access decision
"""All access decisions: the only way from a user to a run, a snippet or a class."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms import rules, starts
from accounts.classrooms.permissions import Action
from accounts.classrooms.roles import (
    actions_in,
    classroom_ids_where,
    classrooms_taught,
    classrooms_where,
    may,
    role_in,
    roles_of,
    site_role,
    teaches_any,
)
from accounts.classrooms.rules import StudentRules, records_writing
from accounts.classrooms.starts import TYPES as MAY_START_TYPES
from accounts.classrooms.starts import exam_of
from accounts.classrooms.starts import in_sql as may_start_in_sql
from accounts.classrooms.starts import values as may_start_values
from accounts.models import ClassRules, User
from accounts.sign_in import required_steps
from runner.class_access import (
    NotFound,
    assignment,
    assignments_of,
    check_classroom_id,
    check_reading,
    check_sharing,
    check_start,
    check_windows,
    classroom,
    classrooms_of,
    classrooms_to_run_in,
    hand_in,
    hand_ins_of,
    may_make_classes,
    rules_of_start,
)
from runner.decisions.interviews import (
    InterviewRole,
    goes_on,
    interview,
    interview_template,
    interview_templates,
    interviews_of,
    is_of_interview,
    own_interview,
)
from runner.decisions.passes import Pass, still_signed_in
from runner.decisions.rooms import (
    EDITING,
    GUEST,
    ceilings_in_room,
    check_room_start,
    closed_rooms,
    is_guest,
    may_type_in_room,
    own_room,
    role_at_run,
    room,
    room_role,
    room_run,
    rooms_of,
    runs_of_guests,
)
from runner.infrastructure.http import way_here
from runner.models import Assignment, HandIn, Run, Snippet, StartedAssignment
from runner.protocol.reasons import ReasonCode
from runner.run_state import RunStatus

__all__ = [
    "EDITING", "GUEST", "MAY_START_TYPES", "Action", "InterviewRole", "NotFound", "Pass",
    "StudentRules", "actions_in", "assignment", "assignments_of", "attachable_run",
    "ceilings_in_room", "check_classroom_id", "check_reading", "check_room_start",
    "check_sharing", "check_snippet_id", "check_start", "check_windows", "classroom",
    "classroom_ids_where", "classrooms_of", "classrooms_taught", "classrooms_to_run_in",
    "classrooms_where", "closed_rooms", "connection_problem", "embeddable_snippet", "exam_of",
    "goes_on",
    "hand_in", "hand_ins_of", "interview", "interview_template", "interview_templates",
    "interviews_of", "is_guest", "is_of_interview", "listed_run", "listed_runs", "may",
    "may_connect", "may_control", "may_go_on", "may_help", "may_help_with", "may_make_classes",
    "may_start_in_sql", "may_start_values", "may_stop", "may_watch", "name_to_tell",
    "note_opened", "open_snippets", "origin_problem", "own_interview", "own_room", "own_run",
    "own_snippet", "own_snippets", "pass_of", "records_writing", "role_at_run", "role_in",
    "roles_of", "room", "room_role", "rooms_of", "rules_of_start", "runs_of_guests", "runs_of_now",
    "shared_snippet", "site_role",
    "still_allowed", "still_signed_in", "teaches_any", "visible_run", "visible_runs",
    "visible_snippets", "visitable_snippet", "visitors_run",
]  # fmt: skip


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def visible_runs(user: User) -> QuerySet[Run]:
    """The user's own runs, and those made in classes where the user teaches; for staff all."""
    runs = Run.objects.filter(owner__isnull=False)  # those of visitors are nobody's to see
    if user.is_staff:
        return runs
    return runs.filter(Q(owner=user) | Q(classroom__in=classroom_ids_where(user, Action.SEE_RUNS)))


def listed_runs(user: User) -> QuerySet[Run]:
    """Those of the visible runs that pages show. A student's own that have ended are not among
    them where the class shows no history, nor older ones, also those that go on, during an exam
    that hides them. Terminals ask for `visible_runs`: a page that reconnects is told the end of its
    run."""
    without = Q(classroom__in=rules.without_history(user), status=RunStatus.FINISHED)
    return runs_of_now(user).exclude(without, owner=user)


def runs_of_now(user: User) -> QuerySet[Run]:
    """The visible runs without those of the user's own that an exam hides. What has been shown in a
    run is read by its address, also in a class without a history."""
    return visible_runs(user).exclude(created_at__lt=_hidden_before(user), owner=user)


def listed_run(user: User, run_id: UUID, action: AuditAction, network: str) -> Run:
    return _opened(listed_runs(user), user, run_id, action, network)


def visible_run(user: User, run_id: UUID, action: AuditAction, network: str) -> Run:
    """`action` is what becomes of it, `network` where the user is: see `note_opened`."""
    return _opened(visible_runs(user), user, run_id, action, network)


def _opened(
    runs: QuerySet[Run], user: User, run_id: UUID, action: AuditAction, network: str
) -> Run:
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise NotFound(ReasonCode.NO_SUCH_RUN)
    note_opened(user, run, action, network)
    return run


def _hidden_before(user: User) -> Coalesce:
    """What is older is hidden from the user during an exam; long ago, while there is none."""
    return Coalesce(Subquery(rules.hidden_before(user)), Value(LONG_AGO))


def attachable_run(user: User, run_id: UUID, scope: Mapping[str, Any]) -> Run:
    """A run whose terminal is opened by the socket of that ASGI scope. Not one of the user's own
    that was over before an exam that hides older work; of one that has ended since, a page that was
    cut off is told. To members of a room its runs are shown by those who start them there: that is
    not recorded."""
    if (shown := room_run(user, run_id)) is not None:
        return shown
    over = Q(finished_at__lt=_hidden_before(user))
    runs = visible_runs(user).exclude(over, owner=user)
    network = audit.network_of_client(scope)
    return _opened(runs, user, run_id, AuditAction.WATCHED_TERMINAL, network)


def note_opened(
    user: User, opened: Run | Snippet | HandIn, action: AuditAction, network: str
) -> None:
    """Records that somebody opens somebody else's work. Raises `DatabaseError`: what
    cannot be recorded is not shown."""
    owner = opened.student_id if isinstance(opened, HandIn) else opened.owner_id
    if owner == user.pk:
        return
    kinds: dict[type, str] = {Run: "run", Snippet: "snippet", HandIn: "hand-in"}
    kind = kinds[type(opened)]
    audit.record(
        action,
        actor_id=user.pk,
        subject_id=owner,
        target=f"{kind} {opened.pk}",
        network=network,
    )


def own_run(user: User, run_id: UUID, *, hidden: bool = False) -> Run:
    """Of those that pages show, as what was made in it may be copied; with `hidden` of all."""
    runs = visible_runs(user) if hidden else listed_runs(user)
    run = runs.filter(owner=user, pk=run_id).first()
    if run is None:
        raise NotFound(ReasonCode.NO_SUCH_RUN)
    return run


def visible_snippets(user: User) -> QuerySet[Snippet]:
    """For reading, deleted ones included; for instructors all snippets."""
    snippets = Snippet.objects.all()
    return snippets if user.is_staff else snippets.filter(owner=user)


def own_snippets(user: User, deleted: bool = False) -> QuerySet[Snippet]:
    """All, also those that an exam hides: they are counted."""
    return Snippet.objects.filter(owner=user, deleted_at__isnull=not deleted)


def open_snippets(user: User, deleted: bool = False) -> QuerySet[Snippet]:
    """Those that the user may read and change now. During an exam that hides older code these are
    the ones that were made since it began, and those of its own assignments."""
    of_exam = StartedAssignment.objects.filter(assignment__in=_of_exams(user))
    shown = Q(created_at__gte=_hidden_before(user)) | Q(pk__in=of_exam.values("pk"))
    return own_snippets(user, deleted).filter(shown)


def _of_exams(user: User) -> QuerySet[Assignment, int]:
    """Ids of the assignments of running exams: those that were chosen, or all of the class."""
    exams = rules.exams_of(user).order_by().values("pk")
    spaced = {
        "word": Concat(Value(" "), Cast("pk", CharField()), Value(" ")),
        "tasks": Concat(Value(" "), "classroom__rules__exam_tasks", Value(" ")),
    }
    of_class = Assignment.objects.filter(classroom__in=exams).annotate(**spaced)
    chosen = of_class.filter(Q(classroom__rules__exam_tasks="") | Q(tasks__contains=F("word")))
    return chosen.order_by().values_list("pk", flat=True)


def check_snippet_id(number: int) -> None:
    """Databases fail on a number that is none of theirs."""
    if not 0 < number < 2**63:
        raise NotFound(ReasonCode.NO_SUCH_SNIPPET)


# `own_snippet` in a statement: of one snippet and one user.
OWN_SNIPPET_IN_SQL = """
EXISTS (SELECT 1 FROM runner_snippet WHERE id = %s AND owner_id = %s AND deleted_at IS NULL)
"""


def own_snippet(user: User, snippet_id: int, deleted: bool = False) -> Snippet:
    snippet = open_snippets(user, deleted).filter(pk=snippet_id).first()
    if snippet is None:
        raise NotFound(ReasonCode.NO_SUCH_SNIPPET)
    return snippet


def shared_snippet(slug: str) -> Snippet:
    """The snippet whose shared version anyone with this slug may read."""
    shared = Snippet.objects.filter(slug=slug, deleted_at=None).select_related("shared")
    snippet = shared.defer("files", "search_text").first()
    if snippet is None:
        raise NotFound(ReasonCode.SNIPPET_NOT_SHARED)
    return snippet


def embeddable_snippet(slug: str) -> Snippet:
    snippet = shared_snippet(slug)
    if not snippet.embeddable:
        raise NotFound(ReasonCode.SNIPPET_NOT_EMBEDDABLE)
    return snippet


def visitable_snippet(slug: str) -> Snippet:
    """One whose shared version anybody may run who has no account."""
    snippet = shared_snippet(slug)
    if settings.VISITORS == "off" or not snippet.open_to_visitors:
        raise NotFound(ReasonCode.VISITORS_OFF)
    return snippet


def visitors_run(visitor: str, run_id: UUID) -> Run:
    """A run that has not ended, of who has started it: `visitor` is a secret of that page's."""
    run = Run.objects.filter(pk=run_id, owner=None, visitor=visitor).first() if visitor else None
    if run is None:
        raise NotFound(ReasonCode.NO_SUCH_RUN)
    return run


def still_allowed(user: User) -> User:
    """The user as stored now: a socket may have been opened before rights were revoked."""
    now = User.objects.filter(pk=user.pk, is_active=True).first()
    if now is None:
        raise NotFound(ReasonCode.NO_SUCH_RUN)
    return now


def pass_of(
    user: User, session: Any, classroom_id: int | None = None, room_id: int | None = None
) -> Pass:
    """With a class or a room: of its socket, or that of its guest. Raises a `Refused` for who has
    nothing to do with it."""
    if is_guest(user):
        if room_id is None:
            raise NotFound(ReasonCode.NO_SUCH_ROOM)
        known = Pass(user.pk, user.password, is_staff=False, session="", is_guest=True)
    else:
        known = Pass(user.pk, user.password, user.is_staff, session.session_key or "")
        known = replace(known, is_superuser=user.is_superuser)
    if room_id is not None:
        return replace(known, room=room_id, room_role=room(user, room_id)[1])
    if classroom_id is None:
        return known
    classroom(user, classroom_id, Action.SEE_CLASS)
    role = role_in(user, classroom_id)
    return replace(known, classroom=classroom_id, role=role.value if role else "")


def may_go_on(user: User, session: Any) -> bool:
    """Whether nothing has to be done first, such as showing a second factor."""
    return is_guest(user) or required_steps.step_before(user, session) is None


def may_control(user: User, run: Run) -> bool:
    """Only the owner may type; others may watch."""
    return run.owner_id == user.pk


def may_watch(user: User, run: Run) -> bool:
    if run.owner_id == user.pk or _may_with(user, run, Action.WATCH_RUN):
        return True
    return run.room_id is not None and room_role(user, run.room_id) is not None


def may_help(user: User, run: Run) -> bool:
    """Whether the owner may be asked to let the user type."""
    return _may_with(user, run, Action.HELP_WITH_RUN)


def may_help_with(user: User, run_id: UUID) -> bool:
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return False
    return may_help(still_allowed(user), run) or may_type_in_room(user, run)


def name_to_tell(user: User, run: Run) -> str:
    """The name of who watches, as the owner is told; empty in a class with quiet watching."""
    quiet = ClassRules.objects.filter(classroom=run.classroom_id, quiet_watching=True)
    return "" if quiet.exists() else user.get_full_name() or user.get_username()


def may_stop(user: User, run: Run) -> bool:
    return run.owner_id == user.pk or _may_with(user, run, Action.STOP_RUN)


def _may_with(user: User, run: Run, action: Action) -> bool:
    """With somebody else's run: in the class in which it was started. Staff see others, too."""
    return may(user, run.classroom_id or starts.NO_CLASS, action)


def connection_problem(
    user: User | AnonymousUser | None, origin: str, host: str, *, secure: bool | None = None
) -> ReasonCode | None:
    """Why no terminal is opened; None: the user is signed in, and the page is from this site.

    Browsers send cookies with every WebSocket, whichever site opened it; only `Origin` shows which.
    A page from the host that it connects to is ours if that host is allowed; others must be listed.
    """
    if found := origin_problem(origin, host, secure=secure):
        return found
    if user is None or not user.is_authenticated or not user.is_active:
        return ReasonCode.SIGNED_OUT
    return None


def origin_problem(origin: str, host: str, *, secure: bool | None = None) -> ReasonCode | None:
    """The same of a visitor, who is not signed in."""
    listed = settings.CORS_ALLOWED_ORIGINS
    return way_here.problem(origin, host, secure=secure, listed=listed)


def may_connect(
    user: User | AnonymousUser | None, origin: str, host: str, *, secure: bool | None = None
) -> bool:
    """Whether a terminal is opened: see `connection_problem`."""
    return connection_problem(user, origin, host, secure=secure) is None
