from django.db import models

from runner.models.run import Run


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
