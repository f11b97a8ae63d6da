"""A program stands while its page loses what it stands on: same line, same variables."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.debugging.debugged import requires_debugger
from tests.e2e.fingers import device
from tests.e2e.page_scripts import PREFER_POLLS
from tests.e2e.severable import Severable
from tests.e2e.test_debugger import CALLS, begin, panel, set_condition, stopped, value
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer
from tests.services import PostgresServer, RedisServer

pytestmark = requires_debugger
BOTH = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
RUNS, STOPS = 5, 10
ASKS = f"""total = 0
for number in range({2 * STOPS}):
    answer = input(f"{{number}}? ")
    total += int(answer)
print("total", total)
"""
CLOSES = """import socket
for number in range(3, 50):
    try:
        socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
print("goes on", input("? "))
"""


@pytest.fixture
def workers(
    tmp_path: Path,
    redis_server: RedisServer,
    postgres_server: PostgresServer,
    migrated_database: str,
) -> Iterator[list[WebServer]]:
    """Two web workers, beside an executor, as in production."""
    database = postgres_server.new_database(like=migrated_database)
    with Product(tmp_path, DATABASE_URL=database, REDIS_URL=redis_server.url) as product:
        product.create_users("ada")
        product.executor()
        workers = [product.web_worker(), product.web_worker()]
        for worker in workers:
            worker.wait_until_ready()
        yield workers


def assert_stands(workspace: Workspace) -> None:
    stopped(workspace, 3)
    expect(value(workspace, "result")).to_have_text("42")
    expect(value(workspace, "value")).to_have_text("21")


def assert_goes_on(workspace: Workspace) -> None:
    workspace.page.get_by_test_id("debug-step-out").click()
    stopped(workspace, 7)
    workspace.page.get_by_test_id("debug-continue").click()
    workspace.wait_for("answer 42")
    workspace.wait_for_end(Outcome.COMPLETED)


def on(browser: Browser, phone: bool) -> AbstractContextManager[BrowserContext]:
    return device(browser, "Pixel 7") if phone else browser.new_context()


@pytest.mark.faults
@BOTH
def test_the_web_worker_is_killed(browser: Browser, workers: list[WebServer], phone: bool) -> None:
    first, second = workers
    with Severable(first.port) as way, on(browser, phone) as context:
        workspace = Workspace.open(context, way.url, first.sign_in("ada"))
        begin(workspace, CALLS, 3)
        assert_stands(workspace)
        way.cut()
        first.process.kill()
        workspace.wait_for_connection("reconnecting")
        way.mend(second.port)
        workspace.wait_for_connection()
        assert_stands(workspace)
        workspace.reload()
        assert_stands(workspace)
        assert_goes_on(workspace)


@BOTH
def test_the_page_is_loaded_again(
    browser: Browser, site: WebServer, new_student_name: str, phone: bool
) -> None:
    with on(browser, phone) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        begin(workspace, CALLS, 3)
        assert_stands(workspace)
        workspace.reload()
        assert_stands(workspace)
        assert_goes_on(workspace)


def test_the_line_is_cut(workspace_on_line: Workspace, line: Severable) -> None:
    workspace = workspace_on_line
    begin(workspace, CALLS, 3)
    assert_stands(workspace)
    line.cut()
    workspace.wait_for_connection("reconnecting")
    line.mend()
    workspace.wait_for_connection()
    assert_stands(workspace)
    assert_goes_on(workspace)


def test_a_page_without_websockets_is_loaded_again(workspace: Workspace) -> None:
    workspace.page.evaluate(PREFER_POLLS)
    workspace.reload()
    begin(workspace, CALLS, 3)
    assert_stands(workspace)
    workspace.reload()
    assert_stands(workspace)
    assert_goes_on(workspace)


def test_a_program_that_closes_its_connection_goes_on(workspace: Workspace) -> None:
    begin(workspace, CLOSES)
    expect(panel(workspace)).to_contain_text("The debugger is gone", timeout=30_000)
    workspace.wait_for("?")
    workspace.type("alone\n")
    workspace.wait_for("goes on alone")
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.timeout(900)
@pytest.mark.faults
@BOTH
def test_a_condition_in_a_loop_that_asks_works_each_time(
    browser: Browser, site: WebServer, new_student_name: str, phone: bool
) -> None:
    """50 stops in five runs: the prompt is shown, its answer typed, the stop reached."""
    with on(browser, phone) as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        begin(workspace, ASKS, 4)
        answer(workspace, "0?", "7\n")
        stopped(workspace, 4)
        set_condition(workspace.page, "number % 2 == 1")
        workspace.stop.click()
        workspace.wait_for_end(Outcome.STOPPED)
        for _ in range(RUNS):
            workspace.page.get_by_test_id("debug").click()
            for number in range(1, 2 * STOPS, 2):
                assert_it_stops(workspace, number)
                workspace.page.get_by_test_id("debug-continue").click()
            workspace.wait_for(f"total {2 * STOPS * (STOPS * 2 - 1) // 2}")
            workspace.wait_for_end(Outcome.COMPLETED)


def assert_it_stops(workspace: Workspace, number: int) -> None:
    """At every other turn; for some of them the answer is typed before it is asked for."""
    if number % 4 == 1:
        answer(workspace, f"{number - 1}?", f"{number - 1}\n")
        answer(workspace, f"{number}?", f"{number}\n")
    else:
        answer(workspace, f"{number - 1}?", f"{number - 1}\n{number}\n")
    expect(value(workspace, "number")).to_have_text(str(number))
    stopped(workspace, 4)
    expect(value(workspace, "total")).to_have_text(str(number * (number - 1) // 2))
    expect(value(workspace, "answer")).to_have_text(f"'{number}'")


def answer(workspace: Workspace, prompt: str, text: str) -> None:
    """A phone shows the code where the program stands: there the terminal is called first."""
    workspace.wait_for(prompt, seconds=30)
    if workspace.terminal.is_hidden():
        workspace.page.get_by_role("button", name="Terminal", exact=True).click()
    workspace.type(text)
