from django.db import models


class Executor(models.Model):
    """A process that claims runs. Its row is its sign of life."""

    name = models.CharField(max_length=100, unique=True)
    capacity = models.PositiveIntegerField(
        help_text="Maximum number of simultaneous runs of an executor."
    )
    active = models.PositiveIntegerField(default=0)
    sandbox = models.CharField(
        max_length=40,
        blank=True,
        help_text="The limit backend in use; empty: no sandbox.",
    )
    started_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, db_index=True, help_text="None: it has ended.")
    metrics = models.JSONField(null=True, help_text="What it has counted, see `metrics.py`.")

    def __str__(self) -> str:
        return self.name
