"""Runs on their way through the queue."""

import asyncio
from collections.abc import Callable, Collection
from threading import Thread

from accounts.models import User
from runner import runs
from runner.models import Executor, Run
from runner.protocol.messages import SourceFile, StartInteractive
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome

ENDING = Ending(Outcome.COMPLETED, ReasonCode.COMPLETED, exit_code=0, output_bytes=7)


def program(**fields: object) -> StartInteractive:
    main = SourceFile(path="main.py", content="print(1)")
    defaults = {"type": "start_interactive", "language": "python", "rows": 24, "cols": 80}
    return StartInteractive.model_validate(defaults | {"files": (main,)} | fields)


def created(user: User, start: StartInteractive, viewer: str = "a terminal") -> tuple[Run, int]:
    """As `runs.create_run`, for tests without an event loop. As it uses the connection of another
    thread, they need `django_db(transaction=True)`."""
    return asyncio.run(runs.create_run(user, start, viewer))


def claimed_runs(
    executor: Executor, most: int, fitting: Collection[str] | None = None
) -> list[Run]:
    """As `runs.claim_runs`, likewise."""
    return asyncio.run(runs.claim_runs(executor, most, fitting))


def queued(user: User) -> Run:
    return created(user, program())[0]


def claimed(executor: Executor) -> Run:
    (run,) = claimed_runs(executor, 1)
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
