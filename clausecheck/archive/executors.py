"""Who judges: this process (the reference) or something that has to give the same verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from clausecheck.archive.entries import Outcome
from clausecheck.archive.judging import Job, Task, Verdict, judge

DEATHS = 2  # a file whose worker dies so often is not tried again


@dataclass(frozen=True)
class Limits:
    """What one file may take: seconds, and bytes of its worker's memory."""

    seconds: float = 300.0
    memory: int = 2048 * 2**20


class Executor(Protocol):
    """Judges tasks in any order.

    Takes no more tasks from the iterable than it can work on, and gives each task back once with its verdict.
    Closing gives up what is under way.
    """

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class SerialExecutor:
    """One after the other in this process, without limits: the reference."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]:
        for task in tasks:
            yield task, judge(task, self.job)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, fault, trace


def timed_out(limits: Limits) -> Verdict:
    reason = f"處理超過時間上限 {limits.seconds:g} 秒"
    return Verdict(Outcome.TIMED_OUT, 3, reason, "請以較大之 --time-limit 並加上 --retry 再次掃描，或分拆檔案")


def out_of_memory(limits: Limits) -> Verdict:
    reason = f"處理超過記憶體上限 {limits.memory // 2**20} MB"
    return Verdict(Outcome.OUT_OF_MEMORY, 3, reason, "請以較大之 --memory-limit 並加上 --retry 再次掃描，或分拆檔案")


def worker_died(how: str) -> Verdict:
    reason = f"處理此檔之程序 {DEATHS} 度異常結束（{how}）"
    return Verdict(Outcome.FAILED, 70, reason, "檔案可能使程式當掉；請加上 --retry 再次掃描，仍失敗時請回報維護人員")
