"""The likely cause of the error that ended a Python program, where the error itself does not tell a
beginner. Pure.

A program may print whatever it likes, so what is found is a code with figures that are short.
"""

import difflib
import re
import sys
from collections.abc import Collection, Iterable

from runner.languages.python_errors import last_error
from runner.protocol.reasons import Reason, ReasonCode

MOST_CHARACTERS = 60  # of a figure
CLOSE = 0.8  # as alike as a name and a slip of the finger
OF_WINDOWS = frozenset({
    "_winapi", "_winreg", "comtypes", "keyboard", "msilib", "msvcrt", "nt", "pythoncom", "pywin32",
    "pywintypes", "win10toast", "win32api", "win32clipboard", "win32com", "win32con",
    "win32console", "win32event", "win32file", "win32gui", "win32process", "win32service",
    "winreg", "winrt", "winsound", "wmi",
})  # fmt: skip
WITH_WINDOWS = frozenset({"Tkinter", "_tkinter", "tkinter", "turtle"})
# Packages that are close to a module of the standard library, and are not meant to be it.
PACKAGES = frozenset({
    "arrow", "cmd2", "enum34", "httpx", "jsons", "lxml", "orjson", "pathlib2", "pick", "psutil",
    "qrcode", "socketio", "tomli", "typer", "typing_extensions", "ujson", "urllib3", "websocket",
    "websockets",
})  # fmt: skip
NAMES_OF_WINDOWS = {
    "asyncio": {"ProactorEventLoop", "WindowsProactorEventLoopPolicy",
                "WindowsSelectorEventLoopPolicy"},
    "ctypes": {"FormatError", "GetLastError", "OleDLL", "WINFUNCTYPE", "WinDLL", "WinError",
               "oledll", "windll"},
    "os": {"O_BINARY", "P_DETACH", "add_dll_directory", "startfile"},
    "signal": {"CTRL_BREAK_EVENT", "CTRL_C_EVENT", "SIGBREAK"},
    "subprocess": {"CREATE_NEW_CONSOLE", "CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW",
                   "DETACHED_PROCESS", "STARTF_USESHOWWINDOW", "STARTUPINFO", "SW_HIDE"},
    "sys": {"dllhandle", "getwindowsversion", "winver"},
}  # fmt: skip
COMMANDS_OF_WINDOWS = frozenset({
    "calc", "cmd", "cscript", "explorer", "ipconfig", "mspaint", "notepad", "powershell", "start",
    "taskkill", "tasklist", "where", "wmic", "wscript",
})  # fmt: skip
STACK_OVERFLOW = b"Fatal Python error: _Py_CheckRecursiveCall"

_NO_MODULE = re.compile(r"No module named '([\w.]+)'$")
_NO_ATTRIBUTE = re.compile(r"module '(\w+)' has no attribute '(\w+)'")
_NO_NAME = re.compile(r"cannot import name '(\w+)' from '(\w+)'")
_NO_FILE = re.compile(r"\[Errno 2\] No such file or directory: '(.+)'$")
_NEEDS_WINDOW = re.compile(r"(\w+) (?:opens windows|draws in a window), but programs here have")
_OFFLINE = re.compile(
    "Network is unreachable|Name or service not known|Temporary failure in name resolution"
    "|No address associated with hostname"
)


def find_cause(output: bytes, paths: Collection[str]) -> Reason | None:
    """`output`: its end. `paths`: of the program's own files."""
    if STACK_OVERFLOW in output:
        return ReasonCode.ENDLESS_RECURSION, {}
    name, _, message = last_error(output).partition(": ")
    kind = name.rpartition(".")[2]
    if kind == "ModuleNotFoundError":
        return _of_module(message, paths)
    if code := _of_text(kind, message):
        return code, {}
    if found := _of_windows(kind, message):
        return _windows(found)
    if (name, kind) in DISPLAYS and DISPLAYS[name, kind][1] in message:
        return ReasonCode.NEEDS_WINDOW, {"module": DISPLAYS[name, kind][0]}
    return None


# What packages say that find no screen: of which module, and a part of the message.
DISPLAYS = {
    ("_tkinter.TclError", "TclError"): ("tkinter", "no display"),
    ("pygame.error", "error"): ("pygame", "video device"),
}


def _windows(name: str) -> Reason:
    return ReasonCode.WINDOWS_ONLY, {"name": name[:MOST_CHARACTERS]}


def _of_text(kind: str, message: str) -> ReasonCode | None:
    if kind == "RecursionError":
        return ReasonCode.ENDLESS_RECURSION
    if kind == "MemoryError":
        return ReasonCode.OUT_OF_MEMORY
    if kind == "RuntimeError" and message.startswith("can't start new thread"):
        return ReasonCode.TOO_MANY_PROCESSES
    if kind == "OSError" and message.startswith("[Errno 24]"):
        return ReasonCode.TOO_MANY_OPEN_FILES
    return ReasonCode.NO_INTERNET if _OFFLINE.search(message) else None


def _of_module(message: str, paths: Collection[str]) -> Reason | None:
    if needs := _NEEDS_WINDOW.match(message):
        return ReasonCode.NEEDS_WINDOW, {"module": needs[1]}
    if not (missing := _NO_MODULE.match(message)):
        return None
    module, _, below = missing[1][:MOST_CHARACTERS].partition(".")
    if module in OF_WINDOWS:
        return _windows(module)
    if module in WITH_WINDOWS:
        return ReasonCode.NEEDS_WINDOW, {"module": module}
    own = {path.partition("/")[0].removesuffix(".py") for path in paths}
    if module in own or (below and module in sys.stdlib_module_names):
        return None  # the module is there, and has not what it was asked for
    if suggestion := _meant(module, own):
        return ReasonCode.MODULE_MISSPELT, {"module": module, "suggestion": suggestion}
    return ReasonCode.MODULE_MISSING, {"module": module}


def _meant(module: str, own: Iterable[str]) -> str:
    """What else the name may stand for; empty for one that is known to be a package."""
    if module in sys.stdlib_module_names or module in PACKAGES:
        return ""
    known = [*own, *(name for name in sorted(sys.stdlib_module_names) if name[0] != "_")]
    spelt = {name.lower(): name for name in reversed(known)}
    slip = module.lower()
    close = [name for name in spelt if sorted(name) == sorted(slip)]  # letters that changed places
    close += difflib.get_close_matches(slip, spelt, n=1, cutoff=CLOSE)
    return spelt[close[0]] if close else ""


def _of_windows(kind: str, message: str) -> str:
    """The name that only Windows has."""
    if kind == "NameError" and message.startswith("name 'WindowsError'"):
        return "WindowsError"
    if kind == "AttributeError" and (found := _NO_ATTRIBUTE.match(message)):
        return _known(found[1], found[2])
    if kind == "ImportError" and (found := _NO_NAME.match(message)):
        return _known(found[2], found[1])
    if kind == "FileNotFoundError" and (found := _NO_FILE.match(message)):
        return _path(found[1].replace("\\\\", "\\"))
    return ""


def _known(module: str, name: str) -> str:
    return f"{module}.{name}" if name in NAMES_OF_WINDOWS.get(module, ()) else ""


def _path(path: str) -> str:
    """A drive, or a command that is Windows's own."""
    drive = re.match(r"[A-Za-z]:[\\/]", path)
    command = path.lower().removesuffix(".exe")
    return path if drive or command in COMMANDS_OF_WINDOWS or command != path.lower() else ""
