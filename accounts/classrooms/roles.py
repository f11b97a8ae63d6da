"""From a user to roles in classes, by the database.

Who takes an exam in one class helps in no other one: assistants are often students of another
class, and what is run where they help could be the answers. Instructors keep their classes.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.classrooms.models import Classroom, Membership, Role
from accounts.classrooms.permissions import ALLOWED, Action, SiteRole, roles_with
from accounts.classrooms.starts import taking_exams

if TYPE_CHECKING:
    from accounts.models import User

TEACHING = (Role.ASSISTANT, Role.INSTRUCTOR)
_IN_EXAM_ELSEWHERE = ALLOWED[Role.ASSISTANT] & ALLOWED[Role.STUDENT]


def site_role(user: "User") -> SiteRole | None:
    if user.is_superuser:
        return SiteRole.SUPERUSER
    return SiteRole.STAFF if user.is_staff else None


def roles_of(user: "User") -> dict[int, Role]:
    """The user's role in each class by its id, archived ones included."""
    rows = Membership.objects.filter(user=user).values_list("classroom_id", "role")
    return {classroom: Role(role) for classroom, role in rows}


def role_in(user: "User", classroom_id: int) -> Role | None:
    """As a member."""
    rows = Membership.objects.filter(user=user, classroom_id=classroom_id)
    role = rows.values_list("role", flat=True).first()
    return None if role is None else Role(role)


def actions_in(user: "User", classroom_id: int) -> frozenset[Action]:
    """What the role as a member allows, and that in the site."""
    site, role = site_role(user), role_in(user, classroom_id)
    inside = frozenset[Action]() if role is None else ALLOWED[role]
    if role == Role.ASSISTANT and taking_exams().filter(user=user).exists():
        inside = _IN_EXAM_ELSEWHERE
    return inside if site is None else inside | ALLOWED[site]


def may(user: "User", classroom_id: int, action: Action) -> bool:
    return action in actions_in(user, classroom_id)


def classrooms_where(user: "User", action: Action) -> QuerySet[Classroom]:
    """The classes in which the user, as a member, may do that."""
    roles = roles_with(action)
    return Classroom.objects.filter(memberships__user=user, memberships__role__in=roles)


def classroom_ids_where(user: "User", action: Action) -> QuerySet[Membership, int]:
    """The same for conditions: a query of ids; without those where an exam elsewhere forbids it."""
    member = Membership.objects.filter(user=user, role__in=roles_with(action))
    if action not in _IN_EXAM_ELSEWHERE:
        exams = taking_exams().filter(user=OuterRef("user"))
        member = member.filter(~Q(role=Role.ASSISTANT) | ~Exists(exams))
    return member.order_by().values_list("classroom_id", flat=True)


def classrooms_taught(user: "User") -> QuerySet[Classroom]:
    """Where the user is an assistant or instructor."""
    return Classroom.objects.filter(memberships__user=user, memberships__role__in=TEACHING)


def teaches_any(user: "User") -> bool:
    return Membership.objects.filter(user=user, role__in=TEACHING).exists()
