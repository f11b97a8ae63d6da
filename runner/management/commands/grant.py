from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from runner.operations import NotPermitted, grant, reserve_connections


class Command(BaseCommand):
    help = "Let the PostgreSQL roles of web workers and executors do what they need, and no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--web", required=True, help="role of web workers")
        parser.add_argument("--executor", required=True, help="role of executors")
        parser.add_argument(
            "--executor-connections",
            type=int,
            default=0,
            help="connections that web workers leave to executors, 12 for each; 0: no limit is set",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        grant(options["web"], options["executor"])
        if reserved := options["executor_connections"]:
            self._reserve(options["web"], reserved)

    def _reserve(self, web: str, reserved: int) -> None:
        try:
            most = reserve_connections(web, reserved)
        except ValueError as error:
            self.stderr.write(
                f"{error} connections would be left to web workers: raise max_connections. "
                "None are reserved for executors."
            )
        except NotPermitted as error:
            self.stderr.write(f"A superuser has to execute this once: {error};")
        else:
            self.stdout.write(f"Web workers have at most {most} connections together.")
