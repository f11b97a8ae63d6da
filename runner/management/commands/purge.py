from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from runner.retention import FORGETTING


class Command(BaseCommand):
    help = "Delete runs, writings, deleted snippets and audit entries older than they are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = {name: forget() for name, forget in FORGETTING.items()}
        self.stdout.write(
            f"Deleted {gone['runs']} runs older than {settings.RETAIN_RUN_DAYS} days and "
            f"{gone['deleted snippets']} snippets deleted more than "
            f"{settings.LIMITS.deleted_snippet_days} days ago. "
            f"Deleted {gone['audit entries']} audit entries older than {settings.AUDIT_DAYS} days "
            f"and {gone['writings']} recordings of writing."
        )
        if questions := gone["questions"]:
            self.stdout.write(f"Deleted {questions} questions that were asked in classes.")
        if unused := gone["data files"]:
            self.stdout.write(f"Deleted {unused} data files that no snippet has any more.")
        if guests := gone["guests"]:
            self.stdout.write(f"Deleted {guests} guests whose invitation to a room has ended.")
        if interviews := gone["interviews"]:
            self.stdout.write(
                f"Deleted {interviews} interviews older than {settings.INTERVIEW_DAYS} days."
            )
