"""缺口清單: what to negotiate, most severe first, with columns for the talks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.findings import Evidence, Finding, Report, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, fitted
from clausecheck.reports.excel_links import FIRST_ROW, GAPS, HEADER_ROW, Addresses
from clausecheck.reports.excel_table import Column, write_table
from clausecheck.reports.wording import DOUBTFUL, SEVERITY, absent_text, in_language, place_text, status_text

_NOTE = "依嚴重度排序；藍底欄位供協商填寫，「協商狀態」請由選單選取。要求編號可連至〈全部要求〉。"
STATES = ("未開始", "已提出", "協商中", "已同意", "不同意", "已改採替代方案")
_STATE_FILLS = {
    "已提出": "DDEBF7",
    "協商中": "FFE699",
    "已同意": "C6E0B4",
    "不同意": "F4B084",
    "已改採替代方案": "E2EFDA",
}
_CONTRACT = Column("契約", 16)
_ANALYSIS = (
    Column("序號", 6, styles.NUMBER),
    Column("要求編號", 10, styles.LINK),
    Column("要求", 14),
    Column("嚴重度", 8, styles.CENTER),
    Column("狀態", 11, styles.CENTER),
    Column("缺少之內容", 26),
    Column("契約現有文字及位置", 40),
    Column("建議條文", 40),
    Column("替代條文", 32),
    Column("複核", 8, styles.DOUBT),
)
_TALKS = (
    Column("我方立場", 22, styles.INPUT, styles.INPUT_HEADER),
    Column("廠商回覆", 22, styles.INPUT, styles.INPUT_HEADER),
    Column("議定文字", 32, styles.INPUT, styles.INPUT_HEADER),
    Column("協商狀態", 16, styles.CHOICE, styles.INPUT_HEADER),
    Column("負責人", 12, styles.INPUT, styles.INPUT_HEADER),
    Column("期限", 12, styles.DATE, styles.INPUT_HEADER),
    Column("備註", 24, styles.INPUT, styles.INPUT_HEADER),
)
_WIDTHS = {c.title: c.width for c in _ANALYSIS}


def write_gaps(workbook: Workbook, reports: Sequence[Report], labels: Sequence[str], places: Addresses) -> None:
    """Write the sheet; with several reports the contract stands in a column of its own."""
    sheet = workbook.create_sheet(GAPS)
    several = len(reports) != 1
    columns = (*((_CONTRACT,) if several else ()), *_ANALYSIS, *_TALKS)
    note = _NOTE if any(r.gaps for r in reports) else "未發現缺口。"
    rows = _rows(reports, labels, places, several)
    last = write_table(sheet, GAPS, note, columns, rows, freeze=3 + several)
    _split_print(sheet, len(_ANALYSIS) + several, len(columns), last)
    if last > HEADER_ROW:
        _guide_input(sheet, columns, last)


def _rows(
    reports: Sequence[Report], labels: Sequence[str], places: Addresses, several: bool
) -> Iterator[tuple[Field, ...]]:
    for index, (report, label) in enumerate(zip(reports, labels, strict=True)):
        for number, finding in enumerate(report.gaps, 1):
            row = (*_analysis(number, finding, report.language, places.requirement(index, finding.id)), *_blank_talks())
            yield (Field(label), *row) if several else row


def _analysis(number: int, finding: Finding, language: str, link: str) -> tuple[Field, ...]:
    return (
        Field(number),
        Field(finding.id, link=link),
        Field(finding.name),
        Field(SEVERITY[finding.severity], styles.severity_style(finding.severity)),
        Field(status_text(finding.status), styles.status_style(finding.status)),
        Field(absent_text(finding)),
        Field(fitted(present_text(finding), _WIDTHS["契約現有文字及位置"])),
        Field(in_language(finding.wording, language)),
        Field(in_language(finding.fallback, language)),
        Field(DOUBTFUL if finding.doubtful else None),
    )


def present_text(finding: Finding) -> str:
    """What the contract says now and where; for what is missing the passage closest to it."""
    if finding.evidence:
        return "\n".join(_quoted(e) for e in finding.evidence)
    if finding.nearest:
        return f"（未約定；最接近之文字如下）\n{_quoted(finding.nearest)}"
    return "（契約中未見相關約定）" if finding.status is Status.MISSING else ""


def _quoted(evidence: Evidence) -> str:
    place = place_text(evidence)
    return f"【{place}】{evidence.text}" if place else evidence.text


def _blank_talks() -> tuple[Field, ...]:
    return tuple(Field(STATES[0] if c.style == styles.CHOICE else None) for c in _TALKS)


def _split_print(sheet: Worksheet, analysis: int, columns: int, last: int) -> None:
    """Print findings on one run of pages and talks on another: seventeen columns on one would be too small."""
    middle, next_, end = (get_column_letter(n) for n in (analysis, analysis + 1, columns))
    sheet.print_area = f"A1:{middle}{last},{next_}1:{end}{last}"
    sheet.print_title_cols = f"A:{get_column_letter(analysis - 7)}"


def _guide_input(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    letters = {c.title: get_column_letter(n) for n, c in enumerate(columns, 1)}
    state, date = letters["協商狀態"], letters["期限"]
    _add_choice(sheet, f"{state}{FIRST_ROW}:{state}{last}")
    _add_date(sheet, f"{date}{FIRST_ROW}:{date}{last}")
    _colour_states(sheet, f"{state}{FIRST_ROW}:{state}{last}")
    overdue = f'AND(${date}{FIRST_ROW}<>"",${date}{FIRST_ROW}<TODAY(),${state}{FIRST_ROW}<>"已同意")'
    rule = FormulaRule(formula=[overdue], font=Font(color="C00000", bold=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"{date}{FIRST_ROW}:{date}{last}", rule)


def _add_choice(sheet: Worksheet, cells: str) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "協商狀態", f"請由選單選取：{'、'.join(STATES)}。"
    choice.add(cells)
    sheet.add_data_validation(choice)


def _add_date(sheet: Worksheet, cells: str) -> None:
    date = DataValidation(
        type="date", operator="greaterThan", formula1="36526", allow_blank=True, showErrorMessage=True
    )
    date.errorTitle, date.error = "期限", "請輸入日期，例如 2026/12/31。"
    date.add(cells)
    sheet.add_data_validation(date)


def _colour_states(sheet: Worksheet, cells: str) -> None:
    for state, colour in _STATE_FILLS.items():
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        rule = CellIsRule(operator="equal", formula=[f'"{state}"'], fill=fill)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(cells, rule)
