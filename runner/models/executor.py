from django.db import models
from django.db.models.functions import Cast, Coalesce, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

# Of what it says of its languages: web workers read it, and executors have the least trust.
MOST_CHARACTERS = 100_000


def _characters(field: str) -> Coalesce:
    return Coalesce(Length(Cast(field, models.TextField())), 0)


class Executor(models.Model):
    """A process that claims runs. Its row is its sign of life."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    capacity = models.PositiveIntegerField(
        _("capacity"), help_text=_("Maximum number of simultaneous runs of an executor.")
    )
    active = models.PositiveIntegerField(_("active runs"), default=0)
    sandbox = models.CharField(
        _("sandbox"),
        max_length=40,
        blank=True,
        help_text=_("The limit backend in use; empty: no sandbox."),
    )
    languages = models.JSONField(
        _("languages"),
        default=dict,
        db_default=models.Value({}, output_field=models.JSONField()),
        blank=True,
        help_text=_("The versions of its languages, by their ids."),
    )
    withheld = models.JSONField(
        _("withheld languages"),
        null=True,
        blank=True,
        help_text=_("Installed languages that it does not offer, with the reason."),
    )
    packages = models.JSONField(
        _("packages"),
        default=dict,
        db_default=models.Value({}, output_field=models.JSONField()),
        blank=True,
        help_text=_("The versions of the packages that programs may import, by language."),
    )
    screens = models.JSONField(
        _("languages with windows"),
        default=list,
        db_default=models.Value([], output_field=models.JSONField()),
        blank=True,
        help_text=_("Those whose programs may open windows there."),
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(
        _("last heartbeat"), null=True, db_index=True, help_text=_("None: it has ended.")
    )
    metrics = models.JSONField(
        _("metrics"), null=True, help_text="What it has counted, see `metrics.py`."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("executor"), _("executors")
        constraints = (
            models.CheckConstraint(
                name="executor_languages_are_short",
                condition=LessThanOrEqual(
                    _characters("languages") + _characters("withheld"), MOST_CHARACTERS
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name
