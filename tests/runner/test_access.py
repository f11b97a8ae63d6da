"""Who may see, control or watch what, and whose pages may open a terminal."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings

from accounts.audit import AuditAction
from accounts.models import User
from runner import access
from runner.access import NotFound, may_connect
from tests.a_run import finished_run

HOST = "code.example.org"
OPENED = AuditAction.OPENED_RUN
OWNER = User(username="owner", is_active=True)


@pytest.fixture
def site(settings: Settings) -> Settings:
    settings.ALLOWED_HOSTS = [HOST, "localhost", "[::1]"]
    settings.CORS_ALLOWED_ORIGINS = ["https://lms.example.edu"]
    return settings


# --- Runs --------------------------------------------------------------------------------------
def test_a_student_sees_the_own_runs_only(owner: User, classmate: User) -> None:
    own = finished_run(owner)
    finished_run(classmate)
    assert list(access.visible_runs(owner)) == [own]
    assert access.visible_run(owner, own.pk, OPENED, "") == own


def test_an_instructor_sees_everybodys_runs(owner: User, instructor: User) -> None:
    run = finished_run(owner)
    assert access.visible_run(instructor, run.pk, OPENED, "") == run


def test_somebody_elses_run_looks_like_one_that_does_not_exist(
    owner: User, classmate: User
) -> None:
    run = finished_run(owner)
    with pytest.raises(NotFound) as theirs:
        access.visible_run(classmate, run.pk, OPENED, "")
    with pytest.raises(NotFound) as nobodys:
        access.visible_run(classmate, uuid4(), OPENED, "")
    assert str(theirs.value) == str(nobodys.value)


def test_only_the_owner_controls_a_run(owner: User, classmate: User, instructor: User) -> None:
    run = finished_run(owner)
    allowed = [access.may_control(user, run) for user in (owner, classmate, instructor)]
    assert allowed == [True, False, False]


# --- Sockets -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (f"https://{HOST}", HOST),
        (f"http://{HOST}", HOST),
        (f"https://{HOST}:8443", f"{HOST}:8443"),
        ("http://localhost:8000", "localhost:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://lms.example.edu", HOST),
    ],
)
def test_a_page_of_ours_opens_a_terminal(site: Settings, origin: str, host: str) -> None:
    assert may_connect(OWNER, origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("", HOST),
        ("null", HOST),
        ("https://", HOST),
        (HOST, HOST),
        (f"//{HOST}", HOST),
        (f"ftp://{HOST}", HOST),
        (f"file://{HOST}", HOST),
        (f"wss://{HOST}", HOST),
        (f"https://{HOST}/", HOST),
        (f"https://{HOST}.evil.example", HOST),
        (f"https://evil.example?{HOST}", HOST),
        (f"https://evil.example#{HOST}", HOST),
        (f"https://{HOST}@evil.example", HOST),
        (f"https://evil.example@{HOST}", HOST),
        (f"https://x.{HOST}", HOST),
        (f"https://{HOST}:444", HOST),
        (f"https://{HOST}", f"{HOST}:8443"),
        ("https://evil.example", HOST),
        ("https://evil.example", "evil.example"),  # a name of the attacker that leads to us
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("https://lms.example.edu.evil.example", HOST),
        ("https://lms.example.edu:444", HOST),
        ("http://lms.example.edu", HOST),
        ("https://[", HOST),
        ("https://", ""),
        ("https://a b", "a b"),
    ],
)
def test_any_other_page_does_not(site: Settings, origin: str, host: str) -> None:
    assert not may_connect(OWNER, origin, host)


def test_every_host_is_allowed_where_the_site_says_so(site: Settings) -> None:
    site.ALLOWED_HOSTS = ["*"]
    assert may_connect(OWNER, "https://any.example", "any.example")
    assert not may_connect(OWNER, "https://evil.example", "any.example")


@pytest.mark.parametrize(
    ("origin", "secure", "accepted"),
    [
        (f"https://{HOST}", True, True),
        (f"http://{HOST}", False, True),
        # Whoever is between a browser and the site can make such a page.
        (f"http://{HOST}", True, False),
        (f"https://{HOST}", False, False),
        ("https://lms.example.edu", False, True),  # as it is listed
        ("http://lms.example.edu", False, False),
    ],
)
def test_a_page_has_the_scheme_of_the_connection(
    site: Settings, origin: str, secure: bool, accepted: bool
) -> None:
    assert may_connect(OWNER, origin, HOST, secure=secure) is accepted


@pytest.mark.parametrize(
    "user",
    [None, AnonymousUser(), User(username="gone", is_active=False)],
    ids=["nobody", "a stranger", "a user who was locked out"],
)
@pytest.mark.parametrize("origin", [f"https://{HOST}", "https://lms.example.edu"])
def test_who_is_not_signed_in_opens_no_terminal(
    site: Settings, user: User | None, origin: str
) -> None:
    assert not may_connect(user, origin, HOST)
