"""What hostile documents cost: `shape.py` lets in what pages write, `reader.py` reads elsewhere."""

from runner.rooms.reading.reader import Reader, TooCostly, reader
from runner.rooms.reading.shape import Unknown, check_shape

__all__ = ["Reader", "TooCostly", "Unknown", "check_shape", "reader"]
