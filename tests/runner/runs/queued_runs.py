"""Runs on their way through the queue."""

from collections.abc import Callable
from threading import Thread

from accounts.models import User
from runner import runs
from runner.models import Executor, Run
from runner.protocol.messages import SourceFile, StartInteractive
from runner.run_state import Ending, Outcome

ENDING = Ending(Outcome.COMPLETED, "Your program finished.", exit_code=0, output_bytes=7)


def program(**fields: object) -> StartInteractive:
    main = SourceFile(path="main.py", content="print(1)")
    defaults = {"type": "start_interactive", "language": "python", "rows": 24, "cols": 80}
    return StartInteractive.model_validate(defaults | {"files": (main,)} | fields)


def queued(user: User) -> Run:
    return runs.create_run(user, program(), "a terminal")[0]


def claimed(executor: Executor) -> Run:
    (run,) = runs.claim_runs(executor, 1)
    return run


def status_of(run: Run) -> tuple[str, str]:
    run.refresh_from_db()
    return run.status, run.outcome


def in_threads(functions: list[Callable[[], None]]) -> None:
    threads = [Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
