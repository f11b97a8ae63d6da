"""Snake, in the terminal: arrow keys steer, q quits."""

import curses
import random

TURNS = {
    curses.KEY_UP: (-1, 0),
    curses.KEY_DOWN: (1, 0),
    curses.KEY_LEFT: (0, -1),
    curses.KEY_RIGHT: (0, 1),
}


def free_place(height, width, snake):
    while True:
        place = random.randrange(1, height - 1), random.randrange(1, width - 1)
        if place not in snake:
            return place


def play(screen):
    curses.curs_set(0)
    screen.timeout(120)
    height, width = screen.getmaxyx()
    snake = [(height // 2, width // 2 - part) for part in range(4)]
    direction = (0, 1)
    apple = free_place(height, width, snake)
    while True:
        key = screen.getch()
        if key == ord("q"):
            return len(snake)
        turn = TURNS.get(key, direction)
        if turn != (-direction[0], -direction[1]):
            direction = turn
        head = snake[0][0] + direction[0], snake[0][1] + direction[1]
        inside = 0 < head[0] < height - 1 and 0 < head[1] < width - 1
        if not inside or head in snake:
            return len(snake)
        snake.insert(0, head)
        if head == apple:
            apple = free_place(height, width, snake)
        else:
            snake.pop()
        screen.erase()
        screen.border()
        screen.addstr(0, 2, f" Length {len(snake)} ")
        screen.addstr(*apple, "@")
        for place in snake:
            screen.addstr(*place, "o")


print("Your snake had", curses.wrapper(play), "parts.")
