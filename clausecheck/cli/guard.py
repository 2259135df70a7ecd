"""Holds the check of one file to its limits of time and memory, whatever it is doing.

The readers look at the clock themselves; this is for what they cannot see: a pattern that never
comes to an end, a library that does not return.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from clausecheck.errors import ClausecheckError
from clausecheck.parsers.limits import Limits, resident_mb, too_long, too_much_memory

_EVERY = 0.5  # seconds between two looks
_GRACE = 10.0  # seconds for which a library may still return by itself
_EXCESS = 1.5  # of the memory limit: then nothing is waited for


class _Stopped(BaseException):
    """Goes through every `except Exception` on its way out."""

    def __init__(self, fault: ClausecheckError) -> None:
        self.fault = fault


@dataclass
class _Watch:
    name: str
    limits: Limits
    began: float = field(default_factory=time.monotonic)
    memory: float = field(default_factory=resident_mb)

    def fault(self, grace: float = 0.0, excess: float = 1.0) -> ClausecheckError | None:
        """What is over its limit by more than it may be."""
        if time.monotonic() - self.began > self.limits.seconds + grace:
            return too_long(self.name, self.limits.seconds)
        over = resident_mb() - self.memory > self.limits.memory_mb * excess
        return too_much_memory(self.name) if over else None

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        fault = self.fault()
        if fault:
            raise _Stopped(fault)

    def wait(self, done: threading.Event, give_up: Callable[[ClausecheckError], None]) -> None:
        """Ends the process when the main thread does not come back from a library."""
        while not done.wait(_EVERY):
            fault = self.fault(_GRACE, _EXCESS)
            if fault:
                give_up(fault)
                sys.stdout.flush()
                os._exit(fault.exit_code)


@contextmanager
def guarded(name: str, limits: Limits, give_up: Callable[[ClausecheckError], None]) -> Iterator[None]:
    """Raises UnreadableFileError when the check of the file `name` takes more than `limits` allow.

    Where even that is impossible, calls `give_up`, from another thread, and ends the process.
    Where there are no timer signals (Windows, other threads) only the latter remains.
    """
    watch, done = _Watch(name, limits), threading.Event()
    threading.Thread(target=watch.wait, args=(done, give_up), daemon=True).start()
    try:
        with _timer(watch):
            yield
    except _Stopped as stopped:
        raise stopped.fault from None
    finally:
        done.set()


@contextmanager
def _timer(watch: _Watch) -> Iterator[None]:
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, watch.stop)
    signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
