"""Makes stubs of the packages that programs may import, for the editors of the page.

`scripts/python_packages.py` calls it after each installation for the site's usual Python; by itself
it makes those of what is installed. Each package becomes one file, packed by Brotli, beside an
index with the versions. Web workers need that folder alone (`PYTHON_STUBS_FOLDER`), not the
packages.

    python -m scripts.python_stubs
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli

from runner.languages import PYTHON, prepared_folder, stubs_folder
from runner.sandbox.packages.explanations import explanations
from scripts.stub_maker import stub_of, without_documentation

INDEX = "index.json"
MOST_BYTES = 4 << 20  # of the stubs of a package, unpacked: a browser holds them
QUALITY = 9
LEFT_OUT = frozenset({"tests", "testing", "_vendor", "__pycache__", "setup.py", "conftest.py"})
FORMAT = 1  # a higher number makes all anew
ROUNDS = ((True, True), (False, True), (False, False))  # with documentation, with private modules


def make(packages: Path, target: Path) -> dict[str, str]:
    """The versions of what was made, by the names that programs import."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.new-{os.getpid()}")
    new.mkdir()
    try:
        made = {}
        for name, path in top_level(packages):
            if files := stubs(name, path):
                body = json.dumps({"files": files}, ensure_ascii=False).encode()
                made[name] = version = hashlib.sha256(body).hexdigest()[:12]
                (new / f"{name}.{version}.br").write_bytes(brotli.compress(body, quality=QUALITY))
        (new / INDEX).write_text(json.dumps({"packages": made}))
        for path in new.iterdir():
            path.chmod(0o644)
        new.chmod(0o755)
        old = target.with_name(f"{target.name}.old-{os.getpid()}")
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return made


def top_level(packages: Path) -> Iterator[tuple[str, Path]]:
    # Those explain what cannot be used: they are no packages.
    left_out = {"sitecustomize.py", *explanations()}
    for path in sorted(packages.iterdir()):
        if path.name in left_out:
            continue
        module = path.suffix in {".py", ".pyi"} and path.is_file()
        package = path.is_dir() and any(path.glob("__init__.py*"))
        if (module or package) and path.stem.isidentifier() and not path.stem.startswith("_"):
            yield path.stem, path


def stubs(name: str, path: Path) -> dict[str, str]:
    """Empty where even the least would be too much."""
    for documentation, private in ROUNDS:
        files = dict(_files(name, path, documentation, private))
        if sum(map(len, files.values())) <= MOST_BYTES:
            return files
    print(f"    {name}: its stubs would be too large", file=sys.stderr)
    return {}


def _files(name: str, path: Path, documentation: bool, private: bool) -> Iterator[tuple[str, str]]:
    if path.is_file():
        if text := _stub(path, documentation):
            yield f"{name}.pyi", text
        return
    own = {file.with_suffix(".py") for file in path.rglob("*.pyi")}
    for file in sorted([*path.rglob("*.pyi"), *path.rglob("*.py")]):
        parts = file.relative_to(path).parts
        hidden = any(part.startswith("_") and part != "__init__.py" for part in parts[:-1])
        hidden = hidden or (parts[-1].startswith("_") and not parts[-1].startswith("__init__"))
        if (file in own and file.suffix == ".py") or LEFT_OUT & set(parts):
            continue
        if (private or not hidden) and (text := _stub(file, documentation)):
            yield f"{name}/{file.relative_to(path).with_suffix('.pyi').as_posix()}", text


def _stub(file: Path, documentation: bool) -> str | None:
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    if file.suffix == ".pyi":
        return source if documentation else without_documentation(source)
    if not source.strip():
        return "\n"
    return stub_of(source, documentation, exports=file.stem == "__init__")


def up_to_date(packages: Path, target: Path) -> bool:
    """A note says of which installation, and by which version of this script."""
    try:
        return (target / "made-of").read_text() == _mark(packages)
    except OSError:
        return False


def _mark(packages: Path) -> str:
    return f"{FORMAT} {packages.name}"


def make_if_needed(packages: Path | None, target: Path) -> None:
    if packages is None or up_to_date(packages, target):
        return
    print(f"==> Making stubs for editors into {target}", flush=True)
    made = make(packages, target)
    (target / "made-of").write_text(_mark(packages))
    size = sum(path.stat().st_size for path in target.glob("*.br"))
    print(f"    {len(made)} packages, {size // 1000} kB", flush=True)


def main() -> int:
    packages = prepared_folder(PYTHON.run[0])
    if packages is None:
        print(
            "No packages are installed for programs: see docs/python-packages.md", file=sys.stderr
        )
        return 1
    make_if_needed(packages, stubs_folder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
