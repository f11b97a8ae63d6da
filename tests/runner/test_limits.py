"""Every ceiling: what a site may move, and how far."""

from dataclasses import fields

import pytest

from runner.limits import BOUNDS, Limits


def chosen(**values: int) -> Limits:
    """As read from an environment that sets only these variables."""
    return Limits.from_environment(lambda name, default, low, high: values.get(name, default))


def test_without_variables_the_defaults_hold() -> None:
    assert chosen() == Limits()


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("LIMIT_CPU_SECONDS", "cpu_seconds"),
        ("LIMIT_CPU_PERCENT", "cpu_percent"),
        ("LIMIT_WALL_SECONDS", "wall_seconds"),
        ("LIMIT_IDLE_SECONDS", "idle_seconds"),
        ("LIMIT_MEMORY_BYTES", "memory_bytes"),
        ("LIMIT_PROCESSES", "processes"),
        ("LIMIT_DISK_BYTES", "disk_bytes"),
        ("LIMIT_OUTPUT_BYTES", "output_bytes"),
        ("LIMIT_RUNS_PER_USER", "runs_per_user"),
        ("LIMIT_SOCKETS_PER_USER", "sockets_per_user"),
        ("DETACH_SECONDS", "detach_seconds"),
        ("DRAIN_SECONDS", "drain_seconds"),
    ],
)
def test_a_site_moves_a_limit_by_its_variable(variable: str, field: str) -> None:
    assert getattr(chosen(**{variable: 12345}), field) == 12345


@pytest.mark.parametrize("name", BOUNDS)
def test_a_default_lies_within_its_bounds(name: str) -> None:
    low, high = BOUNDS[name]
    assert low <= getattr(Limits(), name) <= high


def test_only_limits_that_exist_have_bounds() -> None:
    assert set(BOUNDS) <= {field.name for field in fields(Limits)}


def test_the_window_fits_into_what_is_held() -> None:
    limits = Limits()
    assert limits.frame_bytes <= limits.window_bytes <= limits.ring_bytes
