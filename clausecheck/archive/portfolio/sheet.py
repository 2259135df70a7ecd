"""A sheet written row by row and kept nowhere: memory stays flat however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from clausecheck.archive.portfolio.names import OVERVIEW
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import (
    MAX_LINKS,
    MAX_TARGET,
    Field,
    cell_text,
    height,
    line_count,
    location,
    put_text,
)
from clausecheck.reports.excel_table import A4, Column, set_up_print

HEADER_ROW = 3
A3 = 8


class Sheet:
    """A sheet under work; widths and frozen panes are settled before the first row."""

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        widths: Sequence[float],
        label: str,
        *,
        freeze: str = "",
        paper: int = A4,
    ) -> None:
        self._sheet = cast(Any, workbook.create_sheet(title))
        self._styles: dict[str, Any] = {}
        self._links = 0
        self.widths = widths
        self.row = 0
        for number, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        if freeze:
            self._sheet.freeze_panes = freeze
        set_up_print(self._sheet, label)
        self._sheet.page_setup.paperSize = paper

    def append(self, fields: Iterable[Field], *, high: float | None = None, top: float = 1) -> None:
        """Write a row, high enough to show all its text unless `high` (points) says how high."""
        self.row += 1
        cells, lines = [], top
        for number, field in enumerate(fields):
            cells.append(self._cell(field))
            if high is None and isinstance(field.value, str):
                lines = max(lines, _lines(field.value, self.widths[number]))
        self._sheet.row_dimensions[self.row].height = high or height(lines)
        self._sheet.append(cells)
        del self._sheet.row_dimensions[self.row]  # written already; thousands of them would stay in memory

    def wide(self, field: Field, *, high: float | None = None, before: Sequence[Field] = (), to: int = 0) -> None:
        """A row of which `field` takes all columns behind `before`, up to the column `to`."""
        first, last = len(before) + 1, to or len(self.widths)
        text = str(field.value or "")
        room = sum(self.widths[first - 1 : last])
        lines = max(
            [line_count(text, room), *(line_count(str(b.value or ""), self.widths[i]) for i, b in enumerate(before))]
        )
        self.append([*before, field, *[Field(None, field.style)] * (last - first)], high=high or height(lines))
        self._sheet.merged_cells.add(f"{get_column_letter(first)}{self.row}:{get_column_letter(last)}{self.row}")

    def skip(self, rows: int = 1) -> None:
        """Empty rows."""
        for _ in range(rows):
            self.append(())

    def new_page(self) -> int:
        """Break the printed page here; returns the row that comes next."""
        self._sheet.row_breaks.append(Break(id=self.row))
        return self.row + 1

    def add_chart(self, chart: Any, cell: str) -> None:
        """Lay a chart over the cells from `cell` on."""
        self._sheet.add_chart(chart, cell)

    @property
    def cells(self) -> Any:
        """What charts refer to."""
        return self._sheet

    def finish(self, *, filtered: bool = False, titles: int = 0) -> None:
        """Filter, printed area and the end of the sheet; `titles` rows repeat in print."""
        end = get_column_letter(len(self.widths))
        if filtered:
            self._sheet.auto_filter.ref = f"A{titles}:{end}{max(self.row, titles)}"
        if titles:
            self._sheet.print_title_rows = f"1:{titles}"
        self._sheet.print_area = f"A1:{end}{self.row}"
        self._sheet.close()

    def _cell(self, field: Field) -> Any:
        if field.value is None and not field.style:
            return None
        cell = cast(Any, WriteOnlyCell(self._sheet))
        if field.style:
            cell._style = copy(self._style(field.style))
        if isinstance(field.value, str):
            put_text(cell, cell_text(field.value))
        else:
            cell.value = field.value
        if field.link and field.value is not None:
            self._link(cell, field.link)
        return cell

    def _style(self, name: str) -> Any:
        """The style array of a named style; looking the name up for every cell would take most of the time."""
        if name not in self._styles:
            cell = cast(Any, WriteOnlyCell(self._sheet))
            cell.style = name
            self._styles[name] = cell._style
        return self._styles[name]

    def _link(self, cell: Any, link: str) -> None:
        inside = link.startswith("'")
        if self._links >= MAX_LINKS or len(link) > MAX_TARGET:
            return
        self._links += 1
        made = Hyperlink(ref="", location=link) if inside else Hyperlink(ref="", target=link)
        cell._hyperlink = made


@lru_cache(maxsize=16_384)
def _lines(text: str, width: float) -> int:
    """Contracts repeat each other's words, and measuring takes longer than writing."""
    return line_count(text, width)


def write_list(
    workbook: Workbook,
    title: str,
    note: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Field]],
    *,
    freeze: int,
    label: str,
    header_height: float | None = None,
    empty: str = "",
    paper: int = A4,
) -> None:
    """A list sheet: title, link back and note, header, rows; filtered, its first `freeze` columns frozen."""
    corner = f"{get_column_letter(freeze + 1)}{HEADER_ROW + 1}"
    sheet = Sheet(workbook, title, [c.width for c in columns], label, freeze=corner, paper=paper)
    sheet.append([Field(title, styles.TITLE)], high=30)
    gap = [Field()] * (freeze - 1)
    noted = Field(note, styles.NOTE)
    sheet.append([Field(f"← 回{OVERVIEW}", styles.BACK, location(OVERVIEW, 1)), *gap, noted], high=20)
    tallest = max(line_count(c.title, c.width) for c in columns) + 0.4
    sheet.append([Field(c.title, c.header) for c in columns], high=header_height or height(tallest))
    for row in rows:
        sheet.append([Field(f.value, f.style or c.style, f.link) for f, c in zip(row, columns, strict=True)])
    if sheet.row == HEADER_ROW and empty:
        sheet.append([Field(empty, styles.NOTE)], high=20)
    sheet.finish(filtered=True, titles=HEADER_ROW)
