"""WebAssembly may be compiled in workers, and not by the page; text becomes code in neither."""

from playwright.sync_api import Worker

from tests.e2e.workspace import Workspace

# The smallest module.
COMPILE = """async () => {
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    try {
        return String(await WebAssembly.compile(bytes));
    } catch (error) {
        return error.name;
    }
}"""
# Later: what the debugger calls itself is not bound by the policy.
EVALUATE = """async () => {
    await new Promise((resolve) => setTimeout(resolve));
    try {
        return new Function("return 1")();
    } catch (error) {
        return error.name;
    }
}"""
CONNECT = """async () => {
    try {
        await fetch("https://evil.example/");
        return "fetched";
    } catch (error) {
        return error.name;
    }
}"""


def a_worker(workspace: Workspace) -> Worker:
    workspace.wait_for_everything()
    workspace.page.wait_for_event("worker") if not workspace.page.workers else None
    return workspace.page.workers[0]


def test_the_page_compiles_no_webassembly(workspace: Workspace) -> None:
    assert workspace.page.evaluate(COMPILE) == "CompileError"
    assert workspace.page.evaluate(EVALUATE) == "EvalError"
    workspace.complaints.clear()  # that it was tried


def test_a_worker_compiles_webassembly_and_nothing_else(workspace: Workspace) -> None:
    worker = a_worker(workspace)
    assert worker.evaluate(COMPILE) == "[object WebAssembly.Module]"
    assert worker.evaluate(EVALUATE) == "EvalError"
    assert worker.evaluate(CONNECT) == "TypeError"
    workspace.complaints.clear()
