"""Processor seconds, which other work on the machine disturbs least, and megabytes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def medians(actions: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Median processor seconds of each action, run by turns, so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for mine, action in zip(times, actions, strict=True):
            start = time.process_time()
            action()
            mine.append(time.process_time() - start)
    return [statistics.median(mine) for mine in times]


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def peak_memory(*command: str) -> float:
    """The peak resident memory of a command, in megabytes (10**6 bytes)."""
    ran = subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, capture_output=True, text=True)
    return int(ran.stdout) / 1e6
