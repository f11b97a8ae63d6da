"""What a site does by itself, on one web worker at a time: it forgets what is old, every day.

`runner/apps.py` registers the tasks. Web workers ask every few seconds, while pages are open;
whoever changes the task's row does it. A task that fails is tried again at its next time.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection

from runner.infrastructure import clock
from runner.models import Upkeep

logger = logging.getLogger(__name__)
DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    every_seconds: float
    do: Callable[[], object]


_tasks: dict[str, Task] = {}
_running: set[asyncio.Task[None]] = set()


def register(name: str, every_seconds: float, do: Callable[[], object]) -> None:
    _tasks[name] = Task(name, every_seconds, do)


def do_soon() -> None:
    """In a thread of its own, as deleting may take minutes; one at a time."""
    if not _running:
        task = asyncio.create_task(asyncio.to_thread(do_due))
        _running.add(task)
        task.add_done_callback(_running.discard)


def do_due() -> None:
    try:
        for task in list(_tasks.values()):
            try:
                if _is_mine(task):
                    done = task.do()
                    logger.info("Upkeep: %s: %s", task.name, done)
            except Exception:  # of one task; else those after it would never be done
                logger.exception("Upkeep %s failed.", task.name)
    finally:
        connection.close()


def _is_mine(task: Task) -> bool:
    """Whether it is due, and no other process was quicker."""
    now = clock.read()
    before = now - timedelta(seconds=task.every_seconds)
    if Upkeep.objects.filter(pk=task.name, begun_at__lte=before).update(begun_at=now):
        return True
    if Upkeep.objects.filter(pk=task.name).exists():
        return False
    try:
        Upkeep.objects.create(pk=task.name, begun_at=now)
    except IntegrityError:
        return False
    return True
