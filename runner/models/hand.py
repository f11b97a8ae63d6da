from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom


class Hand(models.Model):
    """A member's question to those who teach: one at a time, so that a class has a bounded number.

    It is up until `answered_at`, and remembered with its answer until the next one.
    """

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="hands", verbose_name=_("class")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="hands",
        verbose_name=_("user"),
    )
    text = models.CharField(_("question"), max_length=200)
    raised_at = models.DateTimeField(_("raised"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("raised hand"), _("raised hands")
        constraints = (models.UniqueConstraint(fields=["classroom", "user"], name="hand_once"),)

    def __str__(self) -> str:
        return self.text
