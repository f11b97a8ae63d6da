"""Writes `static/src/protocol.gen.ts` from the models: types, and a table for run-time checks."""

import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from runner.protocol import messages, reasons

HEADER = """// Generated from runner/protocol/messages.py by `manage.py protocol_ts`. Do not edit.
"""
SIMPLE = {str: "string", UUID: "string", int: "number", bool: "boolean", type(None): "null"}


def typescript() -> str:
    parts = [HEADER, f"export const PROTOCOL_VERSION = {messages.PROTOCOL_VERSION};\n"]
    for name, enum in (
        ("OUTCOMES", messages.Outcome),
        ("ERROR_CODES", reasons.ErrorCode),
        ("REASON_CODES", reasons.ReasonCode),
        ("RUN_STATUSES", messages.RunStatus),
    ):
        values = "".join(f'  "{member.value}",\n' for member in enum)
        parts.append(f"export const {name} = [\n{values}] as const;")
        parts.append(f"export type {enum.__name__} = (typeof {name})[number];\n")
    nested: tuple[type[BaseModel], ...] = (messages.SourceFile, messages.RunLimits)
    for model in (*nested, *messages.CLIENT_MESSAGES, *messages.SERVER_MESSAGES):
        parts.append(_interface(model))
    parts.append(_union("ClientMessage", messages.CLIENT_MESSAGES))
    parts.append(_union("ServerMessage", messages.SERVER_MESSAGES))
    parts.append(_field_table())
    return "\n".join(parts)


def _interface(model: type[BaseModel]) -> str:
    lines = [f"export interface {model.__name__} {{"]
    client = model in messages.CLIENT_MESSAGES
    for name, field in model.model_fields.items():
        optional = "?" if (client and not field.is_required()) or _is_added(field) else ""
        lines.append(f"  {_wire_name(name, field)}{optional}: {_type(field.annotation)};")
    return "\n".join([*lines, "}\n"])


def _wire_name(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _is_added(field: FieldInfo) -> bool:
    return messages.Added in field.metadata


def _union(name: str, models: tuple[type[BaseModel], ...]) -> str:
    members = "".join(f"\n  | {model.__name__}" for model in models)
    return f"export type {name} ={members};\n"


def _type(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in get_args(annotation))
    if origin in {Union, types.UnionType}:
        return " | ".join(dict.fromkeys(_type(part) for part in get_args(annotation)))
    if origin is Mapping:
        name, value = map(_type, get_args(annotation))
        return f"Readonly<Record<{name}, {value}>>"
    if origin is tuple:
        return f"readonly {_type(get_args(annotation)[0])}[]"
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    return str(annotation.__name__)


def _field_table() -> str:
    """Per server message its fields and the `typeof`s each may have."""
    lines = ["export const SERVER_MESSAGE_FIELDS: Record<", "  ServerMessage[\"type\"],",
             "  Record<string, readonly string[]>", "> = {"]  # fmt: skip
    for model in messages.SERVER_MESSAGES:
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
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ["string"]
    return [SIMPLE.get(annotation, "object")]
