from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom
from runner.models.rooms.room import Room


class OpenSocket(models.Model):
    """A terminal, or the socket of a class or a room. The web worker where it is open renews
    `seen_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="open_sockets",
        verbose_name=_("user"),
    )
    classroom = models.ForeignKey(
        Classroom,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # who asks by class asks by `seen_at` too
        verbose_name=_("class"),
        help_text="Whose page it is, where it is no terminal.",
    )
    browser = models.CharField(
        _("browser"),
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="The same for all sockets of one sign-in; says nothing else of it.",
    )
    room = models.ForeignKey(
        Room,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # likewise
        verbose_name=_("room"),
        help_text="Whose page it is, where it is one.",
    )
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("open terminal"), _("open terminals")

    def __str__(self) -> str:
        return str(self.pk)
