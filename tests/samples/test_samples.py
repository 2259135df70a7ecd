"""The sample contracts: made as committed, read in full, judged alike whatever the file format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clausecheck.document import Document
from clausecheck.findings import Status
from clausecheck.library import load_library
from clausecheck.parsers import parse
from tests.samples.support import (
    EXPECTED,
    FILES,
    FOLDER,
    TRACKED,
    differences,
    expectation,
    expected_statuses,
    report_on,
)

AGREEMENT = 0.9


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script has just made the samples."""
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, str(FOLDER / "make.py"), "--to", str(folder)], check=True)
    return folder


def parts(document: Document, part: str) -> str:
    """The words of one part of a document."""
    return "\n".join(b.text for b in (*document.blocks, *document.asides) if b.place.part == part)


# --- the files ---------------------------------------------------------------------------------


def test_script_makes_exactly_the_committed_files(remade: Path) -> None:
    assert sorted(p.name for p in remade.iterdir()) == list(FILES)
    assert {Path(f).stem for f in FILES} == set(EXPECTED)


@pytest.mark.parametrize("name", FILES)
def test_committed_bytes_are_reproduced(name: str, remade: Path) -> None:
    assert (remade / name).read_bytes() == (FOLDER / name).read_bytes()


# --- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_read_whole(name: str) -> None:
    report = report_on(name)
    expected = {"tracked-changes"} if name == TRACKED else set()
    assert {n.code for n in report.notices} == expected


@pytest.mark.parametrize("name", FILES)
def test_parties(name: str) -> None:
    named = {p.role: p.name for p in report_on(name).parties}
    assert named == {role: expectation(name)[role] for role in ("customer", "supplier")}


def test_supplier_may_be_the_first_party() -> None:
    words = {p.role: p.aliases for p in report_on("07-vendor-paper.pdf").parties}
    assert "乙方" in words["customer"]
    assert "甲方" in words["supplier"]


def test_automatic_numbers_table_footnote_text_box_and_content_control() -> None:
    document = parse(FOLDER / "01-trading-maintenance.docx")
    assert "第一條　契約期間\n一、本契約自民國一一六年一月一日起至民國一一八年十二月三十一日止" in document.text
    assert "（三）因法令或交易所規格調整所需之程式修改。" in document.text
    assert "一級 | 下單或回報全面中斷 | 十五分鐘 | 二小時" in document.text
    assert "資通系統安全防護基準參考指引" in parts(document, "footnote")
    assert document.text.count("應主動於一小時內") == 1  # the box stands in the file twice, for old readers too
    assert parts(document, "header") == "晨穹證券股份有限公司　委外契約　CQ-115-0207"
    assert "委外契約" not in document.text


def test_annex_items_are_numbered_anew() -> None:
    document = parse(FOLDER / "04-onsite-staff.docx")
    annex = document.text[document.text.index("附件一　駐點人員保密切結書") :]
    assert "\n一、立切結書人於駐點期間" in annex


def test_running_header_and_page_numbers_are_not_text() -> None:
    document = parse(FOLDER / "03-fund-cloud.pdf")
    assert document.pages == 5
    assert document.text.count("雲端基金帳務平台服務契約") == 1
    assert "第 2 頁" not in document.text
    assert "平台每月可用率 | 99.9%以上" in document.text


def test_tracked_changes_have_author_and_date() -> None:
    changes = parse(FOLDER / TRACKED).changes
    made = {(c.kind, c.author, c.date[:10]) for c in changes}
    assert made == {
        ("insertion", "澔川法遵處", "2026-03-16"),
        ("insertion", "櫟智法務室", "2026-03-12"),
        ("deletion", "櫟智法務室", "2026-03-12"),
    }
    assert "及中央銀行" in {c.text for c in changes if c.kind == "deletion"}


# --- judging -----------------------------------------------------------------------------------


def test_every_requirement_is_agreed_in_some_sample() -> None:
    known = {r.id for r in load_library().requirements if r.document == "contract"}
    assert len(known) == 32
    agreed = {i for name in FILES for i in known - set(expected_statuses(name))}
    assert agreed == known
    assert {i for name in FILES for i in expected_statuses(name)} <= known


def test_docx_and_pdf_of_one_text_are_judged_alike() -> None:
    docx, pdf = report_on("03-fund-cloud.docx"), report_on("03-fund-cloud.pdf")
    for one, other in zip(docx.findings, pdf.findings, strict=True):
        assert (one.id, one.status) == (other.id, other.status)
        assert [(r.id, r.state, [e.text for e in r.evidence]) for r in one.elements] == [
            (r.id, r.state, [e.text for e in r.evidence]) for r in other.elements
        ]


def test_tracked_changes_turn_the_verdict() -> None:
    def status(requirement: str, original: bool) -> Status:
        return next(f.status for f in report_on(TRACKED, original).findings if f.id == requirement)

    assert status("7.1.1.8", original=True) is Status.FULL
    assert status("7.1.1.8", original=False) is Status.PARTIAL
    assert status("7.1.1.7", original=True) is Status.FULL
    assert status("7.1.1.7", original=False) is Status.PARTIAL
    assert status("7.1.5.4", original=True) is Status.MISSING
    assert status("7.1.5.4", original=False) is Status.PARTIAL


def test_program_agrees_with_the_lawyer() -> None:
    differing = sum(len(differences(name)) for name in FILES)
    judged = sum(len(report_on(name).findings) for name in FILES)
    assert 1 - differing / judged >= AGREEMENT
