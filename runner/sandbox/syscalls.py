"""Numbers of the system calls in `seccomp.py`, from the kernel's own tables.

A call that is missing in a table does not exist on that architecture.
"""

X86_64 = {
    "acct": 163, "add_key": 248, "adjtimex": 159, "bpf": 321, "cachestat": 451, "chroot": 161,
    "clock_adjtime": 305, "clock_settime": 227, "clone": 56, "clone3": 435,
    "close_range": 436, "create_module": 174,
    "delete_module": 176, "fanotify_init": 300, "fcntl": 72, "finit_module": 313, "fsconfig": 431,
    "fsmount": 432, "fsopen": 430, "fspick": 433, "get_kernel_syms": 177, "init_module": 175,
    "inotify_add_watch": 254, "inotify_init": 253, "inotify_init1": 294, "io_setup": 206,
    "io_uring_enter": 426, "io_uring_register": 427, "io_uring_setup": 425, "ioctl": 16,
    "ioperm": 173, "iopl": 172, "kcmp": 312, "kexec_file_load": 320, "kexec_load": 246,
    "keyctl": 250, "lookup_dcookie": 212, "memfd_create": 319, "memfd_secret": 447,
    "migrate_pages": 256, "mmap": 9, "mount": 165, "mount_setattr": 442, "move_mount": 429,
    "move_pages": 279, "msgget": 68, "name_to_handle_at": 303, "nfsservctl": 180,
    "open_by_handle_at": 304, "open_tree": 428, "open_tree_attr": 467, "perf_event_open": 298,
    "pidfd_getfd": 438, "pivot_root": 155, "prctl": 157, "query_module": 178, "quotactl": 179,
    "quotactl_fd": 443, "reboot": 169, "request_key": 249, "sched_setattr": 314,
    "sched_setscheduler": 144, "seccomp": 317, "semget": 64,
    "setdomainname": 171, "sethostname": 170, "setns": 308, "setsockopt": 54, "settimeofday": 164,
    "shmget": 29, "socket": 41, "socketpair": 53, "swapoff": 168, "swapon": 167, "_sysctl": 156,
    "sysfs": 139, "syslog": 103, "umount2": 166, "unshare": 272, "uselib": 134, "userfaultfd": 323,
    "ustat": 136, "vhangup": 153, "vmsplice": 278,
}  # fmt: skip

AARCH64 = {
    "acct": 89, "add_key": 217, "adjtimex": 171, "bpf": 280, "cachestat": 451, "chroot": 51,
    "clock_adjtime": 266, "clock_settime": 112, "clone": 220, "clone3": 435,
    "close_range": 436, "delete_module": 106,
    "fanotify_init": 262, "fcntl": 25, "finit_module": 273, "fsconfig": 431, "fsmount": 432,
    "fsopen": 430, "fspick": 433, "init_module": 105, "inotify_add_watch": 27, "inotify_init1": 26,
    "io_setup": 0, "io_uring_enter": 426, "io_uring_register": 427, "io_uring_setup": 425,
    "ioctl": 29, "kcmp": 272, "kexec_file_load": 294, "kexec_load": 104, "keyctl": 219,
    "lookup_dcookie": 18, "memfd_create": 279, "memfd_secret": 447, "migrate_pages": 238,
    "mmap": 222, "mount": 40, "mount_setattr": 442, "move_mount": 429, "move_pages": 239,
    "msgget": 186, "name_to_handle_at": 264, "nfsservctl": 42, "open_by_handle_at": 265,
    "open_tree": 428, "open_tree_attr": 467, "perf_event_open": 241, "pidfd_getfd": 438,
    "pivot_root": 41, "prctl": 167, "quotactl": 60, "quotactl_fd": 443, "reboot": 142,
    "request_key": 218, "sched_setattr": 274, "sched_setscheduler": 119, "seccomp": 277,
    "semget": 190, "setdomainname": 162, "sethostname": 161,
    "setns": 268, "setsockopt": 208, "settimeofday": 170, "shmget": 194, "socket": 198,
    "socketpair": 199, "swapoff": 225, "swapon": 224, "syslog": 116, "umount2": 39, "unshare": 97,
    "userfaultfd": 282, "vhangup": 58, "vmsplice": 75,
}  # fmt: skip
