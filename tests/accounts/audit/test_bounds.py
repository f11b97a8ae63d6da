"""Who fills the audit trail pays for it, or is merged into one row."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts import audit
from accounts.audit import AuditAction, trail
from accounts.models import AuditEntry, User
from tests.cast import someone

NOON = datetime(2026, 11, 29, 12, 5, tzinfo=UTC)


@pytest.fixture
def turn_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the audit trail."""

    def turn(moment: datetime) -> None:
        monkeypatch.setattr(trail, "timezone", SimpleNamespace(now=lambda: moment))

    return turn


def test_equal_entries_of_one_hour_are_one_row(
    owner: User, turn_to: Callable[[datetime], None]
) -> None:
    for minute in range(5):
        turn_to(NOON + timedelta(minutes=minute))
        audit.record(AuditAction.SIGNED_IN, actor_id=owner.pk, network="203.0.113.7")
    entry = AuditEntry.objects.get()
    assert (entry.count, entry.at, entry.last_at) == (5, NOON, NOON + timedelta(minutes=4))
    audit.record(AuditAction.SIGNED_IN, actor_id=owner.pk, network="203.0.113.8")
    turn_to(NOON + timedelta(hours=1))
    audit.record(AuditAction.SIGNED_IN, actor_id=owner.pk, network="203.0.113.7")
    assert list(AuditEntry.objects.order_by("pk").values_list("count", flat=True)) == [5, 1, 1]


def test_one_network_that_tries_many_names_fills_few_rows(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "NAMES_PER_NETWORK", 3)
    for number in range(10):
        someone(f"student{number}")
        for login in (f"student{number}", f"nobody{number}"):
            audit.record_failed_sign_in(login, "203.0.113.7")
    assert AuditEntry.objects.count() == 4
    merged = AuditEntry.objects.get(detail=trail.MANY_NAMES)
    assert (merged.count, merged.subject) == (8, None)
    audit.record_failed_sign_in("student0", "203.0.113.7")
    assert AuditEntry.objects.get(subject_name="student0").count == 2, "a known one still counts"


def test_many_networks_that_fail_to_sign_in_fill_few_rows(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "NAMES_PER_HOUR", 4)
    for number in range(20):
        audit.record_failed_sign_in("owner", f"203.0.113.{number}")
    assert AuditEntry.objects.count() == 5
    assert AuditEntry.objects.get(network="").count == 16


def test_long_texts_are_cut(owner: User) -> None:
    audit.record(AuditAction.CHANGED, target="t" * 500, network="n" * 500, detail="d" * 5000)
    entry = AuditEntry.objects.get()
    assert [len(entry.target), len(entry.network), len(entry.detail)] == [80, 45, 300]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("nonsense", ""),
    ],
)
def test_a_network_is_what_one_customer_has(address: str, network: str) -> None:
    assert audit.network_of_client({"client": [address, 4711]}) == network
    assert audit.network_of_client({"client": None}) == ""


def test_purge_forgets_what_is_old(
    owner: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    turn_to: Callable[[datetime], None],
) -> None:
    monkeypatch.setattr(trail, "FORGOTTEN_AT_ONCE", 2)
    settings.AUDIT_DAYS = 30
    now = timezone.now()
    for days in (0, 29, 31, 32, 33, 34, 35):
        turn_to(now - timedelta(days=days))
        audit.record(AuditAction.SIGNED_IN, actor_id=owner.pk)
    turn_to(now)
    call_command("purge")
    assert AuditEntry.objects.count() == 2
