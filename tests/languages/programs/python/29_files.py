with open("notes.txt", "w") as file:
    for _ in range(3):
        file.write(input("Note? ") + "\n")
with open("notes.txt") as file:
    for number, line in enumerate(file, 1):
        print(f"{number}: {line.rstrip()}")
