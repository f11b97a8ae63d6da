"""Connections that end in the middle, and servers that are started again."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer
from tests.services import wait_until

COUNT = "import time\nfor i in range(400):\n    print(i, flush=True)\n    time.sleep(0.01)\n"


# Frames in which the terminal is not as it was, and what the badge says.
WATCH_FLICKER = """() => {
    window.seen = { blank: 0, states: new Set() };
    const badge = document.querySelector("[data-testid=run-state]");
    const look = () => {
        if (!window.coderunner.terminalText().startsWith("0\\n1\\n2\\n")) window.seen.blank += 1;
        window.seen.states.add(badge.dataset.state);
        requestAnimationFrame(look);
    };
    look();
}"""
# After the look at the next frame.
SEEN = """() => new Promise((resolve) => {
    requestAnimationFrame(() => resolve({ ...seen, states: [...seen.states] }));
})"""


def test_output_goes_on_without_loss_or_repetition(
    workspace_on_line: Workspace, line: Severable
) -> None:
    workspace_on_line.start(COUNT + "print('all', 'counted')\n")
    workspace_on_line.wait_for("20\n")
    workspace_on_line.page.evaluate(WATCH_FLICKER)
    line.cut()
    workspace_on_line.wait_for_connection("reconnecting")
    line.mend()
    workspace_on_line.wait_for_connection()
    workspace_on_line.wait_for("all counted")
    shown = workspace_on_line.shown().split()
    assert [int(word) for word in shown[: shown.index("all")]] == list(range(400))
    workspace_on_line.wait_for_end(Outcome.COMPLETED)
    seen = workspace_on_line.page.evaluate(SEEN)
    assert seen == {"blank": 0, "states": ["running", "finished"]}


@pytest.mark.smoke
def test_what_is_typed_while_cut_is_typed_once(
    workspace_on_line: Workspace, line: Severable
) -> None:
    workspace_on_line.start('print("Heard", input("Say: "))\nprint("Then", input())\n')
    workspace_on_line.wait_for("Say:")
    line.cut()
    workspace_on_line.wait_for_connection("reconnecting")
    workspace_on_line.type("hello\nagain\n")
    line.mend()
    workspace_on_line.wait_for("Heard hello")
    workspace_on_line.wait_for("Then again")
    workspace_on_line.wait_for_end(Outcome.COMPLETED)


def test_a_run_that_ended_meanwhile_is_shown_to_its_end(
    workspace_on_line: Workspace, line: Severable, context: BrowserContext, site: WebServer
) -> None:
    workspace_on_line.start("import time\nprint('begun', flush=True)\ntime.sleep(1)\nprint('done')")
    workspace_on_line.wait_for("begun")
    line.cut()
    workspace_on_line.wait_for_connection("reconnecting")
    ended = f"{site.url}/runs/?outcome=completed"  # beside the line; cookies ignore the port
    wait_until(lambda: "<tbody>" in context.request.get(ended).text(), "the end of the run")
    line.mend()
    workspace_on_line.wait_for("done")
    workspace_on_line.wait_for_end(Outcome.COMPLETED)


# Real events of the browser; the others, which need a person at a screen, are made up.
WAKE = {
    "focus": "window.dispatchEvent(new Event('focus'))",
    "visibility": "document.dispatchEvent(new Event('visibilitychange'))",
}


def test_it_comes_back_at_once_when_the_network_does_or_somebody_looks(
    workspace_on_line: Workspace, line: Severable, context: BrowserContext
) -> None:
    """While the page's clock stands still no attempt is made by time: the event alone does it."""
    workspace, clock = workspace_on_line, workspace_on_line.page.clock
    workspace.start("print('Heard', input('Say: '))\nprint('Then', input())\nprint('All', input())")
    workspace.wait_for("Say:")
    clock.install()
    for event in ("online", *WAKE):
        clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
        line.cut()
        workspace.wait_for_connection("reconnecting")
        if event == "online":
            context.set_offline(True)
            workspace.wait_for_connection("offline")
        line.mend()
        if event == "online":
            context.set_offline(False)
        else:
            workspace.page.evaluate(WAKE[event])
        workspace.wait_for_connection()
        clock.resume()
        workspace.type(f"{event}\n")
    workspace.wait_for("All visibility")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_a_restarted_server_is_found_again(small_product: Product, context: BrowserContext) -> None:
    small_product.create_users("owner")
    server = small_product.serve()
    with Severable(server.port) as line:
        workspace = Workspace.open(context, line.url, server.sign_in("owner"))
        workspace.wait_for_everything()
        server.process.stop()
        line.cut()
        workspace.wait_for_connection("reconnecting")
        expect(workspace.connection).to_be_visible()
        line.mend(small_product.serve().port)
        workspace.wait_for_connection()
        workspace.start('print("back", "again")')
        workspace.wait_for("back again")
        assert workspace.complaints == []
