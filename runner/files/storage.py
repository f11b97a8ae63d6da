"""Where the content of data files is: in their rows, or in object storage.

A site that wants object storage names it (`DATA_BUCKET`); its rows then hold names alone. An
object is written before its row and removed after it, so that no row lacks its content. What is
left over when a process dies in between, or when a snippet is deleted, is removed by `purge`.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from runner.infrastructure import clock
from runner.models import DataFile

logger = logging.getLogger(__name__)
DATA = "data"  # of settings.STORAGES
FOLDER = "data"
YOUNG = timedelta(hours=1)  # an object whose row may still be written


class NotStored(Exception):
    """Object storage did not take a file."""


class Missing(Exception):
    """Object storage does not have what a row says that it has."""


def _objects() -> Storage | None:
    return storages[DATA] if DATA in storages.backends else None


def stored_content(data: bytes) -> dict[str, object]:
    """The fields of a row with that content. To be called in a transaction: what it has put into
    object storage is removed if the transaction fails … by `purge`. Raises NotStored."""
    objects = _objects()
    if objects is None:
        return {"content": data, "stored": ""}
    try:
        name = objects.save(f"{FOLDER}/{uuid4()}", ContentFile(data))
    except Exception as error:  # each storage has its own
        logger.warning("Object storage did not take a file: %r", error)
        raise NotStored from error
    return {"content": None, "stored": name}


def content_of(file: DataFile) -> bytes:
    """Raises Missing."""
    if not file.stored:
        return bytes(file.content or b"")
    objects = _objects()
    try:
        if objects is None:
            raise FileNotFoundError("no object storage is set")
        with objects.open(file.stored) as stored:
            data: bytes = stored.read(file.bytes + 1)
    except Exception as error:  # each storage has its own
        raise Missing(file.stored) from error
    if len(data) != file.bytes:
        raise Missing(file.stored)
    return data


def remove_after_commit(names: Iterable[str]) -> None:
    """Objects whose rows are removed or replaced in this transaction."""
    wanted = [name for name in names if name]
    objects = _objects()
    if not wanted or objects is None:
        return

    def remove() -> None:
        for name in wanted:
            try:
                objects.delete(name)
            except Exception:
                logger.exception("Removing %s from object storage failed; purge will.", name)

    transaction.on_commit(remove)


def forget_unused() -> int:
    """Removes objects that no row names; how many they were."""
    objects, removed = _objects(), 0
    if objects is None:
        return 0
    try:
        _, names = objects.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    before = clock.read() - YOUNG
    for start in range(0, len(names), 500):
        some = [f"{FOLDER}/{name}" for name in names[start : start + 500]]
        used = set(DataFile.objects.filter(stored__in=some).values_list("stored", flat=True))
        for name in set(some) - used:
            if objects.get_modified_time(name) < before:
                objects.delete(name)
                removed += 1
    return removed
