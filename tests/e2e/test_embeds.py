# size: one site with visitors, and every course page of another site
"""Programs that visitors run: in a course page of another site, and on their own page."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from tests.e2e.conftest import OPTIONS
from tests.e2e.fingers import device
from tests.e2e.pages import serious_violations
from tests.product import Product, WebServer
from tests.visitor import open_a_snippet, rows

GREETING = {
    "title": "Greeting", "language": "python", "main": "main.py",
    "files": [{"path": "main.py", "content": 'print("Hello", input("Name? "))\n'}],
}  # fmt: skip
LESSON = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lesson</title>
<h1>Lesson</h1>
<code-runner id="shared" title="Greeting" src="{site}/try/{slug}/"></code-runner>
<div style="height: 3000px">A long text</div>
<code-runner id="inline" language="python">
    # &lt;of the page&gt;
    for number in range(2):
        print(number, input("> "))
</code-runner>
<code-runner id="third" language="python" height="300">
answer = input("Third? ")
print(answer * 2)
</code-runner>
<script src="{site}/embed.js"></script>
</html>
"""
BLOCKED = [*OPTIONS, "--test-third-party-cookie-phaseout"]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, WebServer, str]]:
    """A site with visitors, and the slug of a snippet that is open to them."""
    with Product(tmp_path_factory.mktemp("visited"), VISITORS="any") as product:
        product.migrate()
        product.create_users("teacher")
        server = product.serve()
        server.wait_until_ready()
        yield product, server, product.call(open_a_snippet, "teacher", GREETING)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """It keeps no cookies of other sites than that of the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BLOCKED)
        yield browser
        browser.close()


Publish = Callable[[str], str]


@pytest.fixture
def publish(tmp_path: Path) -> Iterator[Publish]:
    """Serves a course page on another host and port; its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        def published(html: str) -> str:
            (tmp_path / "lesson.html").write_text(html)
            return f"http://localhost:{server.server_port}/lesson.html"

        yield published
        server.shutdown()


def in_frame(page: Page, name: str) -> FrameLocator:
    element = page.locator(f"#{name}")
    element.scroll_into_view_if_needed()
    return element.frame_locator("iframe")


def run(frame: FrameLocator, page: Page, asks: str, answers: list[str], prints: str) -> None:
    frame.get_by_test_id("run").click()
    terminal = frame.get_by_test_id("terminal")
    terminal.scroll_into_view_if_needed()  # what cannot be seen is not drawn
    expect(terminal).to_contain_text(asks, timeout=30_000)
    for answer in answers:
        page.keyboard.type(f"{answer}\n")
    expect(terminal).to_contain_text(prints)
    state = frame.get_by_test_id("run-state")
    expect(state).to_have_attribute("data-state", "finished")
    expect(state).to_have_attribute("data-outcome", "completed")


def test_a_course_page_has_three_programs_and_leaves_nothing(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    product, server, slug = visited
    before = product.call(rows)
    with browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(publish(LESSON.format(site=server.url, slug=slug)))
        shared = in_frame(page, "shared")
        expect(shared.get_by_test_id("editor")).to_contain_text("Hello")
        expect(page.locator("iframe")).to_have_count(1)  # the others are far below
        run(shared, page, "Name?", ["Ada"], "Hello Ada")
        inline = in_frame(page, "inline")
        expect(inline.get_by_test_id("editor")).to_contain_text("# <of the page>")
        run(inline, page, "> ", ["a", "b"], "1 b")
        run(in_frame(page, "third"), page, "Third?", ["xy"], "xyxy")
        assert context.cookies() == []
        assert complaints == []
    assert product.call(rows) == before


def test_programs_take_neither_the_focus_nor_the_place_of_the_reader(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    """As frames do that focus their editor: the page jumps to it, and keys go there."""
    _, server, slug = visited
    lesson = LESSON.replace("height: 3000px", "height: 100px").replace(
        "<h1>Lesson</h1>", "<h1>Lesson</h1><input id='answer'>"
    )
    with browser.new_context(viewport={"width": 800, "height": 500}) as context:
        page = context.new_page()
        page.goto(publish(lesson.format(site=server.url, slug=slug)))
        page.locator("#answer").focus()
        for name in ("shared", "inline", "third"):
            page.evaluate("(name) => document.getElementById(name).scrollIntoView()", name)
            frame = page.locator(f"#{name}").frame_locator("iframe")
            expect(frame.get_by_test_id("run")).to_be_enabled()
            expect(frame.locator(".cm-content")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
        page.keyboard.type("my answer")
        expect(page.locator("#answer")).to_have_value("my answer")
        assert page.evaluate("scrollY") == 0


def test_a_program_is_changed_and_reset_for_its_reader_alone(
    browser: Browser, visited: tuple[Product, WebServer, str]
) -> None:
    _, server, slug = visited
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}/try/{slug}/")
        page.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("print(6 * 7)")
        page.keyboard.press("ControlOrMeta+Enter")
        expect(page.get_by_test_id("terminal")).to_contain_text("42", timeout=30_000)
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
        page.get_by_test_id("reset").click()
        expect(page.get_by_test_id("editor")).to_contain_text("Hello")
        expect(page.get_by_test_id("terminal")).not_to_contain_text("42")
        assert serious_violations(page) == []
        other = context.new_page()
        other.goto(f"{server.url}/try/{slug}/")
        expect(other.get_by_test_id("editor")).to_contain_text("Hello")


def test_one_that_waits_is_stopped(
    browser: Browser, visited: tuple[Product, WebServer, str]
) -> None:
    _, server, slug = visited
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}/try/{slug}/")
        page.get_by_test_id("run").click()
        expect(page.get_by_test_id("terminal")).to_contain_text("Name?", timeout=30_000)
        page.get_by_test_id("stop").click()
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-outcome", "stopped")
        page.keyboard.press("F6")
        expect(page.locator(".cm-content")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "de"])
def test_on_a_phone(
    browser: Browser, visited: tuple[Product, WebServer, str], language: str
) -> None:
    product, server, slug = visited
    before = product.call(rows)
    with device(browser, "Pixel 7", locale=language, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{server.url}/try/{slug}/")
        page.get_by_test_id("run").tap()
        terminal = page.get_by_test_id("terminal")
        expect(terminal).to_contain_text("Name?", timeout=30_000)
        page.keyboard.type("Ada\n")
        expect(terminal).to_contain_text("Hello Ada")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert serious_violations(page) == []
    assert product.call(rows) == before


def test_a_frame_of_what_is_not_open_says_so(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    _, server, _ = visited
    page = browser.new_page()
    page.goto(publish(LESSON.format(site=server.url, slug="not-there")))
    notice = in_frame(page, "shared").get_by_role("alert")
    expect(notice).to_contain_text("no longer shared")
    page.context.close()


def test_a_hostile_page_frames_nothing_but_the_embed(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    _, server, slug = visited
    for path in ("/", "/accounts/login/", f"/try/{slug}/", f"/s/{slug}/"):
        page = browser.new_page()
        with page.expect_console_message(lambda said: "frame" in said.text.lower()):
            page.goto(publish(f'<iframe src="{server.url}{path}"></iframe>'))
        expect(page.frame_locator("iframe").locator("main")).to_have_count(0)
        page.context.close()


def test_a_frame_takes_code_from_the_page_around_it_alone_and_not_too_much(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    _, server, _ = visited
    address = f"{server.url}/try/inline/embed/"
    hostile = """<iframe id="target" src="{address}"></iframe><iframe srcdoc="<script>
        const say = (code) => parent.frames[0].postMessage({{type: 'code-runner:code', code}}, '*');
        setInterval(() => say('sibling'), 50);
        </script>"></iframe><script>
        addEventListener("message", ({{source}}) => {{
            if (source !== frames[0]) return;
            source.postMessage({{type: "something else", code: "other"}}, "*");
            source.postMessage({{type: "code-runner:code", code: {code}}}, "*");
            source.postMessage({{type: "code-runner:code", code: "second"}}, "*");
        }});</script>"""
    for code, shown in (("'first'", "first"), ("'x'.repeat(70000)", ""), ("7", "")):
        page = browser.new_page()
        page.goto(publish(hostile.format(address=address, code=code)))
        frame = page.frame_locator("#target")
        expect(frame.locator(".cm-content")).to_have_text(shown)
        if not shown:
            expect(frame.get_by_role("status")).to_contain_text("gave no program")
        page.context.close()


def test_code_comes_by_the_address_where_pages_have_no_scripts(
    browser: Browser, visited: tuple[Product, WebServer, str]
) -> None:
    _, server, _ = visited
    page = browser.new_page()
    page.goto(f"{server.url}/try/inline/embed/?language=python&lang=de#code=print(%22%C3%A4%22)")
    expect(page.locator(".cm-content")).to_have_text('print("ä")')
    assert page.locator("html").get_attribute("lang") == "de"
    page.context.close()


def test_programs_that_a_page_adds_and_moves_later_run_too(
    browser: Browser, visited: tuple[Product, WebServer, str], publish: Publish
) -> None:
    """As a search among programs, or a page that is drawn by scripts, does."""
    _, server, _ = visited
    later = """<main></main><aside></aside><script src="{site}/embed.js"></script><script>
        const made = document.createElement("code-runner");
        made.id = "late";
        made.setAttribute("language", "python");
        made.textContent = "print(6 * 7)";
        document.querySelector("main").append(made);
        const written = "<code-runner id='written' language='python'>print(7 * 7)</code-runner>";
        document.querySelector("aside").innerHTML = written;
        window.move = () => document.querySelector("aside").append(made);
        </script>"""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(publish(later.format(site=server.url)))
    for name, printed in (("late", "42"), ("written", "49")):
        run(in_frame(page, name), page, printed, [], printed)
    page.evaluate("move()")  # a frame that is moved is loaded anew
    run(in_frame(page, "late"), page, "42", [], "42")
    expect(page.locator("iframe")).to_have_count(2)
    assert complaints == []
    page.context.close()
