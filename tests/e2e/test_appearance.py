"""The checker of widgets: it finds each fault on a small page that has it, and no other."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.appearance import problems

PAGE = """<!doctype html><style>html { background: #fff; color: #111; font: 16px serif }
    button, input { border: 1px solid #567 }</style>"""
GOOD = """<style>#w { background: #fff; padding: 8px }</style>
    <div id="w"><button>Run</button> <label>Name <input value="Ada"></label>
    <svg width="16" height="16"><use href="#i"></use></svg></div>
    <svg hidden><symbol id="i"><rect width="4" height="4"/></symbol></svg>"""
GLYPH = "<style>#w { background: #fff } #w i::before { content: '\\ea76'; font: 16px %s }</style>"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def found(page: Page, html: str, *, floating: bool = True, keyboard: bool = True) -> list[str]:
    """The names of the checks that fail."""
    page.set_content(PAGE + html)
    wrong = problems(page.locator("#w"), floating=floating, keyboard=keyboard)
    return sorted({one.partition(":")[0] for one in wrong})


def test_nothing_is_wrong_with_a_good_widget(page: Page) -> None:
    assert found(page, GOOD) == []


@pytest.mark.parametrize(
    ("css", "check"),
    [
        ("opacity: 0", "invisible"),
        ("visibility: hidden", "invisible"),
        ("width: 1px; height: 1px; overflow: hidden; position: absolute; padding: 0", "invisible"),
        ("background: transparent", "transparent"),
        ("background: rgb(255 255 255 / 80%)", "transparent"),
        ("color: #888", "contrast"),
        ("color: light-dark(rgb(0 0 0 / 40%), #fff)", "contrast"),
        ("position: fixed; left: -50px", "outside"),
        ("position: fixed; left: calc(100vw - 20px)", "outside"),
        ("position: fixed; top: calc(100vh - 4px)", "outside"),
        ("font-size: 11px", "small type"),
        ("width: 30px; overflow: hidden; white-space: nowrap", "cut off"),
        ("width: 30px; overflow: clip; white-space: nowrap; text-overflow: ellipsis", "cut off"),
        ("width: 9px; overflow-wrap: anywhere", "squeezed"),
    ],
)
def test_a_fault_of_the_style_is_found(page: Page, css: str, check: str) -> None:
    style = f"<style>#w {{ background: #fff; {css} }}</style>"
    assert found(page, f"{style}<div id=w tabindex=0>Words to read</div>") == [check]


@pytest.mark.parametrize(
    ("html", "check"),
    [
        ("<div>Nothing to press</div>", "keyboard"),
        ("<button disabled>Off</button>", "keyboard"),
        ("<button tabindex=-1>Run</button>", "keyboard"),
        ("<button></button>", "name"),
        ("<button style='border: 2px outset'>Run</button>", "unstyled"),
        ("<label>Name <input style='border: 2px inset'></label>", "unstyled"),
        ("<input placeholder=Search>", "name"),
        ("<button><svg><use href='#nothing'></use></svg>Run</button>", "icon"),
        ("<button><svg width=0 height=0></svg>Run</button>", "icon"),
        ("<button style='opacity: .4'>Run</button>", "contrast"),
        ("<div style='background: #ddd; color: #777'><button>Run</button>Pale</div>", "contrast"),
        ("<label>Name <input value=Ada style='color: #aaa'></label>", "contrast"),
    ],
)
def test_a_fault_of_the_content_is_found(page: Page, html: str, check: str) -> None:
    assert found(page, f"<div id=w style='background: #fff'>{html}</div>") == [check]


@pytest.mark.parametrize(
    "html",
    [
        "<button disabled style='opacity: .3'>Off</button><button>On</button>",
        "<button style='font-size: 24px; color: #888; background: #fff'>Large</button>",
        "<button>Run</button><span style='position: absolute; width: 1px; height: 1px; "
        "overflow: hidden; color: #eee'>For screen readers</span>",
        "<button title='A long name' style='display: block; width: 40px; overflow: hidden; "
        "text-overflow: ellipsis; white-space: nowrap'>A long name</button>",
        "<div tabindex=0 style='width: 40px; overflow-x: auto; white-space: nowrap'>Scrolls</div>",
    ],
)
def test_what_is_right_is_not_called_wrong(page: Page, html: str) -> None:
    assert found(page, f"<div id=w style='background: #fff'>{html}</div>") == []


def test_an_icon_needs_its_font(page: Page) -> None:
    icon = "<div id=w><button aria-label=Close><i></i></button></div>"
    assert found(page, GLYPH % "codicon" + icon) == ["icon"]


def test_what_lies_in_a_shadow_root_is_seen(page: Page) -> None:
    html = """<div id=w style="background: #fff"><template shadowrootmode=open>
        <style>button { color: #bbb; background: none; border: 0 }</style><button>Cut</button>
        </template></div>"""
    page.goto("about:blank")
    page.set_content(PAGE)
    page.evaluate("html => { document.body.setHTMLUnsafe(html); }", html)
    wrong = problems(page.locator("#w"), floating=True)
    assert [one.partition(":")[0] for one in wrong] == ["contrast"]


def test_a_list_that_a_focused_field_steers_is_reachable(page: Page) -> None:
    field = "<input autofocus aria-label=Find aria-controls=w>"
    assert found(page, f"{field}<ul id=w style='background: #fff'><li>One</ul>") == []


def test_what_fades_in_is_awaited(page: Page) -> None:
    fade = "<style>@keyframes f { from { opacity: 0 } } #w { animation: f 1s }</style>"
    assert found(page, f"{fade}<button id=w style='background: #fff'>Run</button>") == []
