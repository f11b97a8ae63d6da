"""Makes the accounts of a class from a list."""

import csv
from argparse import ArgumentParser, FileType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.staff import class_list

MOST_ACCOUNTS = 2000


class Command(BaseCommand):
    help = (
        "Makes an account for each line of a list (name[,email[,first name,last name]]) and "
        "prints names and passwords as CSV. Students choose their own at the first sign-in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "list", type=FileType(encoding="utf-8-sig"), help="a file, or - for the standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with options["list"] as file:
            text = file.read(class_list.MOST_BYTES + 1)
        if len(text) > class_list.MOST_BYTES:
            raise CommandError("The list is too long.")
        try:
            entries = class_list.read(text, MOST_ACCOUNTS)
        except class_list.BadList as error:
            raise CommandError("Nothing was made.\n" + "\n".join(error.problems)) from error
        made = class_list.make_accounts(entries)
        rows = csv.writer(self.stdout, lineterminator="\n")
        rows.writerow(["username", "password"])
        rows.writerows([one.username, one.password] for one in made)
