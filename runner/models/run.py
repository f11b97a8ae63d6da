import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from runner.models.executor import Executor
from runner.models.snippet import Snippet
from runner.run_state import Outcome, RunStatus


class Run(models.Model):
    """One program as it was run, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="runs"
    )
    snippet = models.ForeignKey(
        Snippet, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs"
    )
    language = models.CharField(max_length=64)
    files = models.JSONField(help_text="[{path, content}] as run.")
    main = models.CharField(max_length=255)
    args = models.JSONField(default=list, blank=True)
    keep_open = models.BooleanField(
        default=False, db_default=False, help_text="Python stays open after the program, as by -i."
    )
    rows = models.PositiveSmallIntegerField()
    cols = models.PositiveSmallIntegerField()
    viewer = models.CharField(
        max_length=200, blank=True, help_text="Channel of the terminal that waits for it."
    )

    viewer_asked_at = models.DateTimeField(null=True, help_text="When that terminal asked for it.")

    status = models.CharField(
        max_length=20, default=RunStatus.QUEUED, choices=[(s, s.title()) for s in RunStatus]
    )
    outcome = models.CharField(
        max_length=30, blank=True, choices=[(o, o.replace("_", " ").capitalize()) for o in Outcome]
    )
    exit_code = models.IntegerField(null=True, blank=True)
    signal = models.CharField(max_length=20, blank=True)
    reason_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    figures = models.JSONField(null=True, blank=True, help_text="Of the sentence of that code.")
    reason = models.CharField(
        max_length=300, blank=True, help_text="A sentence in place of the code, before 2026-11-29."
    )
    error_name = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Of the exception that ended the program, found in its output: NameError.",
    )
    error_path = models.CharField(
        max_length=255, blank=True, default="", db_default="", help_text="The file of that error."
    )
    error_line = models.PositiveIntegerField(null=True, blank=True, help_text="Its line, from 1.")

    turn = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Lower ones are claimed first, see `run_queue.py`."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    first_output_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    wall_ms = models.PositiveBigIntegerField(default=0)
    cpu_ms = models.PositiveBigIntegerField(default=0)
    memory_peak_bytes = models.PositiveBigIntegerField(default=0)
    input_bytes = models.PositiveBigIntegerField(default=0)
    output_bytes = models.PositiveBigIntegerField(default=0)
    executor = models.ForeignKey(Executor, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        indexes = (
            models.Index(
                fields=["turn", "created_at"],
                name="run_turns",
                condition=models.Q(status=RunStatus.QUEUED),
            ),
            models.Index(
                fields=["-claimed_at", "-turn"],
                name="run_claims",
                condition=models.Q(claimed_at__isnull=False),
            ),
            models.Index(
                fields=["owner", "status"],
                name="run_active",
                condition=~models.Q(status=RunStatus.FINISHED),
            ),
            models.Index(fields=["owner", "-created_at"], name="run_history"),
        )
        constraints = (
            models.CheckConstraint(
                name="run_finished_has_outcome",
                condition=models.Q(status=RunStatus.FINISHED, outcome__gt="")
                | ~models.Q(status=RunStatus.FINISHED) & models.Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
