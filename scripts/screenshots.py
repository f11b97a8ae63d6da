"""Takes the pictures of the workspace in the README: `.venv/bin/python scripts/screenshots.py`.

Starts the product on a free port with a new database, signs a student in, runs an interactive
program, answers its questions, and writes `docs/pictures/workspace-light.png` and
`workspace-dark.png`. Needs what `make test` installs, and a built front end (`make setup`).
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # scripts are run by their path; `tests` is beside them

from runner.protocol.messages import Outcome  # noqa: E402
from tests.cast import SignedIn  # noqa: E402
from tests.e2e.workspace import Workspace  # noqa: E402
from tests.product import Product, WebServer  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZE = {"width": 1280, "height": 720}  # pixels; larger pictures exceed MOST_BYTES
MOST_BYTES = 200_000  # the README loads one of them
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STUDENT = "ada"

QUIZ = """\
import csv

GREEN, RED, PLAIN = "\\33[92m", "\\33[91m", "\\33[0m"

with open("capitals.csv", encoding="utf-8") as file:
    questions = list(csv.reader(file))

name = input("What is your name? ")
print(f"Hello {name}! Name the capitals.")

points = 0
for number, row in enumerate(questions, 1):
    country, capital = row
    print()
    answer = input(f"{number}. {country}: ")
    if answer.strip().lower() == capital.lower():
        points += 1
        print(f"   {GREEN}✔ Right{PLAIN}")
    else:
        print(f"   {RED}✘ It is {capital}{PLAIN}")

print(f"\\n{points} of {len(questions)} points.")
"""
CAPITALS = """\
Kenya,Nairobi
Canada,Ottawa
Vietnam,Hanoi
Peru,Lima
Portugal,Lisbon
Fiji,Suva
"""
ANSWERS = ("Ada", "Nairobi", "Toronto", "Hanoi", "Lima")
LAST_QUESTION = "5. Portugal:"
# The list of snippets, and how many minutes ago each was saved; the first one is open.
TITLES = {
    "Quiz: capitals": 0,
    "Bank account": 24,
    "Grades of a class": 71,
    "Towers of Hanoi": 60 * 26,
    "Bubble sort": 60 * 50,
    "Times table": 60 * 24 * 6,
    "Hello": 60 * 24 * 9,
}
MAKE_OLDER = f"""
from datetime import timedelta
from django.utils import timezone
from runner.models import Snippet
for title, minutes in {TITLES!r}.items():
    saved = timezone.now() - timedelta(minutes=minutes)
    Snippet.objects.filter(title=title).update(updated_at=saved)
"""


def save_snippets(server: WebServer, student: SignedIn) -> int:
    """The id of the snippet that is shown."""
    with httpx.Client(base_url=server.url, headers={"Cookie": student.cookie}) as client:
        client.get("/")  # sets the CSRF cookie
        client.headers["X-CSRFToken"] = token = client.cookies["csrftoken"]
        client.headers["Cookie"] = f"{student.cookie}; csrftoken={token}"
        files = [("main.py", QUIZ), ("capitals.csv", CAPITALS)]
        for title in reversed(TITLES):
            content = [{"path": path, "content": text} for path, text in files]
            snippet = {"title": title, "language": "python", "main": "main.py", "files": content}
            answer = client.post("/snippets/", json=snippet)
            answer.raise_for_status()
    return int(answer.json()["id"])


def play(workspace: Workspace) -> None:
    """Runs the quiz up to a question that waits for its answer."""
    workspace.wait_for_everything()
    workspace.run.click()
    workspace.wait_for("What is your name?")
    for number, answer in enumerate(ANSWERS, start=1):
        workspace.type(f"{answer}\n")
        workspace.wait_for(f"{number}. ")
    workspace.wait_for(LAST_QUESTION)
    workspace.type("Lis")
    workspace.wait_for(f"{LAST_QUESTION} Lis")
    workspace.wait_for_save()


def rest(page: Page) -> None:
    """Until fonts are loaded and nothing is animated; the mouse points at nothing."""
    page.mouse.move(SIZE["width"] - 1, SIZE["height"] - 1)
    page.evaluate("() => document.fonts.ready.then(() => null)")


def take_pictures(browser: Browser, server: WebServer, student: SignedIn, snippet: int) -> None:
    for scheme in SCHEMES:
        context = browser.new_context(
            viewport={"width": SIZE["width"], "height": SIZE["height"]}, color_scheme=scheme
        )
        workspace = Workspace.open(context, f"{server.url}/?snippet={snippet}", student)
        play(workspace)
        rest(workspace.page)
        path = PICTURES / f"workspace-{scheme}.png"
        workspace.page.screenshot(path=path, animations="disabled", caret="initial")
        workspace.stop.click()
        workspace.wait_for_end(Outcome.STOPPED)
        context.close()
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SystemExit(f"{path.name} has {size} bytes, at most {MOST_BYTES}.")
        print(f"{path.relative_to(ROOT)}: {size} bytes")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder)) as product:
        product.migrate()
        product.create_users(STUDENT)
        server = product.serve()
        server.wait_until_ready()
        student = server.sign_in(STUDENT)
        snippet = save_snippets(server, student)
        product.manage("shell", "--command", MAKE_OLDER)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            take_pictures(browser, server, student, snippet)
            browser.close()


if __name__ == "__main__":
    main()
