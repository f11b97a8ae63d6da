"""What a program finds around itself: a home, a terminal, the language, and nothing of ours."""

import os
import socket
import subprocess
from ast import literal_eval
from dataclasses import replace
from pathlib import Path

import pytest

from runner.languages import LANGUAGES, PYTHON
from runner.sandbox import interpreter, walls
from tests.runner.sandbox import executors
from tests.runner.sandbox.inside import printed, sandbox_processes, started

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games:/opt/commands",
    "HOME": "/home/student",
    "USER": "student",
    "LOGNAME": "student",
    "SHELL": "/bin/bash",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "PWD": "/home/student",
    **PYTHON.environment,
}


async def test_the_environment_is_made_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "PYTHONSTARTUP", "LD_PRELOAD_X"):
        monkeypatch.setenv(name, "leaked")
    environment = await printed("import os; print(dict(os.environ))")
    assert literal_eval(environment) == ENVIRONMENT


async def test_nothing_of_the_environment_is_found_in_other_processes_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "leaked")
    source = """if True:
        import glob
        for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
            try:
                print(open(path).read())
            except OSError:
                pass"""
    assert "leaked" not in await printed(source)


async def test_only_the_terminal_is_open() -> None:
    with open(ROOT / "manage.py") as secret:
        os.set_inheritable(secret.fileno(), True)
        source = """if True:
            import os
            for number in range(1024):
                try:
                    os.fstat(number)
                    print(number, os.isatty(number))
                except OSError:
                    pass"""
        assert await printed(source) == "0 True\n1 True\n2 True\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root sees what files others hold")
async def test_no_other_process_inside_holds_a_file_of_ours() -> None:
    with open(ROOT / "manage.py") as secret:
        os.set_inheritable(secret.fileno(), True)
        async with started("print('up', flush=True); input()") as program:
            await program.wait_for_output(b"up")
            held = {file.path for process in sandbox_processes() for file in process.open_files()}
    assert [path for path in held if path.startswith(str(ROOT))] == []


async def test_only_home_tmp_and_shm_can_be_written() -> None:
    """Whatever the mounts say: of the folders of the root's mount most are another user's."""
    writable = set((await printed(executors.WRITABLE)).split())
    assert writable == {"/home/student", "/tmp", "/var/tmp", "/dev/shm", "kept"}


async def test_programs_of_an_executor_without_users_write_nowhere_else_either() -> None:
    """There the folders of the system are the program's own user's."""
    module, program = executors.__name__, executors.with_what_it_can_write.__name__
    command = ["/usr/bin/python3", "-m", module, program]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", *command]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert set(output.split()) == {"/home/student", "/tmp", "/var/tmp", "/dev/shm", "kept"}


@pytest.mark.parametrize(
    "path",
    ["/x", "/etc/x", "/usr/x", "/usr/bin/python3", "/home/x", "/dev/x", "/etc/passwd",
     "/proc/sys/kernel/hostname", "/proc/sysrq-trigger"],
)  # fmt: skip
async def test_what_is_not_the_programs_own_cannot_be_written(path: str) -> None:
    source = f"""if True:
        try:
            open({path!r}, "w").write("1")
            print("written")
        except OSError as error:
            print("refused")"""
    assert await printed(source) == "refused\n"


async def test_nothing_of_the_host_is_seen() -> None:
    """Where our code, our data, other people's homes and the host's own files would be."""
    places = ["/var/lib/dpkg", "/var/log/apt", "/run/systemd", "/sys/kernel", "/sys/class",
              "/etc/machine-id", "/etc/resolv.conf", "/etc/ssh", str(ROOT)]  # fmt: skip
    source = f"import os; print([place for place in {places} if os.path.exists(place)])"
    assert await printed(source) == "[]\n"
    empty = ["boot", "media", "mnt", "srv", "var/cache", "var/lib", "var/log", "var/spool"]
    # Beside what languages need there.
    ours = {Path(path).name for language in LANGUAGES.values() for path in language.system}
    listed = "".join(
        f"print([name for name in os.listdir('/{place}') if name not in {ours}])\n"
        for place in empty
    )
    assert await printed(f"import os\n{listed}") == "[]\n" * len(empty)
    assert await printed("import os; print(os.listdir('/home'))") == "['student']\n"


async def test_the_settings_of_the_hosts_python_are_there_whatever_its_version() -> None:
    source = """if True:
        import os, sys
        print(*(f"/etc/{name}" for name in sorted(os.listdir("/etc")) if "python" in name))
        print(os.path.exists(f"/etc/python3.{sys.version_info.minor}/sitecustomize.py"))"""
    version = f"/etc/{Path('/usr/bin/python3').resolve().name}"
    ours = [path for path in ("/etc/python3", version) if os.path.isdir(path)]
    customized = os.path.exists(f"{version}/sitecustomize.py")
    assert await printed(source) == f"{' '.join(ours)}\n{customized}\n"


def test_another_version_of_python_is_found_by_the_link_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python3.14").touch()
    (tmp_path / "python3").symlink_to("python3.14")
    other = replace(PYTHON, run=(str(tmp_path / "python3"),))
    monkeypatch.setattr(interpreter, "PYTHON", other)
    monkeypatch.setattr(interpreter, "version", interpreter.version.__wrapped__)
    monkeypatch.setattr(interpreter, "files", dict)
    monkeypatch.setattr(Path, "exists", lambda _: True)
    assert [name for name in walls._shared() if name.startswith("python")] == [
        "python3", "python3.14",
    ]  # fmt: skip


async def test_it_is_an_ordinary_user_who_cannot_become_another() -> None:
    source = """if True:
        import os, pwd
        print(pwd.getpwuid(os.getuid()).pw_name, os.getresuid(), os.getgroups())
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        print(status["CapEff"].strip(), status["CapBnd"].strip(), status["NoNewPrivs"].strip())
        try:
            os.setuid(0)
        except OSError:
            print("stays")"""
    none = "0" * 16
    assert await printed(source) == (f"student (1000, 1000, 1000) []\n{none} {none} 1\nstays\n")


async def test_it_has_no_user_namespace_of_its_own_to_be_root_in() -> None:
    source = "import subprocess as s; print(s.run(['unshare', '-Ur', 'id'], stderr=s.DEVNULL))"
    assert "returncode=1" in await printed(source)


async def test_no_process_runs_as_root_on_the_host() -> None:
    async with started("print('up', flush=True); input()") as program:
        await program.wait_for_output(b"up")
        users = {user for process in sandbox_processes() for user in process.uids()}
    assert users
    assert 0 not in users


async def test_there_is_no_network() -> None:
    abstract = f"\0test-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(abstract)
        unix.listen()
        source = f"""if True:
            import socket
            for family, address in (
                (socket.AF_INET, ("127.0.0.1", {tcp.getsockname()[1]})),
                (socket.AF_INET, ("1.1.1.1", 53)),
                (socket.AF_UNIX, {abstract!r}),
            ):
                try:
                    with socket.socket(family) as s:
                        s.settimeout(2)
                        s.connect(address)
                    print("connected")
                except OSError as error:
                    print("refused")
            print([line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]])"""
        assert await printed(source) == "refused\n" * 3 + "['lo']\n"


async def test_the_programs_parent_cannot_be_read() -> None:
    """It holds the line to the executor."""
    source = """if True:
        import os
        try:
            print(os.open("/proc/2/fd/3", os.O_RDWR))
        except OSError:
            print("closed")"""
    assert await printed(source) == "closed\n"
