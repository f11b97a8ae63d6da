"""Fields and constraints. What may be done with them is in `runs.py`, `access.py`."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from runner.run_state import Outcome, RunStatus


class Executor(models.Model):
    """A process that claims runs. Its row is its sign of life."""

    name = models.CharField(max_length=100, unique=True)
    capacity = models.PositiveIntegerField(help_text="Runs it takes at once.")
    active = models.PositiveIntegerField(default=0)
    sandbox = models.CharField(
        max_length=40, blank=True, help_text="The rung that enforces limits; empty: no sandbox."
    )
    started_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, db_index=True, help_text="None: it has ended.")
    metrics = models.JSONField(null=True, help_text="What it has counted, see `metrics.py`.")

    def __str__(self) -> str:
        return self.name


class Snippet(models.Model):
    """A student's program, kept. `version` counts its saves; a save names the one it has seen.

    All files lie in one row: a save is one statement, and no reader meets half of one.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snippets"
    )
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=64)
    files = models.JSONField(help_text="[{path, content}] in the order of their tabs.")
    main = models.CharField(max_length=255)
    version = models.PositiveIntegerField(default=1)
    size_bytes = models.PositiveIntegerField(default=0, help_text="Of all paths and contents.")
    search_text = models.TextField(
        editable=False,
        help_text="Title, file names and text, casefolded: searched alike everywhere.",
    )
    slug = models.CharField(
        max_length=40, unique=True, null=True, editable=False, help_text="None: not shared."
    )
    embeddable = models.BooleanField(default=False, help_text="Other sites may show it in a frame.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, help_text="Kept for a while, to be restored.")

    class Meta:
        indexes = (
            models.Index(
                fields=["owner", "-updated_at", "-id"],
                name="snippet_list",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(
                fields=["deleted_at"],
                name="snippet_deleted",
                condition=models.Q(deleted_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title


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
    reason = models.CharField(max_length=300, blank=True)

    turn = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Lower ones are claimed first, see `queue.py`."
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


class Recording(models.Model):
    """What a run printed: its beginning and its end, raw, with the times of their pieces.

    `head` starts at offset 0; `tail` starts at `tail_offset` and ends at the run's end. What lies
    between was cut. Times are packed pairs, see `executor/recording.py`.
    """

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.CASCADE)
    head = models.BinaryField(default=bytes)
    head_times = models.BinaryField(default=bytes)
    tail = models.BinaryField(default=bytes)
    tail_times = models.BinaryField(default=bytes)
    tail_offset = models.PositiveBigIntegerField(default=0)
    resizes = models.JSONField(default=list, help_text="[milliseconds, columns, rows]")

    def __str__(self) -> str:
        return f"recording of {self.run_id}"


class OpenSocket(models.Model):
    """A terminal that is open on some web worker, which says so again and again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sockets"
    )
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
