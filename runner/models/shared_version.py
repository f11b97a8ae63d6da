from django.db import models
from django.utils.translation import gettext_lazy as _

from runner.models.snippet import Snippet


class SharedVersion(models.Model):
    """What readers of a shared snippet see, until its owner shares another version.

    A copy: later saves of the snippet do not change it. There is one for each link.
    """

    snippet = models.OneToOneField(
        Snippet,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="shared",
        verbose_name=_("snippet"),
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("programming language"), max_length=64)
    files = models.JSONField(_("files"), help_text="[{path, content}] in the order of their tabs.")
    main = models.CharField(_("main file"), max_length=255)
    version = models.PositiveIntegerField(
        _("version"), help_text="Of the snippet, when it was shared."
    )
    size_bytes = models.PositiveIntegerField(
        _("size in bytes"), help_text="Of all paths and contents."
    )
    shared_at = models.DateTimeField(_("shared"))

    class Meta:
        verbose_name, verbose_name_plural = _("shared version"), _("shared versions")

    def __str__(self) -> str:
        return self.title
