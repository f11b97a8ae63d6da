"""What of a language's definition is about machines: what is installed, and prepared there once."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel or an npm package that is unpacked, by its `name` in the lock file.

    Of its paths below the folder `below` those are taken that one of the patterns `take` matches
    and none of `leave`; they get into `folder` of the machine's toolchains.
    """

    name: str
    folder: str
    take: tuple[str, ...]
    leave: tuple[str, ...] = ()
    below: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Install:
    """What `make languages` installs: packages of Debian, wheels and npm packages that are
    unpacked, and `files` of ours, below the folder of toolchains."""

    apt: tuple[str, ...] = ()
    wheels: tuple[Package, ...] = ()
    npm: tuple[Package, ...] = ()
    files: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparation:
    """What makes a compiler quicker and is made on each machine: it fits no other version of it.

    `commands` are executed where `files` are and write into `{prepared}`, the folder of the
    language below `prepared` in the toolchains. Without it programs run, but start later.
    `environment`: beside the language's own.
    """

    commands: tuple[tuple[str, ...], ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    files: tuple[Written, ...] = ()
