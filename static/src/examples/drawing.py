def box(width):
    print("┌" + "─" * width + "┐")
    for _ in range(width // 2):
        print("│" + " " * width + "│")
    print("└" + "─" * width + "┘")


def diamond(width):
    for stars in [*range(1, width, 2), *range(width, 0, -2)]:
        print(" " * ((width - stars) // 2) + "*" * stars)
