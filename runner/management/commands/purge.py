from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from runner import history, snippets


class Command(BaseCommand):
    help = "Forgets runs and deleted snippets that are older than the site keeps them."

    def handle(self, *args: Any, **options: Any) -> None:
        runs, forgotten = history.forget_old(), snippets.forget_deleted()
        self.stdout.write(
            f"{runs} runs older than {settings.RETAIN_RUN_DAYS} days and "
            f"{forgotten} snippets deleted more than "
            f"{settings.LIMITS.deleted_snippet_days} days ago are gone."
        )
