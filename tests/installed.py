"""A small installation of packages for programs, as `scripts/python_packages.py` makes one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.languages import PYTHON, place_of
from runner.sandbox.packages import explanations

FILES = {
    "small/__init__.py": "VALUE = 6 * 7\n",
    "small/part.py": "",
    "small/_private.py": "",
    "smallest.py": "",
    "small_package-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: Small.Package\n"
    "Version: 1.2\n\nName: another\n",
    "small_package-1.2.dist-info/RECORD": "small/__init__.py,sha256=x,1\nsmall/part.py,,\n"
    "small/_private.py,,\nsmall/deep/er.py,,\nsmallest.py,,\n../../bin/small,,\nshare/x.py,,\n"
    "small_package-1.2.dist-info/METADATA,,\n",
}


@contextmanager
def small_installation(command: str = PYTHON.run[0]) -> Iterator[Path]:
    """The folder that is mounted. The users of sandboxes can read it, as pytest's folders not."""
    before = os.environ.get("PYTHON_PACKAGES_FOLDER")
    root = Path(tempfile.mkdtemp(prefix="packages-", dir="/var/tmp"))
    root.chmod(0o755)
    os.environ["PYTHON_PACKAGES_FOLDER"] = str(root)
    try:
        place = place_of(command)
        folder = place.with_name(f"{place.name}.one")
        sources = {name: text.encode() for name, text in FILES.items()} | explanations()
        for name, source in {**sources, "sitecustomize.py": b""}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(source)
        place.symlink_to(folder.name)
        yield folder
    finally:
        if before is None:
            del os.environ["PYTHON_PACKAGES_FOLDER"]
        else:
            os.environ["PYTHON_PACKAGES_FOLDER"] = before
        shutil.rmtree(root)
