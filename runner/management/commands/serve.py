import asyncio
import ipaddress
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from runner.management.commands.executor import DEFAULT_CAPACITY, capacity
from runner.sandbox import ALLOW_WEAK, usable_backend, weak_limits


class Command(BaseCommand):
    help = "Serve the whole product from one process: pages, terminals and runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--capacity",
            type=capacity,
            default=DEFAULT_CAPACITY,
            help="maximum number of simultaneous runs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._consider_limits(options["host"])
        # Importing Daphne installs Twisted's asyncio reactor: only here, where it is wanted.
        from daphne.server import Server
        from twisted.internet import defer, reactor

        from coderunner.routing import asgi_application
        from runner.executor.service import ExecutorService

        service = ExecutorService(options["capacity"], usable_backend(settings.LIMITS))
        executing: list[asyncio.Task[None]] = []

        def stop(_: asyncio.Task[None]) -> None:
            server.stop()

        async def end_runs() -> None:
            executing[0].remove_done_callback(stop)  # the server is stopping already
            executing[0].cancel()
            await asyncio.wait(executing)

        def begin() -> None:
            twisted_reactor: Any = reactor  # its interface is wrongly typed
            executing.append(asyncio.get_event_loop().create_task(service.run()))
            executing[0].add_done_callback(stop)
            twisted_reactor.addSystemEventTrigger(
                "before",
                "shutdown",
                lambda: defer.Deferred.fromFuture(asyncio.ensure_future(end_runs())),
            )
            self.stdout.write(f"Ready on http://{options['host']}:{options['port']}/")
            self.stdout.flush()

        server = Server(
            asgi_application(),
            endpoints=[f"tcp:port={options['port']}:interface={options['host']}"],
            ready_callable=begin,
        )
        server.run()
        if not server.listening_addresses:
            raise CommandError(f"Cannot listen on port {options['port']}. Is it in use?")

    def _consider_limits(self, host: str) -> None:
        """On loopback programs may have weak limits, because whoever writes them is on this
        machine anyway. What others can reach needs control groups, or an operator's decision."""
        if not (weak := weak_limits()):
            return
        if not settings.ALLOW_WEAK_LIMITS and not is_loopback(host):
            raise CommandError(f"{weak}\n{ALLOW_WEAK} Or listen on 127.0.0.1.")
        self.stderr.write(weak)  # red, on a terminal


def is_loopback(host: str) -> bool:
    """A name other than `localhost` may mean any address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
