"""Everything about a user as a zip file, made piece by piece: it is never held in memory."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AuditAction, AuditEntry, User
from accounts.own_data.parts import File, parts

MOST_FILES, MOST_BYTES = 30_000, 512 * 1024 * 1024  # before compression
COMPRESSION = 1  # of 9: programs are small, recordings many
OPENINGS = (
    AuditAction.OPENED_RUN,
    AuditAction.OPENED_RECORDING,
    AuditAction.COPIED_RUN,
    AuditAction.WATCHED_TERMINAL,
    AuditAction.OPENED_SNIPPET,
    AuditAction.OPENED_HAND_IN,
    AuditAction.DOWNLOADED_DATA,
)
MOST_ENTRIES = 20_000  # of the audit trail, newest first
TOO_MUCH = """\
This archive does not hold everything: it may have {files} files and {megabytes} MB.
The oldest ones, {left_out} files, are not in it. Ask the administrator of the site for the rest.
"""


class _Sink(io.RawIOBase):
    """A file that gives away what was written to it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def pieces(
    user: User, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
) -> Iterator[bytes]:
    """The archive of `user`. Beyond the limits files are left out, and one of them says so."""
    sink = _Sink()
    files, size, left_out = 0, 0, 0
    at = timezone.now().timetuple()[:6]
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for path, content in chain(_account_files(user), *(part.files(user) for part in parts())):
            if left_out or files >= most_files or size + len(content) > most_bytes:
                left_out += 1
                continue
            files, size = files + 1, size + len(content)
            _add(archive, path, content, at)
            yield sink.take()
        if left_out:
            figures = {"files": most_files, "megabytes": most_bytes >> 20, "left_out": left_out}
            _add(archive, "NOT COMPLETE.txt", TOO_MUCH.format(**figures).encode(), at)
    yield sink.take()


def as_json(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str).encode(errors="replace")


def _add(archive: ZipFile, path: str, content: bytes, at: Any) -> None:
    entry = ZipInfo(path, at)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _account_files(user: User) -> Iterator[File]:
    yield File("account.json", as_json(_account(user)))
    own = AuditEntry.objects.order_by("-last_at")
    opened = own.filter(subject=user, action__in=OPENINGS).exclude(actor=user)
    yield File("opened-by-staff.csv", _table(opened))
    yield File("sign-ins-and-changes.csv", _table(own.filter(subject=user, actor=user)))


def _account(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "instructor": user.is_staff,
        "administrator": user.is_superuser,
        "preferences": user.preferred.model_dump(mode="json"),
        "classes": list(user.memberships.values("classroom__name", "role", "joined_at")),
        "email_addresses": list(user.emailaddress_set.values("email", "verified")),  # type: ignore[attr-defined]
        **dict(_more(user)),
    }


def _more(user: User) -> Iterator[tuple[str, Any]]:
    """What parts of allauth keep; no secret."""
    tables = {
        "sessions": (
            "usersessions",
            "UserSession",
            ("ip", "user_agent", "created_at", "last_seen_at"),
        ),
        "second_factors": ("mfa", "Authenticator", ("type", "created_at", "last_used_at")),
        "school_accounts": ("socialaccount", "SocialAccount", ("provider", "uid", "date_joined")),
    }
    for name, (app, model, fields) in tables.items():
        rows = apps.get_model(app, model)._default_manager.filter(user=user)
        yield name, list(rows.values(*fields))


def _table(entries: QuerySet[AuditEntry]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["first", "last", "times", "who", "action", "object", "network", "detail"])
    for entry in entries[:MOST_ENTRIES].iterator(chunk_size=500):
        own = entry.actor_id == entry.subject_id
        table.writerow(
            [
                entry.at.isoformat(timespec="seconds"),
                entry.last_at.isoformat(timespec="seconds"),
                entry.count,
                entry.actor_name,
                entry.action,
                entry.target,
                entry.network if own else "",  # where the staff works is not the student's
                entry.detail,
            ]
        )
    return text.getvalue().encode()
