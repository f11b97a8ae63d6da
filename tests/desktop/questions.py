# size: one table of questions
"""A program that asks what a Debian login shell answers, and prints the answers as JSON.

Each question is an expression. An answer that differs from machine to machine is compared with
another one here, so that the same is printed everywhere. Expressions may use this module's names.
"""

# ruff: noqa: F401 - questions use what is imported here
import contextlib
import errno
import getpass
import grp
import json
import locale
import multiprocessing
import os
import platform
import pwd
import resource
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import termios
import threading
import time
from multiprocessing import shared_memory
from pathlib import Path

QUESTIONS = {
    # --- Names -----------------------------------------------------------------------------------
    "localhost has an address": "socket.gethostbyname('localhost')",
    "the own host name has an address of this machine": (
        "socket.gethostbyname(socket.gethostname()).startswith('127.')"),
    "a server listens at the own host name": "serves(socket.gethostname())",
    "the own host name has a full name at once": "bool(socket.getfqdn())",
    "an address has a name": "socket.gethostbyaddr('127.0.0.1')[0]",
    "IPv6 has localhost": "'::1' in [i[4][0] for i in socket.getaddrinfo('localhost', 1)]",
    "protocols have names": "[socket.getprotobyname(n) for n in ('tcp', 'udp', 'icmp')]",
    "services have ports": "[socket.getservbyname(n) for n in ('http', 'https', 'ssh', 'ftp')]",
    "ports have services": "[socket.getservbyport(n) for n in (443, 25, 22)]",
    "an address of a service is found": "socket.getaddrinfo('localhost', 'http')[0][4][1]",
    "the file of the host name says the same": (
        "Path('/etc/hostname').read_text().strip() == socket.gethostname()"),
    "the system has a name": "platform.freedesktop_os_release()['ID'] in ('debian', 'ubuntu')",
    "shells are listed": "'/bin/bash' in Path('/etc/shells').read_text()",
    "types of files have names": "__import__('mimetypes').guess_type('x.odt')[0]",
    # --- Users -----------------------------------------------------------------------------------
    "root has a name": "pwd.getpwuid(0)[:1] + pwd.getpwuid(0)[5:6]",
    "nobody has a number": "pwd.getpwnam('nobody').pw_uid",
    "groups have names": "[grp.getgrgid(n).gr_name for n in (0, 5, 100, 65534)]",
    "the home of root is known": "os.path.expanduser('~root')",
    "the user has a name": "getpass.getuser() == pwd.getpwuid(os.getuid()).pw_name",
    "the user has signed in": "os.getlogin() == getpass.getuser()",
    "the group has a name": "bool(grp.getgrgid(os.getgid()).gr_name)",
    "an own file has an owner": "own_file().owner() == getpass.getuser()",
    "files of the system have an owner": "[Path(p).owner() for p in ('/', '/etc', '/etc/passwd')]",
    "programs of the system have an owner": "Path('/usr/bin/python3').owner()",
    "the user has a shell": "bool(pwd.getpwuid(os.getuid()).pw_shell)",
    "whoami": "said('whoami') == getpass.getuser()",
    "id": "said('id', '-un') == getpass.getuser()",
    # --- The terminal ----------------------------------------------------------------------------
    "the terminal has a name": "os.ttyname(0).startswith('/dev/pts/')",
    "it has the same name in all three": "len({os.ttyname(n) for n in range(3)})",
    "the link says the same": "os.readlink('/proc/self/fd/0') == os.ttyname(0)",
    "tty": "said('tty') == os.ttyname(0)",
    "the terminal is the user's own": "os.stat(os.ttyname(0)).st_uid == os.getuid()",
    "its mode": "oct(os.stat(os.ttyname(0)).st_mode & 0o777)",
    "it is opened by its name": "opened(os.ttyname(0), os.O_RDWR)",
    "it is opened as /dev/tty": "opened('/dev/tty', os.O_RDWR)",
    "it is opened as standard streams": (
        "[opened('/dev/stdin', os.O_RDONLY)]"
        " + [opened(f'/dev/std{n}', os.O_WRONLY) for n in ('out', 'err')]"),
    "it is opened by its descriptors": "[opened(f'/dev/fd/{n}', os.O_RDWR) for n in range(3)]",
    "it is opened by a process's descriptors": "opened('/proc/self/fd/1', os.O_WRONLY)",
    "a shell writes to it": "os.system('echo -n >/dev/stderr')",
    "it is the session's": "os.tcgetpgrp(0) == os.getpgrp() and os.tcgetsid(0) == os.getsid(0)",
    "it is in cooked mode": "bool(termios.tcgetattr(0)[3] & termios.ICANON & ~0)",
    "another terminal is made": "made_terminal()",
    "a program is found for its pages": "bool(shutil.which('less') or shutil.which('more'))",
    "terminals are described": "__import__('curses').setupterm('xterm-256color', 1)",
    # --- What one may not ------------------------------------------------------------------------
    "the home of root": "open('/root/x')",
    "a list of the home of root": "os.listdir('/root')",
    "a secret": "open('/etc/shadow')",
    "a file in /": "open('/x', 'w')",
    "a file in /etc": "open('/etc/x', 'w')",
    "a file in /usr": "open('/usr/x', 'w')",
    "a program of the system": "open('/usr/bin/python3', 'w')",
    "a file of the system": "open('/etc/passwd', 'a')",
    "a folder in /home": "os.mkdir('/home/somebody')",
    "a folder in /opt": "os.mkdir('/opt/x')",
    "a folder in /var": "os.makedirs('/var/x/y')",
    "removing what is not there": "os.remove('/missing.txt')",
    "removing what is not there in /etc": "os.remove('/etc/missing.txt')",
    "removing what is not there in /usr": "os.remove('/usr/missing.txt')",
    "removing a file of the system": "os.remove('/etc/passwd')",
    "removing a folder of the system": "os.rmdir('/mnt')",
    "moving a file to /": "os.replace(own_file(), '/x')",
    "a link in /etc": "os.symlink('/tmp', '/etc/x')",
    "another mode for a file of the system": "os.chmod('/etc/passwd', 0o666)",
    "an own file for root": "os.chown(own_file(), 0, 0)",
    "becoming root": "os.setuid(0)",
    "becoming another user": "os.setuid(1)",
    "a higher priority": "os.nice(-1)",
    "ending the first process": "os.kill(1, 0)",
    "ending what is not there": "os.kill(2 ** 22 + 1, 0)",
    "a low port": "socket.create_server(('127.0.0.1', 80))",
    "raw packets": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "raw frames": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "more open files than are allowed": (
        "resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 30, 1 << 30))"),
    "another host name": "socket.sethostname('x')",
    "mounting": "os.system('mount -t tmpfs x /mnt 2>/dev/null') != 0",
    "a device": "os.mknod('/tmp/device', 0o20666, os.makedev(1, 3))",
    # --- Folders and files -----------------------------------------------------------------------
    "folders are there": (
        "[os.path.isdir('/' + n) for n in ('var', 'var/tmp', 'var/log', 'run', 'mnt', 'opt', 'srv',"
        " 'media', 'boot', 'root', 'home', 'sys', 'proc', 'dev', 'etc', 'tmp')]"),
    "links are there": "[os.path.exists('/' + n) for n in ('var/run', 'bin', 'lib', 'etc/mtab')]",
    "anybody may write to": "[writable(p) for p in ('/tmp', '/var/tmp', '/dev/shm')]",
    "nobody removes the files of others there": "[sticky(p) for p in ('/tmp', '/var/tmp')]",
    "modes of folders": (
        "[oct(os.stat(p).st_mode) for p in ('/', '/etc', '/home', '/root', '/usr', '/var')]"),
    "modes of files": "[oct(os.stat(f'/etc/{n}').st_mode) for n in ('passwd', 'shadow')]",
    "a file moves from /tmp to the home": "moves('/tmp')",
    "a file moves from /var/tmp to the home": "moves('/var/tmp')",
    "temporary files": "tempfile.gettempdir()",
    "a temporary file has a name": "os.path.exists(tempfile.NamedTemporaryFile().name)",
    "a hard link": "os.link(own_file(), own_file().with_suffix('.link'))",
    "attributes of a file": "os.setxattr(own_file(), 'user.note', b'x')",
    "a file is only the user's": "oct(own_file().stat().st_mode & 0o777)",
    "shared memory": "shared_memory.SharedMemory(create=True, size=10).unlink()",
    # --- Programs --------------------------------------------------------------------------------
    "python3 is found": "bool(shutil.which('python3'))",
    "python3 runs": "said('python3', '-c', 'print(6 * 7)')",
    "the interpreter runs": "said(sys.executable, '-c', 'print(6 * 7)')",
    "commands are found": (
        "[bool(shutil.which(n)) for n in ('sh', 'bash', 'ls', 'cat', 'grep', 'sed', 'awk', 'clear',"
        " 'date', 'sort', 'tput', 'stty')]"),
    "a shell runs": "os.system('exit 3') >> 8",
    "a pipe of commands": "subprocess.run('echo b a | tr \" \" \"\\n\" | sort', shell=True,"
                          " capture_output=True, text=True).stdout",
    "a command that is not there": "subprocess.run(['missing'])",
    "100 threads": "threads(100)",
    "a pool of processes": "multiprocessing.get_context('fork').Pool(2).map(abs, [-1, 2])",
    "a server on localhost": "serves('localhost')",
    "a server for all": "serves('')",
    "how many files may be open": "resource.getrlimit(resource.RLIMIT_NOFILE)[0]",
    "500 open files": "opens(500)",
    "a program may be as large as memory": "resource.getrlimit(resource.RLIMIT_AS)[0] == -1",
    "files that it makes are of this mode": "oct(os.umask(0o22))",
    "signals": "sorted(n.name for n in signal.valid_signals() if isinstance(n, signal.Signals)"
               " and signal.getsignal(n) is signal.SIG_IGN)",
    "cores are those that it may use": "os.cpu_count() == len(os.sched_getaffinity(0))",
    "nproc": "said('env', '-u', 'OMP_NUM_THREADS', 'nproc') == str(len(os.sched_getaffinity(0)))",
    "getconf": "said('getconf', '_NPROCESSORS_ONLN') == str(os.cpu_count())",
    "the scheduler": "os.sched_getscheduler(0)",
    "interfaces are listed": "'lo' in [name for _, name in socket.if_nameindex()]",
    "the kernel's network is asked": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) and None",
    # --- Language and time -----------------------------------------------------------------------
    "the language of the user": "locale.setlocale(locale.LC_ALL, '') and None",
    "text is UTF-8": "[sys.stdout.encoding, locale.getpreferredencoding(), sys.flags.utf8_mode]",
    "locale": "said('locale', 'charmap')",
    "C is a locale": "locale.setlocale(locale.LC_ALL, 'C.UTF-8')",
    "German is a locale": "locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')",
    "English is a locale": "locale.setlocale(locale.LC_ALL, 'en_US.UTF-8')",
    "time zones are known": "said('env', 'TZ=Asia/Kathmandu', 'date', '+%z')",
    "zoneinfo": "str(__import__('zoneinfo').ZoneInfo('America/St_Johns'))",
    "the zone of the system": "os.path.exists('/etc/localtime')",
    # --- The environment -------------------------------------------------------------------------
    "variables": "sorted(n for n in ('HOME', 'LANG', 'LOGNAME', 'PATH', 'PWD', 'SHELL', 'TERM',"
                 " 'USER') if n in os.environ)",
    "the home is there": "os.path.isdir(os.environ['HOME'])",
    "the home is the user's": "os.stat(os.environ['HOME']).st_uid == os.getuid()",
    "the user is": "os.environ['USER'] == os.environ['LOGNAME'] == getpass.getuser()",
    "the shell is there": "os.access(os.environ['SHELL'], os.X_OK)",
    "programs are looked for in": "'/usr/local/bin:/usr/bin:/bin' in os.environ['PATH']",
}  # fmt: skip


def said(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def own_file() -> Path:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        return Path(file.name)


def opened(path: str, flags: int) -> bool:
    with contextlib.closing(open(os.open(path, flags), "rb", buffering=0)) as file:
        return file.isatty()


def made_terminal() -> bool:
    master, slave = os.openpty()
    found = os.ttyname(slave).startswith("/dev/pts/")
    os.close(master)
    os.close(slave)
    return found


def serves(host: str) -> bytes:
    with socket.create_server((host, 0)) as server:
        address = (host or "127.0.0.1", server.getsockname()[1])
        with socket.create_connection(address, 5) as client, server.accept()[0] as peer:
            peer.sendall(b"x")
            return client.recv(1)


def moves(folder: str) -> bool:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        os.replace(file.name, "moved")
    os.remove("moved")
    return True


def writable(folder: str) -> bool:
    return os.access(folder, os.W_OK)


def sticky(folder: str) -> bool:
    return bool(os.stat(folder).st_mode & stat.S_ISVTX)


def threads(count: int) -> int:
    gate, done = threading.Event(), []
    started = [threading.Thread(target=lambda: done.append(gate.wait(10))) for _ in range(count)]
    for thread in started:
        thread.start()
    gate.set()
    for thread in started:
        thread.join()
    return len(done)


def opens(count: int) -> int:
    with contextlib.ExitStack() as stack:
        return len([stack.enter_context(open(os.devnull)) for _ in range(count)])


def answer(question: str) -> object:
    try:
        said = eval(question)  # noqa: S307 - of this module
        return said if isinstance(said, str | int | list | tuple | None) else repr(said)
    except OSError as error:
        return f"{type(error).__name__} {errno.errorcode.get(error.errno or 0, '')}".strip()
    except BaseException as error:
        return type(error).__name__


if __name__ == "__main__":
    for name, question in QUESTIONS.items():
        print(json.dumps([name, answer(question)]), flush=True)
