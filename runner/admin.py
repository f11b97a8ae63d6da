# size: what the staff see of three tables, and what is recorded of it
"""Runs, snippets and executors in the admin, read-only.

Superusers may delete runs that have ended.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import AuditAction, network_of
from accounts.classrooms.admin import is_of_filter, may_enter
from runner import access, history
from runner.classes.run_actions import ACTIONS, OwnClassFilter, RunActions
from runner.languages import LANGUAGES
from runner.limits import WATCHDOG
from runner.media import INLINE
from runner.models import Executor, Run, Snippet
from runner.protocol.messages import ArtifactShown
from runner.run_state import Outcome, RunStatus
from runner.runs import alive_executors, artifacts_of, describe, reported_by, withheld_by

MOST_SHOWN = 50  # of what a run has shown; its page has all


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for mypy
    """Staff may view; nobody may change anything."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WorkAdmin(ReadOnlyAdmin):
    """Work of students: which member of the staff opens whose is recorded."""

    opening: AuditAction
    filtered: frozenset[str]  # what the list is filtered by

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """By the list's filters alone. By others one could find out what is in a row, code or the
        link to it, without opening it."""
        return is_of_filter(lookup, self.filtered)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None and self.has_view_permission(request, found):
            assert request.user.is_authenticated
            access.note_opened(request.user, found, self.opening, network_of(request))
        return found


class StateFilter(admin.ChoicesFieldListFilter):
    """A status or an outcome, by the word that pages use for it."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        offered = iter(super().choices(changelist))
        yield next(offered)  # all of them
        for choice, (value, _title) in zip(offered, self.field.flatchoices, strict=True):
            yield choice | {"display": _state_word(value)}


def _state_word(value: str) -> str:
    if value == RunStatus.FINISHED:
        return gettext("Ended")
    ended = value in list(Outcome)
    return history.state_label(RunStatus.FINISHED if ended else value, value)


@admin.register(Run)
class RunAdmin(RunActions, WorkAdmin):
    opening = AuditAction.OPENED_RUN
    filtered = frozenset({"status", "outcome", "language", "created_at", "classroom"})
    list_display = (
        "created_at", "owner", "classroom", "programming_language", "state", "wall", "executor",
    )  # fmt: skip
    list_display_links = ("created_at",)
    list_filter = (
        ("status", StateFilter),
        ("outcome", StateFilter),
        "language",
        OwnClassFilter,
        "created_at",
    )
    actions = ACTIONS
    list_select_related = ("owner", "executor", "classroom")
    list_per_page = 50
    search_fields = ("id", "owner__username", "owner__email", "error_name", "reason_code", "reason")
    search_help_text = _(
        "Search by id, owner's name or email address, error, or code of the reason"
    )
    ordering = ("-created_at",)
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "id",
                    "owner",
                    "classroom",
                    "state",
                    "sentence",
                    "exit_code",
                    "signal",
                    "page",
                )
            },
        ),
        (
            _("Resource usage"),
            {"fields": ("wall", "cpu", "memory_peak", "output_size", "input_size", "terminal")},
        ),
        (
            _("Times"),
            {
                "fields": (
                    "created_at",
                    "claimed_at",
                    "started_at",
                    "first_output_at",
                    "finished_at",
                )
            },
        ),
        (_("Program"), {"fields": ("programming_language", "main", "args", "code")}),
        (_("Terminal"), {"fields": ("transcript",)}),
        (_("Pictures, tables and sounds"), {"fields": ("shown",)}),
        (_("Executor"), {"fields": ("executor",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        assert request.user.is_authenticated
        return access.visible_runs(request.user).defer("files", "args")  # as large as a book

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return may_enter(request)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Email addresses are known to the staff alone."""
        fields = super().get_search_fields(request)
        return [one for one in fields if request.user.is_staff or "email" not in one]

    def has_delete_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        ended = obj is None or obj.status == RunStatus.FINISHED
        return request.user.is_superuser and ended

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        run = super().get_object(request, object_id, from_field)
        if run is not None:  # its page shows the transcript
            assert request.user.is_authenticated
            history.charge_reading(request.user, run)
            run.reader = request.user.pk  # addresses of artifacts name who reads them
        return run

    @admin.display(description=_("State"), ordering="status")
    def state(self, run: Run) -> str:
        return history.state(run)

    @admin.display(description=_("Reason"), ordering="reason_code")
    def sentence(self, run: Run) -> str:
        return history.reason(run, own=False)

    @admin.display(description=_("Duration"), ordering="wall_ms")
    def wall(self, run: Run) -> str:
        return history.duration(run.wall_ms)

    @admin.display(description=_("Programming language"), ordering="language")
    def programming_language(self, run: Run) -> str:
        return history.language(run)

    @admin.display(description=_("Processor time"))
    def cpu(self, run: Run) -> str:
        return history.duration(run.cpu_ms)

    @admin.display(description=_("Peak memory"))
    def memory_peak(self, run: Run) -> str:
        return history.size(run.memory_peak_bytes)

    @admin.display(description=_("Output"))
    def output_size(self, run: Run) -> str:
        return history.size(run.output_bytes)

    @admin.display(description=_("Input"))
    def input_size(self, run: Run) -> str:
        return history.size(run.input_bytes)

    @admin.display(description=_("Terminal"))
    def terminal(self, run: Run) -> str:
        return gettext("%(cols)d columns, %(rows)d rows") % {"cols": run.cols, "rows": run.rows}

    @admin.display(description=_("Page"))
    def page(self, run: Run) -> SafeString:
        url = reverse("run-detail", args=[run.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the run's page"))

    @admin.display(description=_("Files"))
    def code(self, run: Run) -> SafeString:
        return _as_text(run.files)

    @admin.display(description=_("Output"))
    def transcript(self, run: Run) -> SafeString:
        with history.reading():
            shown = history.transcript(run, history.recording_of(run))
        size = history.size(shown.cut_bytes)
        note = _("%(size)s of output were not kept") % {"size": size}
        cut = f"\n[ {note} ]\n" if shown.cut_bytes else ""
        head, tail = (
            format_html_join("", '<span class="part">{}</span>', ((part,) for part in each))
            for each in (shown.head_parts, shown.tail_parts)
        )
        return format_html('<pre class="screen" tabindex="0">{}{}{}</pre>', head, cut, tail)

    @admin.display(description=_("Shown"))
    def shown(self, run: Any) -> SafeString | str:
        found = [describe(each, run.reader) for each in artifacts_of(run.pk)[:MOST_SHOWN]]
        if not found:
            return ""
        return format_html('<div class="shown">{}</div>', _figures(found))


@admin.register(Snippet)
class SnippetAdmin(WorkAdmin):
    """Deleted ones too: help whoever misses one. A link to it is a right to read: not shown."""

    opening = AuditAction.OPENED_SNIPPET
    filtered = frozenset({"language", "updated_at", "deleted_at"})

    list_display = (
        "title",
        "owner",
        "language",
        "version",
        "is_shared",
        "updated_at",
        "deleted_at",
    )
    list_filter = ("language", "updated_at", "deleted_at")
    list_select_related = ("owner",)
    list_per_page = 50
    search_fields = ("title", "owner__username", "owner__email")
    search_help_text = _("Search by title, or by owner's name or email address")
    ordering = ("-updated_at",)
    show_full_result_count = False
    fields = (
        "title", "owner", "language", "version", "is_shared", "embeddable", "created_at",
        "updated_at", "deleted_at", "main", "code",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snippet]:
        assert request.user.is_authenticated
        return access.visible_snippets(request.user).defer("files", "search_text")

    @admin.display(description=_("Shared"), boolean=True)
    def is_shared(self, snippet: Snippet) -> bool:
        return snippet.slug is not None

    @admin.display(description=_("Files"))
    def code(self, snippet: Snippet) -> SafeString:
        return _as_text(snippet.files)


def _figures(artifacts: Iterable[ArtifactShown]) -> SafeString:
    """Pictures as they are; what is none as a link, by which the browser saves it."""
    return format_html_join(
        "",
        "<figure>{}<figcaption>{}</figcaption></figure>",
        (
            (
                format_html('<img src="{}" alt="{}" loading="lazy">', each.url, each.name)
                if each.mime in INLINE and each.width
                else "",
                format_html(
                    '<a href="{}" target="_blank" rel="noopener">{}</a> ({})',
                    each.url,
                    each.name or each.kind,
                    history.size(each.bytes),
                ),
            )
            for each in artifacts
        ),
    )


def _as_text(files: Iterable[Mapping[str, str]]) -> SafeString:
    shown = [(file["path"], file["content"]) for file in files]
    return format_html_join("", "<strong>{}</strong><pre>{}</pre>", shown)


@admin.register(Executor)
class ExecutorAdmin(ReadOnlyAdmin):
    list_display = (
        "name", "alive", "active", "capacity", "limits", "offers", "heartbeat_at", "started_at",
    )  # fmt: skip
    search_fields = ("name",)
    ordering = (F("heartbeat_at").desc(nulls_last=True),)
    fields = (*list_display, "withholds")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Executor]:
        alive = alive_executors().filter(pk=OuterRef("pk"))
        executors: QuerySet[Executor] = super().get_queryset(request)
        return executors.annotate(is_alive=Exists(alive))

    @admin.display(description=_("Alive"), boolean=True)
    def alive(self, executor: Any) -> bool:
        return bool(executor.is_alive)

    @admin.display(description=_("sandbox"), ordering="sandbox")
    def limits(self, executor: Executor) -> str:
        """In red if hostile programs can exceed them."""
        if executor.sandbox != WATCHDOG:
            return executor.sandbox
        weak = gettext("without control groups")
        return format_html('<strong class="weak-limits">{} ({})</strong>', executor.sandbox, weak)

    @admin.display(description=_("languages"))
    def offers(self, executor: Executor) -> str:
        versions = reported_by(executor).versions
        return ", ".join(f"{LANGUAGES[id].name} {versions[id]}".strip() for id in versions)

    @admin.display(description=_("withheld languages"))
    def withholds(self, executor: Executor) -> SafeString:
        untried = gettext("It is being tested.")
        withheld = withheld_by(executor).items()
        lines = ((LANGUAGES[id].name, why or untried) for id, why in withheld)
        return format_html_join(mark_safe("<br>"), "{}: {}", lines)
