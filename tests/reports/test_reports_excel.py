"""The workbook, written and read back."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.document import Metadata
from clausecheck.errors import OutputError
from clausecheck.findings import ClauseUse, Finding, Report, Severity, Status
from clausecheck.reports.excel import build_workbook, write_workbook
from clausecheck.reports.excel_clauses import BELOW, NONE
from clausecheck.reports.excel_gaps import STATES
from clausecheck.reports.excel_links import CLAUSES, FIRST_ROW, GAPS, HEADER_ROW, REQUIREMENTS, SHEETS, SUMMARY
from clausecheck.reports.excel_summary import ALL_READ
from clausecheck.reports.safe import clean
from clausecheck.reports.wording import STATUS_SYMBOL


@pytest.fixture
def several(report: Report, ugly_report: Report) -> list[Report]:
    return [report, replace(report, name="b.pdf", notices=()), ugly_report]


def _written(reports: list[Report], path: Path) -> Workbook:
    write_workbook(reports, path)
    return load_workbook(path)


def _cells(sheet: Worksheet) -> Iterator[tuple[str, object, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield cell.coordinate, cell.value, cell.data_type


def _column(sheet: Worksheet, title: str) -> list[object]:
    number = next(c.column for c in sheet[HEADER_ROW] if c.value == title)
    return [sheet.cell(row, number).value for row in range(FIRST_ROW, sheet.max_row + 1)]


def _text(sheet: Worksheet) -> str:
    return "\n".join(str(value) for _, value, _ in _cells(sheet))


@pytest.mark.parametrize("which", ["one", "ugly", "several", "none"])
def test_every_cell_comes_back_and_none_is_a_formula(
    which: str, report: Report, ugly_report: Report, several: list[Report], tmp_path: Path
) -> None:
    reports = {"one": [report], "ugly": [ugly_report], "several": several, "none": []}[which]
    path = tmp_path / "a.xlsx"
    built, loaded = build_workbook(reports, path), _written(reports, path)
    assert tuple(loaded.sheetnames) == SHEETS
    for name in SHEETS:
        assert list(_cells(loaded[name])) == list(_cells(built[name]))
        assert {kind for _, _, kind in _cells(loaded[name])} <= {"s", "n"}


def test_ugly_text_is_the_contracts_own(ugly_report: Report, tmp_path: Path) -> None:
    loaded = _written([ugly_report], tmp_path / "a.xlsx")
    assert _column(loaded[REQUIREMENTS], "要求") == [clean(f.name) for f in ugly_report.findings]
    assert _column(loaded[CLAUSES], "條款文字") == [clean(c.text) for c in ugly_report.clauses]
    assert _column(loaded[GAPS], "建議條文") == [clean(f.wording["zh"]) for f in ugly_report.gaps]


def test_every_part_is_legal_xml(several: list[Report], tmp_path: Path) -> None:
    write_workbook(several, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert package.testzip() is None
        for name in package.namelist():
            etree.fromstring(package.read(name))
            assert b"<f>" not in package.read(name) or "charts" in name


@pytest.mark.parametrize("count", [1, 3])
def test_links_lead_to_cells_that_exist(count: int, several: list[Report], tmp_path: Path) -> None:
    loaded = _written(several[:count], tmp_path / "a.xlsx")
    inside = [(s.title, c) for s in loaded.worksheets for r in s.iter_rows() for c in r if c.hyperlink]
    places = [(title, cell) for title, cell in inside if cell.hyperlink.location]
    assert {title for title, _ in places} == set(SHEETS)
    for _, cell in places:
        sheet, _, coordinate = cell.hyperlink.location.rpartition("!")
        assert loaded[sheet.strip("'")][coordinate].value is not None
    for title, cell in places:
        target = cell.hyperlink.location
        if title in (GAPS, CLAUSES) and REQUIREMENTS in target:
            row = int(target.rpartition("A")[2])
            assert cell.value in [c.value for c in loaded[REQUIREMENTS][row]]


def test_the_link_to_the_contract_is_relative_and_escaped(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = _written([report], tmp_path / "out.xlsx")[SUMMARY]
    targets = [c.hyperlink.target for r in sheet.iter_rows() for c in r if c.hyperlink and c.hyperlink.target]
    assert len(targets) == 1
    assert targets[0].isascii()
    assert not set(targets[0]) & set(" #&'")
    assert unquote_to_bytes(targets[0]).decode() == report.path


def test_gaps_are_sorted_and_ready_for_the_talks(report: Report, tmp_path: Path) -> None:
    sheet = _written([report], tmp_path / "a.xlsx")[GAPS]
    assert _column(sheet, "要求編號") == [g.id for g in report.gaps] == ["7.1.1.3", "7.1.1.4", "7.1.1.2"]
    assert _column(sheet, "狀態") == ["○ 缺漏", "✕ 牴觸", "◐ 部分符合"]
    assert _column(sheet, "協商狀態") == [STATES[0]] * 3
    assert _column(sheet, "建議條文") == ["乙方同意甲方得隨時稽核。"] * 3
    nearest, present, _ = _column(sheet, "契約現有文字及位置")
    assert str(nearest).startswith("（未約定；最接近之文字如下）")
    assert "【第十二條／二（保密義務），第 4 頁】乙方就" in str(present)
    assert str(_column(sheet, "缺少之內容")[1]).startswith("契約約定乙方得拒絕稽核。\n・")


def test_the_drop_down_and_the_date_are_checked(report: Report, tmp_path: Path) -> None:
    sheet = _written([report], tmp_path / "a.xlsx")[GAPS]
    kinds = {v.type: v for v in sheet.data_validations.dataValidation}
    assert kinds["list"].formula1 == f'"{",".join(STATES)}"'
    assert len(kinds["list"].formula1) < 255
    letters = {c.value: c.column_letter for c in sheet[HEADER_ROW]}
    assert str(kinds["list"].sqref) == f"{letters['協商狀態']}4:{letters['協商狀態']}6"
    assert str(kinds["date"].sqref) == f"{letters['期限']}4:{letters['期限']}6"
    assert sheet[f"{letters['期限']}4"].number_format == "yyyy/mm/dd"
    rules = [r for cells in sheet.conditional_formatting for r in cells.rules]
    assert {r.formula[0].strip('"') for r in rules if r.type == "cellIs"} == set(STATES[1:])


def test_no_gap_is_said(report: Report, tmp_path: Path) -> None:
    full = tuple(f for f in report.findings if f.status is Status.FULL)
    sheet = _written([replace(report, findings=full)], tmp_path / "a.xlsx")[GAPS]
    assert "未發現缺口" in _text(sheet)
    assert not sheet.data_validations.dataValidation


def test_all_requirements_with_marks(report: Report, tmp_path: Path) -> None:
    sheet = _written([report], tmp_path / "a.xlsx")[REQUIREMENTS]
    assert _column(sheet, "要求編號") == [f.id for f in report.findings]
    symbols = [str(v)[0] for v in _column(sheet, "狀態")]
    assert symbols == [STATUS_SYMBOL[f.status] for f in report.findings]
    assert _column(sheet, "分數") == [100, 50, 0, 0, None, None]
    assert _column(sheet, "複核") == [None, "請複核", None, None, None, None]
    assert "◐ 委託人得稽核（用語過弱）\n○ 同意中央銀行亦得為之（未約定，非必要）" in _column(sheet, "要素")


def test_clauses_that_serve_none_are_marked(report: Report, tmp_path: Path) -> None:
    sheet = _written([report], tmp_path / "a.xlsx")[CLAUSES]
    assert _column(sheet, "條款") == ["第一條", "第一條", "第二條", "第十二條", "第十二條／二"]
    assert _column(sheet, "要求編號") == ["7.1.1.1", "7.1.1.2", None, None, "7.1.1.4"]
    assert _column(sheet, "對應要求") == ["要求7.1.1.1", "要求7.1.1.2", NONE, BELOW, "要求7.1.1.4"]


def test_a_clause_may_name_a_requirement_that_was_not_checked(report: Report, tmp_path: Path) -> None:
    clause = ClauseUse("第一條", "", "文字", 0, None, None, ("99",))
    sheet = _written([replace(report, clauses=(clause,))], tmp_path / "a.xlsx")[CLAUSES]
    assert _column(sheet, "要求編號") == ["99"]


def test_summary_of_one(report: Report, tmp_path: Path) -> None:
    write_workbook([report], tmp_path / "a.xlsx", made=date(2026, 3, 1))
    sheet = load_workbook(tmp_path / "a.xlsx")[SUMMARY]
    text = _text(sheet)
    for piece in (
        "資訊系統維護契約書",
        "第一類",
        "2026.1",
        "2026/03/01",
        "範例證券股份有限公司（甲方）",
        "附件一 服務水準",
    ):
        assert piece in text
    assert "第 3–4 頁讀不到文字" in text
    assert "未能讀取" in text
    assert "修訂標記 5 處" in text
    assert len(sheet._charts) == 1
    counts = {sheet.cell(r, 1).value: sheet.cell(r, 2).value for r in range(1, sheet.max_row + 1)}
    assert (counts["✕ 牴觸"], counts["重大"], counts["總分（滿分 100）"]) == (1, 1, 61)


def test_summary_says_when_all_was_read(report: Report, tmp_path: Path) -> None:
    read = replace(report, notices=(), findings=report.findings[:1])
    assert ALL_READ in _text(_written([read], tmp_path / "a.xlsx")[SUMMARY])


def test_several_contracts_have_a_row_each_and_a_column(several: list[Report], tmp_path: Path) -> None:
    loaded = _written(several, tmp_path / "a.xlsx")
    assert len(loaded[SUMMARY]._charts) == 1
    assert "b.pdf" in _text(loaded[SUMMARY])
    for name, rows in (
        (GAPS, sum(len(r.gaps) for r in several)),
        (REQUIREMENTS, sum(len(r.findings) for r in several)),
    ):
        sheet = loaded[name]
        assert sheet.cell(HEADER_ROW, 1).value == "契約"
        assert len(_column(sheet, "契約")) == rows
    assert loaded[GAPS].cell(FIRST_ROW, 1).value == "資訊系統維護契約書（維護契約 #1 100%.docx）"


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_are_set_up_for_screen_and_print(count: int, several: list[Report], tmp_path: Path) -> None:
    loaded = _written(several[:count], tmp_path / "a.xlsx")
    for sheet in loaded.worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.oddFooter.left.text == "&F"
        assert sheet.print_area
    for name in (GAPS, REQUIREMENTS, CLAUSES):
        sheet = loaded[name]
        assert sheet.print_title_rows == f"$1:${HEADER_ROW}"
        assert sheet.freeze_panes.endswith(str(FIRST_ROW))
        assert sheet.auto_filter.ref.startswith(f"A{HEADER_ROW}:")
    assert len(loaded[GAPS].print_area.split(",")) == 2


def test_rows_are_high_enough_and_never_too_high(report: Report, tmp_path: Path) -> None:
    long = replace(report.findings[3], wording={"zh": "一" * 200}, official_text="文" * 30_000)
    loaded = _written([replace(report, findings=(long, report.findings[0]))], tmp_path / "a.xlsx")
    assert 130 < loaded[GAPS].row_dimensions[FIRST_ROW].height < 200  # ten lines of twenty characters
    heights = [d.height for s in loaded.worksheets for d in s.row_dimensions.values() if d.height]
    assert max(heights) <= 409


def test_an_ampersand_in_the_name_is_no_code_of_the_header(report: Report, tmp_path: Path) -> None:
    named = replace(report, metadata=Metadata("R&D [Page] &P 契約" + "長" * 300))
    sheet = build_workbook([named], tmp_path / "a.xlsx")[SUMMARY]
    text = str(sheet.oddHeader)
    assert "R&&D ［Page］ &&P 契約" in text
    assert len(text) < 255


def test_severities_and_statuses_look_different(report: Report, make_finding: object, tmp_path: Path) -> None:
    findings = tuple(
        make_finding(f"7.{i}", s, list(Severity)[i % 4])  # type: ignore[operator]
        for i, s in enumerate(Status)
    )
    sheet = _written([replace(report, findings=findings)], tmp_path / "a.xlsx")[REQUIREMENTS]
    column = next(c.column for c in sheet[HEADER_ROW] if c.value == "狀態")
    fills = {sheet.cell(r, column).fill.start_color.rgb for r in range(FIRST_ROW, FIRST_ROW + len(Status))}
    assert len(fills) == len(Status)


def test_the_same_reports_give_the_same_bytes(several: list[Report], tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(several, tmp_path / name, made=date(2026, 1, 2))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in package.read("docProps/core.xml")


def test_a_place_that_cannot_be_written_is_an_output_error(report: Report, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="資料夾不存在"):
        write_workbook([report], tmp_path / "none" / "a.xlsx")


def test_evidence_of_a_gap_without_words_is_said(report: Report, make_finding: object, tmp_path: Path) -> None:
    bare: Finding = make_finding("7.9", Status.MISSING, nearest=None)  # type: ignore[operator]
    sheet = _written([replace(report, findings=(bare,))], tmp_path / "a.xlsx")[GAPS]
    assert _column(sheet, "契約現有文字及位置") == ["（契約中未見相關約定）"]
