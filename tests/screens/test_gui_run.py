"""A program opens a window: its page sees it, and clicks and types into it."""

import asyncio

import pytest

from runner.executor.screens import rfb
from runner.languages import LANGUAGES
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox import lacks_screen
from tests.screens.viewer import a_gui_run, requires_screen, viewing

pytestmark = [requires_screen, pytest.mark.languages]
TURTLE = """import turtle
turtle.Screen().onclick(lambda x, y: print("clicked", int(x), int(y), flush=True))
turtle.Screen().onkey(lambda: print("key", flush=True), "Right")
turtle.Screen().listen()
turtle.forward(50)
print("drawn", flush=True)
turtle.mainloop()
"""
FORM = """import tkinter as tk
root = tk.Tk()
name = tk.StringVar()
entry = tk.Entry(root, textvariable=name)
entry.pack()
entry.bind("<Return>", lambda event: (print("Hello", name.get(), flush=True), root.destroy()))
entry.focus_force()
root.update()
print("shown", flush=True)
root.mainloop()
"""
GAME = """import pygame
pygame.init()
screen = pygame.display.set_mode((320, 240))
clock, going = pygame.time.Clock(), True
print(pygame.display.get_driver(), flush=True)
while going:
    for event in pygame.event.get():
        if event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE:
            print("jump", flush=True)
            going = False
    screen.fill("navy")
    pygame.draw.circle(screen, "gold", (pygame.time.get_ticks() % 320, 120), 20)
    pygame.display.flip()
    clock.tick(30)
"""
SWING = """import javax.swing.*;
public class Main {
    public static void main(String[] arguments) {
        SwingUtilities.invokeLater(() -> {
            JFrame frame = new JFrame("A form");
            JButton button = new JButton("Press");
            button.addActionListener(event -> { System.out.println("pressed"); System.exit(0); });
            frame.add(button);
            frame.setSize(300, 200);
            frame.setVisible(true);
            System.out.println("shown");
        });
    }
}
"""
RIGHT, SPACE, RETURN = 0xFF53, 0x20, 0xFF0D
ALT_GR, EURO = 0xFE03, 0x20AC


def typed(text: str) -> list[bytes]:
    keys = [RETURN if character == "\n" else ord(character) for character in text]
    return [rfb.key(down, keysym) for keysym in keys for down in (True, False)]


def test_turtle_draws_and_is_clicked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with viewing(a_gui_run(TURTLE), monkeypatch) as viewer:
            await viewer.terminal.wait_for("drawn")
            await viewer.shows()
            assert viewer.sizes == [(640, 480)]
            viewer.click(320, 240)
            await viewer.terminal.wait_for("clicked")
            viewer.send(rfb.key(True, RIGHT), rfb.key(False, RIGHT))
            await viewer.terminal.wait_for("key")
            assert "key" in viewer.terminal.text

    asyncio.run(scenario())


def test_a_form_of_tkinter_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with viewing(a_gui_run(FORM), monkeypatch) as viewer:
            await viewer.terminal.wait_for("shown")
            viewer.click(20, 10)
            viewer.send(*typed("Ada\n"))
            ending = await viewer.terminal.ending()
            assert "Hello Ada" in viewer.terminal.text
            assert (ending.outcome, ending.exit_code) == (Outcome.COMPLETED, 0)

    asyncio.run(scenario())


def test_letters_of_any_keyboard_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """noVNC#595 and #1928: what needs AltGr is typed as something else, or not at all."""
    beside_altgr = "@{€"

    def pressed(character: str) -> list[bytes]:
        keysym = EURO if character == "€" else ord(character)
        keys = [rfb.key(down, keysym) for down in (True, False)]
        held = character in beside_altgr
        return [rfb.key(True, ALT_GR), *keys, rfb.key(False, ALT_GR)] if held else keys

    async def scenario() -> None:
        async with viewing(a_gui_run(FORM), monkeypatch) as viewer:
            await viewer.terminal.wait_for("shown")
            viewer.click(20, 10)
            viewer.send(*(event for one in f"Grüße {beside_altgr} ñ" for event in pressed(one)))
            viewer.send(*typed("\n"))
            await viewer.terminal.ending()
            assert f"Hello Grüße {beside_altgr} ñ" in viewer.terminal.text

    asyncio.run(scenario())


def test_a_game_of_pygame_moves_and_gets_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with viewing(a_gui_run(GAME), monkeypatch) as viewer:
            await viewer.shows(20)
            assert "x11" in viewer.terminal.text
            viewer.send(rfb.pointer(0, 100, 100), rfb.key(True, SPACE), rfb.key(False, SPACE))
            ending = await viewer.terminal.ending()
            assert "jump" in viewer.terminal.text
            assert ending.outcome is Outcome.COMPLETED

    asyncio.run(scenario())


@pytest.mark.skipif(bool(lacks_screen(LANGUAGES["java"])), reason="Java has no windows here")
def test_swing_opens_a_window_after_its_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with viewing(a_gui_run(SWING, "java", "Main.java"), monkeypatch) as viewer:
            await viewer.terminal.wait_for("shown")
            await viewer.shows(2)
            viewer.click(100, 100)
            ending = await viewer.terminal.ending()
            assert "pressed" in viewer.terminal.text
            assert ending.outcome is Outcome.COMPLETED

    asyncio.run(scenario())


def test_a_page_that_is_opened_anew_sees_the_same_window(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with viewing(a_gui_run(TURTLE), monkeypatch) as viewer:
            await viewer.terminal.wait_for("drawn")
            await viewer.shows()
            viewer.side.stream.detach(viewer.viewer)
            viewer.updates = None
            viewer.attach("a page that was loaded anew")
            viewer.take()
            await viewer.shows()
            viewer.click(320, 240)
            await viewer.terminal.wait_for("clicked")
            assert "clicked" in viewer.terminal.text

    asyncio.run(scenario())


def test_without_a_screen_the_program_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        run = a_gui_run(TURTLE)
        run.screen_width = run.screen_height = 0
        from runner.executor.warm_pool import WarmPool
        from runner.limits import Limits
        from tests.conversation import conversation

        async with conversation(run, WarmPool(0, 1, Limits()), monkeypatch) as terminal:
            ending = await terminal.ending()
            assert ending.reason_code == ReasonCode.NEEDS_WINDOW

    asyncio.run(scenario())
