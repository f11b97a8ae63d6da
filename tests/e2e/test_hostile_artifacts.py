"""A corpus of hostile content, opened in Chromium beside a cookie: none of it reads that, or acts.

Each is looked at in the panel, opened by its address as a page, and put into elements of the
site's own pages, as an attacker would who got the site to do so.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Dialog, Error, Page, Request, expect

from runner.protocol.messages import Outcome
from tests.e2e.shown_content import png, showing_site
from tests.e2e.workspace import Workspace
from tests.product import WebServer

CANARY = "canary-7f3a"
LEAK = "/leak/"
ATTACK = (
    f"var c=document.cookie;fetch('{LEAK}'+c);new Image().src='{LEAK}'+c;top.hit=c;parent.hit=c;"
    "parent.postMessage(c,'*');top.document.title='taken';top.location='/accounts/logout/';alert(1)"
)
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20' onload=\"{0}\">"
    "<script>{0}</script><foreignObject width='9' height='9'><iframe xmlns="
    "'http://www.w3.org/1999/xhtml' src='javascript:{0}'/></foreignObject>"
    "<image href='{1}image'/><use href='{1}use#x'/><a href='javascript:{0}'><rect width='9' "
    "height='9'/></a><animate attributeName='href' values='javascript:{0}'/></svg>"
).format(ATTACK.replace('"', "&quot;"), LEAK)
PNG = png(8, 8, 90)
WAVE = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\0\0\0"
SCRIPT = f"<script>{ATTACK}</script>".encode()
PAGES = {
    "script": f"<h1>Hi</h1><script>{ATTACK}</script>",
    "handlers": f'<img src=x onerror="{ATTACK}"><svg onload="{ATTACK}"><body onload="{ATTACK}">',
    "frames": f"<iframe src=\"javascript:{ATTACK}\"></iframe><iframe src='/'></iframe>"
    f"<iframe srcdoc=\"<script>{ATTACK}</script>\"></iframe><object data='/runs/'></object>",
    "leads away": f"<meta http-equiv=refresh content='0;url={LEAK}refresh'>"
    "<base href='//evil.test/'>",
    "form": f"<form action='{LEAK}form' id=f><input name=a></form><script>f.submit()</script>",
    "loads": f"<link rel=stylesheet href='{LEAK}css'><img src='{LEAK}img'><video src='{LEAK}v'>"
    f"<style>@import '{LEAK}import';body{{background:url({LEAK}bg)}}</style>"
    f"<link rel=preconnect href='//evil.test'><script src='{LEAK}js'></script>",
    "ends early": "--></textarea></title></style></template>" + f"<script>{ATTACK}</script>",
}
TABLES = {
    "cells": f'<table><tr><td><img src=x onerror="{ATTACK}"></td><th><script>{ATTACK}</script></th>'
    "</tr></table>",
    "spans": "<table><tr><td colspan=1000 rowspan=65534>wide</td></tr></table>",
    "none": f"<p>no table</p><script>{ATTACK}</script>",
    "nested": f'<table><tr><td><table><tr><td><svg onload="{ATTACK}"></table></table>',
}
PICTURES = {
    "drawing": SVG.encode(),
    "drawing with entities": b"<!DOCTYPE svg>" + SVG.encode(),
    "png and page": PNG + SCRIPT,
    "gif and script": b"GIF89a/*\x08\0\x08\0\0\0\0*/=1;" + ATTACK.encode(),
    "jpeg and page": b"\xff\xd8\xff\xfe\0\x40"
    + SCRIPT
    + b"\xff\xc0\0\x0b\x08\0\x08\0\x08\1\1\x11\0",
    "no picture": SCRIPT,
}
NAMES = {
    "folders": "../../../../etc/passwd",
    "nul": "evil.html\0.png",
    "bidi": "cod\u202egnp.exe",
    "header": 'a"\r\nSet-Cookie: canary=taken\r\n\r\n<script>',
    "markup": f"<img src=x onerror={ATTACK}>",
}


def _shown() -> list[tuple[str, bytes, str]]:
    pages = [("html", text.encode(), name) for name, text in PAGES.items()]
    tables = [("table", text.encode(), name) for name, text in TABLES.items()]
    pictures = [("picture", data, name) for name, data in PICTURES.items()]
    names = [("picture", PNG, name) for name in NAMES.values()]
    sounds = [("sound", WAVE + SCRIPT, "wave.html"), ("file", SCRIPT, "file.html")]
    return [*pages, *tables, *pictures, *names, *sounds]


PROGRAM = f"""
import coderunner
for kind, data, name in {_shown()!r}:
    coderunner._send(kind, data, name, None)
print("all are shown")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with showing_site(tmp_path_factory.mktemp("hostile"), "student0") as server:
        yield server


@pytest.fixture
def leaks(context: BrowserContext) -> list[str]:
    """What asked for an address that only hostile content names, and what told the cookie."""
    found: list[str] = []

    def look(url: str) -> None:
        if LEAK in url or CANARY in url or "evil.test" in url:
            found.append(url)

    def look_at(dialog: Dialog) -> None:
        found.append(dialog.message)
        dialog.dismiss()

    def forget_refused(request: Request) -> None:
        # Chromium names what it was asked for before the policy refuses to send it.
        if request.failure == "csp" and request.url in found:
            found.remove(request.url)

    context.on("request", lambda request: look(request.url))
    context.on("requestfailed", forget_refused)
    context.on("dialog", look_at)
    return found


EMBED = """async ([tag, attribute, url]) => {
    window.told = [];
    window.addEventListener("message", (event) => window.told.push(String(event.data)));
    const element = document.createElement(tag);
    element[attribute] = url;
    const settled = new Promise((done) => {
        element.onload = element.onerror = done;
        setTimeout(done, 2000);  // an object that is refused says nothing
    });
    document.body.append(element);
    await settled;
    let inside = "";
    try {
        // What was saved or refused leaves the empty document of the page itself.
        const loaded = element.contentDocument;
        if (loaded && loaded.URL !== "about:blank") inside = `readable: ${loaded.URL}`;
    } catch (error) {
        inside = error.name;
    }
    element.remove();
    return [inside, window.hit ?? "", ...window.told].join(" ");
}"""
COOKIE = "() => { try { return document.cookie; } catch (error) { return error.name; } }"


def addresses(page: Page, run: str | None) -> list[str]:
    ask = "async (path) => (await (await fetch(path)).json()).artifacts.map(({ url }) => url)"
    return [str(url) for url in page.evaluate(ask, f"/runs/{run}/artifacts/")]


def opened_alone(context: BrowserContext, address: str) -> str:
    """What a script on it would read; nothing if it is saved instead."""
    page = context.new_page()
    try:
        page.goto(address)
        return str(page.evaluate(COOKIE))
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return ""
    finally:
        page.close()


def test_none_of_the_corpus_reads_the_cookie_or_does_anything(
    context: BrowserContext, site: WebServer, leaks: list[str]
) -> None:
    context.add_cookies([{"name": "canary", "value": CANARY, "url": site.url}])
    workspace = Workspace.open(context, site.url, site.sign_in("student0"))
    page = workspace.page
    assert CANARY in page.evaluate(COOKIE)  # a script that ran here would read it
    workspace.start(PROGRAM)
    workspace.wait_for_end(Outcome.COMPLETED, seconds=60)
    run = workspace.state.get_attribute("data-run")
    urls = addresses(page, run)
    assert len(urls) >= len(_shown()) - 3  # what is not what it says was refused

    # 1. In the panel, each.
    stage = page.locator(".artifact-stage")
    for _ in urls[1:]:
        expect(stage).not_to_have_attribute("data-state", "loading")
        page.get_by_test_id("artifact-previous").click()
    expect(stage).not_to_have_attribute("data-state", "loading")
    assert page.evaluate("() => window.hit") is None
    assert "taken" not in page.title()
    expect(workspace.terminal).to_be_visible()  # it has not been led away

    # 2. As a page of its own.
    for url in urls:
        assert CANARY not in opened_alone(context, f"{site.url}{url}")

    # 3. In a page of the site that trusts it.
    page.goto(f"{site.url}/runs/")
    for url in urls:
        for tag, attribute in (("iframe", "src"), ("object", "data"), ("img", "src")):
            said = str(page.evaluate(EMBED, [tag, attribute, url]))
            assert "readable" not in said
            assert CANARY not in said

    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies(site.url)}
    assert cookies["canary"] == CANARY
    assert leaks == []
