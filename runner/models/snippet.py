from django.conf import settings
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _


class Snippet(models.Model):
    """A student's program, kept. `version` counts its saves; a save names the one it has seen.

    All files lie in one row: a save is one statement, and no reader meets half of one.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="snippets",
        verbose_name=_("owner"),
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("programming language"), max_length=64)
    files = models.JSONField(_("files"), help_text="[{path, content}] in the order of their tabs.")
    breakpoints = models.JSONField(
        _("breakpoints"),
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="[{path, line, condition, hits, log}]: of the owner's debugger, not of the text.",
    )
    main = models.CharField(_("main file"), max_length=255)
    version = models.PositiveIntegerField(_("version"), default=1)
    size_bytes = models.PositiveIntegerField(
        _("size in bytes"), default=0, help_text="Of all paths, contents and breakpoints."
    )
    data_files = models.PositiveIntegerField(_("data files"), default=0, db_default=0)
    search_text = models.TextField(
        _("text for searching"),
        editable=False,
        help_text="Title, file names and text, casefolded: searched alike everywhere.",
    )
    slug = models.CharField(
        _("link"),
        max_length=40,
        unique=True,
        null=True,
        editable=False,
        help_text="None: not shared.",
    )
    embeddable = models.BooleanField(
        _("other sites may show it"),
        default=False,
        help_text=_("Other sites may show it in a frame."),
    )
    open_to_visitors = models.BooleanField(
        _("visitors may run it"),
        default=False,
        db_default=False,
        help_text=_("People without an account may run the shared version."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"))
    deleted_at = models.DateTimeField(
        _("deleted"), null=True, help_text=_("Kept for a while, to be restored.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("snippet"), _("snippets")
        indexes = (
            models.Index(
                fields=["owner", "-updated_at", "-id"],
                name="snippet_list",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(
                fields=["deleted_at"],
                name="snippet_deleted",
                condition=models.Q(deleted_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title
