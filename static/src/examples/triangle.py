# Colours are escape codes; the terminal turns them into paint.
GREEN, PLAIN = "\033[92m", "\033[0m"
HEIGHT = 32

for row in range(HEIGHT):
    line = " " * (HEIGHT - row)
    for column in range(row + 1):
        line += "▲ " if (row & column) == column else "  "
    print(GREEN + line.rstrip() + PLAIN)
