"""Interviews, with who takes part in them."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from runner.infrastructure import clock
from runner.interviews import store
from runner.models import Interview, InterviewTemplate, RoomRole
from runner.rooms import guests

CODE = "name = input()\nprint('Hello', name)\n"
TESTS = [
    {"name": "Ada", "input": "Ada\n", "output": "Hello Ada\n", "hidden": False},
    {"name": "Secret", "input": "xyzzy\n", "output": "Hello xyzzy\n", "hidden": True},
]
NOTES = "Ask for the running time."


def a_template(owner: User, **fields: Any) -> InterviewTemplate:
    given: dict[str, Any] = {
        "title": "Greeting",
        "task": "Write a **greeting**.",
        "notes": NOTES,
        "languages": ["python"],
        "files": [{"path": "main.py", "content": CODE}],
        "minutes": 60,
        "tests": TESTS,
    }
    return InterviewTemplate.objects.create(owner=owner, **given | fields)


def an_interview(owner: User, candidate: str = "Ann", **fields: Any) -> Interview:
    return store.begin(owner, a_template(owner, **fields), candidate)


def a_candidate(interview: Interview, name: str = "Ann") -> User:
    return guests.join(guests.invite(interview.room, RoomRole.EDITOR, 24), name)


def begun(interview: Interview) -> Interview:
    store.start(interview)
    interview.refresh_from_db()
    return interview


def over(interview: Interview, ago: timedelta = timedelta(seconds=1)) -> Interview:
    """As if its time had been over for that long."""
    ends = clock.read() - ago
    times = {"started_at": ends - timedelta(hours=1), "ends_at": ends}
    Interview.objects.filter(pk=interview.pk).update(**times)
    interview.refresh_from_db()
    return interview
