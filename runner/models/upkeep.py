from django.db import models
from django.utils.translation import gettext_lazy as _


class Upkeep(models.Model):
    """When something that one process of the site does for all was begun last."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    begun_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name, verbose_name_plural = _("upkeep"), _("upkeep")

    def __str__(self) -> str:
        return self.name
