# size: every code and its figures, declared once
"""Why a run ended and why a request was refused: codes and figures, in no language.

`exit` and `error` carry both, so that programs need not read sentences. The sentence for people is
made from them by `runner/infrastructure/sentences.py`. The unit of a figure is in its name.
"""

from collections.abc import Mapping
from enum import StrEnum

Figures = Mapping[str, int | str]
Reason = tuple["ReasonCode", Figures]


class ErrorCode(StrEnum):
    """The kind of a refusal: what a program does next depends on it alone."""

    BAD_MESSAGE = "bad_message"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    UNKNOWN_LANGUAGE = "unknown_language"
    TOO_MANY_RUNS = "too_many_runs"
    ALREADY_RUNNING = "already_running"
    NO_RUN = "no_run"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    UNAVAILABLE = "unavailable"


class ReasonCode(StrEnum):
    # --- Why a run ended: the first ones are the outcomes of `exit` ----------------------------
    COMPLETED = "completed"
    COMPILE_ERROR = "compile_error"
    STOPPED = "stopped"
    STOPPED_BY_INSTRUCTOR = "stopped_by_instructor"
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    IDLE_LIMIT = "idle_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    DISCONNECTED = "disconnected"
    EXECUTOR_LOST = "executor_lost"
    INTERNAL_ERROR = "internal_error"
    # In place of the outcome `failed`:
    EXIT_CODE = "exit_code"
    SIGNAL = "signal"
    DISK_FULL = "disk_full"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_PROCESSES = "too_many_processes"
    # … and where the error that ended the program has a likely cause:
    MODULE_MISSING = "module_missing"
    MODULE_MISSPELT = "module_misspelt"
    PACKAGE_MISSING = "package_missing"
    INSTALLED_ALREADY = "installed_already"
    NOT_INSTALLABLE = "not_installable"
    NEEDS_WINDOW = "needs_window"
    WINDOWS_ONLY = "windows_only"
    ENDLESS_RECURSION = "endless_recursion"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MANY_OPEN_FILES = "too_many_open_files"
    NO_INTERNET = "no_internet"
    # … and `stopped_by_instructor`:
    STOPPED_WITH_REASON = "stopped_with_reason"
    # Closer than the outcomes `memory_limit`, `stopped` and `internal_error`:
    TOO_MUCH_TO_CHECK = "too_much_to_check"
    EXECUTOR_SHUT_DOWN = "executor_shut_down"
    PLACE_NEEDED = "place_needed"
    NO_EXECUTOR = "no_executor"
    LANGUAGE_GONE = "language_gone"
    TOOLCHAIN_MISSING = "toolchain_missing"
    SCREEN_MISSING = "screen_missing"
    # Closer than the outcome `failed`: the program has lost its X server, or has ended it.
    SCREEN_ENDED = "screen_ended"
    RUN_DATA_AWAY = "run_data_away"
    # Closer than the outcome `compile_error`: what ended the compiler, or what it could not know.
    COMPILE_CPU_LIMIT = "compile_cpu_limit"
    COMPILE_WALL_LIMIT = "compile_wall_limit"
    COMPILE_MEMORY_LIMIT = "compile_memory_limit"
    COMPILE_OUTPUT_LIMIT = "compile_output_limit"
    COMPILE_DISK_FULL = "compile_disk_full"
    COMPILE_TOO_MANY_FILES = "compile_too_many_files"
    COMPILE_TOO_MANY_PROCESSES = "compile_too_many_processes"
    COMPILE_INTERRUPTED = "compile_interrupted"
    NO_ENTRY = "no_entry"
    SEVERAL_ENTRIES = "several_entries"

    # --- Why a terminal refused a message ------------------------------------------------------
    INVALID_MESSAGE = "invalid_message"
    BINARY_FRAME = "binary_frame"
    OUTPUT_NEVER_SENT = "output_never_sent"
    OUTPUT_NOT_PRINTED = "output_not_printed"
    MESSAGE_TOO_LARGE = "message_too_large"
    TOO_MANY_MESSAGES = "too_many_messages"
    TOO_MANY_STARTS = "too_many_starts"
    TOO_MANY_ATTACHES = "too_many_attaches"
    INPUT_NOT_READ = "input_not_read"
    UNKNOWN_LANGUAGE = "unknown_language"
    LANGUAGE_UNAVAILABLE = "language_unavailable"
    LANGUAGE_UNTRIED = "language_untried"
    LANGUAGE_TO_INSTALL = "language_to_install"
    LANGUAGE_FAILS = "language_fails"
    CANNOT_KEEP_OPEN = "cannot_keep_open"
    CANNOT_DEBUG = "cannot_debug"
    DEBUG_OR_TRACE = "debug_or_trace"
    NO_DEBUGGER = "no_debugger"
    NO_DEBUGGER_INSTALLED = "no_debugger_installed"
    CANNOT_SHOW_WINDOWS = "cannot_show_windows"
    NO_SCREEN = "no_screen"
    NO_SCREEN_INSTALLED = "no_screen_installed"
    TOO_MANY_RUNS = "too_many_runs"
    QUEUE_FULL = "queue_full"
    SITE_BUSY = "site_busy"
    ALREADY_RUNNING = "already_running"
    NO_RUN = "no_run"
    NO_SUCH_RUN = "no_such_run"
    NO_CONTROL = "no_control"
    TOO_MANY_WATCHERS = "too_many_watchers"
    FORBIDDEN_MODULE = "forbidden_module"
    FORBIDDEN_CALL = "forbidden_call"
    NO_SUCH_MEMBER = "no_such_member"
    ACCOUNT_CLOSED = "account_closed"
    NO_SUCH_CLASS = "no_such_class"
    NO_SUCH_ROOM = "no_such_room"
    VISITORS_OFF = "visitors_off"
    VISITORS_CANNOT = "visitors_cannot"
    VISITORS_SOURCE = "visitors_source"
    VISIT_OVER = "visit_over"
    PUZZLE_WRONG = "puzzle_wrong"
    TOO_MANY_VISITORS = "too_many_visitors"
    ROOM_ROLE = "room_role"
    ROOM_GUEST = "room_guest"
    ROOM_CLOSED = "room_closed"
    ROOM_FULL = "room_full"
    ROOM_EPOCH = "room_epoch"
    ROOM_MEMBERS = "room_members"
    TOO_MANY_LINKS = "too_many_links"
    ROOM_UPDATE = "room_update"
    ROOM_TEXT = "room_text"
    ROOM_UNREADABLE = "room_unreadable"
    TOO_MANY_ROOMS = "too_many_rooms"
    NO_SUCH_INTERVIEW = "no_such_interview"
    INTERVIEW_CLOSED = "interview_closed"
    INTERVIEW_LANGUAGE = "interview_language"
    INTERVIEW_RUNNING = "interview_running"
    TOO_MANY_INTERVIEWS = "too_many_interviews"
    NO_SUCH_ASSIGNMENT = "no_such_assignment"
    CLASS_ROLE = "class_role"
    CLASS_ARCHIVED = "class_archived"
    CLASS_SHARING = "class_sharing"
    CLASS_LANGUAGE = "class_language"
    CLASS_MODULE = "class_module"
    CLASS_PACKAGE = "class_package"
    CLASS_WINDOWS = "class_windows"
    EXAM_OF_CLASS = "exam_of_class"
    EXAM_TASK = "exam_task"
    EXAM_READING = "exam_reading"
    SIGNED_OUT = "signed_out"
    SERVER_FAILED = "server_failed"

    # --- What is wrong with a program's files, or with a snippet -------------------------------
    PATH_EMPTY = "path_empty"
    PATH_ABSOLUTE = "path_absolute"
    PATH_CHARACTERS = "path_characters"
    PATH_PARTS = "path_parts"
    PATH_DEEP = "path_deep"
    PATH_LONG = "path_long"
    PATH_TWICE = "path_twice"
    PATH_OF_FOLDER = "path_of_folder"
    NO_MAIN = "no_main"
    NUL_CHARACTER = "nul_character"
    TITLE_EMPTY = "title_empty"
    TITLE_LONG = "title_long"
    TITLE_CHARACTERS = "title_characters"
    NO_FILES = "no_files"
    TOO_MANY_SOURCES = "too_many_sources"
    SOURCES_TOO_LARGE = "sources_too_large"
    # … and of data beside the code:
    NO_SUCH_DATA = "no_such_data"
    NO_DATA_SENT = "no_data_sent"
    DATA_NAME = "data_name"
    DATA_NAME_OF_SOURCE = "data_name_of_source"
    DATA_FILE_TOO_LARGE = "data_file_too_large"
    DATA_TOO_LARGE = "data_too_large"
    DATA_QUOTA = "data_quota"
    DATA_AWAY = "data_away"
    DATA_NOT_STORED = "data_not_stored"
    TOO_MANY_DATA_FILES = "too_many_data_files"
    ZIP_BROKEN = "zip_broken"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_METHOD = "zip_method"
    ZIP_NAME = "zip_name"
    ZIP_TOO_LARGE = "zip_too_large"

    # --- Why a page or an endpoint refused a request -------------------------------------------
    NO_SUCH_SNIPPET = "no_such_snippet"
    SNIPPET_NOT_SHARED = "snippet_not_shared"
    SNIPPET_NOT_EMBEDDABLE = "snippet_not_embeddable"
    EMBEDDING_OFF = "embedding_off"
    SNIPPET_CHANGED = "snippet_changed"
    TOO_MANY_SNIPPETS = "too_many_snippets"
    SNIPPETS_TOO_LARGE = "snippets_too_large"
    RUN_NOT_ENDED = "run_not_ended"
    CONTENT_TYPE = "content_type"
    REQUEST_TOO_LARGE = "request_too_large"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_MANY_SEARCHES = "too_many_searches"
    SERVER_BUSY = "server_busy"
    PAGE_TOO_OLD = "page_too_old"
    PASSWORD_TO_CHANGE = "password_to_change"  # noqa: S105  # no password
    SECOND_FACTOR_MISSING = "second_factor_missing"
    NOT_STORED = "not_stored"

    # --- What is wrong on the way to the site --------------------------------------------------
    WRONG_HOST = "wrong_host"
    WRONG_SCHEME = "wrong_scheme"
    HOST_NOT_ALLOWED = "host_not_allowed"
    NO_ORIGIN = "no_origin"
    UPGRADE_LOST = "upgrade_lost"
    NO_COOKIES = "no_cookies"
    FORM_TOO_OLD = "form_too_old"
    TOO_MANY_TERMINALS = "too_many_terminals"
    TERMINAL_GONE = "terminal_gone"
    REQUEST_NOT_UNDERSTOOD = "request_not_understood"


# The figures of each code; a code that is not listed has none.
FIGURES: Mapping[ReasonCode, tuple[str, ...]] = {
    ReasonCode.EXAM_OF_CLASS: ("class_name",),
    ReasonCode.EXAM_READING: ("class_name",),
    ReasonCode.CLASS_MODULE: ("name", "path", "line"),
    ReasonCode.CLASS_PACKAGE: ("name", "path", "line"),
    ReasonCode.STOPPED_WITH_REASON: ("instructor", "words"),
    ReasonCode.CPU_LIMIT: ("cpu_seconds",),
    ReasonCode.WALL_LIMIT: ("wall_seconds",),
    ReasonCode.IDLE_LIMIT: ("idle_seconds",),
    ReasonCode.MEMORY_LIMIT: ("memory_bytes",),
    ReasonCode.OUTPUT_LIMIT: ("output_bytes",),
    ReasonCode.DISCONNECTED: ("detach_seconds",),
    ReasonCode.COMPILE_CPU_LIMIT: ("cpu_seconds",),
    ReasonCode.COMPILE_WALL_LIMIT: ("wall_seconds",),
    ReasonCode.COMPILE_MEMORY_LIMIT: ("memory_bytes",),
    ReasonCode.COMPILE_OUTPUT_LIMIT: ("output_bytes",),
    ReasonCode.COMPILE_DISK_FULL: ("disk_bytes",),
    ReasonCode.COMPILE_TOO_MANY_FILES: ("disk_files",),
    ReasonCode.COMPILE_TOO_MANY_PROCESSES: ("processes",),
    ReasonCode.NO_ENTRY: ("path",),
    ReasonCode.SEVERAL_ENTRIES: ("first", "second"),
    ReasonCode.EXIT_CODE: ("exit_code",),
    ReasonCode.SIGNAL: ("signal",),
    ReasonCode.DISK_FULL: ("exit_code", "disk_bytes"),
    ReasonCode.TOO_MANY_FILES: ("exit_code", "disk_files"),
    ReasonCode.TOO_MANY_PROCESSES: ("exit_code", "processes"),
    ReasonCode.MODULE_MISSING: ("module",),
    ReasonCode.MODULE_MISSPELT: ("module", "suggestion"),
    ReasonCode.PACKAGE_MISSING: ("module", "package"),
    ReasonCode.INSTALLED_ALREADY: ("package",),
    ReasonCode.NEEDS_WINDOW: ("module",),
    ReasonCode.WINDOWS_ONLY: ("name",),
    ReasonCode.OUT_OF_MEMORY: ("memory_bytes",),
    ReasonCode.TOO_MANY_OPEN_FILES: ("open_files",),
    ReasonCode.LANGUAGE_GONE: ("language",),
    ReasonCode.VISITORS_SOURCE: ("limit_bytes",),
    ReasonCode.INVALID_MESSAGE: ("problem",),
    ReasonCode.MESSAGE_TOO_LARGE: ("limit_bytes",),
    ReasonCode.UNKNOWN_LANGUAGE: ("language",),
    ReasonCode.LANGUAGE_UNAVAILABLE: ("language",),
    ReasonCode.LANGUAGE_UNTRIED: ("language",),
    ReasonCode.LANGUAGE_TO_INSTALL: ("language", "command"),
    ReasonCode.LANGUAGE_FAILS: ("language", "command"),
    ReasonCode.CANNOT_KEEP_OPEN: ("language",),
    ReasonCode.FORBIDDEN_MODULE: ("name", "path", "line"),
    ReasonCode.FORBIDDEN_CALL: ("name", "path", "line"),
    ReasonCode.CANNOT_DEBUG: ("language",),
    ReasonCode.NO_DEBUGGER: ("language",),
    ReasonCode.NO_DEBUGGER_INSTALLED: ("language", "command"),
    ReasonCode.CANNOT_SHOW_WINDOWS: ("language",),
    ReasonCode.NO_SCREEN: ("language",),
    ReasonCode.NO_SCREEN_INSTALLED: ("language", "command"),
    ReasonCode.TOO_MANY_RUNS: ("active_runs",),
    ReasonCode.TOO_MANY_WATCHERS: ("limit",),
    ReasonCode.TOO_MANY_TERMINALS: ("limit",),
    ReasonCode.TOO_MANY_STARTS: ("wait_seconds",),
    ReasonCode.TOO_MANY_ATTACHES: ("wait_seconds",),
    ReasonCode.PATH_DEEP: ("limit",),
    ReasonCode.TITLE_LONG: ("limit",),
    ReasonCode.TOO_MANY_SOURCES: ("limit",),
    ReasonCode.SOURCES_TOO_LARGE: ("limit_bytes",),
    ReasonCode.DATA_NAME: ("name",),
    ReasonCode.DATA_NAME_OF_SOURCE: ("name",),
    ReasonCode.DATA_FILE_TOO_LARGE: ("name", "limit_bytes"),
    ReasonCode.DATA_TOO_LARGE: ("limit_bytes",),
    ReasonCode.DATA_QUOTA: ("limit_bytes",),
    ReasonCode.TOO_MANY_DATA_FILES: ("limit",),
    ReasonCode.ZIP_METHOD: ("name",),
    ReasonCode.ZIP_NAME: ("name",),
    ReasonCode.ZIP_TOO_LARGE: ("limit_bytes",),
    ReasonCode.TOO_MANY_SNIPPETS: ("limit",),
    ReasonCode.TOO_MANY_ROOMS: ("limit",),
    ReasonCode.INTERVIEW_LANGUAGE: ("language",),
    ReasonCode.TOO_MANY_INTERVIEWS: ("limit",),
    ReasonCode.ROOM_MEMBERS: ("limit",),
    ReasonCode.TOO_MANY_LINKS: ("limit",),
    ReasonCode.SNIPPETS_TOO_LARGE: ("limit_bytes",),
}


def known(code: str) -> ReasonCode | None:
    """None for a code that only another version of us gives."""
    return ReasonCode(code) if code in _CODES else None


_CODES = frozenset(ReasonCode)
