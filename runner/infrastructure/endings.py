# size: one catalogue, in two wordings
"""Why a run ended, in two wordings: for its owner, and for anybody else who may read about it.

Part of the catalogue in `sentences.py`.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from runner.protocol.reasons import ReasonCode

ENDINGS: Mapping[ReasonCode, str] = {
    ReasonCode.COMPLETED: _("Your program finished."),
    ReasonCode.COMPILE_ERROR: _("Your program could not be compiled."),
    ReasonCode.STOPPED: _("You stopped your program."),
    ReasonCode.STOPPED_BY_INSTRUCTOR: _("An instructor stopped your program."),
    ReasonCode.STOPPED_WITH_REASON: _("%(instructor)s stopped your program (“%(words)s”)."),
    ReasonCode.CPU_LIMIT: _(
        "Your program used more than %(cpu_seconds)s of processor time and was stopped. "
        "It may contain an endless loop, or a loop that waits without a pause (time.sleep)."
    ),
    ReasonCode.WALL_LIMIT: _("Your program ran for longer than %(wall_seconds)s and was stopped."),
    ReasonCode.IDLE_LIMIT: _(
        "Nothing was typed or printed for %(idle_seconds)s, so your program was stopped."
    ),
    ReasonCode.MEMORY_LIMIT: _(
        "Your program used more than %(memory_bytes)s of memory and was stopped."
    ),
    ReasonCode.OUTPUT_LIMIT: _("Your program printed more than %(output_bytes)s and was stopped."),
    ReasonCode.DISCONNECTED: _(
        "Nobody was connected to your program for %(detach_seconds)s, so it was stopped."
    ),
    ReasonCode.EXECUTOR_LOST: _(
        "The machine that ran your program failed. This was not your fault. Please run it again."
    ),
    ReasonCode.INTERNAL_ERROR: _(
        "Something went wrong on our side. This was not your fault. Please run your program again."
    ),
    ReasonCode.TOO_MUCH_TO_CHECK: _(
        "Your program had so many processes, open files or pieces of memory that its memory could "
        "not be measured in time, so it was stopped."
    ),
    ReasonCode.PLACE_NEEDED: _(
        "Your program was stopped: its place was needed by somebody who is signed in."
    ),
    ReasonCode.EXECUTOR_SHUT_DOWN: _(
        "The machine that ran your program was shut down. Please run it again."
    ),
    ReasonCode.NO_EXECUTOR: _(
        "No machine is free to run your program. Please try again in a moment."
    ),
    ReasonCode.LANGUAGE_GONE: _(
        "The machines that run programs in %(language)s have failed. This was not your fault. "
        "Please try again later."
    ),
    ReasonCode.TOOLCHAIN_MISSING: _(
        "The language of your program is not installed on the machine that was to run it. "
        "This was not your fault. Please tell whoever looks after this site."
    ),
    ReasonCode.SCREEN_MISSING: _(
        "Windows cannot be shown on the machine that was to run your program. "
        "This was not your fault. Please tell whoever looks after this site."
    ),
    ReasonCode.SCREEN_ENDED: _(
        "The window of your program is gone, because what draws it (the X server) has ended. "
        "So your program was stopped."
    ),
    ReasonCode.RUN_DATA_AWAY: _(
        "Your program was not started: the files beside its code could not be read. This was not "
        "your fault. Please try again."
    ),
    ReasonCode.COMPILE_CPU_LIMIT: _(
        "Your program was not started: more than %(cpu_seconds)s of processor time were used while "
        "compiling."
    ),
    ReasonCode.COMPILE_WALL_LIMIT: _(
        "Your program was not started: compiling took longer than %(wall_seconds)s."
    ),
    ReasonCode.COMPILE_MEMORY_LIMIT: _(
        "Your program was not started: more than %(memory_bytes)s of memory were used while "
        "compiling."
    ),
    ReasonCode.COMPILE_OUTPUT_LIMIT: _(
        "Your program was not started: more than %(output_bytes)s were printed while compiling."
    ),
    ReasonCode.COMPILE_DISK_FULL: _(
        "Your program could not be compiled: "
        "its disk of %(disk_bytes)s became full while compiling."
    ),
    ReasonCode.COMPILE_TOO_MANY_FILES: _(
        "Your program could not be compiled: "
        "it may keep no more than %(disk_files)s files, and the compiler made more."
    ),
    ReasonCode.COMPILE_TOO_MANY_PROCESSES: _(
        "Your program could not be compiled: "
        "the compiler may have no more than %(processes)s threads and processes."
    ),
    ReasonCode.COMPILE_INTERRUPTED: _(
        "Your program was not started: you pressed Ctrl+C while it was being compiled."
    ),
    ReasonCode.NO_ENTRY: _(
        "Your program was not started: neither “%(path)s” nor another file has a “main” to begin "
        "with."
    ),
    ReasonCode.SEVERAL_ENTRIES: _(
        "Your program was not started: both “%(first)s” and “%(second)s” have a “main” to begin "
        "with, and the main file has none."
        " Please set the one that you want to run as the main file."
    ),
    # The exit code is on the page of the run: a beginner's is always 1.
    ReasonCode.EXIT_CODE: _("Your program ended with an error."),
    ReasonCode.DISK_FULL: _(
        "Your program ended with an error. Its disk of %(disk_bytes)s is full."
    ),
    ReasonCode.TOO_MANY_FILES: _(
        "Your program ended with an error. It may keep no more than %(disk_files)s files."
    ),
    ReasonCode.TOO_MANY_PROCESSES: _(
        "Your program ended with an error. It may have no more than %(processes)s threads and "
        "processes."
    ),
    ReasonCode.MODULE_MISSING: _(
        "Your program ended with an error. The module “%(module)s” is not installed here. "
        "The page “Packages” lists what is."
    ),
    ReasonCode.PACKAGE_MISSING: _(
        "Your program ended with an error. The module “%(module)s” is part of the package "
        "“%(package)s”, which is not installed here. The page “Packages” lists what is."
    ),
    ReasonCode.INSTALLED_ALREADY: _(
        "Your program ended with an error. “%(package)s” is installed here already, so the line "
        "that installs it is not needed."
    ),
    ReasonCode.NOT_INSTALLABLE: _(
        "Your program ended with an error. Programs cannot install packages here. "
        "The page “Packages” lists what is installed."
    ),
    ReasonCode.MODULE_MISSPELT: _(
        "Your program ended with an error. "
        "There is no module “%(module)s”. Perhaps “%(suggestion)s” is meant."
    ),
    ReasonCode.NEEDS_WINDOW: _(
        "Your program ended with an error. "
        "“%(module)s” opens windows, but programs here have only a terminal."
    ),
    ReasonCode.WINDOWS_ONLY: _(
        "Your program ended with an error. "
        "“%(name)s” is only there on Windows, but programs here run on Linux."
    ),
    ReasonCode.ENDLESS_RECURSION: _(
        "Your program ended with an error. "
        "A function called itself too often: this is endless recursion."
    ),
    ReasonCode.OUT_OF_MEMORY: _(
        "Your program ended with an error. It asked for more than its %(memory_bytes)s of memory."
    ),
    ReasonCode.TOO_MANY_OPEN_FILES: _(
        "Your program ended with an error. "
        "It may have no more than %(open_files)s files open at a time."
    ),
    ReasonCode.NO_INTERNET: _(
        "Your program ended with an error. Programs here have no connection to the internet."
    ),
    ReasonCode.SIGNAL: _("Your program was ended by the signal %(signal)s."),
}
# More than the name of the signal, where it means one thing.
SIGNALS: Mapping[str, str] = {
    "SIGSEGV": _(
        "Your program was ended by the signal %(signal)s: it used memory that does not belong "
        "to it. In Python the usual cause is endless recursion."
    ),
    "SIGABRT": _(
        "Your program was ended by the signal %(signal)s: it aborted because it found a serious "
        "error."
    ),
    "SIGFPE": _(
        "Your program was ended by the signal %(signal)s: it made a calculation that has no "
        "result, such as a division by zero."
    ),
    "SIGINT": _("Your program was ended by the signal %(signal)s: you pressed Ctrl+C."),
    "SIGHUP": _("Your program was ended by the signal %(signal)s: its terminal was closed."),
    "SIGXFSZ": _(
        "Your program was ended by the signal %(signal)s: it wrote a file that is too large."
    ),
}

OTHERS_ENDINGS: Mapping[ReasonCode, str] = {
    ReasonCode.COMPLETED: _("The program finished."),
    ReasonCode.COMPILE_ERROR: _("The program could not be compiled."),
    ReasonCode.STOPPED: _("The program was stopped by its owner."),
    ReasonCode.STOPPED_BY_INSTRUCTOR: _("The program was stopped by an instructor."),
    ReasonCode.STOPPED_WITH_REASON: _("%(instructor)s stopped the program (“%(words)s”)."),
    ReasonCode.CPU_LIMIT: _(
        "The program used more than %(cpu_seconds)s of processor time and was stopped. "
        "It may contain an endless loop, or a loop that waits without a pause (time.sleep)."
    ),
    ReasonCode.WALL_LIMIT: _("The program ran for longer than %(wall_seconds)s and was stopped."),
    ReasonCode.IDLE_LIMIT: _(
        "Nothing was typed or printed for %(idle_seconds)s, so the program was stopped."
    ),
    ReasonCode.MEMORY_LIMIT: _(
        "The program used more than %(memory_bytes)s of memory and was stopped."
    ),
    ReasonCode.OUTPUT_LIMIT: _("The program printed more than %(output_bytes)s and was stopped."),
    ReasonCode.DISCONNECTED: _(
        "Nobody was connected to the program for %(detach_seconds)s, so it was stopped."
    ),
    ReasonCode.EXECUTOR_LOST: _("The machine that ran the program failed."),
    ReasonCode.INTERNAL_ERROR: _("Something went wrong on our side, so the program ended."),
    ReasonCode.TOO_MUCH_TO_CHECK: _(
        "The program had so many processes, open files or pieces of memory that its memory could "
        "not be measured in time, so it was stopped."
    ),
    ReasonCode.PLACE_NEEDED: _(
        "The program was stopped: its place was needed by somebody who is signed in."
    ),
    ReasonCode.EXECUTOR_SHUT_DOWN: _("The machine that ran the program was shut down."),
    ReasonCode.NO_EXECUTOR: _("No machine was free to run the program."),
    ReasonCode.LANGUAGE_GONE: _("The machines that run programs in %(language)s had failed."),
    ReasonCode.TOOLCHAIN_MISSING: _(
        "The language of the program was not installed on the machine that was to run it."
    ),
    ReasonCode.SCREEN_MISSING: _(
        "Windows could not be shown on the machine that was to run the program."
    ),
    ReasonCode.SCREEN_ENDED: _(
        "The window of the program is gone, because what draws it (the X server) has ended. "
        "So the program was stopped."
    ),
    ReasonCode.RUN_DATA_AWAY: _(
        "The program was not started: the files beside its code could not be read."
    ),
    ReasonCode.COMPILE_CPU_LIMIT: _(
        "The program was not started: more than %(cpu_seconds)s of processor time were used while "
        "compiling."
    ),
    ReasonCode.COMPILE_WALL_LIMIT: _(
        "The program was not started: compiling took longer than %(wall_seconds)s."
    ),
    ReasonCode.COMPILE_MEMORY_LIMIT: _(
        "The program was not started: more than %(memory_bytes)s of memory were used while "
        "compiling."
    ),
    ReasonCode.COMPILE_OUTPUT_LIMIT: _(
        "The program was not started: more than %(output_bytes)s were printed while compiling."
    ),
    ReasonCode.COMPILE_DISK_FULL: _(
        "The program could not be compiled: its disk of %(disk_bytes)s became full while compiling."
    ),
    ReasonCode.COMPILE_TOO_MANY_FILES: _(
        "The program could not be compiled: "
        "it may keep no more than %(disk_files)s files, and the compiler made more."
    ),
    ReasonCode.COMPILE_TOO_MANY_PROCESSES: _(
        "The program could not be compiled: "
        "the compiler may have no more than %(processes)s threads and processes."
    ),
    ReasonCode.COMPILE_INTERRUPTED: _(
        "The program was not started: Ctrl+C was pressed while it was being compiled."
    ),
    ReasonCode.NO_ENTRY: _(
        "The program was not started: neither “%(path)s” nor another file has a “main” to begin "
        "with."
    ),
    ReasonCode.SEVERAL_ENTRIES: _(
        "The program was not started: both “%(first)s” and “%(second)s” have a “main” to begin "
        "with, and the main file has none."
    ),
    ReasonCode.EXIT_CODE: _("The program ended with an error."),
    ReasonCode.DISK_FULL: _("The program ended with an error. Its disk of %(disk_bytes)s is full."),
    ReasonCode.TOO_MANY_FILES: _(
        "The program ended with an error. It may keep no more than %(disk_files)s files."
    ),
    ReasonCode.TOO_MANY_PROCESSES: _(
        "The program ended with an error. It may have no more than %(processes)s threads and "
        "processes."
    ),
    ReasonCode.MODULE_MISSING: _(
        "The program ended with an error. The module “%(module)s” is not installed here. "
        "The page “Packages” lists what is."
    ),
    ReasonCode.PACKAGE_MISSING: _(
        "The program ended with an error. The module “%(module)s” is part of the package "
        "“%(package)s”, which is not installed here. The page “Packages” lists what is."
    ),
    ReasonCode.INSTALLED_ALREADY: _(
        "The program ended with an error. “%(package)s” is installed here already, so the line "
        "that installs it is not needed."
    ),
    ReasonCode.NOT_INSTALLABLE: _(
        "The program ended with an error. Programs cannot install packages here. "
        "The page “Packages” lists what is installed."
    ),
    ReasonCode.MODULE_MISSPELT: _(
        "The program ended with an error. "
        "There is no module “%(module)s”. Perhaps “%(suggestion)s” is meant."
    ),
    ReasonCode.NEEDS_WINDOW: _(
        "The program ended with an error. "
        "“%(module)s” opens windows, but programs here have only a terminal."
    ),
    ReasonCode.WINDOWS_ONLY: _(
        "The program ended with an error. "
        "“%(name)s” is only there on Windows, but programs here run on Linux."
    ),
    ReasonCode.ENDLESS_RECURSION: _(
        "The program ended with an error. "
        "A function called itself too often: this is endless recursion."
    ),
    ReasonCode.OUT_OF_MEMORY: _(
        "The program ended with an error. It asked for more than its %(memory_bytes)s of memory."
    ),
    ReasonCode.TOO_MANY_OPEN_FILES: _(
        "The program ended with an error. "
        "It may have no more than %(open_files)s files open at a time."
    ),
    ReasonCode.NO_INTERNET: _(
        "The program ended with an error. Programs here have no connection to the internet."
    ),
    ReasonCode.SIGNAL: _("The program was ended by the signal %(signal)s."),
}
OTHERS_SIGNALS: Mapping[str, str] = {
    "SIGSEGV": _(
        "The program was ended by the signal %(signal)s: it used memory that does not belong "
        "to it. In Python the usual cause is endless recursion."
    ),
    "SIGABRT": _(
        "The program was ended by the signal %(signal)s: it aborted because it found a serious "
        "error."
    ),
    "SIGFPE": _(
        "The program was ended by the signal %(signal)s: it made a calculation that has no "
        "result, such as a division by zero."
    ),
    "SIGINT": _("The program was ended by the signal %(signal)s: Ctrl+C was pressed."),
    "SIGHUP": _("The program was ended by the signal %(signal)s: its terminal was closed."),
    "SIGXFSZ": _(
        "The program was ended by the signal %(signal)s: it wrote a file that is too large."
    ),
}
