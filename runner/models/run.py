import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom
from runner.models.executor import Executor
from runner.models.rooms.room import Room
from runner.models.snippet import Snippet
from runner.run_state import Outcome, RunStatus


class Run(models.Model):
    """One program as it was run, and what became of it."""

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="runs",
        verbose_name=_("owner"),
        help_text="None: a visitor's. Its row is deleted when it ends.",
    )
    # Of a visitor: what is made up for the visit, and a keyed hash.
    visitor = models.CharField(_("visitor"), max_length=32, blank=True, default="", db_default="")
    network = models.CharField(_("network"), max_length=32, blank=True, default="", db_default="")
    snippet = models.ForeignKey(
        Snippet,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
        verbose_name=_("snippet"),
    )
    classroom = models.ForeignKey(
        Classroom,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
        verbose_name=_("class"),
        db_index=False,  # see below
        help_text="In which it was started.",
    )
    room = models.ForeignKey(
        Room,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
        verbose_name=_("room"),
        db_index=False,  # see below
        help_text="Whose members see it.",
    )
    language = models.CharField(_("programming language"), max_length=64)
    files = models.JSONField(_("files"), help_text="[{path, content}] as run.")
    main = models.CharField(_("main file"), max_length=255)
    args = models.JSONField(_("arguments"), default=list, blank=True)
    stdin = models.TextField(
        _("standard input"),
        null=True,
        blank=True,
        help_text="What its program reads in place of a terminal, in a test; none: a terminal.",
    )
    keep_open = models.BooleanField(
        _("Python stays open"),
        default=False,
        db_default=False,
        help_text="Python stays open after the program, as by -i.",
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="Of the program; empty: the site's.",
    )
    observed = models.CharField(
        _("observed"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=[("debug", _("with a debugger")), ("trace", _("step by step"))],
        help_text="By a debugger, or by a trace of its steps; empty: neither.",
    )
    ceilings = models.JSONField(
        _("limits of the class"),
        null=True,
        blank=True,
        help_text="{limit: figure}: each counts where it is lower than the site's.",
    )
    screen_width = models.PositiveSmallIntegerField(
        _("width of the screen"),
        default=0,
        db_default=0,
        help_text="In pixels, of a GUI run; 0: it has none.",
    )
    screen_height = models.PositiveSmallIntegerField(
        _("height of the screen"), default=0, db_default=0
    )
    rows = models.PositiveSmallIntegerField(_("rows"))
    cols = models.PositiveSmallIntegerField(_("columns"))
    viewer = models.CharField(
        _("terminal that waits"),
        max_length=200,
        blank=True,
        help_text="Channel of the terminal that waits for it.",
    )

    viewer_asked_at = models.DateTimeField(
        _("terminal waits since"), null=True, help_text="When that terminal asked for it."
    )

    status = models.CharField(
        _("status"),
        max_length=20,
        default=RunStatus.QUEUED,
        choices=[(s, s.title()) for s in RunStatus],
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=30,
        blank=True,
        choices=[(o, o.replace("_", " ").capitalize()) for o in Outcome],
    )
    exit_code = models.IntegerField(_("exit code"), null=True, blank=True)
    signal = models.CharField(_("signal"), max_length=20, blank=True)
    reason_code = models.CharField(
        _("reason"), max_length=40, blank=True, default="", db_default=""
    )
    figures = models.JSONField(
        _("figures of the reason"), null=True, blank=True, help_text="Of the sentence of that code."
    )
    reason = models.CharField(
        _("sentence"),
        max_length=300,
        blank=True,
        help_text="A sentence in place of the code, before 2026-11-29.",
    )
    error_name = models.CharField(
        _("error"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Of the exception that ended the program, found in its output: NameError.",
    )
    error_path = models.CharField(
        _("file of the error"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text="The file of that error.",
    )
    error_line = models.PositiveIntegerField(
        _("line of the error"), null=True, blank=True, help_text="Its line, from 1."
    )

    turn = models.PositiveBigIntegerField(
        _("turn"),
        default=0,
        db_default=0,
        help_text="Lower ones are claimed first, see `run_queue.py`.",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    first_output_at = models.DateTimeField(_("first output"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    wall_ms = models.PositiveBigIntegerField(_("duration in ms"), default=0)
    cpu_ms = models.PositiveBigIntegerField(_("processor time in ms"), default=0)
    memory_peak_bytes = models.PositiveBigIntegerField(_("peak memory in bytes"), default=0)
    input_bytes = models.PositiveBigIntegerField(_("input in bytes"), default=0)
    output_bytes = models.PositiveBigIntegerField(_("output in bytes"), default=0)
    source_bytes = models.PositiveBigIntegerField(
        _("size of the program in bytes"), default=0, db_default=0
    )
    recording_bytes = models.PositiveBigIntegerField(
        _("size of the recording in bytes"), default=0, db_default=0
    )
    artifact_bytes = models.PositiveBigIntegerField(
        _("size of artifacts in bytes"), default=0, db_default=0
    )
    file_notices = models.JSONField(
        _("notices of files"),
        null=True,
        blank=True,
        help_text="{code: figures}: what is said of its files that are not returned, or not kept.",
    )
    data_files = models.PositiveIntegerField(
        _("data files"),
        default=0,
        db_default=0,
        help_text="Of its snippet when it was started; 0: none is placed.",
    )
    executor = models.ForeignKey(
        Executor, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("executor")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("run"), _("runs")
        indexes = (
            models.Index(
                fields=["turn", "created_at"],
                name="run_turns",
                condition=models.Q(status=RunStatus.QUEUED),
            ),
            models.Index(
                fields=["-claimed_at", "-turn"],
                name="run_claims",
                condition=models.Q(claimed_at__isnull=False),
            ),
            models.Index(
                fields=["owner", "status"],
                name="run_active",
                condition=~models.Q(status=RunStatus.FINISHED),
            ),
            models.Index(fields=["owner", "-created_at"], name="run_history"),
            models.Index(fields=["-created_at"], name="run_newest"),  # everybody's
            models.Index(
                fields=["classroom", "-created_at"],
                name="run_of_class",
                condition=models.Q(classroom__isnull=False),
            ),
            models.Index(
                fields=["room", "-created_at"],
                name="run_of_room",
                condition=models.Q(room__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="run_finished_has_outcome",
                condition=models.Q(status=RunStatus.FINISHED, outcome__gt="")
                | ~models.Q(status=RunStatus.FINISHED) & models.Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
