# mypy: allow-untyped-defs, allow-untyped-calls
# ruff: noqa: E402  # imports come when no file of the program can be found in their place
# The first part of the program of a debug run; debug_launcher.py follows, in the same namespace.
# What a page asks for is computed for a bounded time, and changes nothing in the program.

import sys

LOADED = set(sys.modules)  # by Python itself
del sys.path[0]  # the program's folder, in which a file may be called as a module of the library

import _thread
import contextlib
import os
import signal
import threading
from time import monotonic, sleep
from types import FunctionType

VALUE_SECONDS = 2.0  # for one value to be computed, and for an expression
ALL_SECONDS = 6.0  # for all values of one request; a page waits 10 s for its answer
LATE = "coderunner_late"  # an attribute of a value, for the page
COMPUTED = "coderunner_computed"  # likewise
PLAIN = {int, float, bool, str, bytes, type(None)}  # they are computed at once
INFINITE = float("inf")
CALLED_BY_DEBUGGER = {"threading.py", "contextlib.py", "queue.py", "weakref.py", "warnings.py"}
WATCH_SECONDS, AGAIN_SECONDS = 0.1, 0.5
AT_ONCE = 100  # steps of Python, after which what is to be raised in a thread was raised


class Late(BaseException):
    """A value takes too long to compute. No program handles it by its name."""


class Bounded:
    """What a thread that stands computes for its page is interrupted after a time.

    In the main thread by a signal, which ends waiting, too; in others by an exception before their
    next instruction; again and again, as what is computed may handle it. Never while the debugger's
    own code runs, which would keep its locks. What neither interrupts goes on, and its page says
    that nothing is answered.
    """

    def __init__(self) -> None:
        self._number = signal.SIGRTMAX - 1
        self._main: int = threading.main_thread().ident or 0
        self._lock = threading.Lock()
        self._busy = threading.Event()
        self._until: dict[int, float] = {}  # of what a thread computes now
        self._listens = False
        # No thread that the program, or the debugger, knows of.
        _thread.start_new_thread(self._watch, ())

    def run(self, seconds, compute):
        """What `compute()` returns. Raises Late."""
        thread = threading.get_ident()
        if thread in self._until:  # a part of a value
            return compute()
        if thread == self._main and not self._listens:
            signal.signal(self._number, self._on_signal)
            self._listens = True
        try:
            return self._timed(thread, monotonic() + seconds, compute)
        except Late:
            self._end(thread)  # it may have been raised while that was done
            raise

    def _timed(self, thread, until, compute):
        self._until[thread] = until
        self._busy.set()
        try:
            return compute()
        finally:
            self._end(thread)
            if monotonic() >= until:  # also a value that has handled it
                raise Late

    def _end(self, thread: int) -> None:
        if thread == self._main:
            self._until.pop(thread, None)
            return
        with self._lock:
            self._until.pop(thread, None)
        # What is still to be raised is raised here. Python offers to take it back, but a thread
        # for which that was asked does not end.
        with contextlib.suppress(Late):
            for _ in range(AT_ONCE):
                pass

    def _watch(self) -> None:
        while True:
            self._busy.wait()
            sleep(WATCH_SECONDS)
            self._busy.clear()
            for thread in list(self._until):
                self._busy.set()
                with self._lock:
                    if monotonic() >= self._until.get(thread, INFINITE):
                        self._interrupt(thread, sys._current_frames().get(thread))

    def _interrupt(self, thread, frame):
        if thread == self._main:
            signal.pthread_kill(thread, self._number)
        elif is_the_programs(frame):
            self._until[thread] = monotonic() + AGAIN_SECONDS
            raise_in(thread, Late)

    def _on_signal(self, _number, frame):
        late = monotonic() >= self._until.get(self._main, INFINITE)
        if late and is_the_programs(frame):
            # What handles the first one has time to end.
            self._until[self._main] = monotonic() + AGAIN_SECONDS
            raise Late


def is_the_programs(frame):
    """Or of a library: neither the debugger's nor what the debugger has called."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "_pydev" in name or "pydevd" in name or frame.f_globals is globals():
            return False
        if os.path.basename(name) not in CALLED_BY_DEBUGGER:
            return True
        frame = frame.f_back
    return False


def raise_in(thread: int, error: type[BaseException]) -> None:
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def bound_values(folder):
    """A value that takes long, or for ever, is shown as such, and those beside it are shown.

    `folder`: that of the program.
    """
    from _pydevd_bundle import pydevd_suspended_frames as frames  # type: ignore[import-not-found]

    bounded = Bounded()
    answered_by = [INFINITE]  # the values of one request
    bound_texts(frames, bounded, answered_by)

    class Unknown(frames._AbstractVariable):  # type: ignore[misc]
        """In place of what is in a value."""

        name = ""

        def get_var_data(self, *_arguments, **_more):
            return late_value(self)

    def within_time(original, instead):
        def bounded_call(variable, *arguments, **more):
            answered_by[0] = monotonic() + ALL_SECONDS
            try:
                return bounded.run(VALUE_SECONDS, lambda: original(variable, *arguments, **more))
            except Late:
                return instead(variable)

        return bounded_call

    for kind in (frames._ObjectVariable, frames._FrameVariable):
        listed = within_time(kind.get_children_variables, lambda one: [Unknown(one.py_db)])
        kind.get_children_variables = listed
        kind.change_variable = within_time(kind.change_variable, lambda _: None)
    bound_expressions(bounded, answered_by)
    leave_computed(folder)


def late_value(variable, kind="", why=LATE):
    shown = {"name": str(variable.name), "value": "", "type": kind, "variablesReference": 0}
    return {**shown, "presentationHint": {"attributes": [why]}}


class Computed:
    """In place of an attribute that a method of the program computes."""


def leave_computed(folder):
    """Who looks at an object does not call its properties: they may change it, print, or ask."""
    from _pydevd_bundle.pydevd_resolver import DefaultResolver  # type: ignore[import-not-found]

    listed = DefaultResolver._get_py_dictionary

    def attributes(resolver, value, names=None, used___dict__=False):
        if not names:
            names, used___dict__ = resolver.get_names(value)
        computed = set() if used___dict__ else properties(type(value), folder).intersection(names)
        others = [name for name in names if name not in computed]
        found, used___dict__ = listed(resolver, value, others or ["__class__"], used___dict__)
        return {**found, **dict.fromkeys(computed, Computed())}, used___dict__

    DefaultResolver._get_py_dictionary = attributes


def properties(kind, folder):
    """Those of a class that functions of the program's files compute."""
    found: set[str] = set()
    for each in reversed(type.mro(kind)):
        for name, attribute in vars(each).items():
            found.discard(name)
            computes = attribute.fget if type(attribute) is property else None
            if type(computes) is not FunctionType:
                continue
            if computes.__code__.co_filename.startswith(folder + os.sep):
                found.add(name)
    return found


def bound_texts(frames, bounded, answered_by):
    of_value = frames._AbstractVariable.get_var_data

    def data(variable, *arguments, **more):
        kind = type(variable.value)
        if kind is Computed:
            shown = late_value(variable, "property", COMPUTED)
            return {**shown, "evaluateName": str(variable.evaluate_name or "")}
        left = min(VALUE_SECONDS, answered_by[0] - monotonic())
        if kind in PLAIN:
            return of_value(variable, *arguments, **more)
        if left <= 0:
            return late_value(variable)
        try:
            return bounded.run(left, lambda: of_value(variable, *arguments, **more))
        except Late:
            return late_value(variable, kind.__name__)

    frames._AbstractVariable.get_var_data = data


def bound_expressions(bounded, answered_by):
    from _pydevd_bundle import pydevd_vars

    evaluated = pydevd_vars.evaluate_expression

    def evaluate(debugger, frame, expression, is_exec):
        answered_by[0] = monotonic() + ALL_SECONDS
        try:
            asked = debugger, frame, expression, is_exec
            return bounded.run(VALUE_SECONDS, lambda: evaluated(*asked))
        except Late:
            slow = TimeoutError("it takes too long to compute")
            if is_exec:
                raise slow from None
            return pydevd_vars.ExceptionOnEvaluate(slow, TimeoutError, None)

    pydevd_vars.evaluate_expression = evaluate
