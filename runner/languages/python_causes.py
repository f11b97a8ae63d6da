"""The likely cause of the error that ended a Python program, where the error itself does not tell a
beginner. Pure.

A program may print whatever it likes, so what is found is a code with figures that are short.
"""

import difflib
import re
import sys
from collections.abc import Collection, Iterable

from runner.languages.package_names import PACKAGE_OF
from runner.languages.packages import NONE, Packages
from runner.languages.python_errors import failing_line, last_error
from runner.protocol.reasons import Reason, ReasonCode

MOST_CHARACTERS = 60  # of a figure
MOST_LINE = 500  # of what is searched for a command
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
_INSTALLS = re.compile(
    r"[!%]?\s*(?:(?:py|python3?)\s+-m\s+)?(?:pip3?|conda|mamba|uv\s+pip)\s+install\b(.*)"
)
_INSTALL_FAILED = re.compile(r"Command '.*\bpip3?\b.*\binstall\b")
_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_NO_ATTRIBUTE = re.compile(r"module '(\w+)' has no attribute '(\w+)'")
_NO_NAME = re.compile(r"cannot import name '(\w+)' from '(\w+)'")
_NO_FILE = re.compile(r"\[Errno 2\] No such file or directory: '(.+)'$")
_NEEDS_WINDOW = re.compile(r"(\w+) (?:opens windows|draws in a window), but programs here have")
_OFFLINE = re.compile(
    "Network is unreachable|Name or service not known|Temporary failure in name resolution"
    "|No address associated with hostname"
)


def find_cause(output: bytes, paths: Collection[str], packages: Packages = NONE) -> Reason | None:
    """`output`: its end. `paths`: of the program's own files. `packages`: what is installed."""
    if STACK_OVERFLOW in output:
        return ReasonCode.ENDLESS_RECURSION, {}
    name, _, message = last_error(output).partition(": ")
    kind = name.rpartition(".")[2]
    if kind == "ModuleNotFoundError":
        return _of_module(message, paths, packages)
    if kind == "SyntaxError":
        return _of_installing(failing_line(output), packages)
    if code := _of_text(kind, message):
        return code, {}
    if found := _of_windows(kind, message):
        return _windows(found)
    if kind == "ImportError" and (found_name := _NO_NAME.match(message)):
        return _of_part(found_name[2], found_name[1], packages)
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
    if kind == "CalledProcessError" and _INSTALL_FAILED.match(message[:MOST_LINE]):
        return ReasonCode.NOT_INSTALLABLE
    return ReasonCode.NO_INTERNET if _OFFLINE.search(message) else None


def _of_module(message: str, paths: Collection[str], packages: Packages) -> Reason | None:
    if needs := _NEEDS_WINDOW.match(message):
        return ReasonCode.NEEDS_WINDOW, {"module": needs[1]}
    if not (missing := _NO_MODULE.match(message)):
        return None
    module, _, below = missing[1][:MOST_CHARACTERS].partition(".")
    if module == "pip":
        return ReasonCode.NOT_INSTALLABLE, {}
    if module in OF_WINDOWS:
        return _windows(module)
    if module in WITH_WINDOWS:
        return ReasonCode.NEEDS_WINDOW, {"module": module}
    own = {path.partition("/")[0].removesuffix(".py") for path in paths}
    if module in own or (below and module in sys.stdlib_module_names):
        return None  # the module is there, and has not what it was asked for
    if module in packages.modules:
        return _of_part(module, below, packages)
    if suggestion := _meant(module, own, packages):
        return ReasonCode.MODULE_MISSPELT, {"module": module, "suggestion": suggestion}
    if package := PACKAGE_OF.get(module):
        return ReasonCode.PACKAGE_MISSING, {"module": module, "package": package}
    return ReasonCode.MODULE_MISSING, {"module": module}


def _of_part(module: str, below: str, packages: Packages) -> Reason | None:
    """`import matplotlib.pylot`: of a package that is there."""
    parts = [name for name in packages.modules if name.startswith(f"{module}.")]
    if not below or f"{module}.{below}" in parts:
        return None
    if not (close := _closest(f"{module}.{below}", parts)):
        return None
    return ReasonCode.MODULE_MISSPELT, {"module": f"{module}.{below}", "suggestion": close}


def _meant(module: str, own: Iterable[str], packages: Packages) -> str:
    """What else the name may stand for; empty for one that is known to be a package."""
    distribution = module.lower().replace("_", "-")
    for name, package in packages.modules.items():  # `import pillow`
        if package.lower() == distribution and "." not in name:
            return name
    if module in sys.stdlib_module_names or module in PACKAGES or module in PACKAGE_OF:
        return ""
    top = (name for name in packages.modules if "." not in name)
    public = (name for name in sorted(sys.stdlib_module_names) if name[0] != "_")
    return _closest(module, [*own, *top, *public])


def _closest(name: str, known: Iterable[str]) -> str:
    """The first of the closest."""
    spelt = {each.lower(): each for each in reversed([*known])}
    slip = name.lower()
    close = [each for each in spelt if sorted(each) == sorted(slip)]  # letters changed places
    close += difflib.get_close_matches(slip, spelt, n=1, cutoff=CLOSE)
    return spelt[close[0]] if close else ""


def _of_installing(line: str, packages: Packages) -> Reason | None:
    """A line such as `!pip install numpy`, which is no Python."""
    if not (installs := _INSTALLS.match(line[:MOST_LINE])):
        return None
    words = [word for word in installs[1].split() if not word.startswith("-")]
    installed = {name.lower().replace("_", "-"): name for name in packages.versions}
    for word in words:
        if found := _PACKAGE.match(word):
            name = installed.get(found[0].lower().replace("_", "-"))
            return (
                (ReasonCode.INSTALLED_ALREADY, {"package": name})
                if name
                else (ReasonCode.NOT_INSTALLABLE, {})
            )
    return ReasonCode.NOT_INSTALLABLE, {}


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
