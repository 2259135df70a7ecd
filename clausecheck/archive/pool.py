"""Workers on this machine. Each has a pool of its own (pebble): what befalls one cannot reach the others."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from clausecheck.archive.executors import DEATHS, Limits, out_of_memory, timed_out, worker_died
from clausecheck.archive.judging import Job, Task, Verdict
from clausecheck.archive.worker import MEMORY_CODE, judge_into, start
from clausecheck.errors import ClausecheckError

_GRACE = 60.0  # seconds in which a worker must start and take its task
_MOST_FALSE_STARTS = 10


@dataclass(eq=False)
class _Slot:
    """A worker and what it does."""

    pool: ProcessPool
    task: Task | None = None
    result: Path | None = None
    since: float = 0.0


class PoolExecutor:
    """`workers` processes with limits a file; results pass through files in `folder`."""

    def __init__(self, job: Job, workers: int, limits: Limits, folder: Path) -> None:
        self.job = job
        self.limits = limits
        self.folder = folder
        self.slots = [_Slot(self._pool()) for _ in range(workers)]
        self.retries: deque[Task] = deque()
        self.deaths: dict[str, int] = {}
        self.false_starts = 0
        self.work: Callable[[Task, Job, str], None] = judge_into

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, fault, trace
        for slot in self.slots:
            _stop(slot.pool)

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]:
        waiting = iter(tasks)
        running: dict[Future[None], _Slot] = {}
        while self._fill(waiting, running):
            done, _ = wait(running, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in (*done, *self._stalled(running)):
                slot = running.pop(future)
                task, verdict = slot.task, self._verdict(slot, future)
                slot.task = None
                if task is not None and verdict is None:
                    self.retries.append(task)
                elif task is not None and verdict is not None:
                    yield task, verdict

    def _fill(self, waiting: Iterator[Task], running: dict[Future[None], _Slot]) -> bool:
        """Give each idle worker a task; False when nothing is left to wait for."""
        for slot in self.slots:
            if slot.task is None:
                task = self.retries.popleft() if self.retries else next(waiting, None)
                if task is None:
                    break
                running[self._started(slot, task)] = slot
        return bool(running)

    def _started(self, slot: _Slot, task: Task) -> Future[None]:
        slot.task, slot.since = task, time.monotonic()
        slot.result = self.folder / f"verdict-{self.slots.index(slot)}"
        args = (task, self.job, str(slot.result))
        return slot.pool.schedule(self.work, args=args, timeout=self.limits.seconds)

    def _pool(self) -> ProcessPool:
        context = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=1, initializer=start, initargs=(self.limits.memory,), context=context)

    def _stalled(self, running: dict[Future[None], _Slot]) -> list[Future[None]]:
        """Tasks whose pool says nothing any more, for instance because its worker was killed with a lock in hand."""
        latest = time.monotonic() - self.limits.seconds - _GRACE
        return [f for f, slot in running.items() if slot.since < latest and not f.done()]

    def _verdict(self, slot: _Slot, future: Future[None]) -> Verdict | None:
        """None: to be tried again."""
        if not future.done():
            self._renew(slot)
            return self._death(slot, worker_died("無回應"))
        fault = future.exception()
        if fault is None and slot.result is not None:
            return self._read(slot.result)
        if isinstance(fault, TimeoutError):
            return timed_out(self.limits)
        if isinstance(fault, ProcessExpired):
            memory = fault.exitcode == MEMORY_CODE
            return self._death(slot, out_of_memory(self.limits) if memory else worker_died(f"代碼 {fault.exitcode}"))
        if isinstance(fault, MemoryError):
            self._renew(slot)
            return self._death(slot, out_of_memory(self.limits))
        if isinstance(fault, BrokenProcessPool):
            return self._false_start(slot)
        raise fault or RuntimeError("no result")

    def _read(self, result: Path) -> Verdict:
        verdict: Verdict = pickle.loads(result.read_bytes())
        result.unlink()
        self.false_starts = 0
        return verdict

    def _death(self, slot: _Slot, verdict: Verdict) -> Verdict | None:
        """The verdict when it is the file's last chance."""
        key = slot.task.path if slot.task else ""
        self.deaths[key] = self.deaths.get(key, 0) + 1
        if self.deaths[key] < DEATHS:
            return None
        del self.deaths[key]
        return verdict

    def _false_start(self, slot: _Slot) -> Verdict | None:
        """None, always: the worker ended before it had taken its task: not the file's fault."""
        self._renew(slot)
        self.false_starts += 1
        if self.false_starts > _MOST_FALSE_STARTS:
            raise ClausecheckError("無法啟動檢核程序", "請確認記憶體足夠，或以較少之 --workers 再試")
        return None

    def _renew(self, slot: _Slot) -> None:
        _stop(slot.pool)
        slot.pool = self._pool()


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError):
        pool.join(timeout=10)
