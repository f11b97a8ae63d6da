# Runs programs one after the other in one sandbox: a compiler, and then what it has made.
# inside.py executes this instead of running a program itself, when the executor sends a message
# without a command. Then, over the descriptor CONTROL, for each program:
#
#   ->  8-byte length, marshal       {argv, env, files, data, cores, among}, and {folders, last,
#                                    limits: [(which, value)], types: may it read the terminal,
#                                    perhaps screen: see screen_server.py}
#   <-  "up\n"                       the program starts; from now on it may be asked about
#   <-  "exit 0 9216 31\n" or "signal 11 9216 31\n", as inside.py says it
#
# The report of a program that is not the last comes when all processes that it has left behind are
# dead, whoever started them: nothing of a compiler's runs on beside the program, types into it, or
# counts as its own. The executor reads the report as data, like every other.
#
# Each program is a child of its own, forked when its message has come, since limits can only be
# lowered, and the next program may have higher ones.

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from runner.sandbox.inside import (
        CONTROL,
        answer_questions,
        execute,
        finish,
        home_entries,
        keep_to,
        known,
        own_figures,
        pipes,
        read_message,
        report,
        set_limits,
        signature,
        start_screen,
        take_terminal,
        write_files,
    )

INIT = 1  # the namespace's
SIGKILL = 9


def run_programs() -> "NoReturn":
    while True:
        program = read_message()
        if program["last"]:  # what a compiler has left in the home is not new
            known.update((path, signature(status)) for _, _, path, status in home_entries())
        status, used = run(program)
        if program["last"]:
            finish(status, used)
        answer_nothing()
        end_all_others()
        remove_shared_memory()
        report(status, used)


def run(program: "dict[str, Any]") -> "tuple[int, Any]":
    """Its wait status, and what it used."""
    up, tell_up = os.pipe()
    marks, tell_marks = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell_up)
        become(program, up, tell_marks)
    os.close(up)
    os.close(tell_marks)
    pipes.append(marks)
    answer_questions(child, tell_up)
    set_limits(child, program["limits"])
    start_screen(program)
    os.write(CONTROL, b"up\n")
    os.write(tell_up, b"!")
    _, status, used = os.wait4(child, 0)
    os.close(tell_up)
    return status, used


def become(program: "dict[str, Any]", up: int, tell_marks: int) -> "NoReturn":
    os.setsid()
    if not os.read(up, 1):
        os._exit(1)  # the parent has failed
    for folder in program["folders"]:
        os.makedirs(folder, exist_ok=True)
    os.write(tell_marks, write_files(program))
    keep_to(program["cores"], program["among"], own_figures())
    take_terminal()
    if not program["types"]:
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    os.closerange(3, 65536)
    execute(program)


def answer_nothing() -> None:
    """What comes next on CONTROL is no question, also if the program has sent the signal for one
    before its end."""
    import _signal as signal  # type: ignore[import-not-found]

    signal.signal(signal.SIGUSR1, signal.SIG_IGN)


def end_all_others() -> None:
    """The kernel sends the signal to all of the namespace before any of them can fork again; it
    leaves out this process and the namespace's init."""
    try:
        os.kill(-1, SIGKILL)
    except ProcessLookupError:
        return
    import select

    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) not in (INIT, os.getpid()):
            try:
                process = os.pidfd_open(int(name))
            except ProcessLookupError:
                continue
            ending = select.poll()
            ending.register(process, select.POLLIN)
            ending.poll()
            os.close(process)


def remove_shared_memory() -> None:
    """What System V's calls have made stays when nobody has it any more."""
    import _ctypes

    library = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
    for kind, arguments in (("shm", (0, 0)), ("msg", (0, 0)), ("sem", (0, 0, 0))):
        command = _ctypes.dlsym(library, f"{kind}ctl")
        for number in identifiers(f"/proc/sysvipc/{kind}"):
            # IPC_RMID is 0; of semaphores the number of one comes before it.
            _ctypes.call_function(command, (number, *arguments))


def identifiers(path: str) -> "list[int]":
    try:
        with open(path) as file:
            return [int(line.split()[1]) for line in file.readlines()[1:]]
    except OSError:
        return []  # a kernel without


run_programs()
