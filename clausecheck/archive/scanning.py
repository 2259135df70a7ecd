"""The scan: what has changed is judged, each verdict is kept as it arrives, and nothing is judged twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from clausecheck.archive.contents import Content, content_of, discard
from clausecheck.archive.entries import UNFINISHED, Outcome
from clausecheck.archive.executors import Executor
from clausecheck.archive.judging import Job, Task, Verdict, reading_json, settings_json
from clausecheck.archive.recording import (
    Context,
    Pending,
    has_result,
    link,
    note_fault,
    record,
    use_context,
)
from clausecheck.archive.state import Archive, make_private, suffix_of
from clausecheck.archive.survey import mark_vanished, pending_files, survey
from clausecheck.errors import ArchiveError, ClausecheckError
from clausecheck.library import load_library


@dataclass(frozen=True)
class Summary:
    """What a run did: files found, skipped (hidden), judged by outcome, linked to a verdict that was there, ..."""

    found: int
    skipped: int
    unchanged: int
    vanished: int
    linked: int
    judged: dict[Outcome, int]


class Watcher(Protocol):
    """Is told how a run goes on."""

    def found(self) -> None: ...

    def planned(self, files: int) -> None: ...

    def done(self, outcome: Outcome | None) -> None: ...


@dataclass
class _Scan:
    """The state of a run.

    again    outcomes that do not count as known
    tried    contents with such an outcome that this run has judged
    waiting  files by content under way, the one that is judged first
    """

    archive: Archive
    context: Context
    folder: Path
    watcher: Watcher | None
    again: tuple[Outcome, ...] = ()
    tried: set[tuple[str, str]] = field(default_factory=set)
    judged: Counter[Outcome] = field(default_factory=Counter)
    linked: int = 0
    waiting: dict[tuple[str, str], list[Pending]] = field(default_factory=dict)

    def tasks(self, files: Iterator[Pending]) -> Iterator[Task]:
        """What has to be judged; the rest is linked or noted on the way."""
        for pending in files:
            task = self._task(pending)
            if task is not None:
                yield task

    def _task(self, pending: Pending) -> Task | None:
        if pending.sha256 and self._is_known(pending):
            return None
        try:
            content = content_of(pending, self.folder)
        except ClausecheckError as exc:
            self._fault(pending, Verdict(Outcome.REFUSED, exc.exit_code, exc.message, exc.advice))
            return None
        if self._is_known(content.pending):
            discard(content.file, self.folder)
            return None
        self.waiting[content.pending.content] = [content.pending]
        return _task_of(content)

    def _is_known(self, file: Pending) -> bool:
        """Whether its content is judged or being judged; then it gets that verdict."""
        if file.content in self.waiting:
            self.waiting[file.content].append(file)
            return True
        but = () if file.content in self.tried else self.again
        if not has_result(self.archive, file.content, self.context, but=but):
            return False
        link(self.archive, file, self.context)
        self._linked(1)
        return True

    def keep(self, task: Task, verdict: Verdict) -> None:
        """Commit a verdict that has arrived."""
        discard(task.file, self.folder)
        files = self.waiting.pop((task.sha256, suffix_of(task.path)))
        if verdict.changed:
            for file in files:
                self._fault(file, verdict)
            return
        record(self.archive, files, verdict, self.context)
        if verdict.outcome in self.again:
            self.tried.add(files[0].content)
        self._judged(verdict.outcome)
        self._linked(len(files) - 1)

    def _fault(self, file: Pending, verdict: Verdict) -> None:
        note_fault(self.archive, file, verdict, self.context)
        self._judged(verdict.outcome)

    def _judged(self, outcome: Outcome) -> None:
        self.judged[outcome] += 1
        if self.watcher:
            self.watcher.done(outcome)

    def _linked(self, files: int) -> None:
        self.linked += files
        for _ in range(files if self.watcher else 0):
            self.watcher.done(None)  # type: ignore[union-attr]


def scan(
    archive: Archive,
    roots: Sequence[str],
    job: Job,
    executor: Callable[[], Executor],
    folder: Path,
    *,
    rehash: bool = False,
    retry: bool = False,
    watcher: Watcher | None = None,
) -> Summary:
    """Scan the roots (folders, files or URLs) into the archive.

    executor  makes the executor; it is not called when nothing has to be done
    folder    as work_folder gives it
    rehash    look into every file, even where size and time are as before
    retry     try again what failed, timed out or ran out of memory

    Raises ClausecheckError: a root does not exist, or library and workers do not fit together.
    """
    context = context_of(job)
    use_context(archive, context)
    again = UNFINISHED if retry else ()
    survey_ = survey(archive, roots, context, rehash=rehash, again=again, seen=watcher.found if watcher else None)
    if watcher:
        watcher.planned(survey_.pending)
    run = _Scan(archive, context, folder, watcher, again)
    if survey_.pending:
        with executor() as judges:
            for task, verdict in judges.verdicts(run.tasks(pending_files(archive))):
                run.keep(task, verdict)
    vanished = mark_vanished(archive, roots)
    judged = run.judged + Counter({Outcome.REFUSED: survey_.faults})
    unchanged = survey_.found - survey_.pending - survey_.faults
    return Summary(survey_.found, survey_.skipped, unchanged, vanished, run.linked, dict(judged))


def context_of(job: Job) -> Context:
    """The context that the job's verdicts belong to."""
    library = load_library(job.library)
    settings, reading = settings_json(job.settings), reading_json(job.settings)
    key = hashlib.sha256("\n".join((job.fingerprint, settings, reading, job.program_version)).encode()).hexdigest()
    return Context(key[:16], job.fingerprint, library.info.version, settings, job.program_version, reading)


@contextmanager
def writing(archive: Archive) -> Iterator[None]:
    """Be the one process that writes verdicts; ends with the process, however that ends.

    Raises ArchiveError: another one does.
    """
    make_private(Path(f"{archive.path}-scan"))
    with closing(sqlite3.connect(f"{archive.path}-scan", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as exc:
            name = archive.path.name
            raise ArchiveError(f"契約庫「{name}」正由另一次掃描使用", "請等該次掃描結束後再試") from exc
        yield


def _task_of(content: Content) -> Task:
    pending = content.pending
    return Task(pending.path, Path(content.file).name, pending.sha256, file=content.file)
