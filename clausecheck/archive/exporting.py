"""The archive as a table for other programs: CSV for Excel, JSON, Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from clausecheck.archive.facts import Facts
from clausecheck.archive.listing import plain, rows
from clausecheck.archive.wording import COLUMNS, OUTCOME
from clausecheck.errors import OutputError
from clausecheck.reports.output import write_whole
from clausecheck.reports.safe import clean
from clausecheck.reports.wording import SEVERITY, STATUS

Form = Literal["csv", "json", "parquet"]
What = Literal["files", "findings"]
Table = list[dict[str, Any]]
_FORMULA = re.compile(r"^[\s\u3000]*[=+\-@＝＋－＠]|^[\t\r]")
_BOM = "\ufeff"
_NUMBERS = {"exit_code", "size", "score", "gaps", "critical_gaps", "doubtful"}
_FILES = tuple(
    k for k in COLUMNS if k not in ("requirement", "requirement_name", "severity", "status", "absent", "doubt")
)
_FINDINGS = ("path", "sha256", "title", "companies", "end_date", "requirement", "requirement_name", "severity",
             "status", "doubt", "absent")  # fmt: skip


def export(facts: Facts, path: Path, form: Form, what: What) -> int:
    """Write the table whole or not at all, readable by its owner only; returns its number of rows.

    Raises OutputError, also where Parquet is wanted and its package is not installed.
    """
    table = list(_files(facts) if what == "files" else _findings(facts))
    columns = [*_FILES, *(a.id for a in facts.requirements)] if what == "files" else list(_FINDINGS)
    writers: dict[Form, Callable[[Facts, Table, list[str]], bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}
    write_whole(path, writers[form](facts, table, columns), private=True)
    return len(table)


def _files(facts: Facts) -> Iterator[dict[str, Any]]:
    """A row a file that is there, judged or not."""
    for row in rows(facts):
        yield plain(facts, row)


def _findings(facts: Facts) -> Iterator[dict[str, Any]]:
    """A row for each requirement of each contract."""
    for contract in facts.contracts:
        shared = {"path": contract.path, "sha256": contract.sha256, "title": contract.title}
        shared |= {"companies": facts.supplier_text(contract), "end_date": contract.end}
        for index, asked in enumerate(contract.asked):
            yield {
                **shared,
                "requirement": asked.id,
                "requirement_name": asked.name,
                "severity": str(asked.severity),
                "status": str(contract.statuses[index]),
                "doubt": contract.doubtful[index],
                "absent": "\n".join(contract.absent[index]),
            }


def _csv(facts: Facts, table: Table, columns: list[str]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs, and Chinese titles and values."""
    names = {a.id: f"{a.id} {a.name}" for a in facts.requirements}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_safe(names.get(c) or COLUMNS[c]) for c in columns])
    for row in table:
        writer.writerow([_safe(_shown(c, row.get(c))) for c in columns])
    return (_BOM + out.getvalue()).encode()


def _shown(column: str, value: Any) -> Any:
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "請複核" if value else ""
    words = {"outcome": OUTCOME, "severity": SEVERITY}.get(
        column, STATUS if column not in COLUMNS or column == "status" else {}
    )
    return words.get(value, value)  # type: ignore[attr-defined]


def _safe(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _json(facts: Facts, table: Table, columns: list[str]) -> bytes:
    del facts
    kept = [{c: row[c] for c in columns if c in row} for row in table]
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _parquet(facts: Facts, table: Table, columns: list[str]) -> bytes:
    del facts
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as exc:
        raise OutputError(
            "未安裝 Parquet 所需之套件 pyarrow", "請執行 pip install 'clausecheck[parquet]'，或改用 csv、json"
        ) from exc
    kinds = {c: arrow.int64() if c in _NUMBERS else arrow.bool_() if c == "doubt" else arrow.string() for c in columns}
    data = {c: [_cleaned(row.get(c)) for row in table] for c in columns}
    out = io.BytesIO()
    parquet.write_table(arrow.table(data, schema=arrow.schema(kinds.items())), out)
    return out.getvalue()


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value
