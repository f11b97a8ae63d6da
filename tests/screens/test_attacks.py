# size: the programs of one table of attacks, and what each may do
"""What a program does to its screen stays its own business, on every limit backend."""

import json
import os
import time
from collections.abc import Container

import psutil
import pytest

from runner.executor.screens import relay as screen_relay
from runner.executor.screens import rfb
from runner.limits import MIB, Limits
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox import Sandbox, Size
from runner.sandbox.limit_backends import LimitBackend
from tests.screens.viewer import a_gui_run, requires_screen, viewing

pytestmark = [requires_screen, pytest.mark.attacks]
# The X server's number, found as its programs find it.
FINDS = """import os, signal, socket, struct, sys, time
def of(name):
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{number}/cmdline", "rb") as file:
                if file.read().split(b"\\0")[0].endswith(name):
                    return int(number)
        except OSError:
            pass
server = of(b"Xtigervnc")
def x():
    ours = socket.socket(socket.AF_UNIX)
    ours.connect("/tmp/.X11-unix/X1")
    return ours
def greeted():
    ours = x()
    ours.sendall(struct.pack("<cxHHHHxx", b"l", 11, 0, 0, 0))
    assert ours.recv(8)[:1] == b"\\x01"
    return ours
"""
KILLS = FINDS + "input('? ')\nos.kill(server, signal.SIGKILL)\ntime.sleep(60)\n"
STOPS = FINDS + "os.kill(server, signal.SIGSTOP)\nprint('stopped', flush=True)\ninput()\n"
GARBAGE = (
    FINDS
    + """
for number in range(200):
    ours = x() if number % 2 else greeted()
    try:
        for _ in range(50):
            ours.send(os.urandom(4096))
    except OSError:
        pass
    ours.close()
print("sent", flush=True)
import tkinter
tkinter.Tk().update()
print(input("? "))
"""
)
GRABS = """import tkinter
root = tkinter.Tk()
root.geometry("300x200+0+0")
root.wait_visibility()
root.grab_set_global()
root.bind("<Key>", lambda event: print("key", event.keysym, flush=True))
root.focus_force()
print("grabbed", flush=True)
root.mainloop()
"""
WINDOWS = """import tkinter
root = tkinter.Tk()
kept = []
for number in range(1000):
    kept.append(tkinter.Toplevel(root))
    if number % 100 == 0:
        root.update()
root.update()
print("opened", len(kept), flush=True)
root.mainloop()
"""
CONNECTS = (
    FINDS
    + """
import errno
refused = set()
for number in range(10_000):
    ours = socket.socket(socket.AF_UNIX)
    ours.setblocking(False)
    try:
        ours.connect("/run/coderunner/show")
    except OSError as error:
        refused.add(errno.errorcode[error.errno])
    ours.close()
print("opened", sorted(refused), flush=True)
"""
)
FLOODS = """import os, pygame
pygame.init()
screen = pygame.display.set_mode((640, 480))
print("up", flush=True)
while True:
    pygame.event.pump()
    screen.get_buffer().write(os.urandom(640 * 480 * 4), 0)
    pygame.display.flip()
"""
REACHES = (
    FINDS
    + """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def tried(what):
    try:
        done = what()
        return done if isinstance(done, str) else "done"
    except (OSError, PermissionError) as error:
        return "refused"
def stolen():
    theirs = os.pidfd_open(server)
    got = libc.syscall(438, theirs, 0, 0)  # pidfd_getfd
    if got < 0:
        raise OSError
def traced():
    if libc.ptrace(16, server, 0, 0) < 0:
        raise OSError
def written():
    with open(f"/proc/{server}/mem", "r+b") as file:
        file.seek(0x1000)
        file.write(b"x")
def elsewhere():
    with socket.socket() as ours:
        ours.settimeout(1)
        ours.connect(("192.0.2.1", 80))
def theirs():
    with socket.socket(socket.AF_UNIX) as ours:
        ours.connect("/tmp/screen")
results = {
    "shadow": tried(lambda: open("/etc/shadow").read()),
    "kcore": tried(lambda: open("/proc/kcore", "rb").read(1)),
    "usr": tried(lambda: open("/usr/bin/another", "w")),
    "channel": tried(lambda: os.unlink("/run/coderunner/show")),
    "outside": tried(elsewhere),
    "init": tried(lambda: open("/proc/1/mem", "r+b").read(1)),
    "socket": tried(theirs),
    "mount": "refused" if libc.mount(b"none", b"/mnt", b"tmpfs", 0, None) else "done",
    "descriptor": tried(stolen),
    "trace": tried(traced),
    "memory": tried(written),
    "listener": "kept" if os.path.exists("/proc/self/fd/1996") else "closed",
    "control": "kept" if os.path.exists("/proc/self/fd/1999") else "closed",
}
import json
print(json.dumps(results), flush=True)
"""
)


@pytest.fixture
def on_backend(backend: LimitBackend, monkeypatch: pytest.MonkeyPatch) -> LimitBackend:
    def chosen(
        limits: Limits, *, optimisations: Container[str], python: str, screen: Size | None
    ) -> Sandbox:
        return Sandbox(limits, backend, optimisations, python, screen)

    monkeypatch.setattr("runner.executor.warm_pool.Sandbox", chosen)
    return backend


async def test_the_x_server_is_killed(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(KILLS), monkeypatch) as viewer:
        await viewer.shows()
        viewer.terminal.type("\n")
        ending = await viewer.terminal.ending(20)
    assert (ending.outcome, ending.reason_code) == (Outcome.FAILED, ReasonCode.SCREEN_ENDED)


async def test_the_x_server_is_stopped_and_the_run_can_still_be(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(STOPS), monkeypatch) as viewer:
        await viewer.terminal.wait_for("stopped")
        viewer.click(10, 10)
        viewer.terminal.task.decide(Outcome.STOPPED)
        ending = await viewer.terminal.ending(20)
    assert ending.outcome is Outcome.STOPPED


async def test_the_x_server_is_fed_garbage(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses that, and shows windows afterwards; or it ends, and the run is told why."""
    async with viewing(a_gui_run(GARBAGE), monkeypatch) as viewer:
        await viewer.terminal.wait_for("? ")
        if viewer.terminal._executing.done():
            ending = await viewer.terminal.ending()
            assert ending.reason_code in (ReasonCode.SCREEN_ENDED, ReasonCode.EXIT_CODE)
        else:
            await viewer.shows()
            viewer.terminal.type("goes on\n")
            ending = await viewer.terminal.ending()
            assert ending.outcome is Outcome.COMPLETED


async def test_a_grab_keeps_keys_and_pointer_to_the_program_and_ends_with_stop(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(GRABS), monkeypatch) as viewer:
        await viewer.terminal.wait_for("grabbed")
        viewer.send(rfb.key(True, ord("a")), rfb.key(False, ord("a")))
        await viewer.terminal.wait_for("key a")
        viewer.terminal.task.decide(Outcome.STOPPED)
        assert (await viewer.terminal.ending(20)).outcome is Outcome.STOPPED


async def test_a_thousand_windows(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are drawn, or the run ends with a reason; the executor does not grow."""
    before = psutil.Process().memory_info().rss
    async with viewing(a_gui_run(WINDOWS), monkeypatch) as viewer:
        await viewer.terminal.wait_for("opened 1000")
        assert psutil.Process().memory_info().rss - before < 16 * MIB
        if not viewer.terminal._executing.done():
            await viewer.shows()
            viewer.terminal.task.decide(Outcome.STOPPED)
        ending = await viewer.terminal.ending()
    assert ending.outcome in (Outcome.STOPPED, Outcome.MEMORY_LIMIT, Outcome.FAILED)
    assert ending.reason_code is not ReasonCode.INTERNAL_ERROR


async def test_a_side_channel_is_opened_ten_thousand_times(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel refuses what nobody accepts; this process has no more descriptors afterwards."""
    before = len(os.listdir("/proc/self/fd"))
    async with viewing(a_gui_run(CONNECTS), monkeypatch) as viewer:
        ending = await viewer.terminal.ending()
        assert "opened" in viewer.terminal.text, ending
    assert ending.outcome is Outcome.COMPLETED
    assert len(os.listdir("/proc/self/fd")) <= before + 2


async def test_a_flood_of_pictures_is_bounded_in_rate_and_memory(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_relay, "BURST_BYTES", 1 * MIB)
    async with viewing(a_gui_run(FLOODS), monkeypatch) as viewer:
        await viewer.terminal.wait_for("up")
        before, began = psutil.Process().memory_info().rss, time.monotonic()
        await viewer.until(lambda: viewer.bytes > 3 * MIB)
        took = time.monotonic() - began
        assert psutil.Process().memory_info().rss - before < 16 * MIB
        viewer.terminal.task.decide(Outcome.STOPPED)
    assert took > 0.8 * 2 * MIB / screen_relay.BYTES_PER_SECOND


async def test_a_page_that_takes_nothing_holds_up_nothing_but_its_picture(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(FLOODS), monkeypatch) as viewer:
        await viewer.terminal.wait_for("up")
        viewer.takes = False
        stream = viewer.side.stream
        await viewer.until(lambda: stream.end - stream.unacked_from >= screen_relay.ASK_BELOW)
        assert stream.end - stream.unacked_from <= Limits().window_bytes
        viewer.terminal.task.decide(Outcome.STOPPED)
        assert (await viewer.terminal.ending(20)).outcome is Outcome.STOPPED


async def test_the_core_of_the_attacks_fails(
    on_backend: LimitBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with viewing(a_gui_run(REACHES), monkeypatch) as viewer:
        await viewer.terminal.ending()
        seen = json.loads(viewer.terminal.text.strip().splitlines()[-1])
    # What is left is its own: the X server belongs to the program's user, who may as well end it.
    own = {"trace", "memory"}
    assert {seen[name] for name in seen.keys() - own} <= {"refused", "closed"}, seen
