"""Small archives for the tests, judged in this process unless said otherwise."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clausecheck.archive.contents import work_folder
from clausecheck.archive.entries import Entry
from clausecheck.archive.executors import Executor, SerialExecutor
from clausecheck.archive.judging import Job, Task, Verdict
from clausecheck.archive.rescanning import Rescanned, rescan
from clausecheck.archive.scanning import Summary, scan, writing
from clausecheck.archive.state import Archive
from clausecheck.archive.worker import judge_into
from clausecheck.checker import Settings
from clausecheck.library import load_library
from tests.small_library import AUDIT, CLOUD, USES_CLOUD, write_contract


@dataclass
class Counting:
    """The reference executor, which remembers what it was given."""

    job: Job
    judged: list[str] = field(default_factory=list)

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]:
        for task, verdict in SerialExecutor(self.job).verdicts(tasks):
            self.judged.append(Path(task.path).name)
            yield task, verdict

    def __enter__(self) -> Counting:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Scanned:
    summary: Summary
    judged: list[str]


class Place:
    """A folder of contracts, a database and a library."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.root = folder / "contracts"
        self.root.mkdir()
        self.database = folder / "archive.sqlite"
        self.library = library

    def job(self, **settings: Any) -> Job:
        loaded = load_library(self.library)
        return Job(str(loaded.folder), loaded.fingerprint, Settings(**settings))

    def write(self, name: str, *sentences: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_contract(path, *(sentences or (AUDIT, CLOUD, USES_CLOUD)))

    def scan(self, *roots: str | Path, rehash: bool = False, retry: bool = False, **settings: Any) -> Scanned:
        counting = Counting(self.job(**settings))
        return Scanned(self.scan_with(lambda: counting, roots, rehash, retry, **settings), counting.judged)

    def scan_with(
        self,
        executor: Callable[[], Executor],
        roots: Iterable[str | Path] = (),
        rehash: bool = False,
        retry: bool = False,
        **settings: Any,
    ) -> Summary:
        where = [str(r) for r in roots or (self.root,)]
        with (
            Archive.open(self.database, create=True) as archive,
            writing(archive),
            work_folder(archive.path) as folder,
        ):
            return scan(archive, where, self.job(**settings), executor, folder, rehash=rehash, retry=retry)

    def rescan(self, **settings: Any) -> tuple[Rescanned, list[str]]:
        counting = Counting(self.job(**settings))
        with Archive.open(self.database) as archive:
            return rescan(archive, counting.job, lambda: counting), counting.judged

    def entries(self) -> dict[str, Entry]:
        """What is on record, by path below the folder of contracts."""
        with Archive.open(self.database) as archive:
            return {e.path.removeprefix(f"{self.root}{os.sep}"): e for e in archive.entries()}


def misbehave(task: Task, job: Job, result: str) -> None:
    """What a worker runs in the tests of the pool: the file's name says what happens."""
    name = Path(task.path).stem
    marker = Path(result).parent / f"seen-{name}"
    if name.startswith("hang"):
        time.sleep(3600)
    if name.startswith("hog"):
        hoard = [bytearray(2**20) for _ in range(4096)]
        time.sleep(len(hoard))
    if name.startswith("crash") or (name.startswith("once") and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    judge_into(task, job, result)
