"""The landing page and the forms with passwords, with scripts and without."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import PASSWORD
from tests.product import WebServer

SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (412, 915)}
MET, UNMET = re.compile("true"), re.compile("false")


def at(context: BrowserContext, site: WebServer, path: str) -> Page:
    page = context.new_page()
    page.goto(site.url + path)
    return page


@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_says_what_this_is_and_how_to_begin(
    browser: Browser, site: WebServer, size: str
) -> None:
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = at(context, site, "/")
        assert page.url.endswith("/accounts/login/?next=/")
        for role, name in (
            ("heading", "Write Python in your browser"),
            ("textbox", "Username or email address"),
            ("button", "Sign in"),
            ("link", "Create an account"),
        ):
            found = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
            expect(found).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("img", name="Picture: a program")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_visitor_chooses_a_language(context: BrowserContext, site: WebServer) -> None:
    page = at(context, site, "/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    expect(
        page.get_by_role("img", name="Wie heißt du?").or_(page.locator(".sample"))
    ).to_be_visible()


def test_the_rules_are_ticked_off_while_one_types(context: BrowserContext, site: WebServer) -> None:
    page = at(context, site, "/accounts/signup/")
    page.get_by_label("Username").fill("ada.lovelace")
    password = page.locator("#id_password1")
    rules = {name: page.locator(f"[data-rule^={name}]") for name in ("Minimum", "User", "Common")}
    for rule in rules.values():
        expect(rule).to_be_visible()
        assert rule.get_attribute("data-met") is None
    password.press_sequentially("lovelace")
    expect(rules["Minimum"]).to_have_attribute("data-met", MET)
    expect(rules["User"]).to_have_attribute("data-met", UNMET)
    expect(page.get_by_role("status")).to_contain_text("Not like your name")
    password.fill("password")
    expect(rules["Common"]).to_have_attribute("data-met", UNMET)
    expect(rules["User"]).to_have_attribute("data-met", MET)
    page.get_by_label("Username").fill("passwort")  # what it is compared with changes
    expect(rules["User"]).to_have_attribute("data-met", UNMET)
    password.fill(PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("This password is fine.")
    again = page.locator("[data-same-as] li")
    page.locator("#id_password2").fill("other")
    expect(again).to_have_attribute("data-met", UNMET)
    page.locator("#id_password2").fill(PASSWORD)
    expect(again).to_have_attribute("data-met", MET)
    password.fill("")
    expect(rules["Common"]).not_to_have_attribute("data-met", re.compile("."))


def test_a_password_is_shown_and_hidden_again_when_the_form_is_sent(
    context: BrowserContext, site: WebServer
) -> None:
    page = at(context, site, "/accounts/login/")
    password = page.locator("#id_password")
    password.fill("not the password")
    show = page.get_by_role("button", name="Show password")
    show.press("Enter")
    expect(password).to_have_attribute("type", "text")
    expect(password).to_be_focused()
    page.get_by_role("button", name="Hide password").click()
    expect(password).to_have_attribute("type", "password")
    show.click()
    page.evaluate(
        """() => document.querySelector("form").addEventListener("submit", () => {
            sessionStorage.sentAs = document.getElementById("id_password").type;
        })"""
    )
    page.get_by_label("Username or email address").fill("nobody-here")
    password.press("Enter")
    expect(page.get_by_text("Wrong username or password.")).to_be_visible()
    assert page.evaluate("sessionStorage.sentAs") == "password"
    expect(page.locator("#id_password")).to_be_focused()  # the name is still there
    expect(page.get_by_label("Username or email address")).to_have_value("nobody-here")


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_each_password_can_be_shown(context: BrowserContext, site: WebServer, path: str) -> None:
    page = at(context, site, path)
    fields = page.locator("input[type=password]")
    count = fields.count()
    assert count == (2 if "signup" in path else 1)  # both fields stay
    expect(page.get_by_role("button", name="Show password")).to_have_count(count)


def test_a_rejected_sign_up_begins_with_what_is_wrong(
    context: BrowserContext, site: WebServer
) -> None:
    page = at(context, site, "/accounts/signup/")
    page.get_by_label("Username").fill("-")
    page.get_by_label("Email address").fill("ada@example.org")
    for field in ("#id_password1", "#id_password2"):
        page.locator(field).fill("123")
    page.get_by_role("button", name="Create account").click()
    summary = page.locator("#form-problems")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Email address")).to_have_value("ada@example.org")
    expect(page.locator("#id_password1")).to_have_value("")
    described = page.locator("#id_password1").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("too short")
    summary.get_by_role("link", name="Username").click()
    expect(page.get_by_label("Username")).to_be_focused()
    # The reasons stay beside the field while a better one is typed.
    page.locator("#id_password1").fill("12345678901")
    expect(page.locator("[data-rule^=Minimum]")).to_have_attribute("data-met", MET)
    expect(page.locator("[data-rule^=Numeric]")).to_have_attribute("data-met", UNMET)


def test_it_works_without_scripts(browser: Browser, site: WebServer) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = at(context, site, "/accounts/signup/")
        expect(page.get_by_role("button", name="Show password")).to_have_count(0)
        expect(page.get_by_text("At least 8 characters")).to_be_visible()
        page.get_by_label("Username").fill("no-scripts")
        for field in ("#id_password1", "#id_password2"):
            page.locator(field).fill("short")
        page.get_by_role("button", name="Create account").click()
        expect(page.locator("#form-problems")).to_be_focused()
        expect(page.get_by_label("Username")).to_have_value("no-scripts")
        for field in ("#id_password1", "#id_password2"):
            page.locator(field).fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_test_id("workspace")).to_be_visible()


def test_a_server_that_does_not_answer_leaves_the_rules_neutral(
    context: BrowserContext, site: WebServer
) -> None:
    page = at(context, site, "/accounts/signup/")
    page.route("**/accounts/password/check/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("#id_password1").fill("12345678")
    assert page.locator("[data-met]").count() == 0
