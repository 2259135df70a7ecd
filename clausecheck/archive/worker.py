"""A worker process of the pool: judges, and ends itself when it takes too much memory or its parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from clausecheck.archive.judging import Job, Task, judge

MEMORY_CODE = 99  # exit code of a worker that took too much
_EVERY = 0.1  # seconds between two looks


def start(memory: int) -> None:
    """Runs once in each worker: sets the limit on memory (bytes) and the watch."""
    _limit_addresses(memory)
    threading.Thread(target=_watch, args=(memory,), daemon=True).start()


def judge_into(task: Task, job: Job, result: str) -> None:
    """Judge, and leave the verdict in the file `result`.

    It does not travel through the pool's pipe: a worker killed in the middle of a long message would jam it.
    """
    try:
        data = pickle.dumps(judge(task, job))
    except MemoryError:
        os._exit(MEMORY_CODE)
    part = Path(result + ".part")
    part.write_bytes(data)
    part.replace(result)


def _limit_addresses(memory: int) -> None:
    """A single huge allocation is refused before it is made; Linux alone keeps to this limit."""
    if sys.platform != "linux":
        return
    import resource

    soft = psutil.Process().memory_info().vms + memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _watch(memory: int) -> None:
    process = psutil.Process()
    parent: Any = multiprocessing.parent_process()
    while True:
        time.sleep(_EVERY)
        if process.memory_info().rss > memory:
            os._exit(MEMORY_CODE)
        if parent is not None and not parent.is_alive():
            os._exit(1)
