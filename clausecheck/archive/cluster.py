"""Workers of a Dask cluster that somebody else runs; files travel to them, verdicts come back."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

import psutil

from clausecheck.archive.entries import Outcome
from clausecheck.archive.executors import DEATHS, Limits, out_of_memory, timed_out, worker_died
from clausecheck.archive.judging import Job, Task, Verdict, judge
from clausecheck.errors import ClausecheckError

_EVERY = 0.05  # seconds between two looks at a running task
_AHEAD = 2  # tasks on their way for each thread of the cluster
_PATIENCE = "15s"  # for the scheduler to answer
_STUCK = (Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY)


class ClusterExecutor:
    """Judges on the cluster whose scheduler is at `address` (tcp://host:port, tls://...).

    Raises ClausecheckError: distributed is not installed, or the scheduler does not answer.
    """

    def __init__(self, job: Job, address: str, limits: Limits) -> None:
        self.job = job
        self.limits = limits
        self.client = _client(address)
        self.deaths: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, fault, trace
        self.client.close()

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]:
        from distributed import as_completed

        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        arrivals = as_completed(loop=self.client.loop)  # type: ignore[no-untyped-call]
        self._submit(waiting, running, arrivals)
        for future in arrivals:
            task = running.pop(future)
            verdict = self._verdict(task, future)
            future.release()
            if verdict is None:
                self._send(task, running, arrivals)
            else:
                yield task, verdict
            self._submit(waiting, running, arrivals)

    def _submit(self, waiting: Iterator[Task], running: dict[Any, Task], arrivals: Any) -> None:
        while len(running) < max(1, _AHEAD * sum(self.client.nthreads().values())):
            task = next(waiting, None)
            if task is None:
                return
            self._send(task, running, arrivals)

    def _send(self, task: Task, running: dict[Any, Task], arrivals: Any) -> None:
        """The bytes go along: workers need not see the files. A file that is gone by now has no bytes to go."""
        try:
            carried = task.carried()
        except OSError:
            carried = task
        future = self.client.submit(judge_within, carried, self.job, self.limits, pure=False)
        running[future] = task
        arrivals.add(future)

    def _verdict(self, task: Task, future: Any) -> Verdict | None:
        """None: to be tried again."""
        from distributed import KilledWorker

        fault = future.exception()
        if fault is None:
            verdict, worker = future.result()
            if verdict.outcome in _STUCK:  # the thread that judges cannot be stopped alone
                self.client.restart_workers([worker], raise_for_error=False)
            result: Verdict = verdict
            return result
        if not isinstance(fault, KilledWorker):
            raise fault
        self.deaths[task.path] += 1
        return worker_died("叢集") if self.deaths[task.path] >= DEATHS else None


def judge_within(task: Task, job: Job, limits: Limits) -> tuple[Verdict, str]:
    """On a worker: the verdict, within the limits, and the worker's address."""
    from distributed import get_worker

    return _watched(task, job, limits), get_worker().address


def _watched(task: Task, job: Job, limits: Limits) -> Verdict:
    came: list[Verdict | BaseException] = []
    thread = threading.Thread(target=_judge_into, args=(task, job, came), daemon=True)
    process, end = psutil.Process(), time.monotonic() + limits.seconds
    thread.start()
    while thread.is_alive():
        thread.join(_EVERY)
        if process.memory_info().rss > limits.memory:
            return out_of_memory(limits)
        if time.monotonic() > end and thread.is_alive():
            return timed_out(limits)
    if isinstance(came[0], MemoryError):
        return out_of_memory(limits)
    if isinstance(came[0], BaseException):
        raise came[0]
    return came[0]


def _judge_into(task: Task, job: Job, came: list[Verdict | BaseException]) -> None:
    try:
        came.append(judge(task, job))
    except BaseException as fault:
        came.append(fault)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as exc:
        raise ClausecheckError("未安裝 Dask", "請執行 pip install 'clausecheck[cluster]'") from exc
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as exc:
        raise ClausecheckError(f"無法連上叢集「{address}」", "請確認位址、憑證及排程器是否執行中") from exc
