"""Writes `static/src/protocol.gen.ts` from the models: types, constants, and a table for run-time
checks of messages."""

import json
import types
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from runner.protocol import (
    files,
    http,
    messages,
    paths,
    polled,
    preferences,
    reasons,
    snippets,
    visitors,
)
from runner.protocol.classes import control, writing
from runner.protocol.classes import messages as classes
from runner.protocol.rooms import messages as rooms
from runner.protocol.rooms import past

HEADER = """// Generated from runner/protocol/ by `manage.py protocol_ts`. Do not edit.
"""
SIMPLE = {
    str: "string", UUID: "string", datetime: "string", int: "number", float: "number",
    bool: "boolean",
    type(None): "null",
}  # fmt: skip
CONSTANTS: Mapping[str, object] = {
    "PROTOCOL_VERSION": messages.PROTOCOL_VERSION,
    "MAX_FILES": paths.MAX_FILES,
    "MAX_SOURCE_BYTES": paths.MAX_SOURCE_BYTES,
    "MAX_DEPTH": paths.MAX_DEPTH,
    "MAX_NAME_BYTES": paths.MAX_NAME_BYTES,
    "MAX_PATH_CHARACTERS": paths.MAX_PATH_CHARACTERS,
    "TITLE_CHARACTERS": snippets.TITLE_CHARACTERS,
    "MAX_BREAKPOINTS": snippets.MAX_BREAKPOINTS,
    "BREAKPOINT_CHARACTERS": snippets.BREAKPOINT_CHARACTERS,
    "FONT_SIZE_MIN": preferences.FONT_SIZE_MIN,
    "FONT_SIZE_MAX": preferences.FONT_SIZE_MAX,
    "TAB_SIZES": get_args(preferences.TabSize),
    "HAND_CHARACTERS": control.HAND_CHARACTERS,
    "REASON_CHARACTERS": classes.REASON_CHARACTERS,
    "ANSWER_CHARACTERS": classes.ANSWER_CHARACTERS,
    "SCREEN_CHARACTERS": classes.SCREEN_CHARACTERS,
    "SHOWN_BYTES": classes.SHOWN_BYTES,
    "EDITS_PER_PART": writing.EDITS_PER_PART,
    "LINE_CHARACTERS": rooms.LINE_CHARACTERS,
    "MAX_ARGUMENTS": messages.MAX_ARGUMENTS,
    "MAX_ARGUMENT_CHARACTERS": messages.MAX_ARGUMENT_CHARACTERS,
}
# Each with the name of its type.
CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "OUTCOMES": ("Outcome", tuple(messages.Outcome)),
    "ERROR_CODES": ("ErrorCode", tuple(reasons.ErrorCode)),
    "NOTICE_CODES": ("NoticeCode", tuple(messages.NoticeCode)),
    "PHASES": ("Phase", tuple(messages.Phase)),
    "REASON_CODES": ("ReasonCode", tuple(reasons.ReasonCode)),
    "CHECKED_CODES": ("CheckedCode", get_args(snippets.CheckedCode)),
    "MEMBER_STATES": ("MemberState", tuple(classes.MemberState)),
    "RUN_STATUSES": ("RunStatus", tuple(messages.RunStatus)),
    "THEME_CHOICES": ("ThemeChoice", get_args(preferences.ThemeChoice)),
    "TERMINAL_THEMES": ("TerminalTheme", get_args(preferences.TerminalTheme)),
    "BELL_CHOICES": ("BellChoice", get_args(preferences.BellChoice)),
    "CHECK_LEVELS": ("CheckLevel", get_args(preferences.CheckLevel)),
    "ADVICE_KINDS": ("AdviceKind", get_args(preferences.AdviceKind)),
    "CODE_HELP_CHOICES": ("CodeHelpChoice", get_args(preferences.CodeHelpChoice)),
}
REQUESTS: tuple[type[BaseModel], ...] = (
    snippets.Breakpoint, snippets.NewSnippet, snippets.SnippetChange, snippets.ShareChange,
    writing.Edit, writing.WritingPart,
    files.DataChange, files.DataFromRun, visitors.TicketRequest,
)  # fmt: skip
ANSWERS: tuple[type[BaseModel], ...] = (
    snippets.Share, snippets.Snippet, snippets.SnippetRow, snippets.SnippetPage,
    preferences.Preferences, http.HttpError, http.ErrorBody, http.ConflictBody,
    http.ArtifactRow, http.Artifacts, http.ActiveRun, http.ActiveRuns,
    http.RoomStanding, http.IndentationRules, http.LanguageOption, http.WorkspaceConfig,
    http.OfferedLanguage, http.InstalledPackage, http.Languages,
    http.Translated, http.LanguageExample, http.LanguageExamples,
    http.LanguageTemplate, http.LanguageWords, http.StubIndex, http.StubFiles,
    writing.WritingKept, writing.Played, writing.Paste, writing.Writing,
    files.DataRow, files.SnippetData, files.FilePreview, files.FilesAsked,
    polled.PolledOpened, polled.PolledFrames, polled.PolledRefusal,
    past.PastRun, past.PastStory, past.CaseResult, past.CaseResults,
    visitors.Puzzle, visitors.Ticket, visitors.TryConfig,
)  # fmt: skip


def typescript() -> str:
    parts = [
        HEADER,
        "\n".join(f"export const {name} = {_value(CONSTANTS[name])};" for name in CONSTANTS),
    ]
    parts.append("")
    for name, (kind, choices) in CHOICES.items():
        values = "".join(f'  "{choice}",\n' for choice in choices)
        parts.append(f"export const {name} = [\n{values}] as const;")
        parts.append(f"export type {kind} = (typeof {name})[number];\n")
    models: list[type[BaseModel]] = [messages.SourceFile, messages.ScreenSize, messages.RunLimits]
    models += [*messages.CLIENT_MESSAGES, *messages.SERVER_MESSAGES]
    models += [*classes.CLASS_CLIENT_MESSAGES, classes.Tile, *classes.CLASS_SERVER_MESSAGES]
    models += [*rooms.ROOM_CLIENT_MESSAGES, rooms.Person, *rooms.ROOM_SERVER_MESSAGES]
    sent = dict.fromkeys(models)  # some are of terminals and classes
    parts += [_interface(model) for model in (*sent, *REQUESTS, *ANSWERS)]
    parts.append(_union("ClientMessage", messages.CLIENT_MESSAGES))
    parts.append(_union("ServerMessage", messages.SERVER_MESSAGES))
    parts.append(_union("ClassClientMessage", classes.CLASS_CLIENT_MESSAGES))
    parts.append(_union("ClassServerMessage", classes.CLASS_SERVER_MESSAGES))
    parts.append(_union("RoomClientMessage", rooms.ROOM_CLIENT_MESSAGES))
    parts.append(_union("RoomServerMessage", rooms.ROOM_SERVER_MESSAGES))
    defaults = preferences.Preferences().model_dump(mode="json")
    parts.append(f"export const PREFERENCE_DEFAULTS: Preferences = {_value(defaults)};\n")
    server = messages.SERVER_MESSAGES
    parts.append(_field_table("SERVER_MESSAGE_FIELDS", "ServerMessage", server))
    of_class = classes.CLASS_SERVER_MESSAGES
    parts.append(_field_table("CLASS_MESSAGE_FIELDS", "ClassServerMessage", of_class))
    of_room = rooms.ROOM_SERVER_MESSAGES
    parts.append(_field_table("ROOM_MESSAGE_FIELDS", "RoomServerMessage", of_room))
    return "\n".join(parts)


def _value(value: object) -> str:
    if isinstance(value, dict):
        fields = "".join(f"  {name}: {_value(each)},\n" for name, each in value.items())
        return f"{{\n{fields}}}"
    return json.dumps(value) + (" as const" if isinstance(value, tuple) else "")


def _interface(model: type[BaseModel]) -> str:
    lines = [f"export interface {model.__name__} {{"]
    of_sockets = (*messages.CLIENT_MESSAGES, *classes.CLASS_CLIENT_MESSAGES)
    request = model in (*of_sockets, *rooms.ROOM_CLIENT_MESSAGES, *REQUESTS)
    for name, field in model.model_fields.items():
        optional = "?" if (request and not field.is_required()) or _is_added(field) else ""
        kind = _type(field.annotation)
        lines.append(f"  readonly {_wire_name(name, field)}{optional}: {kind};")
    return "\n".join([*lines, "}\n"])


def _wire_name(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _is_added(field: FieldInfo) -> bool:
    return messages.Added in field.metadata


def _union(name: str, models: tuple[type[BaseModel], ...]) -> str:
    members = "".join(f"\n  | {model.__name__}" for model in models)
    return f"export type {name} ={members};\n"


def _type(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0])
    if origin is Literal:
        named = [kind for kind, choices in CHOICES.values() if choices == arguments]
        return named[0] if named else " | ".join(json.dumps(value) for value in arguments)
    if origin in {Union, types.UnionType}:
        return " | ".join(dict.fromkeys(_type(part) for part in arguments))
    if origin is Mapping:
        name, value = map(_type, arguments)
        some = f"Partial<Record<{name}, {value}>>" if "|" in name else f"Record<{name}, {value}>"
        return f"Readonly<{some}>"
    if origin is tuple:
        inner = _type(arguments[0])
        return f"readonly ({inner})[]" if inner.startswith("readonly ") else f"readonly {inner}[]"
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    return str(annotation.__name__)


def _field_table(table: str, union: str, models: tuple[type[BaseModel], ...]) -> str:
    """Per server message its fields and the `typeof`s each may have."""
    lines = [f"export const {table}: Record<", f'  {union}["type"],',
             "  Record<string, readonly string[]>", "> = {"]  # fmt: skip
    for model in models:
        lines.append(f"  {model.model_fields['type'].default}: {{")
        for name, field in model.model_fields.items():
            either = [*_kinds(field.annotation), *(["undefined"] if _is_added(field) else [])]
            kinds = ", ".join(f'"{kind}"' for kind in either)
            lines.append(f"    {_wire_name(name, field)}: [{kinds}],")
        lines.append("  },")
    return "\n".join([*lines, "};\n"])


def _kinds(annotation: Any) -> list[str]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin is Literal:
        return ["string"]
    if origin in {Union, types.UnionType}:
        return list(dict.fromkeys(kind for part in get_args(annotation) for kind in _kinds(part)))
    if origin is tuple:
        return ["array"]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ["string"]
    return [SIMPLE.get(annotation, "object")]
