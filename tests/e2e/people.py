"""Users in states of their own, made in a process of the site (`Product.call`)."""

from typing import Any

from tests.cast import PASSWORD, cookies_of

PEOPLE: dict[str, dict[str, Any]] = {
    "administrator": {"is_staff": True, "is_superuser": True},
    "instructor": {"is_staff": True},
    "student": {"email": "student@example.org"},
    "newcomer": {},
    "leaver": {},
    "no-password": {},
    "secured": {},
    "given": {},
    "helped": {},
    "hasty": {},
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
        cookies[name] = cookies_of(user)
    for name in ("inactive", "impatient"):
        User.objects.create_user(name, password=PASSWORD, is_active=name != "inactive")
    give_second_factor(User.objects.get(username="secured"))
    User.objects.filter(username="given").update(must_change_password=True)
    cookies["helped-id"] = str(User.objects.get(username="helped").pk)
    student = User.objects.get(username="student")
    for title, files in PROGRAMS.items():
        new = NewSnippet.model_validate(
            {"title": title, "language": "python", "main": next(iter(files)), "files": _list(files)}
        )
        made = snippets.create(student, new)
        shared = snippets.share(student, made.pk, ShareChange(shared=True, embed=True))
        cookies[title] = str(shared.slug)
    cookies["run"] = make_full(User.objects.create_user("collector"))
    cookies["collector"] = cookies_of(User.objects.get(username="collector"))
    return cookies


def make_full(user: Any) -> str:
    """Fills the user's history, and the list of snippets with what takes long to search; the id of
    a run whose recording is larger than what may be read in a minute."""
    from django.utils import timezone

    from runner.models import RemovedRuns, Snippet
    from tests.a_run import finished_run

    now = timezone.now()
    RemovedRuns.objects.create(owner=user, count=12, removed_at=now)
    text = "a" * 500_000
    Snippet.objects.bulk_create(
        Snippet(
            owner=user, title=f"Letters {number}", language="python", main="main.py", files=[],
            size_bytes=len(text), search_text=text, updated_at=now,
        )
        for number in range(40)
    )  # fmt: skip
    finished_run(user)
    return str(finished_run(user, recording_bytes=100_000_000).pk)


def give_second_factor(user: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)


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
