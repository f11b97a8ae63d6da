# size: one table of rules, each with its reason
"""What the filter of system calls refuses, with which error, and why. Data.

Everything is allowed except what is listed: calls that namespaces do not confine, calls that make
the kernel keep something that no limit of a run counts, calls that have been used to escape from
containers, and calls that no program of a student needs. docs/system-calls.md has all calls.
"""

import errno

from runner.sandbox.seccomp.checks import (
    DONE,
    Accept,
    Below,
    Check,
    NoBit,
    NoneOf,
    OneOf,
    UpTo,
    When,
)

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_TYPE = 1, 2, 3, 0xF
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6 = 0, 1, 6, 17, 58
SOL_SOCKET, IPPROTO_IPV6, SO_SNDBUF, SO_RCVBUF = 1, 41, 7, 8
MSG_MORE = 0x8000
F_OFD_SETLK, F_OFD_SETLKW, F_NOTIFY, F_SETPIPE_SZ = 37, 38, 1026, 1031
PR_SET_SECCOMP, PR_SCHED_CORE, PR_SET_MEMORY_MERGE, PR_FUTEX_HASH = 22, 62, 67, 78
PR_SET_VMA, PR_SET_PTRACER = 0x5356_4D41, 0x5961_6D61
MADV_MERGEABLE, MADV_COLD, MADV_PAGEOUT = 12, 20, 21
MS_SYNC = 4
O_NOTIFICATION_PIPE = 0x80
RLIMIT_CORE = 4
SCHED_BATCH = 3
CLONE_FILES, CLONE_THREAD, CLOSE_RANGE_UNSHARE = 0x400, 0x1_0000, 0x2
TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS = 0x5412, 0x541C, 0x5423, 0x541D
MAP_SHARED, MAP_ANONYMOUS = 0x1, 0x20
MAP_HUGETLB, MFD_HUGETLB, SHM_HUGETLB = 0x4_0000, 0x4, 0x800
# CLONE_NEWNS, …CGROUP, …UTS, …IPC, …USER, …PID, …NET. (…TIME is a signal's bit here.)
NEW_NAMESPACE = 0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x7000_0000
# Of one object that processes share without a file, where it is counted by its size.
SHARED_BYTES = 4 << 20

# Options of sockets that make the kernel keep nothing but their value. Others keep filters, keys,
# headers, memberships of groups, or copies of packets, of which no control group knows: up to
# `net.core.optmem_max` and a whole buffer for each socket.
SOCKET_OPTIONS: dict[int, tuple[int, ...]] = {
    # SO_REUSEADDR, DONTROUTE, BROADCAST, KEEPALIVE, OOBINLINE, PRIORITY, LINGER, REUSEPORT,
    # PASSCRED, RCVLOWAT, RCVTIMEO, SNDTIMEO, BINDTODEVICE, PEEK_OFF, …TIMEO_NEW, PASSPIDFD
    SOL_SOCKET: (2, 5, 6, 9, 10, 12, 13, 15, 16, 18, 20, 21, 25, 42, 66, 67, 76),
    # IP_TOS, TTL, PKTINFO, MTU_DISCOVER, RECVTTL, RECVTOS, FREEBIND, BIND_ADDRESS_NO_PORT,
    # MULTICAST_IF, …TTL, …LOOP
    IPPROTO_IP: (1, 2, 8, 10, 12, 13, 15, 24, 32, 33, 34),
    # TCP_NODELAY, MAXSEG, CORK, KEEPIDLE, KEEPINTVL, KEEPCNT, SYNCNT, LINGER2, DEFER_ACCEPT,
    # QUICKACK, CONGESTION, USER_TIMEOUT, FASTOPEN, NOTSENT_LOWAT, FASTOPEN_CONNECT, INQ
    IPPROTO_TCP: (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 18, 23, 25, 30, 36),
    # IPV6_UNICAST_HOPS, MULTICAST_IF, …HOPS, …LOOP, V6ONLY, RECVPKTINFO, RECVHOPLIMIT, DONTFRAG,
    # RECVTCLASS, TCLASS
    IPPROTO_IPV6: (16, 17, 18, 19, 26, 49, 51, 62, 66, 67),
}
# What joining answers without an interface that could do it: IP_ADD_MEMBERSHIP, …ADD_SOURCE_…,
# MCAST_JOIN_GROUP, MCAST_JOIN_SOURCE_GROUP, IPV6_JOIN_GROUP, IPV6_JOIN_ANYCAST
JOINS: dict[int, tuple[int, ...]] = {IPPROTO_IP: (35, 39, 42, 46), IPPROTO_IPV6: (20, 27, 42, 46)}

# The only user and group of a sandbox, and what stands for "as it is". The kernel would call others
# invalid, because no namespace of the sandbox has them; on a desktop they are not permitted.
OWN_IDS = (1000, 0xFFFF_FFFF)


def _own_ids(*arguments: int) -> tuple[Check, ...]:
    return tuple(OneOf(argument, OWN_IDS, errno.EPERM) for argument in arguments)


# Calls that are allowed with some arguments.
CHECKED: dict[str, tuple[Check, ...]] = {
    # Large pages are reserved by the machine, and no control group counts them.
    "mmap": (NoBit(3, MAP_HUGETLB, errno.ENOMEM),),
    "memfd_create": (NoBit(1, MFD_HUGETLB, errno.ENOMEM),),
    "shmget": (NoBit(2, SHM_HUGETLB, errno.ENOMEM),),
    # Typing into a terminal, reading a console, and line disciplines that are drivers.
    "ioctl": (NoneOf(1, (TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS), errno.EPERM),),
    # Watching what is done in a folder: /usr is everybody's.
    "fcntl": (NoneOf(1, (F_NOTIFY,), errno.EINVAL),),
    # Pages that are put into the machine's swap, or found out to be equal to pages of others.
    "madvise": (NoneOf(2, (MADV_MERGEABLE, MADV_COLD, MADV_PAGEOUT), errno.EINVAL),),
    "clone": (NoBit(0, NEW_NAMESPACE, errno.EPERM),),
    # A filter more would take from the machine's memory for them; a cookie for a core keeps the
    # other half of it idle; pages are not merged; a table of futexes has any size; and what is
    # newer has not been judged.
    "prctl": (
        NoneOf(0, (PR_SET_SECCOMP, PR_SCHED_CORE, PR_SET_MEMORY_MERGE), errno.EINVAL),
        Accept(0, PR_SET_VMA),
        Accept(0, PR_SET_PTRACER),
        Below(0, PR_FUTEX_HASH, errno.EINVAL),
    ),
    # At 1 no crash is handed to a handler of the host: see outside.py. It must stay there, in every
    # process; and who may raise none, may read it.
    "setrlimit": (NoneOf(0, (RLIMIT_CORE,), errno.EPERM),),
    "prlimit64": (When(1, RLIMIT_CORE, (UpTo(2, 0, errno.EPERM),)),),
    # TCP and UDP, of which nothing leads out, and no protocol whose module the kernel would load.
    "socket": (
        Accept(0, AF_UNIX),
        OneOf(0, (AF_INET, AF_INET6), errno.EAFNOSUPPORT),
        OneOf(1, (SOCK_STREAM, SOCK_DGRAM, SOCK_RAW), errno.EPROTONOSUPPORT, SOCK_TYPE),
        OneOf(
            2,
            (IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6),
            errno.EPROTONOSUPPORT,
        ),
    ),
    "socketpair": (OneOf(0, (AF_UNIX,), errno.EAFNOSUPPORT),),
    # A higher priority than that of processes that serve programs, see priority.py. What a program
    # has already it may ask for: Mono does, for each thread, and says on the terminal if it fails.
    "sched_setscheduler": (NoneOf(1, (SCHED_BATCH,), DONE), OneOf(1, (), errno.EPERM)),
    # Sizes of buffers are wishes, which the kernel may ignore, and here always does.
    "setsockopt": (
        When(1, SOL_SOCKET, (NoneOf(2, (SO_SNDBUF, SO_RCVBUF), DONE),)),
        *(When(1, level, (NoneOf(2, options, errno.ENODEV),)) for level, options in JOINS.items()),
        OneOf(1, tuple(SOCKET_OPTIONS), errno.ENOPROTOOPT),
        *(
            When(1, level, (OneOf(2, options, errno.ENOPROTOOPT),))
            for level, options in SOCKET_OPTIONS.items()
        ),
    ),
    # Parts of a datagram that wait for the rest, of which no control group knows.
    "sendto": (NoBit(3, MSG_MORE, errno.EOPNOTSUPP),),
    "sendmsg": (NoBit(2, MSG_MORE, errno.EOPNOTSUPP),),
    "sendmmsg": (NoBit(3, MSG_MORE, errno.EOPNOTSUPP),),
    # A pipe for notes of the kernel has 64 KiB that no control group counts.
    "pipe2": (NoBit(1, O_NOTIFICATION_PIPE, errno.ENOPKG),),
    "msync": (NoBit(2, MS_SYNC, DONE),),  # see ANSWERED
    "setuid": _own_ids(0),
    "setgid": _own_ids(0),
    "setreuid": _own_ids(0, 1),
    "setregid": _own_ids(0, 1),
    "setresuid": _own_ids(0, 1, 2),
    "setresgid": _own_ids(0, 1, 2),
    "chown": _own_ids(1, 2),
    "lchown": _own_ids(1, 2),
    "fchown": _own_ids(1, 2),
    "fchownat": _own_ids(2, 3),
}
# Where no control group bounds the kernel's memory, each object keeps its size, so that
# they can be counted (`kernel_memory.py`). Locks have an owner; all threads of a process have the
# same descriptors; shared memory is small. (`unshare` is refused everywhere.)
CHECKED_UNACCOUNTED: dict[str, tuple[Check, ...]] = {
    "mmap": (
        *CHECKED["mmap"],
        When(
            3,
            MAP_SHARED | MAP_ANONYMOUS,
            (UpTo(1, SHARED_BYTES, errno.ENOMEM),),
            MAP_SHARED | MAP_ANONYMOUS,
        ),
    ),
    "clone": (
        *CHECKED["clone"],
        OneOf(
            0,
            (0, CLONE_FILES, CLONE_THREAD | CLONE_FILES),
            errno.EPERM,
            CLONE_THREAD | CLONE_FILES,
        ),
    ),
    "close_range": (NoBit(2, CLOSE_RANGE_UNSHARE, errno.EPERM),),
    "fcntl": (
        *CHECKED["fcntl"],
        NoneOf(1, (F_OFD_SETLK, F_OFD_SETLKW), errno.EINVAL),
        NoneOf(1, (F_SETPIPE_SZ,), errno.EPERM),
    ),
}

# Calls that are answered in the same way whatever their arguments, by that answer.
ANSWERED: dict[int, tuple[str, ...]] = {
    # All files that a program can write are in memory. On files of others these would make the
    # machine's disks write out their caches, or forget what is read of /usr.
    DONE: ("fadvise64", "fdatasync", "fsync", "sync", "sync_file_range", "syncfs"),
    # Lists of rights are kept in memory that no control group counts, 128 KiB each.
    errno.EOPNOTSUPP: ("setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    # Libraries that find these missing do without.
    errno.ENOSYS: (
        "clone3",  # flags behind a pointer, where no filter sees them; libc then uses clone
        "io_uring_setup", "io_uring_enter", "io_uring_register",
        "io_setup",  # the machine has one store of these for everybody
        # Who uses a file of /usr, and when, is nobody else's business.
        "inotify_init", "inotify_init1", "inotify_add_watch", "cachestat",
        "seccomp",  # filters more: see prctl above
        "memfd_secret",  # takes pages out of the machine's map of its memory
        "modify_ldt",  # 64 KiB for each process, and where holes are found
        "process_madvise",  # see madvise above
        "file_setattr", "listns", "lsm_set_self_attr",  # new, and needed by nobody here
        # Not there any more, or never were.
        "afs_syscall", "epoll_ctl_old", "epoll_wait_old", "getpmsg", "putpmsg", "security",
        "tuxcall", "vserver",
    ),
    errno.EPERM: (
        # Keys are kept by user, not by namespace.
        "add_key", "keyctl", "request_key",
        # Large, and where holes are found.
        "bpf", "perf_event_open", "userfaultfd",
        # Files by number, around every mount.
        "name_to_handle_at", "open_by_handle_at",
        # Namespaces and mounts of one's own.
        "unshare", "setns", "chroot", "pivot_root", "mount", "umount2", "fsopen", "fsconfig",
        "fsmount", "fspick", "move_mount", "open_tree", "open_tree_attr", "mount_setattr",
        # Another process's descriptors.
        "pidfd_getfd", "kcmp",
        # A higher priority than that of processes that serve programs: see priority.py.
        "sched_setattr",
        # Policies for ranges of memory, kept in memory that no control group counts, also when the
        # range is not mapped any more.
        "mbind", "set_mempolicy", "set_mempolicy_home_node",
        # The machine's own; all of it needs privileges nobody in a sandbox has. A second wall.
        "acct", "adjtimex", "clock_adjtime", "clock_settime", "create_module", "delete_module",
        "fanotify_init", "finit_module", "get_kernel_syms", "init_module", "ioperm", "iopl",
        "kexec_file_load", "kexec_load", "lookup_dcookie", "migrate_pages", "move_pages",
        "nfsservctl", "query_module", "quotactl", "quotactl_fd", "reboot", "setdomainname",
        "sethostname", "settimeofday", "swapoff", "swapon", "sysfs", "syslog", "_sysctl", "uselib",
        "ustat", "vhangup",
    ),
}  # fmt: skip
# Memory that belongs to no process: only a control group can account for it.
UNACCOUNTED = (
    "memfd_create", "msgget", "semget", "shmget",
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self",  # rules
    "vmsplice",  # a pipe full of pages that nobody has any more
)  # fmt: skip
