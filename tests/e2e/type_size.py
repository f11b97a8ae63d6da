"""Measures the type of a page as it is shown."""

from playwright.sync_api import Page

SMALLEST = 12  # pixels
MEASURE = """(smallest) => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const parent = node.parentElement;
        if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
        if (parent.closest(".visually-hidden, script, style, noscript")) continue;
        const size = parseFloat(getComputedStyle(parent).fontSize);
        const text = node.data.trim().slice(0, 30);
        if (size < smallest) found.add(`${size} px: .${parent.className} "${text}"`);
    }
    return [...found];
}"""


def too_small(page: Page) -> list[str]:
    """Each piece of visible text below 12 px, with its size."""
    return list(page.evaluate(MEASURE, SMALLEST))
