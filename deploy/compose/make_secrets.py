#!/usr/bin/env python3
"""Draws the passwords of a site at its first start, and gives each service its own.

Run again it changes nothing: what was drawn stays in `source`, and everything else follows from it.
Each folder is a volume of its own, which only its service sees, and its files belong to the user
of that service alone. As root with the capability to give files away, and no other.
"""

import os
import secrets
import sys
from hashlib import sha256
from pathlib import Path

CACHE_COMMANDS = (
    "+get +set +setex +psetex +mget +mset +incr +incrby +decr +decrby +exists +del +unlink "
    "+expire +pexpire +persist +multi +exec"
)
GREETING = "+hello +auth +ping +client|reply +select"
WEB, EXECUTOR = 10_001, 10_002  # users, also in the Dockerfile
EVERYBODY = -1  # PostgreSQL's and Redis' images choose their users themselves
TERMINALS, EXECUTORS, ALL_EXECUTORS = "&asgispecific.*", "&executor.*", "&asgi__group__executors"


def main(root: Path) -> None:
    for folder in root.iterdir():
        os.chown(folder, os.geteuid(), os.getegid())  # of earlier versions: somebody else's
    (root / "source").chmod(0o700)
    passwords = {
        name: drawn(root / "source" / name)
        for name in ("secret_key", "postgres", "owner", "web", "executor", "redis_web",
                     "redis_executor", "metrics_token")
    }  # fmt: skip
    write(
        root / "postgres",
        EVERYBODY,
        {name: passwords[name] for name in ("postgres", "owner", "web", "executor")},
    )
    write(root / "owner", WEB, {"database_url": database_url("owner", passwords["owner"])})
    write(root / "redis", EVERYBODY, {"users.acl": redis_users(passwords)})
    write(
        root / "web",
        WEB,
        {
            "secret_key": passwords["secret_key"],
            "metrics_token": passwords["metrics_token"],
            "database_url": database_url("web", passwords["web"]),
            "redis_url": redis_url("web", passwords["redis_web"]),
        },
    )
    write(
        root / "executor",
        EXECUTOR,
        {
            "database_url": database_url("executor", passwords["executor"]),
            "redis_url": redis_url("executor", passwords["redis_executor"]),
        },
    )


def drawn(path: Path) -> str:
    """The secret in `path`, drawn when there is none yet: whole, or not there."""
    if not path.exists():
        beginning = path.with_suffix(".new")
        beginning.write_text(secrets.token_hex(32))
        os.replace(beginning, path)
    return path.read_text()


def write(folder: Path, reader: int, files: dict[str, str]) -> None:
    """Readable by the user `reader` alone, or by everybody in the one container with this volume.

    Who is not root, in a test, keeps them."""
    for name, text in files.items():
        beginning = folder / f"{name}.new"
        beginning.unlink(missing_ok=True)
        with open(os.open(beginning, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            os.fchmod(file.fileno(), 0o444 if reader == EVERYBODY else 0o400)
            if reader != EVERYBODY and os.geteuid() == 0:
                os.fchown(file.fileno(), reader, reader)
        os.replace(beginning, folder / name)


def database_url(role: str, password: str) -> str:
    return f"postgres://{role}:{password}@postgres:5432/coderunner"


def redis_url(user: str, password: str) -> str:
    return f"redis://{user}:{password}@redis:6379/0"


def redis_users(passwords: dict[str, str]) -> str:
    """Web workers receive on channels of terminals and send to executors; executors the reverse.

    Only web workers have keys: Django's cache, whose values a reader would unpickle.
    """
    return "\n".join(
        [
            "user default off",
            "user health on nopass -@all +ping",
            f"user web on #{digest(passwords['redis_web'])} -@all {GREETING} +unsubscribe "
            f"~:1:* {CACHE_COMMANDS} (+subscribe {TERMINALS}) "
            f"(+publish {TERMINALS} {EXECUTORS} {ALL_EXECUTORS})",
            f"user executor on #{digest(passwords['redis_executor'])} -@all {GREETING} "
            f"+unsubscribe (+subscribe {EXECUTORS} {ALL_EXECUTORS}) (+publish {TERMINALS})",
            "",
        ]
    )


def digest(password: str) -> str:
    return sha256(password.encode()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
