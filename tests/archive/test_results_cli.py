"""report, list, show, search and export, as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.searching import search, words_of
from clausecheck.archive.state import Archive
from clausecheck.reports.json import to_json
from clausecheck.reports.json_reading import report_from_json
from tests.archive.made_entries import entry, real_reports, report, store, with_statuses
from tests.conftest import Run

HOSTILE = '=HYPERLINK("http://example.invalid")'


def _entries() -> list[Entry]:
    first = report(0, supplier=("雲程資訊股份有限公司", ""), title="維護契約", end_date="2027-06-30", value="")
    other = report(1, supplier=("云程资讯有限公司", ""), title=HOSTILE, end_date="", value="")
    third = report(3, supplier=("台灣大哥大股份有限公司", ""), title="[bold]紅[/bold]", end_date="2026-12-31", value="")
    with_statuses(first, {"7.1.1.8": "missing", "7.1.1.7": "full"})
    with_statuses(other, {"7.1.1.8": "full"})
    with_statuses(third, {"7.1.1.8": "conflict"})
    judged = [entry("/a/one.docx", first), entry("/a/b/two.docx", other), entry("/c/=3.pdf", third)]
    copied = entry("/c/copy.docx", first, sha256=judged[0].sha256, duplicate_of=judged[0].path)
    refused = entry(
        "/c/bad.pdf", outcome=Outcome.REFUSED, exit_code=6, reason="「bad.pdf」沒有可讀的文字", advice="請重掃"
    )
    gone = entry("/gone.docx", report(2), present=False)
    return [*judged, copied, refused, gone]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.sqlite"
    store(path, _entries())
    return path


def _listed(run: Run, db: Path, *options: str) -> list[str]:
    ran = run("archive", "list", "--db", db, "--format", "json", *options)
    assert ran.code == 0, ran.err
    return [row["path"] for row in json.loads(ran.out)]


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ([], ["/a/b/two.docx", "/a/one.docx", "/c/=3.pdf", "/c/bad.pdf", "/c/copy.docx"]),
        (["--outcome", "refused"], ["/c/bad.pdf"]),
        (["--status", "missing", "--requirement", "7.1.1.8"], ["/a/one.docx", "/c/copy.docx"]),
        (["--status", "conflict", "--requirement", "7.1.1.8"], ["/c/=3.pdf"]),
        (["--supplier", "雲程資訊"], ["/a/b/two.docx", "/a/one.docx", "/c/copy.docx"]),
        (["--supplier", "台灣大"], ["/c/=3.pdf"]),
        (["--supplier", "無此公司"], []),
        (["--expires-before", "2026-12-31"], []),
        (["--expires-before", "2027-01-01"], ["/c/=3.pdf"]),
        (["--expires-before", "2028-01-01", "--supplier", "雲程資訊"], ["/a/one.docx", "/c/copy.docx"]),
    ],
)
def test_list(run: Run, db: Path, options: list[str], paths: list[str]) -> None:
    assert _listed(run, db, *options) == paths


def test_list_says_how_many_have_no_end(run: Run, db: Path) -> None:
    assert "另有 1 份契約未載明迄日" in run("archive", "list", "--db", db, "--expires-before", "2027-01-01").err


def test_list_as_text_shows_names_as_they_are(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    ran = run("archive", "list", "--db", db, "--requirement", "7.1.1.8")
    assert "牴觸" in ran.out
    assert "/c/=3.pdf" in ran.out
    assert "共 4 檔" in ran.out


def test_a_requirement_that_is_none(run: Run, db: Path) -> None:
    ran = run("archive", "list", "--db", db, "--requirement", "9.9")
    assert ran.code == 2
    assert "9.9" in ran.err


@pytest.mark.parametrize("wanted", ["/a/one.docx", "one.docx", "a/one.docx"])
def test_show(run: Run, db: Path, wanted: str) -> None:
    ran = run("archive", "show", wanted, "--db", db)
    assert ran.code == 0
    assert "/a/one.docx" in ran.out
    assert "維護契約" in ran.out
    assert "7.1.1.8" in ran.out


def test_show_by_hash_refused_vanished_and_unknown(run: Run, db: Path) -> None:
    bad = next(e for e in _entries() if e.path == "/c/bad.pdf")
    assert "沒有可讀的文字" in run("archive", "show", bad.sha256[:8], "--db", db).out
    assert "檔案已不在" in run("archive", "show", "gone.docx", "--db", db).out
    assert run("archive", "show", "none.docx", "--db", db).code == 2


def test_show_writes_the_gap_report(run: Run, db: Path, tmp_path: Path) -> None:
    assert run("archive", "show", "one.docx", "--db", db, "-o", tmp_path / "g.xlsx").code == 0
    assert stat.S_IMODE((tmp_path / "g.xlsx").stat().st_mode) == 0o600
    assert run("archive", "show", "bad.pdf", "--db", db, "-o", tmp_path / "h.xlsx").code == 2


def test_a_report_comes_back_from_its_json() -> None:
    for document in real_reports():
        again = to_json([report_from_json(document)], program_version="0.1.0")["documents"]
        assert again == [document]


def test_report(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.xlsx"
    ran = run("archive", "report", "--db", db, "-o", out, "--today", "2026-11-01", "--concentration", "30")
    assert (ran.code, stat.S_IMODE(out.stat().st_mode)) == (0, 0o600)
    with Archive.open(db) as archive:
        assert (str(out),) in archive.connection.execute("SELECT path FROM outputs").fetchall()


@pytest.mark.parametrize("name", ["p.csv", "p"])
def test_report_wants_a_workbook(run: Run, db: Path, tmp_path: Path, name: str) -> None:
    assert run("archive", "report", "--db", db, "-o", tmp_path / name).code == 2


def test_the_database_and_the_contracts_are_not_written_over(run: Run, tmp_path: Path) -> None:
    contract, db = tmp_path / "one.docx", tmp_path / "a.sqlite"
    contract.write_bytes(b"contract")
    store(db, [entry(str(contract), report())])
    for output in (contract, db):
        assert run("archive", "export", "--db", db, "--format", "csv", "-o", output).code == 2
    assert contract.read_bytes() == b"contract"


@pytest.mark.parametrize("command", [["list"], ["search", "稽核"], ["show", "a"]])
def test_what_is_no_archive(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "text").write_text("no database, only words " * 50)
    for path in (tmp_path / "text", tmp_path / "absent"):
        ran = run("archive", *command, "--db", path)
        assert ran.code == 9
        assert ran.err.startswith("錯誤：")


def _exported(run: Run, db: Path, path: Path, form: str, *options: str) -> Path:
    ran = run("archive", "export", "--db", db, "--format", form, "-o", path, *options)
    assert ran.code == 0, ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path


def test_csv_is_for_excel_and_holds_no_formula(run: Run, db: Path, tmp_path: Path) -> None:
    data = _exported(run, db, tmp_path / "a.csv", "csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [r["路徑"] for r in rows] == _listed(run, db)
    assert rows[0]["契約名稱"] == f"'{HOSTILE}"
    assert {r["7.1.1.8 稽核權條款"] for r in rows} == {"符合", "缺漏", "牴觸", ""}
    assert not [v for r in rows for v in r.values() if re.match(r"[=+\-@\t\r]", v)]


def test_json_has_the_same_rows(run: Run, db: Path, tmp_path: Path) -> None:
    rows = json.loads(_exported(run, db, tmp_path / "a.json", "json").read_text(encoding="utf-8"))
    assert [r["path"] for r in rows] == _listed(run, db)
    assert rows[0]["title"] == HOSTILE
    assert rows[1]["7.1.1.8"] == "missing"


def test_findings_are_a_row_each(run: Run, db: Path, tmp_path: Path) -> None:
    rows = json.loads(
        _exported(run, db, tmp_path / "a.json", "json", "--table", "findings").read_text(encoding="utf-8")
    )
    assert len(rows) == 3 * 32  # copies, refused and vanished files have no findings of their own
    found = {(r["path"], r["requirement"]): r["status"] for r in rows}
    assert found["/c/=3.pdf", "7.1.1.8"] == "conflict"


def test_parquet(run: Run, db: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(_exported(run, db, tmp_path / "a.parquet", "parquet"))
    assert table.column("path").to_pylist() == _listed(run, db)
    assert str(table.schema.field("score").type) == "int64"


def test_parquet_without_its_package(run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("clausecheck.archive.exporting.import_module", absent)
    ran = run("archive", "export", "--db", db, "--format", "parquet", "-o", tmp_path / "a.parquet")
    assert ran.code == 8
    assert "pyarrow" in ran.err
    assert not (tmp_path / "a.parquet").exists()


# --- search ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "a.sqlite"
    texts = {
        "/one.docx": ["乙方應接受主管機關及中央銀行之稽核。", "資訊安全事件應於 24 小時內通報，費用 50%_。"],
        "/two.docx": ["乙方应接受主管机关之查核，并遵守信息安全规定。", 'He said "audit (right)" AND OR NOT NEAR.'],
    }
    made = []
    for name, lines in texts.items():
        document = report()
        blank = {"heading": "", "level": 0, "page": None, "paragraph": 1, "requirements": []}
        document["clauses"] = [{**blank, "path": f"第{i}條", "text": t} for i, t in enumerate(lines, 1)]
        made.append(entry(name, document))
    gone = report()
    gone["clauses"] = [{**made[0].report["clauses"][0]}] if made[0].report else []
    store(path, [*made, entry("/gone.docx", gone, present=False)])
    return path


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("中央銀行", ["/one.docx 第1條"]),
        ("中央银行", ["/one.docx 第1條"]),
        ("主管機關", ["/one.docx 第1條", "/two.docx 第1條"]),
        ("稽核", ["/one.docx 第1條"]),
        ("查", ["/two.docx 第1條"]),
        ("主管機關 稽核", ["/one.docx 第1條"]),
        ("主管機關 遵守信息", ["/two.docx 第1條"]),
        ("AUDIT", ["/two.docx 第2條"]),
        ('"audit (right)"', ["/two.docx 第2條"]),
        ('"right audit"', []),
        ("audit right", ["/two.docx 第2條"]),
        ("(right)", ["/two.docx 第2條"]),
        ("AND OR NOT", ["/two.docx 第2條"]),
        ("50%", ["/one.docx 第2條"]),
        ("%", ["/one.docx 第2條"]),
        ("5_", []),
        ("' OR 1=1 --", []),
        ("*", []),
        ("NEAR(", []),
        ("heading:稽核權", []),
        ("絕無此語", []),
    ],
)
def test_search(searched: Path, query: str, places: list[str]) -> None:
    with Archive.open(searched) as archive:
        hits = search(archive, words_of(query))
    assert [f"{h.path} {h.clause}" for h in hits.shown] == places
    assert hits.clauses == len(places)


def test_the_excerpt_holds_what_was_found(searched: Path) -> None:
    with Archive.open(searched) as archive:
        (hit,) = search(archive, ["24 小時"]).shown or search(archive, ["24小時"]).shown
    assert "小時" in hit.excerpt[slice(*hit.found)]


def test_search_on_the_command_line(run: Run, searched: Path) -> None:
    ran = run("archive", "search", "主管機關", "--db", searched, "--limit", "1")
    assert "共 2 處條款，於 2 檔，以上為前 1 處" in ran.out.replace("\n", "")
    shown = json.loads(run("archive", "search", "主管機關", "--db", searched, "--format", "json").out)
    assert [h["path"] for h in shown["shown"]] == ["/one.docx", "/two.docx"]
    assert run("archive", "search", " ", "--db", searched).code == 2


def test_the_index_follows_the_clauses(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store(path, [entry("/a.docx", report())])
    with Archive.open(path) as archive:
        before = search(archive, ["不得轉讓"]).clauses
        archive.connection.execute("UPDATE clauses SET text = '本條已改為不得轉讓之約定' WHERE ordinal = 0")
        assert search(archive, ["本條已改為"]).clauses == 1
        assert search(archive, ["不得轉讓"]).clauses >= max(1, before)
        archive.connection.execute("DELETE FROM clauses")
        assert search(archive, ["不得轉讓"]).clauses == 0
        archive.connection.execute("INSERT INTO clause_search (clause_search) VALUES ('integrity-check')")
