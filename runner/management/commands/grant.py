from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from runner.operations import grant


class Command(BaseCommand):
    help = "Let the PostgreSQL roles of web workers and executors do what they need, and no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--web", required=True, help="role of web workers")
        parser.add_argument("--executor", required=True, help="role of executors")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        grant(options["web"], options["executor"])
