from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runner.infrastructure.http.time_zone import zone_of


class Role(models.TextChoices):
    """Of a member of a class. Values are stored: add, and never change one."""

    STUDENT = "student", _("student")
    ASSISTANT = "assistant", _("assistant")
    INSTRUCTOR = "instructor", _("instructor")


def check_time_zone(name: str) -> None:
    if zone_of(name) is None:
        raise ValidationError(_("This time zone is not known. Example: Europe/Berlin"))


class Classroom(models.Model):
    """Students, and who teaches them, in one term."""

    name = models.CharField(_("name"), max_length=100)
    term = models.CharField(_("term"), max_length=60, blank=True, default="")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[check_time_zone]
    )
    timetable = models.JSONField(
        _("timetable"),
        default=list,
        blank=True,
        help_text="[{day, start, end}]: day 0 is Monday, times as HH:MM in the class's time zone.",
    )
    group = models.CharField(
        _("group of the identity provider"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Who signs in with an account of this group becomes a student of the class."),
    )
    join_code = models.CharField(
        _("join code"),
        max_length=16,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="None: nobody joins by a code.",
    )
    join_code_expires_at = models.DateTimeField(
        _("join code expires"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Membership",
        related_name="classrooms",
        verbose_name=_("members"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("class"), _("classes")
        indexes = (
            models.Index(
                fields=["group"], name="classroom_group", condition=models.Q(group__gt="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.term})" if self.term else self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Membership(models.Model):
    """A user in a class. `by_group`: the identity provider said so, and may say otherwise."""

    classroom = models.ForeignKey(
        Classroom,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("class"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.STUDENT)
    by_group = models.BooleanField(_("by a group"), default=False, db_default=False, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("member"), _("members")
        constraints = (
            models.UniqueConstraint(fields=["classroom", "user"], name="membership_once"),
        )
        indexes = (models.Index(fields=["user", "role"], name="membership_roles"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.classroom_id}"


class ClassRules(models.Model):
    """What holds in a class. A class without a row has the defaults.

    Lists of words are stored with a space before and after each, so that one statement of the
    database can look for a word: ` python java `. An empty list of languages or packages allows
    all.
    """

    classroom = models.OneToOneField(
        Classroom,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="rules",
        verbose_name=_("class"),
    )
    languages = models.CharField(
        _("programming languages"), max_length=1000, blank=True, default="", db_default=""
    )
    packages = models.TextField(_("packages"), blank=True, default="", db_default="")
    forbidden_modules = models.TextField(
        _("forbidden modules"), blank=True, default="", db_default=""
    )
    limits = models.JSONField(
        _("limits"), default=dict, blank=True, help_text="Figures below those of the site."
    )
    history = models.BooleanField(_("students see their history"), default=True, db_default=True)
    retention_days = models.PositiveIntegerField(
        _("days that runs are kept"), null=True, blank=True
    )
    sharing = models.BooleanField(_("students may share links"), default=True, db_default=True)
    windows = models.BooleanField(_("programs may open windows"), default=True, db_default=True)
    quiet_watching = models.BooleanField(
        _("instructors may watch without a notice"), default=False, db_default=False
    )
    playback = models.BooleanField(
        _("writing is recorded for playback"), default=False, db_default=False
    )
    exam_starts_at = models.DateTimeField(_("exam starts"), null=True, blank=True)
    exam_ends_at = models.DateTimeField(_("exam ends"), null=True, blank=True)
    exam_hides_old_code = models.BooleanField(
        _("older code is hidden during the exam"), default=True, db_default=True
    )
    exam_tasks = models.CharField(
        _("assignments of the exam"),
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        help_text="Their ids, as a list of words; empty: students may run any program.",
    )
    exam_noted = models.CharField(
        _("last record of an exam"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="What was last recorded of an exam: that it began or ended, and when.",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("rules of a class"), _("rules of classes")
        constraints = (
            models.CheckConstraint(
                name="exam_has_both_times",
                condition=models.Q(exam_starts_at=None, exam_ends_at=None)
                | models.Q(exam_ends_at__gt=models.F("exam_starts_at")),
            ),
        )

    def __str__(self) -> str:
        return str(self.classroom_id)
