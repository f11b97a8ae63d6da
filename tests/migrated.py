"""The database that every site and every test of one session begins with a copy of.

Migrating takes seconds, and a session needs dozens of databases, in several processes.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.services import ROOT, newest_postgres

_FOLDER = "TESTS_MIGRATED_FOLDER"  # of the session; other programs that start sites have none


def share(folder: Path) -> None:
    """`folder` is the same in every process of this session of tests."""
    os.environ[_FOLDER] = str(folder)


def copied_to(database: Path, env: Mapping[str, str]) -> bool:
    """Whether `database`, which a site with the environment `env` uses, is now migrated."""
    if _FOLDER not in os.environ or env["DATABASE_URL"] != f"sqlite:///{database}":
        return False
    if not database.exists():
        shutil.copy(_template(Path(os.environ[_FOLDER])), database)
        return True
    return False


def _template(folder: Path) -> Path:
    """The first process that needs it makes it; the others wait."""
    template = folder / "migrated.sqlite3"
    with _alone(folder / "sqlite.lock"):
        if not template.exists():
            unfinished = folder / "unfinished.sqlite3"
            env = os.environ | {
                "DATABASE_URL": f"sqlite:///{unfinished}",
                "SECRET_KEY": "of no use: nothing is signed",
            }
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            unfinished.rename(template)
    return template


def on_postgres(url: str, migrate: Callable[[], None]) -> None:
    """Migrates the empty database at `url`: by `migrate` in the first process that needs it, in the
    others, whose servers are their own, by a copy."""
    folder = Path(os.environ[_FOLDER])
    dump, programs = folder / "migrated.sql", newest_postgres()
    with _alone(folder / "postgres.lock"):
        if not dump.exists():
            migrate()
            unfinished = folder / "unfinished.sql"
            subprocess.run([programs / "pg_dump", f"--file={unfinished}", url], check=True)
            unfinished.rename(dump)
            return
    quiet = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    subprocess.run([programs / "psql", *quiet, f"--file={dump}", url], check=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
