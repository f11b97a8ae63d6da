"""How long a page does nothing but work on one thing: meanwhile no key and no click is answered."""

from playwright.sync_api import Page

# For a page that begins, too: the browser tells of tasks of 50 ms and more, those before included.
WATCH = """() => {
    window.longestTask = 0;
    window.taskWatch ??= new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
            window.longestTask = Math.max(window.longestTask, duration);
        }
    });
    window.taskWatch.observe({ type: "longtask" });
}"""
# The observer is called when the browser has time, so after what is measured. A page that draws
# nothing may never be called back without a limit.
READ = """() => new Promise((done) => {
    requestIdleCallback(() => done(window.longestTask), { timeout: 2000 });
})"""
LONGEST_MS = 200


def watch(page: Page) -> None:
    """From now on."""
    page.evaluate(WATCH)


def longest(page: Page) -> float:
    """Milliseconds, since `watch` or the last call."""
    found = float(page.evaluate(READ))
    page.evaluate("() => { window.longestTask = 0; }")
    return found
