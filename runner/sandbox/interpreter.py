"""The interpreter that waits in a sandbox for its program.

`site` is the last module that `python3 main.py` imports before it opens main.py, and the last one
that `site` imports is `sitecustomize`. Debian's is a link into /etc, and a sandbox has its own
/etc. The interpreter waits there: it is complete, was started with exactly the command line,
environment and terminal of its program, and continues by itself once main.py exists. Nothing of
ours starts the program, so no frame, module or variable of ours is visible to it.

Every other interpreter in the sandbox finds no descriptor `CONTROL` and does not wait. Programs
cannot open that descriptor, because it exceeds their limit on open files.
"""

import marshal
import subprocess
from functools import cache
from pathlib import Path

from runner.languages import PYTHON
from runner.sandbox.spawner import SandboxFailed

CONTROL = 1999  # more than `Limits.open_files`: no descriptor of a program has that number
INSIDE = Path(__file__).parent / "inside.py"
READER = Path(__file__).parent / "sent" / "terminal_reader.py"
NEXT_PROGRAMS = Path(__file__).parent / "sent" / "next_programs.py"
# What the sandbox's own Python makes of sources, once, as each start would take 2 ms for it.
COMPILE = """import importlib.util, marshal, sys
sources = marshal.loads(sys.stdin.buffer.read())
codes = [marshal.dumps(compile(source, name, 'exec')) for source, name in sources]
made = importlib.util.MAGIC_NUMBER, sys.implementation.cache_tag, codes
sys.stdout.buffer.write(marshal.dumps(made, 2))
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


def inside() -> bytes:
    """What LOAD reads: inside.py, compiled. Raises SandboxFailed."""
    return _ours()[0]


def reader() -> bytes:
    """The first question whether a program waits for its terminal. Raises SandboxFailed."""
    return _ours()[1]


def next_programs() -> bytes:
    """After `NO_PROGRAM`: what runs several programs, one after the other. Raises SandboxFailed."""
    return _ours()[2]


@cache
def _ours() -> tuple[bytes, bytes, bytes]:
    """The first sandbox of a process, the doctor's, waits for that; a Python that is upgraded to
    another version wants a new process."""
    sources = ((path.read_bytes(), path.name) for path in (INSIDE, READER, NEXT_PROGRAMS))
    _, _, (inside, reader, next_programs) = _compiled(*sources)
    return _counted(inside), _counted(reader), _counted(next_programs)


@cache  # a host is the same at every start
def version() -> str:
    """`python3.11`: on Debian /usr/bin/python3 is a link to the version that it stands for."""
    return Path(PYTHON.run[0]).resolve().name


@cache
def files() -> dict[str, bytes]:
    """What the sandbox's interpreters find; nothing on hosts whose Python is built otherwise, where
    each program starts an interpreter of its own. Raises SandboxFailed."""
    name = version()
    link, target = (Path(folder, name, "sitecustomize.py") for folder in ("/usr/lib", "/etc"))
    if not link.is_symlink() or link.readlink() != target or not target.is_file():
        return {}
    _, _, (load,) = _compiled((LOAD.encode(), "load"))
    source = target.read_bytes() + (WAIT % load).encode()
    magic, tag, (code,) = _compiled((source, str(link)))
    found = {str(target): source}
    compiled = link.parent / "__pycache__" / f"sitecustomize.{tag}.pyc"
    if compiled.exists():  # else nothing can be mounted there
        found[str(compiled)] = magic + UNCHECKED + bytes(8) + code
    return found


def _compiled(*sources: tuple[bytes, str]) -> tuple[bytes, str, list[bytes]]:
    """The magic number and the tag of files with code, and the sources with their names as such."""
    command = [PYTHON.run[0], "-I", "-S", "-c", COMPILE]
    try:
        done = subprocess.run(
            command,
            input=marshal.dumps(sources, 2),
            capture_output=True,
            check=True,
            env={},
            timeout=COMPILE_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxFailed(f"{PYTHON.run[0]} does not work: {error}") from error
    magic, tag, codes = marshal.loads(done.stdout)
    return magic, tag, codes


def first_command(*, waits: bool) -> list[str]:
    """What bubblewrap starts."""
    if waits and files():
        return PYTHON.argv(PYTHON.main, [])
    return [PYTHON.run[0], "-I", "-S", "-c", LOAD]


def message(content: dict[str, object]) -> bytes:
    """As inside.py reads it."""
    return _counted(marshal.dumps(content, 2))  # every Python reads this version of the format


def _counted(data: bytes) -> bytes:
    return len(data).to_bytes(8, "big") + data


NO_PROGRAM = message({"argv": []})  # for the interpreter that waits: it is not needed
