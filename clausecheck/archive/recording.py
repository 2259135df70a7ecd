"""What the scan writes: the only code that changes verdicts in the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from clausecheck.archive.entries import Outcome
from clausecheck.archive.judging import Verdict
from clausecheck.archive.packing import storable
from clausecheck.archive.state import Archive, base_name, now

_CONTEXTS = "SELECT settings, library_fingerprint FROM contexts WHERE key IN (?, ?)"


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that may need a verdict; sha256 is empty where its content must be looked at first."""

    path: str
    place: str
    size: int
    modified: str
    stamp: str
    sha256: str
    suffix: str
    present: bool = True

    @property
    def content(self) -> tuple[str, str]:
        return self.sha256, self.suffix


@dataclass(frozen=True)
class Context:
    """What a verdict depends on besides the content."""

    key: str
    library_fingerprint: str
    library_version: str
    settings: str
    program_version: str
    reading: str


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and on the disk when it ends."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def use_context(archive: Archive, context: Context) -> None:
    archive.connection.execute(
        "INSERT OR REPLACE INTO contexts VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            context.key,
            context.library_fingerprint,
            context.library_version,
            context.settings,
            context.program_version,
            context.reading,
            now(),
        ),
    )


def has_result(archive: Archive, content: tuple[str, str], context: Context, *, but: tuple[Outcome, ...] = ()) -> bool:
    """Whether a verdict other than `but` is on record."""
    sql = "SELECT outcome FROM results WHERE sha256 = ? AND suffix = ? AND context = ?"
    row = archive.connection.execute(sql, (*content, context.key)).fetchone()
    return row is not None and row[0] not in but


def record(archive: Archive, files: list[Pending], verdict: Verdict, context: Context) -> None:
    """Keep the verdict on a content, and link the files that have it; the first of them was judged."""
    judged = files[0]
    with transaction(archive.connection):
        archive.connection.execute(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *judged.content, context.key, judged.path, base_name(judged.path), str(verdict.outcome),
                verdict.exit_code, storable(verdict.reason), verdict.advice, now(), verdict.statuses, verdict.report,
            ),
        )  # fmt: skip
        _keep_text(archive.connection, judged.content, verdict, context.reading)
        for file in files:
            _link(archive.connection, file, context)


def link(archive: Archive, file: Pending, context: Context) -> None:
    """Give a file the verdict that its content has already."""
    with transaction(archive.connection):
        _link(archive.connection, file, context)


def carry_over(archive: Archive, file: Pending, context: Context) -> bool:
    """Take over a refusal from another library's context; whether there was one: it rests on the reading alone."""
    with transaction(archive.connection):
        cursor = archive.connection.execute(
            "INSERT OR IGNORE INTO results SELECT r.sha256, r.suffix, ?, r.judged_path, r.named, r.outcome,"
            " r.exit_code, r.reason, r.advice, r.scanned_at, r.statuses, r.report"
            " FROM results r JOIN contexts x ON x.key = r.context"
            " WHERE r.sha256 = ? AND r.suffix = ? AND r.outcome = ? AND x.reading = ? LIMIT 1",
            (context.key, *file.content, str(Outcome.REFUSED), context.reading),
        )
    return cursor.rowcount > 0


def note_fault(archive: Archive, file: Pending, verdict: Verdict, context: Context) -> None:
    """A file that could not be read at all: a fault of the file, not of its content."""
    with transaction(archive.connection):
        archive.connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, '', '', ?, ?, 1, ?, ?, ?, ?, ?)",
            (
                file.path, file.size, file.modified, file.suffix, context.key,
                str(verdict.outcome), verdict.exit_code, storable(verdict.reason), verdict.advice, now(),
            ),
        )  # fmt: skip


def _keep_text(connection: sqlite3.Connection, content: tuple[str, str], verdict: Verdict, reading: str) -> None:
    if verdict.document is None:
        return
    kept = connection.execute(
        "INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?)", (*content, reading, verdict.document)
    )
    if kept.rowcount:
        connection.executemany(
            "INSERT INTO clauses (sha256, suffix, reading, ordinal, path, heading, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(*content, reading, i, *map(storable, clause)) for i, clause in enumerate(verdict.clauses)],
        )


def _link(connection: sqlite3.Connection, file: Pending, context: Context) -> None:
    before = connection.execute(
        "SELECT sha256, suffix, context FROM files WHERE path = ? AND sha256 != ''", (file.path,)
    ).fetchone()
    if before and before[:2] == file.content and before[2] != context.key:
        _note_changes(connection, file, before[2], context.key)
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL)",
        (file.path, file.size, file.modified, file.stamp, *file.content, context.key, file.present),
    )


def _note_changes(connection: sqlite3.Connection, file: Pending, before: str, after: str) -> None:
    """What another library made of the same text, in place of what the library before made of it."""
    settings, fingerprints = zip(*connection.execute(_CONTEXTS, (before, after)), strict=True)
    if len(set(settings)) > 1 or len(set(fingerprints)) == 1:
        return
    connection.execute("DELETE FROM status_changes WHERE path = ?", (file.path,))
    old, new = (_statuses(connection, file, key) for key in (before, after))
    rows = [
        (file.path, requirement, old.get(requirement, ""), new.get(requirement, ""), before, after, now())
        for requirement in sorted(old.keys() | new.keys())
        if old.get(requirement) != new.get(requirement)
    ]
    connection.executemany("INSERT INTO status_changes VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _statuses(connection: sqlite3.Connection, file: Pending, context: str) -> dict[str, str]:
    sql = "SELECT statuses FROM results WHERE sha256 = ? AND suffix = ? AND context = ?"
    row = connection.execute(sql, (*file.content, context)).fetchone()
    found: dict[str, str] = json.loads(row[0]) if row and row[0] else {}
    return found
