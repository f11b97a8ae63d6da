"""What programs show, return and are debugged by, in sandboxes that have users of their own."""

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.debugging.debug_terminal import open_debug_terminal
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

PLOTS = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()\nprint('shown')\n"
WRITES = "import os\nos.mkdir('out')\nopen('out/sum.txt', 'w').write('6')\nprint('written')\n"
WORKS = """import multiprocessing, time
def work(number):
    end = time.process_time() + 1
    while time.process_time() < end: pass
    return number
with multiprocessing.Pool(4) as pool:
    print('sum', sum(pool.map(work, range(4))))
"""
OPENS = """import tkinter
window = tkinter.Tk()
window.update()
print('window', window.winfo_viewable())
"""
STANDS = "total = 2\nprint(total)\n"


async def check(site: WebServer, person: SignedIn) -> None:
    async with open_terminal(site, person) as terminal:
        await completes(terminal, WORKS, b"sum 6")
        await completes(terminal, PLOTS, b"shown")
        assert (await terminal.wait_for("artifact"))["kind"] == "picture"
        await completes(terminal, WRITES, b"written")
        await terminal.wait_for("artifact", path="out/sum.txt")
        await completes(terminal, OPENS, b"window 1", screen={"width": 640, "height": 480})
    print("   a program of five processes, a plot, a file that comes back, a window")
    async with open_debug_terminal(site, person) as debugged:
        await debugged.start(STANDS, debug=True)
        await debugged.debugger.begin({"line": 2})
        stopped = await debugged.debugger.event("stopped")
        await debugged.debugger.request("continue", threadId=stopped["threadId"])
        await debugged.wait_for_exit(Outcome.COMPLETED)
    print("   a program that stands at a breakpoint, and goes on")


async def completes(terminal: TerminalClient, source: str, shows: bytes, **fields: object) -> None:
    await terminal.start(source, **fields)
    await terminal.wait_for_exit(Outcome.COMPLETED, 60)
    assert shows in terminal.output, terminal.output
