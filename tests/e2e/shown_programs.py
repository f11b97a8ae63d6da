"""Programs of the surfaces that are looked at."""

CALLS = (
    "def greet(name):\n    return 'Hello, ' + name\n\n\n"
    + "x = 1 + " * 40
    + "name"
    + " + 1" * 60
    + "\n"
    + "print(greet(input('Name? ')), NAMES := ['Ada'], name)\n"
    + "go()\n" * 300
)
CURSES = """import curses
def play(screen):
    curses.curs_set(0)
    screen.border()
    screen.addstr(0, 2, " Length 4 ")
    screen.addstr(5, 5, "oooo      @")
    while screen.getch() != ord("q"):
        pass
curses.wrapper(play)
"""
