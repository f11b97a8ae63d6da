from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom
from runner.models.snippet import Snippet


class Assignment(models.Model):
    """A task of a class: a text in Markdown and a program to begin with."""

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("class")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, help_text="Markdown.")
    language = models.CharField(_("programming language"), max_length=64)
    files = models.JSONField(_("files"), help_text="[{path, content}] to begin with.")
    main = models.CharField(_("main file"), max_length=255)
    locked = models.CharField(
        _("locked lines"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Of the main file: 1-3, 10.",
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("assignment"), _("assignments")
        indexes = (models.Index(fields=["classroom", "-created_at"], name="assignment_list"),)

    def __str__(self) -> str:
        return self.title


class StartedAssignment(models.Model):
    """A student's snippet that was begun with the code of an assignment."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="started", verbose_name=_("assignment")
    )
    snippet = models.OneToOneField(
        Snippet,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="started",
        verbose_name=_("snippet"),
    )
    locked = models.JSONField(
        _("locked lines"),
        null=True,
        blank=True,
        help_text="Of the code as it was given: blocks of lines, in their order.",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("started assignment"), _("started assignments")

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.snippet_id}"


class DueException(models.Model):
    """Another due time for one student."""

    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.CASCADE,
        related_name="exceptions",
        verbose_name=_("assignment"),
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("student"),
    )
    due_at = models.DateTimeField(_("due"))

    class Meta:
        verbose_name, verbose_name_plural = _("exception"), _("exceptions")
        constraints = (
            models.UniqueConstraint(fields=["assignment", "student"], name="due_exception_once"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.due_at}"


class HandIn(models.Model):
    """A copy that nothing changes; what the instructor says of it may change."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="hand_ins", verbose_name=_("assignment")
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="hand_ins",
        verbose_name=_("student"),
    )
    snippet = models.ForeignKey(
        Snippet,
        null=True,
        on_delete=models.SET_NULL,
        related_name="hand_ins",
        verbose_name=_("snippet"),
    )
    language = models.CharField(_("programming language"), max_length=64)
    files = models.JSONField(_("files"), help_text="[{path, content}] as handed in.")
    main = models.CharField(_("main file"), max_length=255)
    size_bytes = models.PositiveIntegerField(_("size in bytes"), default=0)
    lines_kept = models.BooleanField(
        _("locked lines were kept"),
        null=True,
        editable=False,
        help_text="As it was handed in; its snippet may be gone since. None: by an older version.",
    )
    at = models.DateTimeField(_("handed in"), default=timezone.now, editable=False)
    mark = models.CharField(_("mark"), max_length=40, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    returned_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("hand-in"), _("hand-ins")
        indexes = (models.Index(fields=["assignment", "student", "-at"], name="hand_in_newest"),)

    def __str__(self) -> str:
        return str(self.pk)


class LineComment(models.Model):
    """Of an instructor, on a line of what was handed in."""

    hand_in = models.ForeignKey(
        HandIn, on_delete=models.CASCADE, related_name="comments", verbose_name=_("hand-in")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    path = models.CharField(_("file"), max_length=255)
    line = models.PositiveIntegerField(_("line"), help_text="From 1.")
    text = models.CharField(_("text"), max_length=2000)
    at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        indexes = (models.Index(fields=["hand_in", "path", "line"], name="comment_lines"),)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
