"""The files of a run against those on record; kept in temporary tables, so that memory does not grow with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from clausecheck.archive.entries import Outcome
from clausecheck.archive.judging import Verdict
from clausecheck.archive.recording import Context, Pending, note_fault, transaction
from clausecheck.archive.state import Archive, suffix_of
from clausecheck.archive.walking import Found, is_url, root_of, walk

_BATCH = 500
_TABLES = """
PRAGMA temp_store = FILE;
DROP TABLE IF EXISTS temp.found;
DROP TABLE IF EXISTS temp.pending;
DROP TABLE IF EXISTS temp.unknown;
CREATE TEMP TABLE found (
    path TEXT PRIMARY KEY, place BLOB, size INTEGER, modified TEXT, stamp TEXT, fault TEXT
);
CREATE TEMP TABLE pending (id INTEGER PRIMARY KEY, path TEXT, sha256 TEXT);
CREATE TEMP TABLE unknown (path TEXT PRIMARY KEY);
"""
_UNCHANGED = """
    f.sha256 != '' AND f.size = n.size AND f.stamp = n.stamp AND n.stamp != '' AND NOT :rehash
"""
_PENDING = f"""
INSERT INTO temp.pending (path, sha256)
SELECT n.path, CASE WHEN {_UNCHANGED} THEN f.sha256 ELSE '' END
FROM temp.found n LEFT JOIN files f ON f.path = n.path
LEFT JOIN results r ON r.sha256 = f.sha256 AND r.suffix = f.suffix AND r.context = :context
WHERE n.fault = '' AND NOT (f.path IS NOT NULL AND {_UNCHANGED} AND f.context = :context AND r.sha256 IS NOT NULL
    AND instr(:again, '|' || r.outcome || '|') = 0)
ORDER BY n.path
"""
_FILE = """
SELECT p.id, n.path, n.place, n.size, n.modified, n.stamp, p.sha256
FROM temp.pending p JOIN temp.found n ON n.path = p.path WHERE p.id > ? ORDER BY p.id LIMIT ?
"""


@dataclass(frozen=True)
class Survey:
    """How many files there are; pending: those that need to be looked at."""

    found: int
    skipped: int
    faults: int
    pending: int


def survey(
    archive: Archive,
    roots: Iterable[str],
    context: Context,
    *,
    rehash: bool,
    again: tuple[Outcome, ...] = (),
    seen: Callable[[], None] | None = None,
) -> Survey:
    """Walk the roots and note what there is; files with an outcome of `again` are pending.

    Raises UnreadableFileError: a root does not exist.
    """
    roots = [root_of(r) for r in roots]
    archive.connection.executescript(_TABLES)
    own = _own_files(archive)
    skipped = 0
    with transaction(archive.connection):
        for root in roots:
            for found in walk(root):
                skipped += found.skipped
                if not found.skipped and found.path not in own:
                    _note(archive, found)
                    if seen:
                        seen()
        archive.connection.execute(
            _PENDING, {"context": context.key, "rehash": rehash, "again": f"|{'|'.join(again)}|"}
        )
    faults = _note_faults(archive, context)
    return Survey(_count(archive, "found"), skipped, faults, _count(archive, "pending"))


def pending_files(archive: Archive) -> Iterator[Pending]:
    """The files that need to be looked at, by path."""
    last = 0
    while rows := archive.connection.execute(_FILE, (last, _BATCH)).fetchall():
        last = rows[-1][0]
        for _, path, place, size, modified, stamp, sha256 in rows:
            place = place.decode("utf-8", "surrogateescape")
            yield Pending(path, place, size, modified, stamp, sha256, suffix_of(path))


def mark_vanished(archive: Archive, roots: Iterable[str]) -> int:
    """Mark what is on record below the roots and was not found; what could not be listed is left as it was."""
    connection = archive.connection
    vanished = 0
    with transaction(connection):
        for root in map(root_of, roots):
            separator = "/" if is_url(root) else os.sep
            cursor = connection.execute(
                "UPDATE files SET present = 0 WHERE present = 1"
                " AND (path = :root OR substr(path, 1, length(:below)) = :below)"
                " AND path NOT IN (SELECT path FROM temp.found) AND NOT EXISTS (SELECT 1 FROM temp.unknown u"
                " WHERE substr(files.path, 1, length(u.path) + 1) = u.path || :separator)",
                {"root": root, "below": root.rstrip(separator) + separator, "separator": separator},
            )
            vanished += cursor.rowcount
        connection.execute("DELETE FROM files WHERE suffix = '/' AND path NOT IN (SELECT path FROM temp.unknown)")
        connection.execute("UPDATE files SET present = 1 WHERE present = 0 AND path IN (SELECT path FROM temp.found)")
        connection.execute(_NEW_OWNERS)
    return vanished


_NEW_OWNERS = """
UPDATE results SET judged_path = (
    SELECT min(f.path) FROM files f
    WHERE f.sha256 = results.sha256 AND f.suffix = results.suffix AND f.context = results.context AND f.present)
WHERE NOT EXISTS (
    SELECT 1 FROM files f WHERE f.path = results.judged_path
    AND f.sha256 = results.sha256 AND f.suffix = results.suffix AND f.context = results.context AND f.present)
AND EXISTS (
    SELECT 1 FROM files f
    WHERE f.sha256 = results.sha256 AND f.suffix = results.suffix AND f.context = results.context AND f.present)
"""


def _note(archive: Archive, found: Found) -> None:
    if found.folder:
        archive.connection.execute("INSERT OR IGNORE INTO temp.unknown VALUES (?)", (found.path,))
    archive.connection.execute(
        "INSERT OR IGNORE INTO temp.found VALUES (?, ?, ?, ?, ?, ?)",
        (
            found.path, found.place.encode("utf-8", "surrogateescape"),
            found.size, found.modified, found.stamp, _named_fault(found),
        ),
    )  # fmt: skip


def _named_fault(found: Found) -> str:
    """The fault with the name in it, as the parsers say it."""
    return f"「{found.path}」{found.fault}" if found.fault else ""


def _note_faults(archive: Archive, context: Context) -> int:
    """Record the files and folders that cannot be looked at."""
    rows = archive.connection.execute(
        "SELECT path, size, modified, fault, path IN (SELECT path FROM temp.unknown) FROM temp.found WHERE fault != ''"
    ).fetchall()
    for path, size, modified, fault, folder in rows:
        file = Pending(path, path, size, modified, "", "", "/" if folder else "")
        note_fault(archive, file, Verdict(Outcome.REFUSED, 3, fault, "請確認權限與連線後再次執行掃描"), context)
    return len(rows)


def _own_files(archive: Archive) -> set[str]:
    """The database, what SQLite puts beside it, and what the program wrote."""
    own = {row[0] for row in archive.connection.execute("SELECT path FROM outputs")}
    return own | {f"{archive.path}{suffix}" for suffix in ("", "-wal", "-shm", "-journal", "-scan", "-scan-journal")}


def _count(archive: Archive, table: str) -> int:
    return int(archive.connection.execute(f"SELECT count(*) FROM temp.{table}").fetchone()[0])
