"""The interpreter that waits in a sandbox for its program.

`site` is the last module that `python3 main.py` imports before it opens main.py, and the last one
that `site` imports is `sitecustomize`. Debian's is a link into /etc, and a sandbox has its own
/etc. The interpreter waits there: it is complete, was started with exactly the command line,
environment and terminal of its program, and continues by itself once main.py exists. Nothing of
ours starts the program, so no frame, module or variable of ours is visible to it.

A Python that has no `sitecustomize` finds ours in the folder where it searches for packages (see
`packages/mounts.py`), and waits there in the same way.

Every other interpreter in the sandbox finds no descriptor `CONTROL` and does not wait. Programs
cannot open that descriptor, because it exceeds their limit on open files.

`python` is the command of an interpreter: of Debian's, which is the default, or of another version.
"""

import marshal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from runner.languages import PYTHON
from runner.sandbox.spawner import SandboxFailed

CONTROL = 1999  # more than `Limits.open_files`: no descriptor of a program has that number
INSIDE = Path(__file__).parent / "inside.py"
READER = Path(__file__).parent / "sent" / "terminal_reader.py"
NEXT_PROGRAMS = Path(__file__).parent / "sent" / "next_programs.py"
SCREEN_SERVER = Path(__file__).parent / "sent" / "screen_server.py"
HOME_FILES = Path(__file__).parent / "sent" / "home_files.py"
# What the sandbox's own Python makes of sources, once, as each start would take 2 ms for it.
COMPILE = """import marshal, sys
sources = marshal.loads(sys.stdin.buffer.read())
codes = [marshal.dumps(compile(source, name, 'exec')) for source, name in sources]
sys.stdout.buffer.write(marshal.dumps(codes, 2))
"""
# What a Python says of itself. `site` is imported as the start of an interpreter does it.
DESCRIBE = """import importlib.util, marshal, os, site, sys
library = os.path.dirname(os.__file__)
facts = (importlib.util.MAGIC_NUMBER, sys.implementation.cache_tag, library,
         *site.getsitepackages())
sys.stdout.buffer.write(marshal.dumps(facts, 2))
"""
COMPILE_SECONDS = 5.0
LOAD = f"""import marshal, posix

def read(count):
    data = b''
    while len(data) < count:
        data += posix.read({CONTROL}, count - len(data)) or posix._exit(0)
    return data

exec(marshal.loads(read(int.from_bytes(read(8), 'big'))), {{}})
"""
WAIT = f"""

def _begin():
    import posix
    try:
        posix.read({CONTROL}, 0)
    except OSError:
        return
    import marshal
    exec(marshal.loads(%r), {{}})

_begin()
del _begin
"""
NO_CODE = bytes(8)  # a question after the first
UNCHECKED = (0b01).to_bytes(4, "little")  # a .pyc that is not held against its source: PEP 552


def inside(python: str = "") -> bytes:
    """What LOAD reads: inside.py, compiled. Raises SandboxFailed."""
    return _ours(python or PYTHON.run[0])[0]


def reader(python: str = "") -> bytes:
    """The first question whether a program waits for its terminal. Raises SandboxFailed."""
    return _ours(python or PYTHON.run[0])[1]


def next_programs(python: str = "") -> bytes:
    """After `NO_PROGRAM`: what runs several programs, one after the other. Raises SandboxFailed."""
    return _ours(python or PYTHON.run[0])[2]


def home_files(python: str = "") -> bytes:
    """The question for what a program has written in its home. Raises SandboxFailed."""
    return _ours(python or PYTHON.run[0])[3]


@cache
def screen_server(python: str = "") -> bytes:
    """What starts the X server of a GUI run, compiled. Raises SandboxFailed."""
    source = (SCREEN_SERVER.read_bytes(), SCREEN_SERVER.name)
    (code,) = _compiled(python or PYTHON.run[0], source)
    return code


@cache
def _ours(python: str) -> tuple[bytes, ...]:
    """The first sandbox of a process, the doctor's, waits for that; a Python that is upgraded to
    another version wants a new process."""
    paths = (INSIDE, READER, NEXT_PROGRAMS, HOME_FILES)
    sources = ((path.read_bytes(), path.name) for path in paths)
    return tuple(map(_counted, _compiled(python, *sources)))


class Description(NamedTuple):
    """Where a Python has what, and how it marks files with code."""

    magic: bytes
    tag: str  # `cpython-311`
    library: str
    site: str  # where it searches for packages first
    others: tuple[str, ...]  # where then

    def pyc(self, code: bytes) -> bytes:
        """A file with `code`, that is not held against its source."""
        return self.magic + UNCHECKED + bytes(8) + code


@cache  # a host is the same at every start
def describe(python: str) -> Description:
    """Raises SandboxFailed."""
    magic, tag, library, site, *others = _asked(python, DESCRIBE)
    return Description(magic, tag, library, site, tuple(others))


@cache  # likewise
def version() -> str:
    """`python3.11`: on Debian /usr/bin/python3 is a link to the version that it stands for."""
    return Path(PYTHON.run[0]).resolve().name


@cache
def files() -> dict[str, bytes]:
    """What Debian's interpreters find in the sandbox; nothing on hosts whose Python is built
    otherwise, where each program starts an interpreter of its own. Raises SandboxFailed."""
    name = version()
    link, target = (Path(folder, name, "sitecustomize.py") for folder in ("/usr/lib", "/etc"))
    if not link.is_symlink() or link.readlink() != target or not target.is_file():
        return {}
    return customized(PYTHON.run[0], link, target, target.read_bytes())


def forget_host() -> None:
    """What was asked of Pythons, see walls.py."""
    for remembered in (screen_server, _ours, describe, version, files):
        remembered.cache_clear()


def customized(
    python: str, path: Path, place: Path, before: bytes = b"", after: bytes = b""
) -> dict[str, bytes]:
    """A `sitecustomize` that waits, imported as `path` and mounted at `place`, with its code where
    there is a file for that. `before`, `after`: what else it does. Raises SandboxFailed."""
    (load,) = _compiled(python, (LOAD.encode(), "load"))
    source = before + (WAIT % load).encode() + after
    (code,) = _compiled(python, (source, str(path)))
    description = describe(python)
    compiled = path.parent / "__pycache__" / f"sitecustomize.{description.tag}.pyc"
    found = {str(place): source}
    if compiled.exists() or place == path:  # else nothing can be mounted there
        found[str(compiled)] = description.pyc(code)
    return found


def _compiled(python: str, *sources: tuple[bytes, str]) -> list[bytes]:
    """The sources, with their names, as code of that Python."""
    return list(_asked(python, COMPILE, marshal.dumps(sources, 2)))


def _asked(python: str, program: str, asked: bytes = b"") -> tuple[Any, ...]:
    command = [python, "-I", "-S", "-c", program]
    try:
        done = subprocess.run(
            command, input=asked, capture_output=True, check=True, env={}, timeout=COMPILE_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxFailed(f"{python} does not work: {error}") from error
    return tuple(marshal.loads(done.stdout))


def first_command(waiting: str) -> list[str]:
    """What bubblewrap starts. `waiting`: the interpreter that waits for its program, if one can."""
    return [waiting, PYTHON.main] if waiting else [PYTHON.run[0], "-I", "-S", "-c", LOAD]


def message(content: dict[str, object] | list[object]) -> bytes:
    """As inside.py reads it."""
    return _counted(marshal.dumps(content, 2))  # every Python reads this version of the format


def _counted(data: bytes) -> bytes:
    return len(data).to_bytes(8, "big") + data


NO_PROGRAM = message({"argv": []})  # for the interpreter that waits: it is not needed
