"""Users in states of their own, made in a process of the site (`Product.call`)."""

from typing import Any

from tests.cast import PASSWORD, session_of

PEOPLE: dict[str, dict[str, Any]] = {
    "administrator": {"is_staff": True, "is_superuser": True},
    "instructor": {"is_staff": True},
    "student": {"email": "student@example.org"},
    "newcomer": {},
    "no-password": {},
}


def make_people() -> dict[str, str]:
    """Session cookies by name: an administrator, an instructor, students."""
    from accounts.models import User
    from runner import snippets
    from runner.protocol.snippets import NewSnippet, ShareChange

    cookies = {}
    for name, rights in PEOPLE.items():
        password = None if name == "no-password" else PASSWORD
        user = User.objects.create_user(name, rights.pop("email", ""), password, **rights)
        cookies[name] = f"sessionid={session_of(user)}"
    for name in ("inactive", "impatient"):
        User.objects.create_user(name, password=PASSWORD, is_active=name != "inactive")
    student = User.objects.get(username="student")
    for title, files in PROGRAMS.items():
        new = NewSnippet.model_validate(
            {"title": title, "language": "python", "main": next(iter(files)), "files": _list(files)}
        )
        made = snippets.create(student, new)
        shared = snippets.share(student, made.pk, ShareChange(shared=True, embed=True))
        cookies[title] = str(shared.slug)
    return cookies


def reset_path(name: str) -> str:
    """The page that a mailed link leads to."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    from accounts.models import User

    user = User.objects.get(username=name)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return f"/accounts/password/reset/key/{key}/"


def make_weak_executor() -> None:
    """One that is alive for as long as a heartbeat counts, and has no control groups."""
    from django.utils import timezone

    from runner.limits import WATCHDOG
    from runner.models import Executor

    alive = {"capacity": 4, "sandbox": WATCHDOG, "heartbeat_at": timezone.now()}
    Executor.objects.update_or_create(name="weak-7-0f9d2c4e", defaults=alive)


def _list(files: dict[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "content": content} for path, content in files.items()]


PROGRAMS = {
    "Greeting": {
        "main.py": 'name = input("What is your name? ")\n\n\ndef greet(name: str) -> None:\n'
        '    """Says hello."""\n    print(f"Hello, {name}!")  # and no more\n\n\ngreet(name)\n'
    },
    "Long lines in many files": {
        f"package/module_{number}.py": f"# Module {number}\nvalues = {list(range(80))}\n"
        for number in range(8)
    },
}
