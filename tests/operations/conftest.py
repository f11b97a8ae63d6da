from tests.cast import owner

__all__ = ["owner"]
