#!/usr/bin/env python3
"""Draws the passwords of a site at its first start, and gives each service its own.

Run again it changes nothing: what was drawn stays in `source`, and everything else follows from it.
Each folder is a volume of its own, which only its service sees.
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
TERMINALS, EXECUTORS, ALL_EXECUTORS = "&asgispecific.*", "&executor.*", "&asgi__group__executors"


def main(root: Path) -> None:
    passwords = {
        name: drawn(root / "source" / name)
        for name in ("secret_key", "postgres", "owner", "web", "executor", "redis_web",
                     "redis_executor", "metrics_token")
    }  # fmt: skip
    write(
        root / "postgres",
        {name: passwords[name] for name in ("postgres", "owner", "web", "executor")},
    )
    write(root / "owner", {"database_url": database_url("owner", passwords["owner"])})
    write(root / "redis", {"users.acl": redis_users(passwords)})
    write(
        root / "web",
        {
            "secret_key": passwords["secret_key"],
            "metrics_token": passwords["metrics_token"],
            "database_url": database_url("web", passwords["web"]),
            "redis_url": redis_url("web", passwords["redis_web"]),
        },
    )
    write(
        root / "executor",
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


def write(folder: Path, files: dict[str, str]) -> None:
    """Readable by all in the one container that has this volume: its user is another one."""
    for name, text in files.items():
        beginning = folder / f"{name}.new"
        beginning.write_text(text)
        beginning.chmod(0o444)
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
