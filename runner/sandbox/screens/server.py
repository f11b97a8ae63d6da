"""The X server of a GUI run: which one, with which arguments, and how it is reached from outside.

It runs inside the run's own sandbox and resource group. It serves one socket, on which it was
started (`-inetd`): nobody else can connect to it from outside, so it asks for no password. Inside,
programs connect to it as `DISPLAY`. See docs/decisions/069.
"""

import asyncio
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runner.languages import Language
from runner.sandbox import interpreter

SERVER = "Xtigervnc"
KEYBOARD = "xkbcomp"  # the server starts it for its keyboard
NUMBER = 1
LISTENER = 1996  # beside CONTROL: more than any program's descriptor
READY = 4  # where it says so, also in sent/screen_server.py
START_SECONDS = 5
DEPTH = 24  # bits of a pixel
OWN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/", "LANG": "C.UTF-8"}  # the server's


@dataclass(frozen=True, slots=True)
class Size:
    """Of a screen, in pixels."""

    width: int
    height: int


def command(size: Size) -> list[str]:
    return [
        f"/usr/bin/{SERVER}", f":{NUMBER}", "-inetd", "-displayfd", str(READY),
        "-geometry", f"{size.width}x{size.height}", "-depth", str(DEPTH),
        # Nobody but the executor reaches it: there is no port, and no other socket.
        "-SecurityTypes", "None", "-rfbport", "-1", "-nolisten", "tcp",
        # These take 50 MiB; programs that draw with OpenGL need a graphics card anyway.
        "-extension", "GLX", "-extension", "Composite",
        # No clipboard in either direction: it would carry text between programs and the desktop.
        "-AcceptCutText=0", "-SendCutText=0", "-SendPrimary=0", "-SetPrimary=0",
        "-AcceptSetDesktopSize=0", "-AlwaysShared", "-noreset", "-FrameRate=30",
    ]  # fmt: skip


def lacks_screen(language: Language) -> str:
    """What this machine lacks for windows of programs in that language; empty if nothing."""
    if not language.windows.imports:
        return language.name
    for name in (SERVER, KEYBOARD):
        if shutil.which(name, path="/usr/bin") is None:
            return name
    for pattern in language.windows.needs:
        if not any(Path("/").glob(pattern.removeprefix("/"))):
            return pattern
    return ""


def screen_environment() -> Mapping[str, str]:
    """What programs get beside, and in place of, their language's variables."""
    # For Java: there is no window manager, and it would wait for one.
    return {"SDL_VIDEODRIVER": "x11", "DISPLAY": f":{NUMBER}", "_JAVA_AWT_WM_NONREPARENTING": "1"}


async def connect(disk: int) -> socket.socket:
    """A connection to the X server in the sandbox with that file system (see outside.py).

    No program can change the path: what is above a program's files is not mounted for it. Raises
    OSError when the server has ended, or does not accept."""
    ours = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    ours.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(ours, f"/proc/self/fd/{disk}/screen")
    except BaseException:
        ours.close()
        raise
    return ours


def message_to_start(size: Size, first: str, limits: list[tuple[int, int]]) -> dict[str, object]:
    """A part of the message that starts a program, as sent/screen_server.py reads it.

    `first`: the Python that executes that. Raises SandboxFailed."""
    screen = {
        "code": interpreter.screen_server(first),
        "argv": command(size),
        "env": OWN_ENVIRONMENT,
        "limits": limits,
        "listener": LISTENER,
        "seconds": START_SECONDS,
    }
    return {"screen": screen}
