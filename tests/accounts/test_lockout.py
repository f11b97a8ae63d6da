"""Who guesses a password is slowed down whatever is varied; whose password it is is not."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.sign_in import known_browsers, throttle
from tests.accounts.test_throttle import WAIT, try_password
from tests.cast import PASSWORD, signed_in, someone

EVERYWHERE = "Somebody has tried many wrong passwords"
HOSTS = ["testserver", "testserver:81", "TESTSERVER", "testserver.", "TestServer.:8443"]
NAMES = ["owner", "OWNER", " Owner", "owner@example.org", "OWNER@Example.ORG", "owner@example.org "]


def fail(times: int, name: str = "owner", browser: Client | None = None, **headers: str) -> None:
    for _ in range(times):
        try_password(browser or Client(), "wrong", name, **headers)


@pytest.mark.parametrize("last", HOSTS)
def test_another_host_is_no_way_around(owner: User, last: str) -> None:
    for host in HOSTS:
        fail(1, host=host)
    assert WAIT in try_password(Client(), PASSWORD, host=last)


@pytest.mark.parametrize("last", NAMES)
def test_another_way_to_write_the_login_is_no_way_around(owner: User, last: str) -> None:
    for name in NAMES[:5]:
        fail(1, name)
    assert WAIT in try_password(Client(), PASSWORD, last)


@pytest.mark.parametrize("name", ["nobody", "nobody@example.org", "x" * 320])
def test_a_login_that_means_no_account_gets_the_same_answers(db: None, name: str) -> None:
    fail(5, name)
    assert WAIT in try_password(Client(), "wrong", name)


def test_names_that_only_look_alike_are_one_login(db: None) -> None:
    for name in [
        "Straße",
        "STRASSE",
        "straße",
        "\uff33\uff34\uff32\uff21\uff33\uff33\uff25",
        "strasse",
    ]:
        fail(1, name)
    assert WAIT in try_password(Client(), "wrong", "strasse")


def test_one_half_of_an_ipv6_address_is_one_network(owner: User) -> None:
    for number in range(5):
        fail(1, browser=Client(REMOTE_ADDR=f"2001:db8:1:2:{number}::{number}"))
    assert WAIT in try_password(Client(REMOTE_ADDR="2001:db8:1:2:ffff::9"), PASSWORD)
    assert try_password(Client(REMOTE_ADDR="2001:db8:1:3::1"), PASSWORD) == "signed in"


def test_ipv4_addresses_in_ipv6_are_networks_of_their_own(owner: User) -> None:
    fail(5, browser=Client(REMOTE_ADDR="::ffff:10.0.0.1"))
    assert WAIT in try_password(Client(REMOTE_ADDR="10.0.0.1"), PASSWORD)
    assert try_password(Client(REMOTE_ADDR="::ffff:10.0.0.2"), PASSWORD) == "signed in"


def test_nobody_is_locked_out_from_another_network(owner: User) -> None:
    fail(20, browser=Client(REMOTE_ADDR="203.0.113.5"))
    assert try_password(Client(REMOTE_ADDR="10.0.0.2"), PASSWORD) == "signed in"


def test_guessing_from_many_networks_is_slow_too(owner: User) -> None:
    for number in range(30):
        fail(1, browser=Client(REMOTE_ADDR=f"203.0.113.{number}"))
    assert EVERYWHERE in try_password(Client(REMOTE_ADDR="10.0.0.2"), PASSWORD)


def test_a_browser_that_has_signed_in_before_is_let_in(owner: User, settings: Settings) -> None:
    browser = Client()
    assert try_password(browser, PASSWORD) == "signed in"
    browser.post("/accounts/logout/")
    fail(5)
    for number in range(30):
        fail(1, browser=Client(REMOTE_ADDR=f"203.0.113.{number}"))
    assert WAIT in try_password(Client(), PASSWORD)
    for name in ("owner", "OWNER@example.org"):
        assert try_password(browser, PASSWORD, name) == "signed in"
        browser.post("/accounts/logout/")


def test_it_is_let_in_while_its_network_guesses_at_others(owner: User, settings: Settings) -> None:
    browser = Client()
    try_password(browser, PASSWORD)
    browser.post("/accounts/logout/")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login_failed": "3/m/ip,5/5m/key"
    }
    for number in range(4):
        fail(1, f"student{number}")
    assert WAIT in try_password(Client(), PASSWORD)
    assert try_password(browser, PASSWORD) == "signed in"


def test_a_known_browser_may_not_guess_for_ever(owner: User) -> None:
    browser = Client()
    try_password(browser, PASSWORD)
    browser.post("/accounts/logout/")
    fail(5, browser=browser)
    assert WAIT in try_password(browser, PASSWORD)
    assert try_password(Client(), PASSWORD) == "signed in"


def test_the_cookie_of_another_user_or_a_forged_one_helps_nobody(
    owner: User, classmate: User
) -> None:
    browser = Client()
    try_password(browser, PASSWORD, "classmate")
    browser.post("/accounts/logout/")
    fail(5)
    assert WAIT in try_password(browser, PASSWORD)
    value = browser.cookies[known_browsers.COOKIE].value
    for forged in (value[:-2], "x" + value, "", "a:b:c"):
        browser.cookies[known_browsers.COOKIE] = forged
        assert WAIT in try_password(browser, PASSWORD)


def test_a_shared_computer_knows_everybody_of_the_class(db: None) -> None:
    browser = Client()
    for number in range(3):
        someone(f"student{number}")
        assert try_password(browser, PASSWORD, f"student{number}") == "signed in"
        browser.post("/accounts/logout/")
    for number in range(3):
        fail(5, f"student{number}")
        assert try_password(browser, PASSWORD, f"student{number}") == "signed in"
        browser.post("/accounts/logout/")


def test_the_cookie_signs_nobody_in_and_scripts_do_not_see_it(owner: User) -> None:
    browser = Client()
    try_password(browser, PASSWORD)
    cookie = browser.cookies[known_browsers.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    other = Client()
    other.cookies[known_browsers.COOKIE] = cookie.value
    assert other.get("/runs/").status_code == 302


def test_somebody_elses_wrong_passwords_for_his_own_account_lock_nobody(owner: User) -> None:
    """He has entered the owner's address as his own."""
    someone("villain")
    User.objects.filter(username="villain").update(email=owner.email)
    fail(6, "villain")
    assert try_password(Client(), PASSWORD, owner.email) == "signed in"


# --- Other ways to test a password -------------------------------------------------------------
CHANGE = "/accounts/password/change/"
NEW = {"password1": "another fine password", "password2": "another fine password"}


@pytest.mark.parametrize("path", [CHANGE, "/accounts/reauthenticate/"])
def test_a_form_for_the_signed_in_counts_with_the_sign_in(owner: User, path: str) -> None:
    browser = signed_in(owner)
    field = "oldpassword" if path == CHANGE else "password"
    for _ in range(5):
        browser.post(path, NEW | {field: "wrong"})
    assert WAIT in try_password(Client(), PASSWORD)


@pytest.mark.parametrize("path", [CHANGE, "/accounts/reauthenticate/"])
def test_wrong_passwords_at_sign_in_count_there(owner: User, path: str) -> None:
    fail(5)
    field = "oldpassword" if path == CHANGE else "password"
    page = signed_in(owner).post(path, NEW | {field: PASSWORD})
    assert WAIT in page.content.decode()
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_the_admin_has_no_form_of_its_own(superuser: User) -> None:
    browser = signed_in(superuser)
    for method in (browser.get, browser.post):
        assert method("/admin/password_change/")["Location"] == CHANGE
    fail(5, "superuser")
    login = Client().post("/admin/login/", {"username": "superuser", "password": PASSWORD})
    assert login["Location"].startswith("/accounts/login/")
    assert WAIT in try_password(Client(), PASSWORD, "superuser")


# --- Lifting a lock ------------------------------------------------------------------------------
def lift(by: User, *users: User) -> str:
    fields = {"action": "lift_locks", "_selected_action": [user.pk for user in users]}
    page = signed_in(by).post("/admin/accounts/user/", fields, follow=True)
    return page.content.decode()


def test_an_instructor_lifts_the_lock_of_a_student(owner: User, instructor: User) -> None:
    fail(5)
    assert WAIT in try_password(Client(), PASSWORD)
    assert "They can sign in at once." in lift(instructor, owner)
    assert try_password(Client(), PASSWORD) == "signed in"


def test_an_instructor_lifts_no_lock_of_staff(
    instructor: User, superuser: User, classmate: User
) -> None:
    User.objects.filter(pk=classmate.pk).update(is_superuser=True)
    for user in (superuser, classmate):
        fail(5, user.username)
        lift(instructor, user)
        assert WAIT in try_password(Client(), PASSWORD, user.username)
    lift(superuser, superuser)
    assert try_password(Client(), PASSWORD, "superuser") == "signed in"


def test_a_student_lifts_none(owner: User, classmate: User) -> None:
    fail(5, "classmate")
    lift(owner, classmate)
    assert WAIT in try_password(Client(), PASSWORD, "classmate")


def test_a_new_password_lifts_it(owner: User) -> None:
    fail(5)
    browser = signed_in(owner)
    throttle.lift(owner)
    assert browser.post(CHANGE, NEW | {"oldpassword": PASSWORD}).status_code == 302
    assert try_password(Client(), NEW["password1"]) == "signed in"
