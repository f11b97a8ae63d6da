from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovedRuns(models.Model):
    """Runs that were removed because their owner's history was full."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="removed_runs",
        verbose_name=_("owner"),
    )
    count = models.PositiveBigIntegerField(_("number"), default=0)
    removed_at = models.DateTimeField(_("last removed"))

    class Meta:
        verbose_name, verbose_name_plural = _("removed runs"), _("removed runs")

    def __str__(self) -> str:
        return f"{self.count} of {self.owner_id}"
