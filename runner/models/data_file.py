from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from runner.limits import Limits
from runner.models.snippet import Snippet

# Also in the database: executors, which write kept files, have the least trust.
MOST = Limits()


class DataFile(models.Model):
    """A file of any kind beside a snippet's code. It lies in the home of each of its runs.

    The content is in this row, or in object storage under the name `stored`. Of a `kept` file each
    run stores what it has made of it, always in the row.
    """

    snippet = models.ForeignKey(
        Snippet, on_delete=models.CASCADE, related_name="data", verbose_name=_("snippet")
    )
    path = models.CharField(_("name"), max_length=255)
    bytes = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    encoding = models.CharField(
        _("encoding"),
        max_length=20,
        blank=True,
        default="",
        help_text="Of text, as far as it could be detected; empty: no text.",
    )
    kept = models.BooleanField(
        _("changed by runs"), default=False, help_text=_("Each run stores its changes.")
    )
    content = models.BinaryField(_("content"), null=True)
    stored = models.CharField(
        _("name in object storage"), max_length=100, blank=True, default="", db_index=True
    )
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name, verbose_name_plural = _("data file"), _("data files")
        constraints = (
            models.UniqueConstraint(fields=["snippet", "path"], name="data_file_of_snippet"),
            models.CheckConstraint(
                name="data_file_within_limits",
                condition=models.Q(bytes__lte=MOST.data_file_bytes)
                & (
                    models.Q(Exact(models.F("bytes"), Length("content")), stored="")
                    | models.Q(content=None, stored__gt="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.path
