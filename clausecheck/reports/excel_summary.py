"""摘要 of one contract: the score, the counts and their chart, what could not be read, what the contract is."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.findings import Report, Severity, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, height, line_count, location, put, put_external_link
from clausecheck.reports.excel_chart import status_chart
from clausecheck.reports.excel_links import CLAUSES, GAPS, GUIDE, REQUIREMENTS, SUMMARY
from clausecheck.reports.excel_redlines import is_compared
from clausecheck.reports.excel_table import set_widths
from clausecheck.reports.redlines import REDLINES
from clausecheck.reports.safe import one_line
from clausecheck.reports.wording import (
    BASIS,
    CHANGES,
    DOCUMENT_KIND,
    LANGUAGE,
    ORGANISATION,
    SEVERITY,
    STATUS_MEANING,
    TITLE,
    other_notice_lines,
    party_text,
    status_text,
    term_text,
    unread_lines,
)

_WIDTHS = (22, 10, 56, 2, 15, 15, 15, 15)
_COLUMNS = len(_WIDTHS)
_COUNTS_ROW = 7
ALL_READ = "檔案全文均已讀取。"


def write_summary(workbook: Workbook, report: Report, label: str, made: date | None, target: str) -> None:
    """Write the sheet; `target` is the URI reference of the contract's file."""
    sheet = workbook.create_sheet(SUMMARY)
    set_widths(sheet, _WIDTHS)
    sheet.sheet_view.showGridLines = False
    _write_top(sheet, report, label)
    row = _write_verdict(sheet, report)
    row = _write_facts(sheet, report, made, target, row + 1)
    row = _write_notices(sheet, report, row + 1)
    last = write_contents(sheet, row + 1, _COLUMNS, compared=is_compared([report]))
    sheet.print_area = f"A1:H{last}"


def write_contents(sheet: Worksheet, row: int, columns: int, *, compared: bool) -> int:
    """Links to the other sheets; returns the last row."""
    section(sheet, row, "目錄")
    entries = [
        (GAPS, "僅列缺口，依嚴重度排序，附建議條文與協商欄位"),
        (REQUIREMENTS, "逐項列出狀態、分數、依據、位置與理由"),
        (CLAUSES, "契約各條款所對應之要求，未對應者另予標示"),
        (GUIDE, "狀態、嚴重度、顏色之意義與本報告之限制"),
    ]
    if compared:
        entries.insert(-1, (REDLINES, "何修訂、何人所為，使何項要求之結果改變"))
    for name, meaning in entries:
        row += 1
        put(sheet, row, 1, Field(name, styles.LINK, location(name, 1)))
        wide(sheet, row, 2, columns, Field(meaning, styles.TEXT))
        sheet.row_dimensions[row].height = height(1)
    return row


def section(sheet: Worksheet, row: int, title: str) -> None:
    """The title of a part of the sheet."""
    put(sheet, row, 1, Field(title, styles.SECTION))
    sheet.row_dimensions[row].height = 24


def wide(sheet: Worksheet, row: int, first: int, last: int, field: Field) -> None:
    """A field over several columns; all of its cells get the style, for the frame."""
    for column in range(first, last + 1):
        put(sheet, row, column, Field(None, field.style))
    put(sheet, row, first, field)
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def box(sheet: Worksheet, row: int, columns: int, width: float, lines: list[str]) -> None:
    """The box that says what could not be read, or that all was."""
    text = "！未能讀取之部分\n" + "\n".join(f"・{line}" for line in lines) if lines else f"✓ {ALL_READ}"
    wide(sheet, row, 1, columns, Field(text, styles.ALARM if lines else styles.CALM))
    sheet.row_dimensions[row].height = height(line_count(text, width) + 0.6)


def _write_top(sheet: Worksheet, report: Report, label: str) -> None:
    put(sheet, 1, 1, Field(TITLE, styles.TITLE))
    sheet.row_dimensions[1].height = 34
    put(sheet, 2, 1, Field(one_line(label), styles.SECTION))
    sheet.row_dimensions[2].height = 24
    wide(sheet, 3, 1, _COLUMNS, Field(f"{BASIS}；條款庫 {report.library_version}", styles.SUBTITLE))
    sheet.row_dimensions[3].height = 20
    box(sheet, 4, _COLUMNS, sum(_WIDTHS), unread_lines(report))


def _write_verdict(sheet: Worksheet, report: Report) -> int:
    """Score, counts and chart; returns the last row."""
    put(sheet, 5, 1, Field("總分（滿分 100）", styles.LABEL))
    put(sheet, 5, 2, Field(report.score, styles.SCORE))
    put(sheet, 5, 3, Field(_score_note(report), styles.TEXT))
    sheet.row_dimensions[5].height = 34
    _header(sheet, 6, ("狀態", "項數", "意義"))
    row = _COUNTS_ROW - 1
    for row, status in enumerate(Status, _COUNTS_ROW):
        _count_row(sheet, row, (status_text(status), styles.status_style(status)), report.count(status))
        put(sheet, row, 3, Field(STATUS_MEANING[status], styles.TEXT))
        sheet.row_dimensions[row].height = height(max(1.2, line_count(STATUS_MEANING[status], _WIDTHS[2])))
    sheet.add_chart(status_chart(sheet, _COUNTS_ROW, row), "E5")
    return _write_severities(sheet, report, row + 1)


def _score_note(report: Report) -> str:
    doubtful = sum(f.doubtful for f in report.findings)
    note = f"缺口 {len(report.gaps)} 項，全部要求 {len(report.findings)} 項"
    return f"{note}；請複核 {doubtful} 項" if doubtful else note


def _write_severities(sheet: Worksheet, report: Report, row: int) -> int:
    _header(sheet, row, ("缺口嚴重度", "缺口數"))
    wide(sheet, row, 3, _COLUMNS, Field("要求", styles.HEADER))
    for severity in Severity:
        row += 1
        gaps = [f for f in report.gaps if f.severity is severity]
        _count_row(sheet, row, (SEVERITY[severity], styles.severity_style(severity)), len(gaps))
        names = "、".join(f"{f.id} {f.name}" for f in gaps)
        wide(sheet, row, 3, _COLUMNS, Field(names, styles.TEXT))
        sheet.row_dimensions[row].height = height(line_count(names, sum(_WIDTHS[2:])))
    return row


def _count_row(sheet: Worksheet, row: int, label: tuple[str, str], count: int) -> None:
    put(sheet, row, 1, Field(*label))
    put(sheet, row, 2, Field(count, styles.NUMBER))


def _header(sheet: Worksheet, row: int, titles: tuple[str, ...]) -> None:
    for column, title in enumerate(titles, 1):
        put(sheet, row, column, Field(title, styles.HEADER))
    sheet.row_dimensions[row].height = height(1.2)


def _write_facts(sheet: Worksheet, report: Report, made: date | None, target: str, row: int) -> int:
    section(sheet, row, "契約資料")
    for name, value in facts(report, made):
        row += 1
        _fact(sheet, row, name, value)
        if name == "檔案" and target:
            sheet.cell(row, 2).style = styles.LINK
            put_external_link(sheet, row, 2, target)
    return row


def facts(report: Report, made: date | None) -> list[tuple[str, str]]:
    """What the report and the contract are; blank lines are left out."""
    metadata = report.metadata
    pages = f"，{report.pages} 頁" if report.pages else ""
    rows = [
        ("契約名稱", one_line(metadata.title) or "（未能辨識）"),
        ("檔案", one_line(report.name)),
        ("檔案格式", f"{report.format.upper()}{pages}，{LANGUAGE.get(report.language, report.language)}"),
        ("契約編號", metadata.number),
        ("委託人", party_text(report, "customer")),
        ("受託廠商", party_text(report, "supplier")),
        ("契約期間", term_text(report)),
        ("簽約日", metadata.signed_date),
        ("契約金額", "\n".join(metadata.amounts)),
        ("同檔附件", "\n".join(report.annexes)),
        ("組織類別", ORGANISATION.get(report.organisation, report.organisation)),
        ("文件類型", DOCUMENT_KIND.get(report.document_kind, report.document_kind)),
        ("修訂標記", CHANGES.get(report.changes, report.changes)),
        ("條款庫版本", f"{report.library_version}（指紋 {report.library_fingerprint}）"),
        ("程式版本", report.program_version),
        ("檔案雜湊（SHA-256）", report.sha256),
        ("報告日期", f"{made:%Y/%m/%d}" if made else ""),
    ]
    return [(name, value) for name, value in rows if value.strip()]


def _fact(sheet: Worksheet, row: int, name: str, value: str) -> None:
    put(sheet, row, 1, Field(name, styles.LABEL))
    wide(sheet, row, 2, _COLUMNS, Field(value, styles.TEXT))
    lines = max(line_count(value, sum(_WIDTHS[1:])), line_count(name, _WIDTHS[0]))
    sheet.row_dimensions[row].height = height(lines)


def _write_notices(sheet: Worksheet, report: Report, row: int) -> int:
    lines = other_notice_lines(report)
    if not lines:
        return row - 1
    section(sheet, row, "讀檔時之其他提醒")
    for line in lines:
        row += 1
        wide(sheet, row, 1, _COLUMNS, Field(line, styles.TEXT))
        sheet.row_dimensions[row].height = height(line_count(line, sum(_WIDTHS)))
    return row
