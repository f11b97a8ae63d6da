"""Signing in with a passkey, with codes, with the account of a school, and with a sign-up code, in
a browser, at a site that requires a second factor of its staff."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import PASSWORD
from tests.e2e.people import make_people
from tests.oidc_provider import Provider, running_provider
from tests.product import Product

CODE = "Birke-7"


@dataclass(frozen=True)
class Site:
    url: str
    by_address: str  # the same site by an address, where browsers have no passkeys
    school: Provider


@pytest.fixture(scope="module")
def strict_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("strict")
    with running_provider() as school, Product(folder, **school.settings()) as product:
        product.env |= {
            "SIGNUP": "code",
            "SIGNUP_CODE": CODE,
            "MFA_REQUIRED_FOR_STAFF": "true",
            "EMBED_ALLOWED_ORIGINS": "http://course.test",
        }
        product.env.pop("COVERAGE_PROCESS_CONFIG", None)
        product.migrate()
        product.call(make_people)
        server = product.serve()
        yield Site(f"http://localhost:{server.port}", server.url, school)


@pytest.fixture
def page(context: BrowserContext, strict_site: Site) -> Page:
    """With a device that has passkeys and says yes to everything."""
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def enter(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def confirm_password(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def sign_out(page: Page) -> None:
    page.locator("details.menu summary").click()
    page.locator(".menu-items").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_instructor_sets_up_a_passkey_and_signs_in_with_it(
    page: Page, strict_site: Site
) -> None:
    enter(page, strict_site, "instructor")
    expect(page.get_by_text("Your account needs a second factor.")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    confirm_password(page)
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_label("Also sign in with it without a password").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{strict_site.url}/admin/")
    expect(page.get_by_role("link", name="Users")).to_be_visible()
    page.goto(f"{strict_site.url}/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Old laptop")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()  # in place of a password
    page.wait_for_url(f"{strict_site.url}/")
    page.goto(f"{strict_site.url}/admin/")
    expect(page.get_by_role("link", name="Users")).to_be_visible()
    page.goto(f"{strict_site.url}/")
    sign_out(page)

    enter(page, strict_site, "instructor")  # after a password
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{strict_site.url}/")

    page.goto(f"{strict_site.url}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_text("Your account needs a second factor. Set up another")).to_be_visible()
    expect(page.get_by_text("Old laptop")).to_be_visible()


def test_a_passkey_that_is_not_used_is_said(page: Page, strict_site: Site) -> None:
    page.goto(f"{strict_site.url}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("No passkey was used.")).to_be_visible()


def test_where_browsers_have_none_the_page_says_so(page: Page, strict_site: Site) -> None:
    page.goto(f"{strict_site.by_address}/accounts/login/")
    expect(page.get_by_text("Passkeys work only over HTTPS")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_disabled()


def test_codes_from_an_app(page: Page, strict_site: Site) -> None:
    enter(page, strict_site, "student")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Set up an app").click()
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("10 are left.")).to_be_visible()
    sign_out(page)
    enter(page, strict_site, "student")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    page.get_by_label("Code", exact=True).fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{strict_site.url}/accounts/2fa/")
    expect(page.get_by_text("9 are left.")).to_be_visible()
    page.get_by_role("link", name="Turn off").click()
    confirm_password_or_code(page)
    page.get_by_role("button", name="Turn off").click()
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def confirm_password_or_code(page: Page) -> None:
    if page.get_by_role("button", name="Continue").count():
        confirm_password(page)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_the_account_of_a_school_and_the_code_of_the_site(page: Page, strict_site: Site) -> None:
    strict_site.school.claims = {"sub": "7", "preferred_username": "grace"}
    page.goto(f"{strict_site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with Hill School").click()
    page.wait_for_url("**/accounts/connections/signup/")
    expect(page.get_by_label("Username")).to_have_value("grace")
    page.get_by_label("Sign-up code").fill("wrong")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("This is not the sign-up code of this site.")).to_be_visible()
    page.get_by_label("Sign-up code").fill(CODE)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(f"{strict_site.url}/")
    sign_out(page)
    page.get_by_role("button", name="Sign in with Hill School").click()
    page.wait_for_url(f"{strict_site.url}/")
    page.goto(f"{strict_site.url}/accounts/connections/")
    expect(page.get_by_text("You can sign in to this account by Hill School.")).to_be_visible()


def test_a_provider_that_is_away(page: Page, strict_site: Site) -> None:
    strict_site.school.is_down = True
    page.goto(f"{strict_site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with Hill School").click()
    expect(page.get_by_text("Signing in by Hill School did not work.")).to_be_visible()
    strict_site.school.is_down = False


def test_signing_up_with_the_code(page: Page, strict_site: Site) -> None:
    page.goto(f"{strict_site.url}/accounts/login/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Sign-up code").fill(CODE)
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(f"{strict_site.url}/")


def test_ending_another_session_closes_its_page(
    browser: Browser, page: Page, strict_site: Site
) -> None:
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        enter(other, strict_site, "newcomer")
        expect(other.get_by_role("button", name=re.compile("^Run")).first).to_be_enabled()
        enter(page, strict_site, "newcomer")
        page.goto(f"{strict_site.url}/accounts/sessions/")
        page.get_by_role("button", name="Sign out everywhere else").click()
        expect(page.get_by_text("Signed out there.")).to_be_visible()
        expect(other.get_by_text("signed out").first).to_be_visible()
