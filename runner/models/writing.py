import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom
from runner.models.snippet import Snippet


class Writing(models.Model):
    """How a program was written in a class, on one page: `runner/playback/timeline.py` has the
    shapes of the lists. Its id is the page's."""

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="writings",
        verbose_name=_("owner"),
        db_index=False,  # see below
    )
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="+", verbose_name=_("class")
    )
    snippet = models.ForeignKey(
        Snippet,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("snippet"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, db_index=True)
    edits = models.JSONField(_("edits"), default=list)
    pastes = models.JSONField(_("pasted text"), default=list)
    texts = models.JSONField(_("texts"), default=dict, help_text="As they are now, by path.")
    clipboard = models.JSONField(_("removed text"), default=list, help_text="The last ones.")
    runs = models.JSONField(_("runs"), default=list, help_text="[[id, ms]]: when each was started.")
    count = models.PositiveIntegerField(
        _("edits received"), default=0, help_text="The next one has this number."
    )
    size_bytes = models.PositiveIntegerField(_("size in bytes"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("writing"), _("writings")
        indexes = (
            models.Index(fields=["owner", "classroom", "-started_at"], name="writing_of_owner"),
        )

    def __str__(self) -> str:
        return str(self.pk)
