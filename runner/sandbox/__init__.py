"""The security boundary. Other packages use the names listed here and no module below."""

from runner.sandbox.bubblewrap import Sandbox
from runner.sandbox.doctor import (
    ALLOW_WEAK,
    Check,
    examine,
    look_for_backend,
    refused,
    usable_backend,
    weak_limits,
)
from runner.sandbox.home import Collected, HomeFile
from runner.sandbox.limit_backends import Usage, chosen_backend
from runner.sandbox.masters import READ_BYTES, read_master, write_master
from runner.sandbox.program import DataFile, ExitStatus, Plan, Program, TerminalUse, launcher
from runner.sandbox.screens import Size, lacks_screen
from runner.sandbox.screens.trial import try_screen
from runner.sandbox.spawner import SandboxFailed
from runner.sandbox.system_files import zone_exists
from runner.sandbox.trials import TriedBefore, try_out, version_in_sandbox
from runner.sandbox.walls import look_again

__all__ = [
    "ALLOW_WEAK",
    "READ_BYTES",
    "Check",
    "Collected",
    "DataFile",
    "ExitStatus",
    "HomeFile",
    "Plan",
    "Program",
    "Sandbox",
    "SandboxFailed",
    "Size",
    "TerminalUse",
    "TriedBefore",
    "Usage",
    "chosen_backend",
    "examine",
    "lacks_screen",
    "launcher",
    "look_again",
    "look_for_backend",
    "read_master",
    "refused",
    "try_out",
    "try_screen",
    "usable_backend",
    "version_in_sandbox",
    "weak_limits",
    "write_master",
    "zone_exists",
]
