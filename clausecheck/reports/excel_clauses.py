"""條款對照: each clause of the contract and the requirements that it serves, one pair a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from clausecheck.findings import ClauseUse, Finding, Report
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, fitted
from clausecheck.reports.excel_links import CLAUSES, Addresses
from clausecheck.reports.excel_table import Column, write_table
from clausecheck.reports.wording import SEVERITY, position_text, status_text

_CONTRACT = Column("契約", 16)
_COLUMNS = (
    Column("條款", 20),
    Column("標題", 18),
    Column("位置", 10, styles.CENTER),
    Column("條款文字", 68),
    Column("要求編號", 12),
    Column("對應要求", 24),
    Column("嚴重度", 8, styles.CENTER),
    Column("狀態", 12, styles.CENTER),
)
_TEXT_WIDTH = 68
NONE = "未對應任何要求"
BELOW = "見其下各款"


def write_clauses(workbook: Workbook, reports: Sequence[Report], labels: Sequence[str], places: Addresses) -> None:
    """Write the sheet; with several reports the contract stands in a column of its own."""
    sheet = workbook.create_sheet(CLAUSES)
    several = len(reports) != 1
    columns = (_CONTRACT, *_COLUMNS) if several else _COLUMNS
    note = "一條款對應數項要求者逐列列出；灰底者為未對應任何要求之條文。要求編號可連至〈全部要求〉。"
    write_table(sheet, CLAUSES, note, columns, _rows(reports, labels, places, several), freeze=1 + several)


def _rows(
    reports: Sequence[Report], labels: Sequence[str], places: Addresses, several: bool
) -> Iterator[tuple[Field, ...]]:
    for index, (report, label) in enumerate(zip(reports, labels, strict=True)):
        findings = {f.id: f for f in report.findings}
        used = {c.path for c in report.clauses if c.requirements}
        top = min((c.level for c in report.clauses), default=0)
        for clause in report.clauses:
            for row in _clause_rows(index, clause, findings, places) or [_unused(clause, used, top)]:
                yield (Field(label), *row) if several else row


def _clause_rows(
    report: int, clause: ClauseUse, findings: dict[str, Finding], places: Addresses
) -> list[tuple[Field, ...]]:
    rows = []
    for number, requirement in enumerate(clause.requirements):
        finding = findings.get(requirement)
        link = places.requirement(report, requirement)
        verdict = _verdict(finding) if finding else (Field(), Field(), Field())
        served = (Field(requirement, styles.LINK if link else "", link), *verdict)
        rows.append((*(_clause(clause) if number == 0 else _repeated(clause)), *served))
    return rows


def _verdict(finding: Finding) -> tuple[Field, ...]:
    return (
        Field(finding.name),
        Field(SEVERITY[finding.severity], styles.severity_style(finding.severity)),
        Field(status_text(finding.status), styles.status_style(finding.status)),
    )


def _clause(clause: ClauseUse) -> tuple[Field, ...]:
    return (
        Field(clause.path),
        Field(clause.heading),
        Field(position_text(clause.page, clause.paragraph)),
        Field(fitted(clause.text, _TEXT_WIDTH)),
    )


def _repeated(clause: ClauseUse) -> tuple[Field, ...]:
    """The clause again, without its words: rows stay whole when they are filtered."""
    position = position_text(clause.page, clause.paragraph)
    return tuple(Field(v, styles.FAINT) for v in (clause.path, clause.heading, position, "（同上）"))


def _unused(clause: ClauseUse, used: set[str], top: int) -> tuple[Field, ...]:
    blank = (Field(), Field())
    if any(path.startswith(f"{clause.path}／") for path in used):
        return (*_clause(clause), Field(), Field(BELOW, styles.FAINT), *blank)
    if clause.level > top:
        return (*_clause(clause), Field(), Field("－", styles.FAINT), *blank)
    marked = tuple(Field(f.value, styles.UNUSED) for f in _clause(clause))
    return (*marked, Field(None, styles.UNUSED), Field(NONE, styles.UNUSED), *blank)
