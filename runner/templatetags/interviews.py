"""The interview of a room, for its page."""

from django import template

from accounts.models import User
from runner import access
from runner.assignments import markdown
from runner.models import Interview, Room

register = template.Library()
register.filter("markdown", markdown.render)


@register.simple_tag
def interview_of(room: Room) -> Interview | None:
    """Also for its candidates: what may be shown to them is in `visible_tests` and `task`."""
    return Interview.objects.filter(room=room).first()


@register.simple_tag
def interview_for(user: User, room: Room) -> Interview | None:
    """Of a room or a room of notes, for who interviews there."""
    if not user.is_authenticated or access.is_guest(user):
        return None
    both = access.interviews_of(user)
    return both.filter(room=room).first() or both.filter(notes=room).first()


@register.filter
def visible_tests(interview: Interview) -> list[dict[str, str]]:
    """Those that the candidate reads."""
    return [one for one in interview.tests if not one["hidden"]]


@register.filter
def language_names(interview: Interview) -> list[str]:
    from runner.languages import LANGUAGES

    return [LANGUAGES[one].name for one in interview.languages if one in LANGUAGES]
