"""A tab that nobody sees does not slow its program down."""

import re

import pytest

from runner.protocol.messages import Outcome
from tests.e2e.conftest import OpenWorkspace
from tests.e2e.workspace import Workspace

# A browser runs timeouts of hidden pages once in a second, later in a minute, and draws nothing.
THROTTLE = """every => {
    const later = window.setTimeout.bind(window);
    window.setTimeout = (callback, milliseconds = 0, ...more) => {
        const due = performance.now() + Number(milliseconds);
        const aligned = Math.ceil((due + 1) / every) * every;
        return later(callback, aligned - performance.now(), ...more);
    };
    window.requestAnimationFrame = () => 0;
    window.requestIdleCallback = () => 0;
}"""
SECONDS, BYTES = 6, 1_000_000
PRINTS = f"""
import time
line = "x" * 99
spent, started = 0.0, time.perf_counter()
for second in range({SECONDS}):
    for _ in range({BYTES} // 100):
        before = time.perf_counter()
        print(line)
        spent += time.perf_counter() - before
    time.sleep(max(0, started + second + 1 - time.perf_counter()))
print("spent", round(spent, 2), "of", round(time.perf_counter() - started, 1))
"""
FLOODS = """
import time
started = time.perf_counter()
print("y" * 4_000_000)
print("spent", round(time.perf_counter() - started, 2), "of", 0)
"""
SPENT = re.compile(r"spent ([\d.]+) of ([\d.]+)")


def spent(workspace: Workspace) -> float:
    found = SPENT.search(workspace.shown())
    assert found, workspace.shown()[-500:]
    return float(found[1])


def took(workspace: Workspace, source: str) -> float:
    workspace.start(source)
    workspace.wait_for_end(Outcome.COMPLETED, seconds=60)
    return spent(workspace)


@pytest.mark.parametrize("every", [1000, 60_000], ids=["each second", "each minute"])
@pytest.mark.parametrize("source", [PRINTS, FLOODS], ids=["1 MB in a second", "all at once"])
def test_a_program_keeps_its_pace_while_timeouts_are_late(
    workspace: Workspace, every: int, source: str
) -> None:
    """As long as in a page that is seen; a busy machine takes longer for both."""
    workspace.wait_for_everything()
    seen = took(workspace, source)
    workspace.page.evaluate(THROTTLE, every)
    assert took(workspace, source) < 2 * seen + 1
    assert workspace.complaints == []


def test_it_also_keeps_its_pace_if_the_page_was_never_seen(open_workspace: OpenWorkspace) -> None:
    """Loaded in a tab in the background: every timeout of it is late."""
    workspace = open_workspace()
    seen = took(workspace, FLOODS)
    workspace.page.add_init_script(f"({THROTTLE})(1000)")
    workspace.page.reload()
    workspace.wait_for_connection()
    assert took(workspace, FLOODS) < 2 * seen + 2


def test_all_of_the_output_is_there_when_the_tab_is_seen_again(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    workspace.page.evaluate(THROTTLE, 60_000)
    workspace.start("for number in range(30_000): print('line', number)\n")
    workspace.wait_for_end(Outcome.COMPLETED, seconds=40)
    lines = workspace.shown().splitlines()
    last = lines.index("line 29999")
    assert lines[last - 5000] == "line 24999"
