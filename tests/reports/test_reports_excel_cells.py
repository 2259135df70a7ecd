"""Cells: strings stay strings, links and heights."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from clausecheck.reports import styles
from clausecheck.reports.excel_cells import (
    CUT,
    MAX_FEEDS,
    MAX_HEIGHT,
    MAX_UNITS,
    Field,
    cell_text,
    fitted,
    height,
    line_count,
    put,
    put_external_link,
)


@pytest.mark.parametrize("text", ["=廠商應", "=1+1", "#N/A", "#REF!", "+1", "-1", "@A1", "2026-01-31", "007", "TRUE"])
def test_text_stays_text(text: str) -> None:
    workbook = Workbook()
    styles.register(workbook)
    sheet = workbook.worksheets[0]
    put(sheet, 1, 1, Field(text, styles.TEXT))
    buffer = io.BytesIO()
    for _ in range(2):  # written again by openpyxl it is still text
        workbook.save(buffer)
        workbook = load_workbook(buffer)
        cell = workbook.worksheets[0]["A1"]
        assert (cell.value, cell.data_type) == (text, "s")
    if text[0] in "=+-@":
        assert cell.quotePrefix


def test_long_text_is_cut_with_a_word_in_the_units_of_excel() -> None:
    for text in ("一" * 40_000, "𠮷" * 20_000, "a" + "𠮷" * 20_000):
        cut = cell_text(text)
        assert cut.endswith(CUT)
        assert MAX_UNITS - 1 <= len(cut.encode("utf-16-le")) // 2 <= MAX_UNITS
        assert text.startswith(cut[: -len(CUT)])
    assert cell_text("一" * MAX_UNITS) == "一" * MAX_UNITS


def test_too_many_lines_are_joined() -> None:
    text = cell_text("\n".join(str(n) for n in range(400)))
    assert text.count("\n") == MAX_FEEDS
    assert text.endswith("398 399")


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, 1),
        ("一二三四五", 10, 1),
        ("一二三四五六", 10, 2),
        ("一\n二", 10, 2),
        ("two words", 6, 2),
        ("unbreakableword" * 4, 20, 4),
        ("一" * 100, 20, 10),
    ],
)
def test_line_count(text: str, columns: float, lines: int) -> None:
    assert line_count(text, columns) == lines


@given(st.text(alphabet="中文，。（） ab\n", max_size=3000), st.integers(10, 60))
def test_a_fitted_quote_is_shown_whole(text: str, columns: int) -> None:
    shown = fitted(text, columns)
    assert height(line_count(shown, columns)) < MAX_HEIGHT
    assert shown == text or (shown.endswith(CUT) and text.startswith(shown[: -len(CUT)]))


def test_height_has_a_cap() -> None:
    assert height(1) < height(2) < height(1000) == MAX_HEIGHT


def test_a_link_too_long_is_left_out() -> None:
    sheet = Workbook().worksheets[0]
    put_external_link(sheet, 1, 1, "x" * 3000)
    assert sheet["A1"].hyperlink is None


def test_a_sheet_does_not_get_more_links_than_excel_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausecheck.reports.excel_cells.MAX_LINKS", 2)
    workbook = Workbook()
    styles.register(workbook)
    sheet = workbook.worksheets[0]
    for row in range(1, 5):
        put(sheet, row, 1, Field("甲", styles.TEXT, "'Sheet'!A1"))
    assert [sheet.cell(row, 1).hyperlink is not None for row in range(1, 5)] == [True, True, False, False]
