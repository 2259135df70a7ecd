"""What an archive holds, on the terminal: no markup, no control codes out of names or contracts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clausecheck.archive.entries import Entry
from clausecheck.archive.facts import Facts
from clausecheck.archive.listing import Row
from clausecheck.archive.searching import Hits
from clausecheck.archive.wording import OUTCOME, VANISHED
from clausecheck.findings import Severity
from clausecheck.reports.safe import clean, one_line
from clausecheck.reports.wording import status_text

_SURROGATES = "backslashreplace"


def print_json(value: Any) -> None:
    """UTF-8 whatever the console is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str).encode("utf-8", _SURROGATES))


def print_files(facts: Facts, rows: Sequence[Row], requirement: str | None) -> None:
    """A line a file, and how many there are."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")
    titles = ["結果", "總分", "缺口", "重大", *([requirement] if requirement else []), "迄日", "供應商", "檔案"]
    for title in titles:
        table.add_column(title, overflow="fold", no_wrap=title not in ("供應商", "檔案"))
    for row in rows:
        table.add_row(*(_text(cell) for cell in _cells(facts, row, requirement)))
    console = Console(highlight=False)
    if rows:
        console.print(table)
    console.print(_text(f"共 {len(rows)} 檔。"))


def _cells(facts: Facts, row: Row, requirement: str | None) -> list[str]:
    contract = row.contract
    outcome = OUTCOME[row.file.outcome] + ("（重複）" if row.file.duplicate_of else "")
    if contract is None:
        return [outcome, *[""] * (5 if requirement else 4), row.file.reason, row.file.path]
    status = contract.status(requirement) if requirement else None
    numbers = [str(n) for n in (contract.score, len(contract.gaps), contract.gap_count(Severity.CRITICAL))]
    asked = [status_text(status) if status else "－"] if requirement else []
    return [
        outcome,
        *numbers,
        *asked,
        contract.end or "未載明",
        facts.supplier_text(contract) or "未載明",
        row.file.path,
    ]


def print_entry(entry: Entry) -> None:
    """All that is on record of one file."""
    from clausecheck.reports.console import print_reports
    from clausecheck.reports.json_reading import report_from_json

    console = Console(highlight=False)
    facts = [
        ("路徑", entry.path),
        ("結果", OUTCOME[entry.outcome] + ("" if entry.present else f"；{VANISHED}")),
        ("原因", entry.reason),
        ("處理", entry.advice),
        ("相同", f"內容與 {entry.duplicate_of} 相同" if entry.duplicate_of else ""),
        ("掃描", entry.scanned_at),
        ("雜湊", entry.sha256),
    ]
    for label, value in facts:
        if value:
            console.print(_text(f"{label}    {value}"), soft_wrap=True)
    if entry.report:
        print_reports([report_from_json(entry.report)], console)


def print_hits(hits: Hits) -> None:
    """Where the words stand: file, clause, excerpt."""
    console = Console(highlight=False)
    last = ""
    for hit in hits.shown:
        if hit.path != last:
            console.print(_text(hit.path, "bold"), soft_wrap=True)
            last = hit.path
        console.print(_text(f"  {hit.clause}　{hit.heading}".rstrip("　"), "dim"), soft_wrap=True)
        excerpt = Text(hit.excerpt, overflow="fold")
        excerpt.stylize("bold yellow", *hit.found)
        console.print(Padding(excerpt, (0, 0, 0, 4)))
    more = f"，以上為前 {len(hits.shown)} 處（以 --limit 增加）" if hits.clauses > len(hits.shown) else ""
    console.print(_text(f"共 {hits.clauses} 處條款，於 {hits.files} 檔{more}。"))


def _text(text: str, style: str = "") -> Text:
    return Text(one_line(text) if "\n" in text else clean(text), style=style)
