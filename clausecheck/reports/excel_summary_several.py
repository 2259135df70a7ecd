"""摘要 of several contracts: a row each, a chart, and what could not be read of any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.findings import Report, Severity, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, height, line_count, put, put_external_link
from clausecheck.reports.excel_chart import MAX_CONTRACTS, contracts_chart
from clausecheck.reports.excel_links import SUMMARY
from clausecheck.reports.excel_redlines import is_compared
from clausecheck.reports.excel_summary import box, section, wide, write_contents
from clausecheck.reports.excel_table import Column, set_widths, write_header, write_row
from clausecheck.reports.safe import one_line
from clausecheck.reports.wording import (
    BASIS,
    CHANGES_SHORT,
    ORGANISATION,
    SEVERITY,
    STATUS,
    STATUS_SYMBOL,
    TITLE,
    other_notice_lines,
    party_text,
    term_text,
    unread_lines,
)

_COLUMNS = (
    Column("契約", 26),
    Column("檔案", 22, styles.LINK),
    Column("委託人", 18),
    Column("受託廠商", 18),
    Column("契約期間", 18),
    Column("組織類別", 8, styles.CENTER),
    Column("總分", 7, styles.NUMBER),
    *(Column(f"{STATUS_SYMBOL[s]}\n{STATUS[s]}", 7, styles.NUMBER) for s in Status),
    *(Column(f"缺口\n{SEVERITY[s]}", 7, styles.NUMBER) for s in Severity),
    Column("請複核", 7, styles.NUMBER),
    Column("修訂標記", 9, styles.CENTER),
    Column("條款庫", 10),
)
_FILE = 2
_COUNTS = next(n for n, c in enumerate(_COLUMNS, 1) if c.title.endswith(STATUS[Status.FULL]))
_WIDTH = sum(c.width for c in _COLUMNS)
_HEADER_ROW = 5


def write_summary_of_several(
    workbook: Workbook, reports: Sequence[Report], labels: Sequence[str], made: date | None, targets: Sequence[str]
) -> None:
    """Write the sheet; `targets` are the URI references of the contracts' files."""
    sheet = workbook.create_sheet(SUMMARY)
    set_widths(sheet, [c.width for c in _COLUMNS])
    _write_top(sheet, reports, labels, made)
    write_header(sheet, _HEADER_ROW, _COLUMNS)
    row = _HEADER_ROW
    for row, (report, label, target) in enumerate(zip(reports, labels, targets, strict=True), _HEADER_ROW + 1):
        write_row(sheet, row, _COLUMNS, _fields(report, label))
        if target:
            put_external_link(sheet, row, _FILE, target)
    end = get_column_letter(len(_COLUMNS))
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{end}{row}"
    sheet.freeze_panes = f"B{_HEADER_ROW + 1}"
    row = _write_notices(sheet, reports, labels, row + 2)
    row = write_contents(sheet, row, len(_COLUMNS), compared=is_compared(reports))
    row = _add_chart(sheet, len(reports), row + 2)
    sheet.print_area = f"A1:{end}{row}"


def _write_top(sheet: Worksheet, reports: Sequence[Report], labels: Sequence[str], made: date | None) -> None:
    put(sheet, 1, 1, Field(TITLE, styles.TITLE))
    sheet.row_dimensions[1].height = 34
    day = f"；報告日期 {made:%Y/%m/%d}" if made else ""
    wide(sheet, 2, 1, len(_COLUMNS), Field(f"{BASIS}；契約 {len(reports)} 份{day}", styles.SUBTITLE))
    unread = [f"{label}：{line}" for r, label in zip(reports, labels, strict=True) for line in unread_lines(r)]
    box(sheet, 3, len(_COLUMNS), _WIDTH, unread)


def _fields(report: Report, label: str) -> tuple[Field, ...]:
    return (
        Field(one_line(label)),
        Field(one_line(report.name)),
        Field(party_text(report, "customer")),
        Field(party_text(report, "supplier")),
        Field(term_text(report)),
        Field(ORGANISATION.get(report.organisation, report.organisation)),
        Field(report.score),
        *(Field(report.count(s)) for s in Status),
        *(Field(sum(f.severity is s for f in report.gaps)) for s in Severity),
        Field(sum(f.doubtful for f in report.findings)),
        Field(CHANGES_SHORT.get(report.changes, report.changes)),
        Field(report.library_version),
    )


def _write_notices(sheet: Worksheet, reports: Sequence[Report], labels: Sequence[str], row: int) -> int:
    lines = [f"{label}：{line}" for r, label in zip(reports, labels, strict=True) for line in other_notice_lines(r)]
    if not lines:
        return row
    section(sheet, row, "讀檔時之其他提醒")
    for line in lines:
        row += 1
        wide(sheet, row, 1, len(_COLUMNS), Field(line, styles.TEXT))
        sheet.row_dimensions[row].height = height(line_count(line, _WIDTH))
    return row + 2


def _add_chart(sheet: Worksheet, contracts: int, row: int) -> int:
    """Returns the last row that the chart covers."""
    if not contracts:
        return row
    shown = min(contracts, MAX_CONTRACTS)
    if shown < contracts:
        wide(sheet, row, 1, len(_COLUMNS), Field(f"圖中僅列前 {shown} 份契約。", styles.SUBTITLE))
        row += 1
    chart = contracts_chart(sheet, _HEADER_ROW + 1, _HEADER_ROW + shown, _COUNTS)
    sheet.add_chart(chart, f"A{row}")
    return row + int(chart.height / 0.5) + 1
