"""The terminal is dark, or like the page; what a full-screen program paints fills it."""

from playwright.sync_api import BrowserContext, Locator, expect

from tests.e2e import surfaces
from tests.e2e.workspace import Workspace
from tests.product import WebServer

DARK, LIGHT, BLACK = "rgb(11, 14, 18)", "rgb(251, 252, 253)", "rgb(0, 0, 0)"
LIGHT_THEMES_BLACK = "rgb(29, 37, 48)"  # what black is as text on a light background
BLUE_SCREEN = """import curses
def play(screen):
    curses.curs_set(0)
    curses.init_pair(1, 231, 19)
    screen.bkgd(" ", curses.color_pair(1))
    screen.addstr(2, 2, "on blue")
    screen.getch()
curses.wrapper(play)
"""


def frame(workspace: Workspace) -> Locator:
    return workspace.page.locator("#terminal-frame")


def painted(workspace: Workspace, colour: str) -> None:
    expect(frame(workspace)).to_have_css("background-color", colour)


def test_it_is_dark_in_a_light_page_until_it_shall_be_like_the_page(workspace: Workspace) -> None:
    page = workspace.page
    surfaces.by_command(workspace, "theme-light")
    expect(page.locator("#editor-pane")).to_have_css("color-scheme", "light")
    painted(workspace, DARK)
    surfaces.by_command(workspace, "settings")
    with page.expect_response("**/preferences/"):
        surfaces.dialog(workspace).get_by_label("Theme of the terminal").select_option("page")
    painted(workspace, LIGHT)
    workspace.press("Escape")
    surfaces.by_command(workspace, "theme-dark")
    painted(workspace, DARK)
    surfaces.by_command(workspace, "theme-contrast")
    painted(workspace, BLACK)
    surfaces.by_command(workspace, "terminal-dark")
    painted(workspace, BLACK)
    with page.expect_response("**/preferences/"):
        surfaces.by_command(workspace, "theme-light")
    painted(workspace, DARK)
    workspace.reload()
    painted(workspace, DARK)


def test_other_windows_follow_at_once(
    workspace: Workspace, context: BrowserContext, site: WebServer
) -> None:
    surfaces.by_command(workspace, "theme-light")
    other = Workspace(context.new_page())
    other.page.goto(site.url)
    other.wait_for_connection()
    surfaces.by_command(workspace, "terminal-page")
    painted(other, LIGHT)
    surfaces.by_command(workspace, "theme-dark")
    painted(other, DARK)
    expect(other.page.get_by_test_id("theme")).to_have_value("dark")


def test_a_full_screen_program_fills_the_terminal(workspace: Workspace) -> None:
    surfaces.by_command(workspace, "theme-light")
    surfaces.by_command(workspace, "terminal-page")
    surfaces.full_screen_program(workspace)
    painted(workspace, LIGHT_THEMES_BLACK)
    surfaces.by_command(workspace, "terminal-dark")
    painted(workspace, DARK)
    workspace.terminal.click()
    workspace.press("q")
    workspace.wait_for_state("finished")
    workspace.start(BLUE_SCREEN)
    workspace.wait_for("on blue")
    painted(workspace, "rgb(0, 0, 175)")
    workspace.stop.click()
    workspace.wait_for_state("finished")
    painted(workspace, DARK)
