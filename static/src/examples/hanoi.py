def move(disks, start, goal, spare):
    """Moves a tower, and returns how many steps it took."""
    if disks == 0:
        return 0
    steps = move(disks - 1, start, spare, goal)
    print(f"Disk {disks}: {start} -> {goal}")
    return steps + 1 + move(disks - 1, spare, goal, start)


height = int(input("How many disks? "))
print(move(height, "A", "C", "B"), "steps")
