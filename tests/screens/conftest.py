"""Attacks are tried on every limit backend that this machine offers."""

from tests.sandbox.conftest import backend

__all__ = ["backend"]
