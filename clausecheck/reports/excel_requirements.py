"""全部要求: every requirement with its verdict, its elements, its evidence and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from clausecheck.findings import ElementResult, Finding, Report, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, fitted
from clausecheck.reports.excel_links import REQUIREMENTS, Addresses
from clausecheck.reports.excel_table import Column, write_table
from clausecheck.reports.wording import DOUBTFUL, SEVERITY, STATE, STATE_SYMBOL, place_text, status_text

_CONTRACT = Column("契約", 16)
_COLUMNS = (
    Column("要求編號", 10),
    Column("要求", 14),
    Column("類別", 10),
    Column("嚴重度", 7, styles.CENTER),
    Column("狀態", 12, styles.CENTER),
    Column("分數", 7, styles.NUMBER),
    Column("要素", 28),
    Column("理由", 26),
    Column("依據文字", 46),
    Column("位置", 22),
    Column("把握度", 7, styles.PERCENT),
    Column("複核", 8, styles.DOUBT),
    Column("缺口", 9, styles.CENTER),
    Column("指引原文", 32),
)
_UNSCORED = (Status.NOT_APPLICABLE, Status.UNDETERMINED)
_WIDTHS = {c.title: c.width for c in _COLUMNS}


def write_requirements(workbook: Workbook, reports: Sequence[Report], labels: Sequence[str], places: Addresses) -> None:
    """Write the sheet; with several reports the contract stands in a column of its own."""
    sheet = workbook.create_sheet(REQUIREMENTS)
    several = len(reports) != 1
    columns = (_CONTRACT, *_COLUMNS) if several else _COLUMNS
    note = "位置可連至〈條款對照〉；缺口可連至〈缺口清單〉。"
    last = write_table(sheet, REQUIREMENTS, note, columns, _rows(reports, labels, places, several), freeze=2 + several)
    # The links and the guideline's own words serve on the screen; without them the print is larger.
    sheet.print_area = f"A1:{get_column_letter(len(columns) - 2)}{last}"


def _rows(
    reports: Sequence[Report], labels: Sequence[str], places: Addresses, several: bool
) -> Iterator[tuple[Field, ...]]:
    for index, (report, label) in enumerate(zip(reports, labels, strict=True)):
        for finding in report.findings:
            row = _row(index, finding, places)
            yield (Field(label), *row) if several else row


def _row(report: int, finding: Finding, places: Addresses) -> tuple[Field, ...]:
    gap = places.gap(report, finding.id)
    clause = next((link for e in finding.evidence if (link := places.clause(report, e.clause))), "")
    return (
        Field(finding.id),
        Field(finding.name),
        Field(finding.group),
        Field(SEVERITY[finding.severity], styles.severity_style(finding.severity)),
        Field(status_text(finding.status), styles.status_style(finding.status)),
        Field(finding.score if finding.status not in _UNSCORED else None),
        Field("\n".join(_element_text(e) for e in finding.elements)),
        Field(finding.why),
        Field(fitted(_evidence_text(finding), _WIDTHS["依據文字"])),
        Field(fitted(_place_text(finding), _WIDTHS["位置"]), styles.LINK if clause else "", clause),
        Field(finding.confidence),
        Field(DOUBTFUL if finding.doubtful else None),
        Field("→ 缺口" if gap else None, styles.LINK if gap else "", gap),
        Field(fitted(finding.official_text, _WIDTHS["指引原文"])),
    )


def _element_text(element: ElementResult) -> str:
    optional = "，非必要" if element.optional else ""
    return f"{STATE_SYMBOL[element.state]} {element.text}（{STATE[element.state]}{optional}）"


def _evidence_text(finding: Finding) -> str:
    if finding.evidence:
        return "\n".join(_numbered([e.text for e in finding.evidence]))
    return f"（最接近之文字）{finding.nearest.text}" if finding.nearest else ""


def _place_text(finding: Finding) -> str:
    if finding.evidence:
        return "\n".join(_numbered([place_text(e) for e in finding.evidence]))
    return f"（最接近）{place_text(finding.nearest)}" if finding.nearest else ""


def _numbered(texts: Sequence[str]) -> list[str]:
    """Numbers tie passages to places; a single one needs none."""
    return list(texts) if len(texts) == 1 else [f"{n}. {t}" for n, t in enumerate(texts, 1)]
