from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from runner.limits import Limits
from runner.models.run import Run

# Also in the database: executors, which write these rows, have the least trust.
MOST = Limits()


class Artifact(models.Model):
    """What a program has shown beside its text: a picture, a table, a page, a sound or a file.

    `seq` counts them in their run from 1; who shows something again replaces it. `version` counts
    all that was stored for the run, so that readers find what they lack.
    """

    run = models.ForeignKey(
        Run, on_delete=models.CASCADE, related_name="artifacts", verbose_name=_("run")
    )
    seq = models.PositiveSmallIntegerField(_("number"))
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=16)
    name = models.CharField(_("name"), max_length=100)
    path = models.CharField(
        _("path"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text="In the program's home, of a file that the program has written there.",
    )
    mime = models.CharField(_("media type"), max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    bytes = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    at_ms = models.PositiveBigIntegerField(
        _("shown at"), help_text="Milliseconds since the program began."
    )
    data = models.BinaryField(_("content"))

    class Meta:
        verbose_name, verbose_name_plural = _("artifact"), _("artifacts")
        constraints = (
            models.UniqueConstraint(fields=["run", "seq"], name="artifact_of_run"),
            models.CheckConstraint(
                name="artifact_within_limits",
                condition=models.Q(
                    Exact(models.F("bytes"), Length("data")),
                    seq__gte=1,
                    seq__lte=MOST.artifacts_per_run + MOST.returned_files + MOST.stills_per_run,
                    bytes__lte=MOST.artifact_bytes,
                ),
            ),
        )

    def __str__(self) -> str:
        return f"artifact {self.seq} of {self.run_id}"
