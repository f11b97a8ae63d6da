"""`python -m tests.cpython_suite [MODULE…]`: CPython's own tests, in a sandbox and outside.

Needs Debian's package libpython3.11-testsuite, and an hour for all modules. Reports each test that
passes in a login shell and not in a sandbox, and is not in `intended.txt`. That file is made of
lines `test.module.Class.method: reason`, where a name may end in `*`; docs/sandbox.md says the same
in words. Exit status 1: there are others, or more than MOST.
"""

import asyncio
import contextlib
import fnmatch
import sys
from pathlib import Path

from runner.limits import Limits
from tests.cpython_suite import program
from tests.desktop import login_shell
from tests.runner.sandbox.inside import started

SUITE = Path("/usr/lib/python3.11/test")
INTENDED = Path(__file__).with_name("intended.txt")
MOST = 191
SECONDS = 300.0  # of a module; a few wait for minutes, and are ended
LIMITS = Limits(cpu_seconds=600, wall_seconds=900, output_bytes=1 << 30)  # else a site's
# They open windows, measure the interpreter alone, or take an hour.
LEFT_OUT = {
    "test_idle", "test_tkinter", "test_ttk_guionly", "test_ttk_textonly", "test_tix", "test_turtle",
    "test_asdl_parser", "test_tools", "test_freeze", "test_peg_generator", "test_gdb",
    "test_bigmem", "test_ensurepip", "test_venv", "test_distutils", "test_lib2to3",
}  # fmt: skip


def modules() -> list[str]:
    names = {path.stem for path in SUITE.glob("test_*") if path.suffix in ("", ".py")}
    return sorted(names - LEFT_OUT)


def told(output: str) -> dict[str, set[str]]:
    """What became of tests: "ok", "error" and "skip". One of which a part failed is no success."""
    # `splitlines()` would split at the mark.
    lines = [line[1:].split() for line in output.split("\n") if line.startswith(program.MARK)]
    found: dict[str, set[str]] = {"ok": set(), "error": set(), "skip": set(), "end": set()}
    for what, *name in lines:
        found[what].update(name or [what])
    found["ok"] -= found["error"]
    return found


async def inside(source: str, module: str) -> str:
    files = {"module.txt": module}
    async with started(source, files=files, limits=LIMITS) as run:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                while await run._read():
                    pass
    return run.output.decode(errors="replace").replace("\r\n", "\n")


def intended() -> dict[str, str]:
    lines = (line for line in INTENDED.read_text().splitlines() if line and line[0] != "#")
    return dict(line.split(": ", 1) for line in lines)


def only_outside(source: str, module: str) -> tuple[set[str], bool]:
    """Tests of a module that pass outside alone, and whether all were run inside."""
    files = {"module.txt": module}
    there = told(login_shell.printed(source, files=files, seconds=SECONDS))
    here = told(asyncio.run(inside(source, module)))
    complete = bool(here["end"])
    only = there["ok"] - here["ok"] if complete else there["ok"] & (here["error"] | here["skip"])
    both = len(there["ok"] & here["ok"])
    print(f"{module}: {len(there['ok'])} pass outside, {both} of them inside", flush=True)
    return only, complete


def main(wanted: list[str]) -> int:
    if not SUITE.joinpath("test_os.py").exists():
        sys.exit("Install the tests: apt-get install -y libpython3.11-testsuite")
    source, known = Path(program.__file__).read_text(), intended()
    found, unexpected, incomplete = 0, 0, []
    for module in wanted or modules():
        only, complete = only_outside(source, module)
        found += len(only)
        incomplete += [] if complete else [module]
        for name in sorted(only):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in known):
                unexpected += 1
                print(f"  only outside: {name}", flush=True)
    print(f"{found} tests pass only outside, {unexpected} of them for no intended reason")
    if incomplete:
        print(f"not run to the end inside: {', '.join(incomplete)}")
    return int(bool(unexpected or incomplete) or found > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
