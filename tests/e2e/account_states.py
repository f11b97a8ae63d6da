"""Every state of the pages beside the workspace, and how a browser gets there."""
# size: one list of everything that is opened

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Route

from tests.cast import PASSWORD, SignedIn
from tests.e2e.people import make_weak_executor, reset_path
from tests.product import Product

LOGIN, SIGNUP = "/accounts/login/", "/accounts/signup/"
WITHOUT_TOKEN = """() => {
    const form = Object.assign(document.createElement("form"), { method: "post" });
    document.body.append(form);
    form.submit();
}"""


@dataclass(frozen=True)
class Visit:
    """A browser at a site; `known` has the cookies and slugs of `people.make_people`."""

    page: Page
    url: str
    product: Product
    known: dict[str, str]

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:not([hidden])").fill(value)

    def send(self, **fields: str) -> None:
        self.fill(**fields)
        with self.page.expect_navigation():
            self.page.locator("main form .button.primary").last.click()

    def enter_as(self, name: str) -> None:
        cookies = SignedIn(name, self.known[name]).in_browser(self.url)
        self.page.context.add_cookies(cookies)


State = Callable[[Visit], None]


def at(path: str, name: str = "") -> State:
    """The page at a path, which may name a slug; for a stranger, or one of the people."""

    def state(visit: Visit) -> None:
        if name:
            visit.enter_as(name)
        visit.go(path.format(**{key.split(" ")[0]: value for key, value in visit.known.items()}))

    return state


def sent(path: str, name: str = "", **fields: str) -> State:
    def state(visit: Visit) -> None:
        at(path, name)(visit)
        visit.send(**fields)

    return state


def typed(visit: Visit) -> None:
    visit.go(SIGNUP)
    visit.fill(username="ada", email="ada@example.org")
    visit.page.locator("[name=password1]").press_sequentially("lovelace")
    visit.page.locator("[data-met=true]").first.wait_for()
    visit.page.get_by_role("button").filter(has_text="Show").or_(
        visit.page.get_by_role("button").filter(has_text="Anzeigen")
    ).first.click()
    visit.fill(password2="lovel")
    visit.page.locator("[name=username]").focus()


def throttled(visit: Visit) -> None:
    for _ in range(6):
        sent(LOGIN, login="impatient", password="wrong")(visit)


def too_many(visit: Visit) -> None:
    visit.enter_as("hasty")
    for _ in range(6):
        visit.go("/accounts/password/change/")
        if visit.page.locator("[name=oldpassword]").count() == 0:
            return
        visit.send(oldpassword="wrong", password1=PASSWORD, password2=PASSWORD)


def confirmed(path: str, name: str) -> State:
    """The page at a path that asks for the password first."""

    def state(visit: Visit) -> None:
        visit.enter_as(name)
        visit.go(f"/accounts/reauthenticate/?next={path}")
        visit.send(password=PASSWORD)

    return state


def wrong_code(visit: Visit) -> None:
    sent(LOGIN, login="secured", password=PASSWORD)(visit)
    visit.send(code="000000")


def two_sessions(visit: Visit) -> None:
    sent(LOGIN, login="student", password=PASSWORD)(visit)
    visit.page.context.clear_cookies()
    sent(LOGIN, login="student", password=PASSWORD)(visit)
    visit.go("/accounts/sessions/")


def given_password(visit: Visit) -> None:
    at("/admin/accounts/user/{helped-id}/help/", "instructor")(visit)
    with visit.page.expect_navigation():
        visit.page.locator("button[value=password]").click()


def class_of(names: str) -> State:
    def state(visit: Visit) -> None:
        at("/admin/accounts/user/add-class/", "administrator")(visit)
        visit.page.locator("[name=names]").fill(names)
        with visit.page.expect_navigation():
            visit.page.locator("[type=submit].default").click()

    return state


def reset_key(visit: Visit) -> None:
    visit.go(visit.product.call(reset_path, "student"))


def reset_key_rejected(visit: Visit) -> None:
    reset_key(visit)
    visit.send(password1="student1", password2="student2")


def expired_form(visit: Visit) -> None:
    visit.go(LOGIN)
    with visit.page.expect_navigation():
        visit.page.evaluate(WITHOUT_TOKEN)


def bad_request(visit: Visit) -> None:
    """A browser sends no wrong `Host`."""

    def answer(route: Route) -> None:
        headers = route.request.headers | {"host": "evil.example"}
        route.fulfill(response=route.fetch(headers=headers, url=visit.url + LOGIN))

    visit.page.route("**/bad-request/", answer)
    visit.go("/bad-request/")


def with_weak_executor(path: str) -> State:
    def state(visit: Visit) -> None:
        visit.product.call(make_weak_executor)
        at(path, "instructor")(visit)
        visit.page.locator(".weak-limits").first.wait_for()

    return state


def menu(visit: Visit) -> None:
    at("/snippets/", "student")(visit)
    visit.page.locator("details.menu summary").click()


def confirm(visit: Visit) -> None:
    """By the password, unless this session has just given it for another state."""
    if visit.page.locator("main [name=password]").count():
        visit.send(password=PASSWORD)


def delete_account(visit: Visit) -> None:
    at("/accounts/data/delete/", "leaver")(visit)
    confirm(visit)


def delete_account_wrong_name(visit: Visit) -> None:
    delete_account(visit)
    visit.send(username="somebody")


def delete_last_administrator(visit: Visit) -> None:
    at("/accounts/data/delete/", "administrator")(visit)
    confirm(visit)


def deleted(visit: Visit) -> None:
    at("/snippets/", "instructor")(visit)
    visit.page.evaluate(
        """async () => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const headers = { "Content-Type": "application/json", Accept: "application/json",
                "X-CSRFToken": token };
            const files = [{ path: "main.py", content: "" }];
            const body = JSON.stringify(
                { title: "Draft", language: "python", main: "main.py", files });
            await fetch("/snippets/", { method: "POST", headers, body });
        }"""
    )
    visit.go("/snippets/")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Draft").last.click()  # Delete, in any language
    visit.page.locator(".notice form").wait_for()


CHANGE, EMAIL, FACTOR = "/accounts/password/change/", "/accounts/email/", "/accounts/2fa/"
WEAK = {"password1": "123", "password2": "124"}
STATES: dict[str, State] = {
    "sign-in": at(LOGIN),
    "sign-in wrong password": sent(LOGIN, login="student", password="wrong"),
    "sign-in throttled": throttled,
    "sign-in inactive": sent(LOGIN, login="inactive", password=PASSWORD),
    "sign-up": at(SIGNUP),
    "sign-up while typing": typed,
    "sign-up rejected": sent(SIGNUP, username="student", email="student@example.org", **WEAK),
    "sign-out": at("/accounts/logout/", "student"),
    "reset": at("/accounts/password/reset/"),
    "reset done": at("/accounts/password/reset/done/"),
    "reset key": reset_key,
    "reset key rejected": reset_key_rejected,
    "reset key expired": at("/accounts/password/reset/key/1-abc-def/"),
    "reset key done": at("/accounts/password/reset/key/done/"),
    "verify": at("/accounts/confirm-email/"),
    "verify expired": at("/accounts/confirm-email/x/"),
    "change password": at(CHANGE, "student"),
    "change password rejected": sent(CHANGE, "student", oldpassword="wrong", **WEAK),
    "set password": at("/accounts/password/set/", "no-password"),
    "confirm password": at("/accounts/reauthenticate/", "student"),
    "replace a given password": at(CHANGE, "given"),
    "second factor none": at(FACTOR, "newcomer"),
    "second factor": at(FACTOR, "secured"),
    "second factor app": confirmed(f"{FACTOR}totp/activate/", "newcomer"),
    "second factor app off": confirmed(f"{FACTOR}totp/deactivate/", "secured"),
    "second factor code": sent(LOGIN, login="secured", password=PASSWORD),
    "second factor wrong code": wrong_code,
    "second factor confirm": at(f"{FACTOR}reauthenticate/", "secured"),
    "recovery codes": confirmed(f"{FACTOR}recovery-codes/", "secured"),
    "recovery codes new": confirmed(f"{FACTOR}recovery-codes/generate/", "secured"),
    "passkeys none": at(f"{FACTOR}webauthn/", "newcomer"),
    "passkey new": confirmed(f"{FACTOR}webauthn/add/", "newcomer"),
    "sessions": two_sessions,
    "sign-in methods": at("/accounts/connections/", "newcomer"),
    "email none": at(EMAIL, "newcomer"),
    "email": at(EMAIL, "student"),
    "own data": at("/accounts/data/", "student"),
    "delete account": delete_account,
    "delete account wrong name": delete_account_wrong_name,
    "delete last administrator": delete_last_administrator,
    "email of another account": sent(EMAIL, "no-password", email="student@example.org"),
    "avatar menu": menu,
    "snippets empty": at("/snippets/", "newcomer"),
    "snippets none found": at("/snippets/?q=nothing", "student"),
    "snippets": at("/snippets/", "student"),
    "snippets deleted": deleted,
    "snippets searched in part": at(f"/snippets/?q={'a' * 199}b", "collector"),
    "history of which runs were removed": at("/runs/", "collector"),
    "histories of which runs were removed": at("/runs/?all", "instructor"),
    "page refused": at("/runs/{run}/", "collector"),
    "shared stranger": at("/s/{Greeting}/"),
    "shared student": at("/s/{Greeting}/", "newcomer"),
    "shared owner": at("/s/{Greeting}/", "student"),
    "shared many files": at("/s/{Long}/"),
    "embedded": at("/s/{Greeting}/embed/"),
    "embedded many files": at("/s/{Long}/embed/"),
    "not shared": at("/s/x/"),
    "not found": at("/nothing/"),
    "no access": at("/admin/", "student"),
    "expired form": expired_form,
    "too many attempts": too_many,
    "bad request": bad_request,
    "unavailable": at("/static/unavailable.html"),
    "admin": at("/admin/", "administrator"),
    "admin users": at("/admin/accounts/user/", "administrator"),
    "admin user": at("/admin/accounts/user/1/change/", "administrator"),
    "admin help to sign in": at("/admin/accounts/user/6/help/", "instructor"),
    "admin new password": given_password,
    "admin add class": at("/admin/accounts/user/add-class/", "administrator"),
    "admin add class rejected": class_of("ada\nb b\nstudent"),
    "admin new user": at("/admin/accounts/user/add/", "administrator"),
    "admin delete user": at("/admin/accounts/user/3/delete/", "administrator"),
    "admin runs": at("/admin/runner/run/", "instructor"),
    "admin snippets": at("/admin/runner/snippet/", "instructor"),
    "admin snippet": at("/admin/runner/snippet/1/change/", "instructor"),
    "admin audit trail": at("/admin/accounts/auditentry/", "administrator"),
    "admin audit entry": at("/admin/accounts/auditentry/1/change/", "administrator"),
    "admin executors": at("/admin/runner/executor/", "instructor"),
    "admin with weak executors": with_weak_executor("/admin/"),
    "admin weak executors": with_weak_executor("/admin/runner/executor/"),
}
