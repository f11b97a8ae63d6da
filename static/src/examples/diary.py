from datetime import datetime
from pathlib import Path

# Files live as long as the program runs.
diary = Path("diary.txt")

while text := input("Dear diary (empty to stop): "):
    with diary.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now():%H:%M:%S}  {text}\n")

if diary.exists():
    print("\nThis is what you wrote:\n")
    print(diary.read_text(encoding="utf-8"))
    print(f"{diary.stat().st_size} bytes in {diary.name}")
