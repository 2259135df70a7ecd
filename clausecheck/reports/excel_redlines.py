"""追蹤修訂之影響: every requirement that tracked changes turn, one change a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from clausecheck.findings import Redline, Report, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, fitted
from clausecheck.reports.excel_links import REQUIREMENTS, Addresses
from clausecheck.reports.excel_table import Column, write_table
from clausecheck.reports.redlines import (
    BASIS,
    NOTHING_TURNED,
    REDLINES,
    author_text,
    change_text,
    day_text,
    elements_text,
    redline_place,
)
from clausecheck.reports.wording import status_text

_CONTRACT = Column("契約", 16)
_CHANGE_WIDTH = 50
_COLUMNS = (
    Column("要求編號", 10),
    Column("要求", 16),
    Column("修訂前", 12, styles.CENTER),
    Column("修訂後", 12, styles.CENTER),
    Column("要素之變動", 34),
    Column("修訂者", 14),
    Column("修訂日期", 12, styles.CENTER),
    Column("修訂內容", _CHANGE_WIDTH),
    Column("條款", 18),
    Column("依據", 26),
)
_NOT_COMPARED = "本檔未比較修訂前後，原因見〈摘要〉之其他提醒。"


def is_compared(reports: Sequence[Report]) -> bool:
    """Whether there is anything for the sheet to say."""
    return any(r.turned is not None for r in reports)


def write_redlines(workbook: Workbook, reports: Sequence[Report], labels: Sequence[str], places: Addresses) -> None:
    """Write the sheet where the states of a contract were compared; the contract has a column among several."""
    if not is_compared(reports):
        return
    sheet = workbook.create_sheet(REDLINES)
    several = len(reports) != 1
    columns = (_CONTRACT, *_COLUMNS) if several else _COLUMNS
    note = f"修訂前後之結果不同者；一項要求由數處修訂造成者逐列列出。要求編號可連至〈{REQUIREMENTS}〉。"
    write_table(sheet, REDLINES, note, columns, _rows(reports, labels, places, several), freeze=2 + several)


def _rows(
    reports: Sequence[Report], labels: Sequence[str], places: Addresses, several: bool
) -> Iterator[tuple[Field, ...]]:
    for index, (report, label) in enumerate(zip(reports, labels, strict=True)):
        for row in _report_rows(index, report, places):
            yield (Field(label), *row) if several else row


def _report_rows(index: int, report: Report, places: Addresses) -> Iterator[tuple[Field, ...]]:
    if not report.turned:
        said = _NOT_COMPARED if report.turned is None else NOTHING_TURNED
        yield (Field(), Field(), Field(), Field(), Field(said), *(Field() for _ in _COLUMNS[5:]))
    for turned in report.turned or ():
        link = places.requirement(index, turned.requirement)
        for redline in turned.redlines or (None,):
            yield (
                Field(turned.requirement, styles.LINK if link else "", link),
                Field(turned.name),
                _status(turned.before),
                _status(turned.after),
                Field(elements_text(turned)),
                *_change(redline),
                Field(BASIS[turned.basis]),
            )


def _status(status: Status) -> Field:
    return Field(status_text(status), styles.status_style(status))


def _change(redline: Redline | None) -> tuple[Field, ...]:
    if redline is None:
        return (Field(), Field(), Field("（未能指出）"), Field())
    return (
        Field(author_text(redline)),
        Field(day_text(redline)),
        Field(fitted(change_text(redline), _CHANGE_WIDTH)),
        Field(redline_place(redline)),
    )
