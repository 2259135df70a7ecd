"""What a database says, without when it was said: equal for equal runs."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from clausecheck.archive.packing import unpack

_TIMES = {"noted_at", "scanned_at", "used_at", "id"}
_PACKED = {"report", "body"}
TABLES = ("contexts", "files", "results", "documents", "clauses", "status_changes")


def content(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but times and row numbers, sorted; packed values as a hash of what is in them."""
    connection = sqlite3.connect(database)
    try:
        return {table: _rows(connection, table) for table in TABLES}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [d[0] for d in cursor.description]
    kept = [i for i, name in enumerate(names) if name not in _TIMES]
    return sorted((tuple(_value(names[i], row[i]) for i in kept) for row in cursor), key=repr)


def _value(name: str, value: Any) -> Any:
    return hashlib.sha256(repr(unpack(value)).encode()).hexdigest() if name in _PACKED and value else value
