"""The archive's database: opening it, its schema, and what others read from it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.migrations import MIGRATIONS
from clausecheck.archive.packing import unpack
from clausecheck.errors import ArchiveError

_ENTRIES = """
SELECT f.path, f.sha256, f.size, f.modified, f.present,
       coalesce(f.outcome, r.outcome) AS outcome, coalesce(f.exit_code, r.exit_code) AS exit_code,
       coalesce(f.reason, r.reason) AS reason, coalesce(f.advice, r.advice) AS advice,
       coalesce(f.noted_at, r.scanned_at) AS scanned_at, r.judged_path, r.named, {report} AS report
FROM files f LEFT JOIN results r ON r.sha256 = f.sha256 AND r.suffix = f.suffix AND r.context = f.context
WHERE coalesce(f.outcome, r.outcome) IS NOT NULL ORDER BY f.path
"""
_PENDING = """
SELECT count(*) FROM files f LEFT JOIN results r
    ON r.sha256 = f.sha256 AND r.suffix = f.suffix AND r.context = f.context
WHERE f.present AND coalesce(f.outcome, r.outcome) IS NULL
"""

_MIGRATIONS_TABLE = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT"


class Archive:
    """A database of scanned contracts; a context manager.

    One process writes (the scan); others may read at the same time. Times are ISO 8601, UTC.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Archive:
        """Open the database, bringing its schema up to date.

        Raises ArchiveError: missing (and not `create`), no database, of a newer version, or locked.
        """
        file = Path(path).absolute()
        if not create and not file.is_file():
            raise ArchiveError(f"找不到契約庫「{file.name}」", "請確認 --db 之路徑，或先執行 clausecheck archive scan")
        try:
            make_private(file)
            connection = sqlite3.connect(file, timeout=5, isolation_level=None)
        except (OSError, sqlite3.Error) as exc:
            raise ArchiveError(f"無法開啟契約庫「{file.name}」", "請確認資料夾存在且可讀寫") from exc
        archive = cls(connection, file)
        try:
            archive._prepare()
        except sqlite3.Error as exc:
            connection.close()
            raise _explained(exc, file) from exc
        except ArchiveError:
            connection.close()
            raise
        return archive

    def close(self) -> None:
        """Close the database; what was committed stays."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(fault, sqlite3.Error):
            raise _explained(fault, self.path) from fault

    def entries(self, *, reports: bool = True) -> Iterator[Entry]:
        """Every file on record, by path; without `reports` Entry.report is None and reading is faster."""
        sql = _ENTRIES.format(report="r.report" if reports else "NULL")
        for row in self.connection.cursor().execute(sql):
            yield _entry(row)

    def pending(self) -> int:
        """Files that were found but not judged yet: the scan was stopped."""
        row = self.connection.execute(_PENDING).fetchone()
        return int(row[0])

    def clauses(self) -> Iterator[tuple[str, str, str, str]]:
        """The clauses of all contracts on record: sha256 of the file, clause path, heading, text."""
        sql = "SELECT sha256, path, heading, text FROM current_clauses ORDER BY sha256, suffix, ordinal"
        yield from self.connection.cursor().execute(sql)

    def note_output(self, path: str | Path) -> None:
        """Remember a file that the program wrote, so that no scan takes it for a contract."""
        self.connection.execute("INSERT OR IGNORE INTO outputs VALUES (?)", (str(Path(path).absolute()),))

    def _prepare(self) -> None:
        self.connection.row_factory = None
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        self._migrate()

    def _migrate(self) -> None:
        known = [name for name, _ in MIGRATIONS]
        if self._migrations_done(known) == known:
            return
        self.connection.execute("BEGIN IMMEDIATE")  # of two that open a new database, one waits
        try:
            self.connection.execute(_MIGRATIONS_TABLE)
            for name, sql in MIGRATIONS[len(self._migrations_done(known)) :]:
                for statement in _statements(sql):
                    self.connection.execute(statement)
                self.connection.execute("INSERT INTO migrations VALUES (?, ?)", (name, now()))
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def _migrations_done(self, known: list[str]) -> list[str]:
        """Raises ArchiveError: another program's database, or a newer one's."""
        tables = {row[0] for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return []
        if "migrations" not in tables:
            raise ArchiveError(f"「{self.path.name}」是其他程式之資料庫，不是契約庫", "請以 --db 指定其他檔名")
        done = [row[0] for row in self.connection.execute("SELECT name FROM migrations ORDER BY name")]
        if done != known[: len(done)]:
            raise ArchiveError(
                f"契約庫「{self.path.name}」由較新版本之 clausecheck 建立", "請更新程式，或以 --db 指定新檔"
            )
        return done


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script; a trigger is one."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def now() -> str:
    """This moment, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_private(file: Path) -> None:
    """Create the file for its owner alone; SQLite gives -wal and -shm the same mode."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _explained(fault: sqlite3.Error, file: Path) -> ArchiveError:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveError(f"契約庫「{file.name}」正由另一程序使用", "請等該程序結束後再試")
    if code == sqlite3.SQLITE_NOTADB:
        return ArchiveError(f"「{file.name}」不是契約庫", "請確認 --db 之路徑；要建立新契約庫請用其他檔名")
    if code == sqlite3.SQLITE_FULL:
        return ArchiveError(f"磁碟空間不足，無法寫入契約庫「{file.name}」", "請清出空間後再次執行；已完成者均已儲存")
    return ArchiveError(f"契約庫「{file.name}」無法使用（{fault}）", "請確認檔案可讀寫且未損毀，或由備份還原")


def _entry(row: tuple[Any, ...]) -> Entry:
    path, sha256, size, modified, present, outcome, exit_code, reason, advice, scanned_at, judged, named, packed = row
    report = unpack(packed) if packed else None
    if report is not None:
        report["path"], report["name"] = path, base_name(path)
    if named:
        reason = reason.replace(named, base_name(path))
    return Entry(
        path=path,
        sha256=sha256,
        size=size,
        modified=modified,
        outcome=Outcome(outcome),
        exit_code=exit_code,
        reason=reason,
        advice=advice,
        duplicate_of=judged if judged and judged != path else None,
        present=bool(present),
        scanned_at=scanned_at,
        report=report,
    )


def suffix_of(path: str) -> str:
    """The end of a file's name, in small letters: .docx; the parsers look at it where the content does not tell."""
    return os.path.splitext(base_name(path))[1].lower()


def base_name(path: str) -> str:
    """The last part of a path or URL."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path
