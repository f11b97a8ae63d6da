"""What a program sees of a system around its home, as on a Debian desktop: data.

`outside.py` makes these entries on the disk of each sandbox. They belong to a user that no process
runs as, so a program gets the errors that it gets on a desktop: PermissionError, FileNotFoundError.
Nothing here tells whose machine this is.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from runner.limits import Limits

HOME = "/home/student"
USER, USER_ID = "student", 1000  # the number is also in outside.py
HOST = "sandbox"
SHELL = "/bin/bash"
COMMANDS = "/opt/commands"
SIDE_CHANNELS = "/run/coderunner"  # sockets on which the executor listens
ZONES = Path("/usr/share/zoneinfo")

# kind, path, mode, content or target. "own": a folder of the program's own user.
Entry = tuple[str, str, int, bytes]
# Beside these, the mount points of walls.py.
FOLDERS = {
    "boot": 0o755, "dev": 0o755, "etc": 0o755, "home": 0o755, "media": 0o755, "mnt": 0o755,
    "opt": 0o755, "proc": 0o555, "root": 0o700, "run": 0o755, "run/lock": 0o755,
    SIDE_CHANNELS[1:]: 0o755, "srv": 0o755,
    "sys": 0o555, "usr": 0o755, "var": 0o755, "var/cache": 0o755, "var/lib": 0o755,
    "var/log": 0o755, "var/mail": 0o755, "var/spool": 0o755,
}  # fmt: skip
OWN_FOLDERS = {HOME[1:]: 0o755, "tmp": 0o1777, "var/tmp": 0o1777}
LINKS = {
    "etc/localtime": "/usr/share/zoneinfo/Etc/UTC",  # a run's own zone is in TZ
    "etc/mtab": "../proc/self/mounts",
    "etc/os-release": "../usr/lib/os-release",
    "var/lock": "/run/lock",
    "var/run": "/run",
    f"{COMMANDS[1:]}/python": "/usr/bin/python3",
    f"{COMMANDS[1:]}/pip3": "pip",
}
# Debian's users and groups, who are the same on every machine (base-passwd).
USERS = (
    "root:0:0:/root:/bin/bash", "daemon:1:1:/usr/sbin:/usr/sbin/nologin",
    "bin:2:2:/bin:/usr/sbin/nologin", "sys:3:3:/dev:/usr/sbin/nologin",
    "sync:4:65534:/bin:/bin/sync", "games:5:60:/usr/games:/usr/sbin/nologin",
    "man:6:12:/var/cache/man:/usr/sbin/nologin", "lp:7:7:/var/spool/lpd:/usr/sbin/nologin",
    "mail:8:8:/var/mail:/usr/sbin/nologin", "news:9:9:/var/spool/news:/usr/sbin/nologin",
    "www-data:33:33:/var/www:/usr/sbin/nologin", "backup:34:34:/var/backups:/usr/sbin/nologin",
    "nobody:65534:65534:/nonexistent:/usr/sbin/nologin",
    f"{USER}:{USER_ID}:{USER_ID}:{HOME}:{SHELL}",
)  # fmt: skip
GROUPS = {
    "root": 0, "daemon": 1, "bin": 2, "sys": 3, "adm": 4, "tty": 5, "disk": 6, "lp": 7, "mail": 8,
    "news": 9, "man": 12, "sudo": 27, "audio": 29, "www-data": 33, "backup": 34, "shadow": 42,
    "utmp": 43, "video": 44, "staff": 50, "games": 60, "users": 100, "nogroup": 65534,
    USER: USER_ID,
}  # fmt: skip
NAMES = """passwd: files
group: files
shadow: files
hosts: files
networks: files
protocols: files
services: files
"""
# Those of scripts/locales.sh. Other systems have them by these names alone, and so have textbooks;
# here such a name would be a locale of another encoding, which no machine has.
LOCALES = """
    en_US en_GB de_DE de_AT de_CH
    ar_EG bg_BG bn_BD cs_CZ da_DK el_GR es_ES es_MX et_EE fa_IR fi_FI fr_CH fr_FR he_IL hi_IN hr_HR
    hu_HU id_ID it_IT ja_JP ko_KR lt_LT lv_LV nb_NO nl_NL pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI
    sr_RS sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_TW
""".split()  # noqa: SIM905  # so it is read as in the script
# What Windows calls a command; all of these are the one script.
OF_WINDOWS = (
    "chcp", "cls", "color", "copy", "del", "erase", "md", "mode", "move", "pause", "ren", "rename",
    "title", "ver",
)  # fmt: skip
SCRIPT = Path(__file__).parent / "commands" / "windows.sh"
PIP = Path(__file__).parent / "commands" / "pip.sh"
SECRETS = ("gshadow", "shadow")
UTMP = "run/utmp"  # who is signed in at which terminal
PROCESSORS = "sys/devices/system/cpu"  # `online` there is what sysconf(3) reads


def cores(limits: Limits) -> int:
    """How many the run may use; parts of a core count as one."""
    return -(-limits.cpu_percent // 100)


def zone_exists(name: str) -> bool:
    """Whether programs find that time zone, whose name was checked by who sent it."""
    return (ZONES / name).is_file()


@cache
def entries(online: int) -> tuple[Entry, ...]:
    """In an order in which they can be made. `online`: the number of cores that programs see."""
    return (*_folders(), *_files(online), *_links())


def _folders() -> Iterator[Entry]:
    for name, mode in FOLDERS.items():
        yield "folder", name, mode, b""
    for path in (*_parents(PROCESSORS, below="sys"), *_parents(COMMANDS[1:], below="opt")):
        yield "folder", path, 0o755, b""
    for name, mode in OWN_FOLDERS.items():
        yield "own", name, mode, b""


def _parents(path: str, below: str) -> list[str]:
    """The folders down to `path` that are not there yet, the outermost first."""
    above = [str(parent) for parent in Path(path).parents if parent.is_relative_to(below)]
    return [*reversed(above[:-1]), path]


def _files(online: int) -> Iterator[Entry]:
    for name, text in _etc().items():
        yield "file", f"etc/{name}", 0o644, text.encode()
    for name in SECRETS:
        yield "file", f"etc/{name}", 0o640, b""
    for name in ("online", "possible", "present"):
        text = f"0-{online - 1}\n" if online > 1 else "0\n"
        yield "file", f"{PROCESSORS}/{name}", 0o444, text.encode()
    yield "file", UTMP, 0o664, _signed_in()
    yield "file", f"{COMMANDS[1:]}/{OF_WINDOWS[0]}", 0o755, SCRIPT.read_bytes()
    yield "file", f"{COMMANDS[1:]}/pip", 0o755, PIP.read_bytes()


def _links() -> Iterator[Entry]:
    for name, target in LINKS.items():
        yield "link", name, 0, target.encode()
    for name in OF_WINDOWS[1:]:
        yield "link", f"{COMMANDS[1:]}/{name}", 0, OF_WINDOWS[0].encode()


def _etc() -> dict[str, str]:
    return {
        "passwd": "".join(f"{_user(line)}\n" for line in USERS),
        "group": "".join(f"{name}:x:{number}:\n" for name, number in GROUPS.items()),
        "hosts": f"127.0.0.1\tlocalhost {HOST}\n::1\tlocalhost ip6-localhost ip6-loopback\n",
        "hostname": f"{HOST}\n",
        "host.conf": "multi on\n",
        "locale.alias": "".join(f"{name} {name}.UTF-8\n" for name in LOCALES),
        "nsswitch.conf": NAMES,
        "shells": "/bin/sh\n/bin/bash\n/bin/dash\n",
        "timezone": "Etc/UTC\n",
    }


def _user(line: str) -> str:
    name, numbers, rest = line[: line.index(":")], line.split(":")[1:3], line.split(":")[3:]
    return ":".join([name, "x", *numbers, "" if name == USER else name, *rest])


def _signed_in() -> bytes:
    """One `struct utmp` of utmp(5): the user at the terminal that is /dev/pts/0."""
    user_process = 7
    record = user_process.to_bytes(4, "little") + (1).to_bytes(4, "little")
    record += b"pts/0".ljust(32, b"\0") + b"ts/0" + USER.encode().ljust(32, b"\0")
    return record.ljust(384, b"\0")
