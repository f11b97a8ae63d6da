"""Which role may do what in a class: the table of `docs/classes.md`, which a test compares.

Who is no member has no role, and every answer is the one for a class that does not exist. Staff
and superusers have a role in every class, of which each use is recorded.
"""

from enum import StrEnum

from accounts.classrooms.models import Role


class SiteRole(StrEnum):
    """Of who is no member of the class."""

    STAFF = "staff"
    SUPERUSER = "superuser"


AnyRole = Role | SiteRole


class Action(StrEnum):
    """An object and what is done with it."""

    SEE_CLASS = "see class"
    SEE_MEMBERS = "see members"
    SEE_JOIN_CODE = "see join code"
    CHANGE_CLASS = "change class"
    CHANGE_MEMBERS = "change members"
    CHANGE_RULES = "change rules"
    SEE_RUNS = "see runs"
    WATCH_RUN = "watch run"
    HELP_WITH_RUN = "help with run"
    STOP_RUN = "stop run"
    SEE_SHARED_SNIPPETS = "see snippets shared with the class"
    SEE_PRIVATE_SNIPPETS = "see private snippets"
    SEE_ASSIGNMENTS = "see assignments"
    CHANGE_ASSIGNMENTS = "change assignments"
    HAND_IN = "hand in"
    SEE_HAND_INS = "see hand-ins"
    MARK_HAND_INS = "mark hand-ins"
    EXPORT = "export"
    SEE_FIGURES = "see figures"
    SHOW = "show"


_STUDENT = frozenset(
    {
        Action.SEE_CLASS,
        Action.SEE_SHARED_SNIPPETS,  # in rooms that were opened to the members of the class
        Action.SEE_ASSIGNMENTS,
        Action.HAND_IN,
    }
)
_WATCHING = frozenset(
    {
        Action.SEE_CLASS,
        Action.SEE_MEMBERS,
        Action.SEE_RUNS,
        Action.WATCH_RUN,
        Action.SEE_SHARED_SNIPPETS,
        Action.SEE_ASSIGNMENTS,
        Action.SEE_HAND_INS,
        Action.SEE_FIGURES,
    }
)
_ASSISTANT = _WATCHING | {Action.HELP_WITH_RUN}
_INSTRUCTOR = frozenset(Action) - {Action.SEE_PRIVATE_SNIPPETS, Action.HAND_IN}
ALLOWED: dict[AnyRole, frozenset[Action]] = {
    Role.STUDENT: _STUDENT,
    Role.ASSISTANT: _ASSISTANT,
    Role.INSTRUCTOR: _INSTRUCTOR,
    # As before there were classes: they see all, their own classes apart they change nothing.
    SiteRole.STAFF: _WATCHING | {Action.SEE_PRIVATE_SNIPPETS},
    SiteRole.SUPERUSER: frozenset(Action) - {Action.HAND_IN},
}


def roles_with(action: Action) -> list[Role]:
    """Members' roles that may do it."""
    return [role for role in Role if action in ALLOWED[role]]
