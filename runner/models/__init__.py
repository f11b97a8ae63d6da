"""Fields and constraints. The packages hold what may be done with them."""

from runner.models.executor import Executor
from runner.models.open_socket import OpenSocket
from runner.models.recording import Recording
from runner.models.run import Run
from runner.models.snippet import Snippet

__all__ = ["Executor", "OpenSocket", "Recording", "Run", "Snippet"]
