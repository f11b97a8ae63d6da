import asyncio
import signal
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.executor.service import ExecutorService
from runner.infrastructure import heap
from runner.sandbox import ALLOW_WEAK, usable_backend, weak_limits

DEFAULT_CAPACITY = 50
RETIRED_SECONDS = 60  # after the longest run: to start it, and to tell everybody


def capacity(text: str) -> int:
    """A number of runs, for the command line."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("must be a whole number, at least 1")
    return int(text)


class Command(BaseCommand):
    help = "Run programs for the web workers on the same Redis and database."
    requires_system_checks: list[str] = []  # most are about pages, which are not here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--capacity",
            type=capacity,
            default=DEFAULT_CAPACITY,
            help="maximum number of simultaneous runs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URL:
            raise CommandError(
                "A separate executor needs REDIS_URL. `manage.py serve` works without it."
            )
        if weak := weak_limits():
            if not settings.ALLOW_WEAK_LIMITS:
                raise CommandError(f"{weak}\n{ALLOW_WEAK} This executor does not start.")
            self.stderr.write(weak)  # red, on a terminal
        heap.prepare(settings.OPTIMISATIONS)
        asyncio.run(execute(options["capacity"]))


async def execute(capacity: int) -> None:
    """Until SIGTERM or SIGINT: then runs may end for a while; a second signal ends them at once.

    SIGUSR1 retires it: the same, but runs may take as long as their limits let them.
    """
    backend = await asyncio.to_thread(usable_backend, settings.LIMITS)
    service = ExecutorService(capacity, backend)
    running = asyncio.create_task(service.run())
    draining: list[asyncio.Task[None]] = []
    stopped: list[bool] = []

    def drain(seconds: float) -> None:
        draining.append(asyncio.create_task(service.drain(seconds)))
        draining[-1].add_done_callback(lambda _: running.cancel())

    def stop() -> None:
        if stopped:
            running.cancel()
        stopped.append(True)
        drain(limits.drain_seconds)

    loop, limits = asyncio.get_running_loop(), settings.LIMITS
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    # A run that nobody attends ends earlier; so this one has a bound too.
    loop.add_signal_handler(signal.SIGUSR1, drain, limits.wall_seconds + RETIRED_SECONDS)
    await asyncio.wait([running])
    if not running.cancelled():
        running.result()  # a bug is shown
