"""A list sheet: title, link back, header, rows; frozen, filtered, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, height, line_count, location, put
from clausecheck.reports.excel_links import FIRST_ROW, HEADER_ROW, SUMMARY
from clausecheck.reports.safe import one_line, shorten

A4 = 9
_HEADER_TEXT = 120  # characters; Excel allows 255 with all codes


@dataclass(frozen=True, slots=True)
class Column:
    """A column; width in Excel's unit, `style` for its data cells."""

    title: str
    width: float
    style: str = styles.TEXT
    header: str = styles.HEADER


def write_table(
    sheet: Worksheet, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Field]], *, freeze: int
) -> int:
    """Write a list sheet with its first `freeze` columns frozen; returns its last row."""
    _write_head(sheet, title, note, freeze + 1, columns)
    last = HEADER_ROW
    for last, row in enumerate(rows, FIRST_ROW):
        write_row(sheet, last, columns, row)
    width = get_column_letter(len(columns))
    sheet.freeze_panes = f"{get_column_letter(freeze + 1)}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{width}{last}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.print_area = f"A1:{width}{last}"
    return last


def write_row(sheet: Worksheet, row: int, columns: Sequence[Column], fields: Sequence[Field], top: int = 1) -> None:
    """Write one row, high enough to show all its text."""
    lines = float(top)
    for number, (column, field) in enumerate(zip(columns, fields, strict=True), 1):
        put(sheet, row, number, Field(field.value, field.style or column.style, field.link))
        if isinstance(field.value, str):
            lines = max(lines, line_count(field.value, column.width))
    sheet.row_dimensions[row].height = height(lines)


def write_header(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Write the titles of the columns."""
    for number, column in enumerate(columns, 1):
        put(sheet, row, number, Field(column.title, column.header))
    sheet.row_dimensions[row].height = height(max(line_count(c.title, c.width) for c in columns) + 0.4)


def _write_head(sheet: Worksheet, title: str, note: str, beside: int, columns: Sequence[Column]) -> None:
    # The note stands right of the frozen columns: those are repeated in print, where it would be cut.
    put(sheet, 1, 1, Field(title, styles.TITLE))
    put(sheet, 2, 1, Field(f"← 回{SUMMARY}", styles.BACK, location(SUMMARY, 1)))
    put(sheet, 2, beside, Field(note, styles.NOTE))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 20
    set_widths(sheet, [c.width for c in columns])
    write_header(sheet, HEADER_ROW, columns)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from A on."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def set_up_print(sheet: Worksheet, contract: str) -> None:
    """A4 landscape, one page wide, with contract, sheet, workbook and page number on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    margins.header = margins.footer = 0.3
    # In a header "&" begins a code, so it is doubled; brackets would name a code of openpyxl.
    name = shorten(one_line(contract), _HEADER_TEXT).replace("&", "&&").replace("[", "［").replace("]", "］")
    header, footer = cast(HeaderFooterItem, sheet.oddHeader), cast(HeaderFooterItem, sheet.oddFooter)
    header.left.text, header.right.text = name, "&A"
    footer.left.text, footer.right.text = "&F", "第 &P 頁，共 &N 頁"
