# Starts the X server of a GUI run, and waits until programs can connect to it. inside.py executes
# this, before its program starts, with one name: `screen`, {argv, env, limits, listener, seconds}.
#
# The server gets the socket on which the executor's connections arrive as standard input, and
# nothing else of this process. It is in a session of its own, so ^C does not reach it, and belongs
# to the program's user, who may end it: then the run has no window any more, and the executor
# ends it.

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

SCREEN: "dict[str, Any]" = globals()["screen"]
READY = 4  # the descriptor where the server says that it is; it moves its standard input to 3


def start() -> None:
    import select

    ready, tell_ready = os.pipe()
    if os.fork() == 0:
        try:
            become(tell_ready)
        except BaseException as error:
            os.write(2, f"The X server failed: {error!r}\n".encode())
            os._exit(1)
    os.close(tell_ready)
    os.close(SCREEN["listener"])  # nobody else answers there when the server has ended
    waiting = select.poll()
    waiting.register(ready, select.POLLIN)
    said = b""
    while not said.endswith(b"\n"):  # it says its number and the end of the line in two parts
        if not waiting.poll(SCREEN["seconds"] * 1000) or not (part := os.read(ready, 16)):
            raise OSError("the X server did not start")
        said += part
    os.close(ready)  # who cannot say all of it ends


def become(tell_ready: int) -> "NoReturn":
    import resource
    import signal

    os.setsid()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open("/dev/null", os.O_RDWR)
    # Moved above the low targets first: a source may have the number of another's target.
    targets = {0: SCREEN["listener"], 1: nothing, 2: nothing, READY: tell_ready}
    parked = {target: os.dup2(source, 200 + target) for target, source in targets.items()}
    for target, source in parked.items():
        os.dup2(source, target)
    os.closerange(READY + 1, 65536)
    for number, value in SCREEN["limits"]:  # now: a run may have fewer descriptors than 200
        _, most = resource.getrlimit(number)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(number, (value, value))
    os.execve(SCREEN["argv"][0], SCREEN["argv"], SCREEN["env"])  # noqa: S606


start()
