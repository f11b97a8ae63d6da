from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OpenSocket(models.Model):
    """A terminal that is open on a web worker, which renews `seen_at` while it is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="open_sockets",
        verbose_name=_("user"),
    )
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("open terminal"), _("open terminals")

    def __str__(self) -> str:
        return str(self.pk)
