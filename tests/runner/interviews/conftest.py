from tests.runner.rooms.conftest import opens

__all__ = ["opens"]
