"""From the key to the formatted text, in real Chromium: 500 lines of Python, and the step back."""

from playwright.sync_api import Page, expect

from bench.browser import SECONDS

FUNCTIONS, TIMES = 125, 20
UGLY = "".join(
    f'def f{number}( a,b ):\n  x=a+b\n  if x>3 :  print( "x",x )\n  return x\n'
    for number in range(FUNCTIONS)
)
# Milliseconds from the next key until the text is another one.
WATCH = """before => {
    window.formatted = new Promise((done) => {
        addEventListener("keydown", ({ timeStamp }) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => {
                if (window.coderunner.getText() === before) channel.port2.postMessage(null);
                else done(performance.now() - timeStamp);
            };
            channel.port2.postMessage(null);
        }, { capture: true, once: true });
    });
}"""


def formatted(page: Page) -> tuple[list[float], str]:
    """Milliseconds of each time, and whether one step takes it back."""
    page.evaluate("text => window.coderunner.setText(text)", UGLY)
    _press(page, "Alt+Shift+F", UGLY)  # loads ruff
    times, steps = [], set[bool]()
    for _ in range(TIMES):
        _press(page, "Control+z", page.evaluate("() => window.coderunner.getText()"))
        steps.add(page.evaluate("() => window.coderunner.getText()") == UGLY)
        times.append(_press(page, "Alt+Shift+F", UGLY))
    return times, "one step to undo" if steps == {True} else "MORE THAN ONE STEP to undo"


def _press(page: Page, keys: str, before: str) -> float:
    page.locator(".view-line").first.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate(WATCH, before)
    page.keyboard.press(keys)
    page.set_default_timeout(SECONDS * 1000)
    return float(page.evaluate("() => window.formatted"))
