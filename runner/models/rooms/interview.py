from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runner.models.rooms.room import Room
from runner.models.run import Run

BEST_SCORE = 5  # of a rating; 1 is the worst


class InterviewTemplate(models.Model):
    """What an interview begins with. `tests` has `{name, input, output, hidden}` in their order."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="interview_templates",
        verbose_name=_("owner"),
    )
    title = models.CharField(_("title"), max_length=200)
    task = models.TextField(_("task"), blank=True, help_text="Markdown. The candidate reads it.")
    notes = models.TextField(
        _("notes"), blank=True, help_text="For the interviewers. The candidate never sees them."
    )
    languages = models.JSONField(_("allowed languages"), help_text="Ids; the first one is chosen.")
    files = models.JSONField(_("files"), help_text="[{path, content}] to begin with.")
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text="0: without a timer.")
    tests = models.JSONField(_("test cases"), default=list)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("interview template"), _("interview templates")

    def __str__(self) -> str:
        return self.title


class Interview(models.Model):
    """A room in which a candidate, a guest, writes while a timer runs; `notes` is another room, for
    the owner and the interviewers, who are its members.

    Nobody has begun while `started_at` is none. Without `ends_at` it goes on until it is ended.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="interviews",
        verbose_name=_("owner"),
    )
    room = models.OneToOneField(
        Room, on_delete=models.CASCADE, related_name="interview", verbose_name=_("room")
    )
    notes = models.OneToOneField(
        Room,
        null=True,
        on_delete=models.SET_NULL,
        related_name="interview_of_notes",
        verbose_name=_("room of notes"),
    )
    title = models.CharField(_("title"), max_length=200)
    candidate = models.CharField(_("candidate"), max_length=200, blank=True)
    task = models.TextField(_("task"), blank=True, help_text="Markdown.")
    languages = models.JSONField(_("allowed languages"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text="0: without a timer.")
    tests = models.JSONField(_("test cases"), default=list)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("interview"), _("interviews")

    def __str__(self) -> str:
        return self.title


class InterviewResult(models.Model):
    """The newest run of one test case with the candidate's program, as it was then."""

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="results", verbose_name=_("interview")
    )
    number = models.PositiveSmallIntegerField(_("number of the test case"))
    run = models.ForeignKey(
        Run, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("run")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("started by"),
    )
    at = models.DateTimeField(_("started"))
    passed = models.BooleanField(_("passed"), null=True, help_text="None: it has not ended.")
    output = models.TextField(_("output"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=30, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("result of a test case"), _("results of test cases")
        constraints = (
            models.UniqueConstraint(fields=["interview", "number"], name="interview_result_once"),
        )

    def __str__(self) -> str:
        return f"test {self.number} of interview {self.interview_id}"


class InterviewRating(models.Model):
    """What one interviewer thinks of it."""

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("interview")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("author"),
    )
    score = models.PositiveSmallIntegerField(_("rating"), help_text="1 to 5; 5 is the best.")
    remark = models.TextField(_("remark"), blank=True)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name, verbose_name_plural = _("rating"), _("ratings")
        constraints = (
            models.UniqueConstraint(fields=["interview", "author"], name="interview_rating_once"),
            models.CheckConstraint(
                name="interview_score", condition=models.Q(score__gte=1, score__lte=BEST_SCORE)
            ),
        )

    def __str__(self) -> str:
        return f"{self.score} by {self.author_id}"
