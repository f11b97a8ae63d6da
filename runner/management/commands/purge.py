from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts import audit
from runner import files, history, snippets


class Command(BaseCommand):
    help = "Delete runs, deleted snippets and audit entries older than their retention time."

    def handle(self, *args: Any, **options: Any) -> None:
        runs, forgotten = history.forget_old(), snippets.forget_deleted()
        self.stdout.write(
            f"Deleted {runs} runs older than {settings.RETAIN_RUN_DAYS} days and {forgotten} "
            f"snippets deleted more than {settings.LIMITS.deleted_snippet_days} days ago. "
            f"Deleted {audit.forget_old()} audit entries older than {settings.AUDIT_DAYS} days."
        )
        if unused := files.forget_unused():
            self.stdout.write(f"Deleted {unused} data files that no snippet has any more.")
