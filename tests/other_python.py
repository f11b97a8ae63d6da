"""Another Python than Debian's, as `/opt/python/3.14` is one: that which runs the tests."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
NAME = f"{VERSION}-test"
LEFT_OUT = ("site-packages", "test", "__pycache__", "idlelib", "config-*", "*.a")


def why_none() -> str:
    """Why there is none; empty if there is one."""
    if Path(sys.base_prefix) == Path("/usr"):
        return "the tests run on Debian's Python"
    return ""


@contextmanager
def another_python() -> Iterator[str]:
    """Its command. It is where the users of sandboxes can read it, and found by the setting."""
    root = Path(tempfile.mkdtemp(prefix="pythons-", dir="/var/tmp"))
    root.chmod(0o755)
    before = os.environ.get("PYTHONS_FOLDER")
    os.environ["PYTHONS_FOLDER"] = str(root)
    try:
        copy(Path(sys.base_prefix), root / NAME)
        yield f"{root}/{NAME}/bin/python3"
    finally:
        if before is None:
            del os.environ["PYTHONS_FOLDER"]
        else:
            os.environ["PYTHONS_FOLDER"] = before
        shutil.rmtree(root)


def movable(program: bytes, library: Path) -> bytes:
    """It finds its library beside itself, as those of the official images do."""
    place = b"\0" + bytes(library) + b"\0"
    return program.replace(place, b"\0$ORIGIN/../lib".ljust(len(place), b"\0"))


def copy(prefix: Path, target: Path) -> None:
    for name in ("bin", "lib"):
        (target / name).mkdir(parents=True)
    for path in (prefix / "lib").glob("libpython*.so*"):
        shutil.copy2(path, target / "lib", follow_symlinks=False)
    library = f"python{VERSION}"
    left_out = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(prefix / "lib" / library, target / "lib" / library, ignore=left_out)
    (target / "lib" / library / "site-packages").mkdir()
    program = (prefix / "bin" / f"python{VERSION}").read_bytes()
    (target / "bin" / f"python{VERSION}").write_bytes(movable(program, prefix / "lib"))
    (target / "bin/python3").symlink_to(f"python{VERSION}")
    for path in target.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
