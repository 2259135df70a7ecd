"""Judging again from the stored texts, after the clause library has changed; no file is read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from clausecheck.archive.entries import Outcome
from clausecheck.archive.executors import Executor
from clausecheck.archive.judging import Job, Task
from clausecheck.archive.recording import (
    Context,
    Pending,
    carry_over,
    has_result,
    link,
    record,
    use_context,
)
from clausecheck.archive.scanning import Watcher, context_of
from clausecheck.archive.state import Archive, base_name, suffix_of
from clausecheck.checker import Settings
from clausecheck.library import Library
from clausecheck.parsers.limits import Limits

_BATCH = 200
_PENDING = """
DROP TABLE IF EXISTS temp.pending;
CREATE TEMP TABLE pending (id INTEGER PRIMARY KEY, path TEXT);
"""
_FILES = """
SELECT p.id, f.path, f.size, f.modified, f.stamp, f.sha256, f.suffix, f.present
FROM temp.pending p JOIN files f ON f.path = p.path WHERE p.id > ? ORDER BY p.id LIMIT ?
"""


@dataclass(frozen=True)
class Change:
    """A requirement whose status in a contract became another; an empty status: the contract had no report."""

    path: str
    requirement: str
    before: str
    after: str


@dataclass(frozen=True)
class Rescanned:
    """What a rescan did; unread: files of which no text of this program version is stored, to be scanned again."""

    judged: dict[Outcome, int]
    linked: int
    unread: int


def jobs(archive: Archive, library: Library) -> list[Job]:
    """The runs that bring every file on record to this library, each file with the settings it was scanned with."""
    sql = (
        "SELECT DISTINCT x.settings FROM contexts x WHERE x.key IN (SELECT context FROM files WHERE sha256 != '')"
        " ORDER BY x.settings"
    )
    texts = [row[0] for row in archive.connection.execute(sql)]
    return [Job(str(library.folder), library.fingerprint, settings_of(text)) for text in texts]


def settings_of(text: str) -> Settings:
    """The settings that `settings_json` wrote."""
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {k: v for k, v in json.loads(text).items() if k in known}
    values |= {k: frozenset(values[k]) for k in ("has", "lacks")}
    if "limits" in values:
        values["limits"] = Limits(**values["limits"])
    return Settings(**values)


def rescan(archive: Archive, job: Job, executor: Callable[[], Executor], watcher: Watcher | None = None) -> Rescanned:
    """Judge the stored texts that were scanned with the job's settings and another library."""
    context = context_of(job)
    use_context(archive, context)
    run = _Rescan(archive, context, watcher)
    pending = run.plan()
    if watcher:
        watcher.planned(pending)
    if pending:
        with executor() as judges:
            for task, verdict in judges.verdicts(run.tasks()):
                record(archive, run.waiting.pop((task.sha256, suffix_of(task.path))), verdict, context)
                run.count(verdict.outcome)
    return Rescanned(dict(run.judged), run.linked, run.unread)


def changes(archive: Archive, job: Job) -> Iterator[Change]:
    """What became of the contracts under this library, by requirement and path."""
    sql = (
        "SELECT c.path, c.requirement, c.before, c.after FROM status_changes c JOIN files f ON f.path = c.path"
        " WHERE c.context_after = ? AND f.context = ? ORDER BY c.requirement, c.path"
    )
    key = context_of(job).key
    for row in archive.connection.execute(sql, (key, key)):
        yield Change(*row)


class _Rescan:
    """The state of a run."""

    def __init__(self, archive: Archive, context: Context, watcher: Watcher | None) -> None:
        self.archive = archive
        self.context = context
        self.watcher = watcher
        self.judged: Counter[Outcome] = Counter()
        self.linked = 0
        self.unread = 0
        self.waiting: dict[tuple[str, str], list[Pending]] = {}

    def plan(self) -> int:
        """Note the files that are not judged under this context; how many they are."""
        connection = self.archive.connection
        connection.executescript(_PENDING)
        cursor = connection.execute(
            "INSERT INTO temp.pending (path) SELECT f.path FROM files f JOIN contexts x ON x.key = f.context"
            " WHERE f.sha256 != '' AND f.context != ? AND x.settings = ? ORDER BY f.path",
            (self.context.key, self.context.settings),
        )
        return cursor.rowcount

    def tasks(self) -> Iterator[Task]:
        for file in self._files():
            if file.content in self.waiting:
                self.waiting[file.content].append(file)
            elif has_result(self.archive, file.content, self.context) or carry_over(self.archive, file, self.context):
                link(self.archive, file, self.context)
                self.linked += 1
                self.count(None)
            elif text := self._text(file):
                self.waiting[file.content] = [file]
                yield Task(file.path, base_name(file.path), file.sha256, document=text)
            else:
                self.unread += 1
                self.count(None)

    def count(self, outcome: Outcome | None) -> None:
        if outcome:
            self.judged[outcome] += 1
        if self.watcher:
            self.watcher.done(outcome)

    def _files(self) -> Iterator[Pending]:
        last = 0
        while rows := self.archive.connection.execute(_FILES, (last, _BATCH)).fetchall():
            last = rows[-1][0]
            for _, path, size, modified, stamp, sha256, suffix, present in rows:
                yield Pending(path, path, size, modified, stamp, sha256, suffix, bool(present))

    def _text(self, file: Pending) -> bytes | None:
        sql = "SELECT body FROM documents WHERE sha256 = ? AND suffix = ? AND reading = ?"
        row = self.archive.connection.execute(sql, (*file.content, self.context.reading)).fetchone()
        return row[0] if row else None
