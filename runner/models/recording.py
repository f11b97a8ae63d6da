from django.db import models
from django.utils.translation import gettext_lazy as _

from runner.models.run import Run


class Recording(models.Model):
    """What a run printed: its beginning and its end, raw, with the times of their pieces.

    `head` starts at offset 0; `tail` starts at `tail_offset` and ends at the run's end. What lies
    between was cut. Times are packed pairs, see `executor/recording.py`.
    """

    run = models.OneToOneField(
        Run, primary_key=True, on_delete=models.CASCADE, verbose_name=_("run")
    )
    head = models.BinaryField(_("first part"), default=bytes)
    head_times = models.BinaryField(_("times of the first part"), default=bytes)
    tail = models.BinaryField(_("last part"), default=bytes)
    tail_times = models.BinaryField(_("times of the last part"), default=bytes)
    tail_offset = models.PositiveBigIntegerField(_("offset of the last part"), default=0)
    resizes = models.JSONField(
        _("changes of the size"), default=list, help_text="[milliseconds, columns, rows]"
    )

    class Meta:
        verbose_name, verbose_name_plural = _("recording"), _("recordings")

    def __str__(self) -> str:
        return f"recording of {self.run_id}"
