"""The header of pages holds what it has, in one line, wherever its links are shown."""

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.appearance import save_picture
from tests.e2e.workspace import Workspace
from tests.product import WebServer

# Widths in CSS pixels. Up to 1280 the workspace has the links of the site in the menu.
WIDTHS = (821, 900, 1024, 1101, 1180, 1280, 1281, 1440)
# A title as long as it may look, and a state with many letters.
FILL = """() => {
  const title = document.querySelector('.snippet-title');
  if (title) title.value = 'A snippet with a title that is long'.repeat(2);
  const state = document.querySelector('[data-testid=run-state]');
  if (state) state.textContent = 'Waiting for input';
  const saved = document.querySelector('#save-word');
  if (saved) saved.textContent = 'Ungespeicherte Änderungen';
}"""
LINES = """() => [...document.querySelectorAll('.site-header :is(a, button, .run-state)')]
  .filter(part => part.checkVisibility())
  .filter(part => {
    const words = document.createRange();
    words.selectNodeContents(part);
    const tops = [...words.getClientRects()].filter(box => box.width > 0).map(box => box.bottom);
    return Math.max(...tops) - Math.min(...tops) > 12;
  })
  .map(part => part.textContent.trim())"""
OVERLAPPING = """() => {
  const shown = [...document.querySelectorAll('.site-header :is(a, button, input, .run-state)')]
    .filter(part => part.checkVisibility())
    .map(part => [part.value || part.textContent.trim(), part.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  return shown.flatMap(([name, box], index) => shown.slice(index + 1)
    .filter(([, other]) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
      && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1)
    .map(([other]) => `${name} / ${other}`));
}"""
OUTSIDE = """() => {
  const header = document.querySelector('.site-header');
  const boxes = [...header.children].map(part => part.getBoundingClientRect());
  const ends = boxes.filter(box => box.width > 0).map(box => box.right);
  return Math.max(header.scrollWidth - header.clientWidth, Math.max(...ends) - innerWidth);
}"""


def look(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(FILL)
        save_picture(page, f"header-{name}-{width}")
        assert page.evaluate(LINES) == [], f"{width} pixels"
        assert page.evaluate(OVERLAPPING) == [], f"{width} pixels"
        assert page.evaluate(OUTSIDE) <= 0, f"{width} pixels"


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_part_of_the_header_breaks_or_leaves_it(
    language: str, browser: Browser, site: WebServer, new_student_name: str
) -> None:
    with browser.new_context(locale=language, reduced_motion="reduce") as context:
        workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
        page = workspace.page
        page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
        page.locator(".site-nav > a").first.wait_for()
        look(page, f"workspace-{language}")
        page.goto(f"{site.url}/runs/")
        look(page, f"runs-{language}")
        assert workspace.complaints == []
