"""One cell: text that can never become a formula, its links, and the height that it needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.reports.safe import WORDS, char_width, clean
from clausecheck.reports.styles import LINE

CUT = "…（以下略，全文見契約）"
MAX_UNITS = 32_767  # Excel's limit for a cell, in UTF-16 units
MAX_FEEDS = 253  # Excel's limit of line feeds in a cell
MAX_HEIGHT = 409.0  # Excel's limit for a row, in points
MAX_LINKS = 60_000  # Excel opens 65,530 links a sheet; the rest would make it repair the file
MAX_TARGET = 2_000  # Excel's limit for the target of a link is 2,079
_PADDING = 5.0

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """What goes into a cell; `link` is a place in the workbook such as '全部要求'!A5."""

    value: Value = None
    style: str = ""
    link: str = ""


def cell_text(text: str) -> str:
    """The text as Excel can hold it: legal characters, not too long, not too many lines."""
    text = clean(text)
    lines = text.split("\n")
    if len(lines) > MAX_FEEDS + 1:
        text = "\n".join([*lines[:MAX_FEEDS], " ".join(lines[MAX_FEEDS:])])
    if _units(text) <= MAX_UNITS:
        return text
    room = (MAX_UNITS - _units(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT


def put(sheet: Worksheet, row: int, column: int, field: Field) -> None:
    """Write a cell. A string stays a string, whatever it begins with."""
    cell = cast(Cell, sheet.cell(row, column))
    cell.style = field.style
    if isinstance(field.value, str):
        put_text(cell, cell_text(field.value))
    else:
        cell.value = field.value
    if field.link and field.value is not None:
        _put_link(sheet, cell, Hyperlink(ref=cell.coordinate, location=field.link))


def put_external_link(sheet: Worksheet, row: int, column: int, target: str) -> None:
    """Link an existing cell to a file; `target` is a percent-encoded URI reference."""
    cell = cast(Cell, sheet.cell(row, column))
    if len(target) <= MAX_TARGET:
        _put_link(sheet, cell, Hyperlink(ref=cell.coordinate, target=target))


def location(sheet: str, row: int, column: str = "A") -> str:
    """The place of a cell as a link wants it."""
    return f"'{sheet}'!{column}{row}"


def line_count(text: str, columns: float) -> int:
    """Lines that the text takes in a column `columns` wide, in Excel's unit."""
    return sum(_wrapped(line, max(2.0, columns)) for line in text.split("\n"))


def height(lines: float) -> float:
    """Row height in points for so many lines."""
    return min(MAX_HEIGHT, round(lines * LINE + _PADDING, 2))


def fitted(text: str, columns: float) -> str:
    """A quote cut so that the tallest possible row shows all of it."""
    text, most = clean(text), int((MAX_HEIGHT - _PADDING) // LINE)
    if line_count(text, columns) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if line_count(text[:middle] + CUT, columns) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low] + CUT


def put_text(cell: Cell, text: str) -> None:
    """Set a text that `cell_text` made legal; the cell never holds a formula or an error."""
    if not text:
        return
    cell.value = text
    # openpyxl takes "=…" for a formula and "#N/A" for an error; the prefix keeps Excel from doing so on edit.
    cell.data_type = "s"
    if text.lstrip()[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def _put_link(sheet: Worksheet, cell: Cell, link: Hyperlink) -> None:
    made = getattr(sheet, "links_made", 0)
    if made < MAX_LINKS:
        cell.hyperlink = link
        sheet.links_made = made + 1  # type: ignore[attr-defined]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _wrapped(line: str, columns: float) -> int:
    lines, used = 1, 0.0
    for word in WORDS.findall(line):
        width = sum(1.12 if c < "\x7f" else char_width(c) for c in word)
        if used and used + width - 1.12 * (len(word) - len(word.rstrip())) > columns:
            lines, used = lines + 1, 0.0
        used += width
        if used > columns + 1 and width > columns:
            more = math.ceil(used / columns) - 1
            lines, used = lines + more, used - more * columns
    return lines
