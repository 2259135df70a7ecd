"""The workbook of an archive, written and read back: every sheet against the entries it was made from."""

from __future__ import annotations

import copy
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.facts import gather
from clausecheck.archive.portfolio import ranking as ranking_sheet
from clausecheck.archive.portfolio import write_portfolio
from clausecheck.archive.portfolio.matrix import SHORT
from clausecheck.archive.portfolio.names import (
    DUPLICATES,
    EXPIRY,
    MATRIX,
    OVERVIEW,
    RANKING,
    ROSTER,
    SHEETS,
    UNJUDGED,
    UNSTATED,
)
from clausecheck.archive.portfolio.suppliers import CONCENTRATED, NOBODY
from clausecheck.archive.wording import PARTLY, VANISHED
from clausecheck.errors import OutputError
from clausecheck.findings import GAPS, Status
from clausecheck.reports.safe import clean
from tests.archive.made_entries import TODAY, entry, report, varied
from tests.reports.conftest import UGLY_TEXTS

FIRST = 4


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(varied(60))


@pytest.fixture(scope="module")
def book(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return _written(entries, tmp_path_factory.mktemp("book") / "p.xlsx")


def _written(entries: list[Entry], path: Path, **more: Any) -> Workbook:
    write_portfolio(iter(entries), path, today=TODAY, **more)
    return load_workbook(path)


def _rows(sheet: Worksheet) -> list[dict[str, Any]]:
    titles = [str(c.value).replace("\n", "") for c in sheet[3]]
    return [dict(zip(titles, (c.value for c in row), strict=True)) for row in sheet.iter_rows(min_row=FIRST)]


def _cells(book: Workbook) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (c for c in row if c.value is not None)


def _judged(entries: list[Entry]) -> list[Entry]:
    return [e for e in entries if e.report and e.present and not e.duplicate_of]


def _overview(book: Workbook) -> dict[str, Any]:
    return {str(row[0].value).strip("　"): row[1].value for row in book[OVERVIEW].iter_rows() if row[0].value}


def test_sheets_are_frozen_filtered_and_ready_to_print(book: Workbook) -> None:
    assert tuple(book.sheetnames) == SHEETS
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    for name in SHEETS[1:-1]:
        assert book[name].freeze_panes
        assert book[name].auto_filter.ref.startswith("A3:")
        assert book[name].print_title_rows == "$1:$3"


def test_no_cell_is_a_formula_and_every_part_is_legal(book: Workbook, entries: list[Entry], tmp_path: Path) -> None:
    assert {c.data_type for c in _cells(book)} <= {"s", "n", "d"}
    write_portfolio(iter(entries), tmp_path / "p.xlsx", today=TODAY)
    with zipfile.ZipFile(tmp_path / "p.xlsx") as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))


def test_overview_counts(book: Workbook, entries: list[Entry]) -> None:
    shown, judged = _overview(book), _judged(entries)
    present = [e for e in entries if e.present]
    assert shown["掃描之檔案"] == len(present)
    assert shown["已檢核"] == sum(e.outcome is Outcome.CHECKED for e in present)
    assert shown["無法讀取"] == sum(e.outcome is Outcome.REFUSED for e in present)
    assert shown["其中重複檔案"] == sum(e.duplicate_of is not None for e in present)
    assert shown["檢核之契約（重複者計一份）"] == len(judged)
    gaps = [r["status"] in GAPS for e in judged for r in e.report["requirements"]]
    assert shown["缺口合計"] == sum(gaps)
    bands = Counter(min(e.report["score"] // 10 * 10, 90) for e in judged)
    assert [shown[f"{b}–{b + 9 if b < 90 else 100}"] for b in range(0, 100, 10)] == [
        bands[b] for b in range(0, 100, 10)
    ]
    assert len(book[OVERVIEW]._charts) == 2


def test_matrix_holds_every_contract_and_status(book: Workbook, entries: list[Entry]) -> None:
    rows, judged = _rows(book[MATRIX]), {e.path: e for e in _judged(entries)}
    assert [r["檔案"] for r in rows] == sorted(judged)
    for row in rows:
        made = judged[row["檔案"]].report
        assert row["契約"] == made["metadata"]["title"]
        assert row["總分"] == made["score"]
        for requirement in made["requirements"]:
            shown = row[f"{requirement['id']} {requirement['name']}"]
            assert shown == SHORT[Status(requirement["status"])]


def test_matrix_links_to_the_files(tmp_path: Path) -> None:
    local, remote = entry(str(tmp_path / "契約 #1.docx"), report()), entry("s3://bucket/a.docx", report())
    book = _written([local, remote], tmp_path / "p.xlsx")
    links = {c.value: c.hyperlink.target if c.hyperlink else None for c in book[MATRIX]["A"][FIRST - 1 :]}
    assert len(links) == 1  # both have the sample's title
    targets = [c.hyperlink.target for c in book[MATRIX]["A"][FIRST - 1 :] if c.hyperlink]
    assert targets == ["%E5%A5%91%E7%B4%84%20%231.docx"]


def test_ranking_holds_every_gap_in_the_order_of_its_points(book: Workbook, entries: list[Entry]) -> None:
    rows = _rows(book[RANKING])
    assert len(rows) == sum(r["status"] in GAPS for e in _judged(entries) for r in e.report["requirements"])
    points = [r["優先分"] for r in rows]
    assert points == sorted(points, reverse=True)
    for row in rows:
        factors = row["嚴重度權數"] * row["狀態係數"] * row["到期係數"] * row["供應商係數"]
        assert row["優先分"] == pytest.approx(factors, abs=0.006)
    assert "優先分＝" in str(book[RANKING]["D2"].value)


def test_ranking_says_what_it_leaves_out(entries: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking_sheet, "MOST_ROWS", 10)
    sheet = _written(entries, tmp_path / "p.xlsx")[RANKING]
    assert len(_rows(sheet)) == 10
    assert "僅列前 10 項" in str(sheet["D2"].value)


def test_roster_counts_shares_and_marks(tmp_path: Path) -> None:
    names = ["雲程資訊股份有限公司", "雲程資訊（股）公司", "台灣大股份有限公司", "台灣大哥大股份有限公司", ""]
    values = ["新臺幣一百萬元", "USD 5,000", "", "", ""]
    pairs = enumerate(zip(names, values, strict=True))
    made = [entry(f"/{i}.docx", report(supplier=(n, ""), value=v)) for i, (n, v) in pairs]
    rows = {r["供應商"]: r for r in _rows(_written(made, tmp_path / "p.xlsx", concentration=20)[ROSTER])}
    assert set(rows) == {"雲程資訊股份有限公司", "台灣大股份有限公司", "台灣大哥大股份有限公司", NOBODY}
    cloud = rows["雲程資訊股份有限公司"]
    assert (cloud["契約數"], cloud["占比"], cloud["集中度"]) == (2, 0.4, CONCENTRATED)
    assert cloud["合併之寫法"] == "雲程資訊股份有限公司\n雲程資訊（股）公司"
    assert (cloud["契約總價（新臺幣）"], cloud["契約總價（其他幣別）"], cloud["載明總價之契約"]) == (
        1_000_000,
        "USD 5,000",
        "2／2",
    )
    assert rows["台灣大股份有限公司"]["集中度"] is None  # exactly the threshold is not above it
    assert rows["台灣大股份有限公司"]["契約總價（新臺幣）"] == UNSTATED
    assert rows[NOBODY]["契約數"] == 1


def test_expiry_is_sorted_and_counts_days(book: Workbook, entries: list[Entry]) -> None:
    rows = _rows(book[EXPIRY])
    assert len(rows) == len(_judged(entries))
    known = [r["剩餘天數"] for r in rows if isinstance(r["剩餘天數"], int)]
    coming, past = [d for d in known if d >= 0], [d for d in known if d < 0]
    assert known == sorted(coming) + sorted(past, reverse=True)
    assert all(r["迄日"] == r["剩餘天數"] == UNSTATED == r["到期"] for r in rows[len(known) :])
    for row in rows[: len(known)]:
        assert isinstance(row["迄日"], datetime)
        assert row["迄日"].date() == TODAY + timedelta(days=row["剩餘天數"])


def test_unjudged_files_say_why_and_what_to_do(entries: list[Entry], tmp_path: Path) -> None:
    read_in_part = report(1)
    read_in_part["notices"].append({"code": "x", "message": "第 3 頁讀不到文字", "page": 3, "blocking": True})
    more = [entry("/part.docx", read_in_part), entry("/gone.docx", report(2), present=False)]
    rows = {r["路徑"]: r for r in _rows(_written([*entries, *more], tmp_path / "p.xlsx")[UNJUDGED])}
    for made in entries:
        if made.outcome is not Outcome.CHECKED:
            assert (rows[made.path]["原因"], rows[made.path]["處理方法"]) == (made.reason, made.advice)
    assert rows["/part.docx"]["結果"] == PARTLY
    assert "第 3 頁讀不到文字" in rows["/part.docx"]["原因"]
    assert rows["/gone.docx"]["結果"] == VANISHED


def test_duplicates_stand_beside_what_was_judged(book: Workbook, entries: list[Entry]) -> None:
    rows = _rows(book[DUPLICATES])
    copies = {e.path: e.duplicate_of for e in entries if e.duplicate_of and e.present}
    assert {r["檔案路徑"]: r["已判讀檔案之路徑"] for r in rows} == copies
    assert copies


def test_a_copy_stands_in_for_a_vanished_file() -> None:
    gone = entry("/a.docx", report(), present=False)
    copies = [entry(p, report(), sha256=gone.sha256, duplicate_of=gone.path) for p in ("/b.docx", "/c.docx")]
    facts = gather([gone, *copies])
    assert [c.path for c in facts.contracts] == ["/b.docx"]
    assert all(facts.contract_of_file(c) for c in copies)


def test_pending_files_are_told(tmp_path: Path) -> None:
    text = "\n".join(str(c.value) for c in _cells(_written([], tmp_path / "p.xlsx", pending=3)))
    assert "3 個檔案尚未檢核" in text


def test_the_empty_archive(tmp_path: Path) -> None:
    book = _written([], tmp_path / "p.xlsx")
    assert tuple(book.sheetnames) == SHEETS
    assert _overview(book)["檢核之契約（重複者計一份）"] == 0


def test_same_entries_same_bytes_for_the_owner_only(entries: list[Entry], tmp_path: Path) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (one, other):
        write_portfolio(iter(entries), path, today=TODAY)
    assert one.read_bytes() == other.read_bytes()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_portfolio(iter([]), tmp_path / "no" / "p.xlsx", today=TODAY)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    made = []
    for number, text in enumerate(UGLY_TEXTS):
        ugly = copy.deepcopy(report(supplier=(text, "")))
        ugly["metadata"].update(title=text, term=text, renewal=text, value=text, end_date=text)
        for requirement in ugly["requirements"]:
            requirement.update(status="missing", absent=[text], why=text)
        made.append(entry(f"/{number}/{text.encode('utf-8', 'backslashreplace').decode()}.docx", ugly))
        made.append(entry(f"/refused/{number}", outcome=Outcome.REFUSED, reason=text, advice=text))
    book = _written(made, tmp_path / "p.xlsx")
    assert {c.data_type for c in _cells(book)} <= {"s", "n", "d"}
    shown = {str(r["契約"]) for r in _rows(book[MATRIX])}
    assert shown == {" ".join(clean(t).split()) for t in UGLY_TEXTS}
    reasons = {r["原因"] for r in _rows(book[UNJUDGED])}
    assert reasons == {clean(t) for t in UGLY_TEXTS}


def test_contracts_of_two_libraries_are_warned_of(tmp_path: Path) -> None:
    newer = report(1)
    newer["library"]["fingerprint"] = "other"
    newer["requirements"] = newer["requirements"][:5]
    book = _written([entry("/a.docx", report()), entry("/b.docx", newer)], tmp_path / "p.xlsx")
    assert "不同版本之條款庫" in str(book[OVERVIEW]["A3"].value)
    assert "未檢" in {c.value for c in book[MATRIX][FIRST + 1]}
