"""`make bench BASE=<commit>`: this tree beside another revision, measured in the same minutes.

BASE is checked out into a temporary work tree and built there by its own `make setup`. It runs as
two sites, whose ratio is what two equal revisions differ by. `ARGS=30`: so many rounds;
`ARGS="page 10"`: of the page in Chromium.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import alternately, page
from bench.statistics import columns
from tests.services import ROOT, running_postgres

ROUNDS = 15
# What is taken from here when it would be the same: the folder, and the file that tells.
REUSED = {".venv": "requirements.txt", "node_modules": "package-lock.json"}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """A work tree of that commit, built."""
    root = folder / "base"
    git("worktree", "add", "--detach", str(root), commit)
    try:
        for name, source in REUSED.items():
            if (root / source).read_bytes() == (ROOT / source).read_bytes():
                (root / name).symlink_to((ROOT / name).resolve())
        done = subprocess.run(["make", "setup"], cwd=root, stdout=sys.stderr, check=False)
        if done.returncode != 0:
            sys.exit(f"{commit} could not be built.")
        yield root
    finally:
        git("worktree", "remove", "--force", str(root))


def main(base: str, rounds: int, *, of_page: bool) -> None:
    commit = git("rev-parse", "--short", "--verify", f"{base}^{{commit}}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        say(f"Building {commit} …")
        root = stack.enter_context(checked_out(commit, folder))
        postgres = stack.enter_context(running_postgres())
        again = f"{commit} again"
        roots = {commit: root, "this tree": ROOT, again: root}
        sites = {
            name: stack.enter_context(
                alternately.running(name, folder / f"site{number}", postgres, where)
            )
            for number, (name, where) in enumerate(roots.items())
        }
        measure, rows = (
            (page.compare, page.rows) if of_page else (alternately.run, alternately.rows)
        )
        measure(list(sites.values()), rounds)
        print(columns(rows(sites["this tree"], sites[commit], sites[again])))


if __name__ == "__main__":
    base, *words = sys.argv[1:]
    numbers = [int(word) for word in words if word != "page"]
    main(base, numbers[0] if numbers else ROUNDS, of_page="page" in words)
