"""Opening: links, devices, pipes, names; PDF files whose structure lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from clausecheck.parsers import parse
from tests.bad_input import hostile_pdf
from tests.conftest import Run
from tests.small_library import AUDIT, write_contract

posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")


@posix
def test_links_are_followed_to_a_file_and_no_further(check: Run, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(write_contract(tmp_path / "a.txt", AUDIT))
    assert check(link).code == 0
    assert parse(link).name == "link.txt"
    for name, target, word in (("gone.docx", "none.docx", "失效的捷徑"), ("loop.docx", "loop.docx", "循環")):
        (tmp_path / name).symlink_to(tmp_path / target)
        ran = check(tmp_path / name)
        assert ran.code == 3
        assert word in ran.err


@posix
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/tty", "pipe.docx"])
def test_devices_and_pipes_never_block(check: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "pipe.docx":
        os.mkfifo(path)
    ran = check(path)
    assert ran.code == 3
    assert "不是一般檔案" in ran.err


@pytest.mark.parametrize("name", ["x" * 300 + ".docx", "a.txt/b.docx"])
def test_impossible_paths(check: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert check(tmp_path / name).code == 3


@posix
def test_no_name_becomes_a_formula(check: Run, tmp_path: Path) -> None:
    path = write_contract(tmp_path / "=cmd|' C calc'!A0\u202e.txt", AUDIT)
    assert check(path, "-o", tmp_path / "gap.xlsx").code == 0
    for sheet in openpyxl.load_workbook(tmp_path / "gap.xlsx"):
        for row in sheet.iter_rows():
            assert not any(c.data_type == "f" and "cmd" in str(c.value) for c in row)
            assert not any("\u202e" in str(c.value) for c in row)


@pytest.mark.parametrize("make", ["looping_xref", "lying_count", "huge_picture", "nested_arrays", "self_drawing_form"])
def test_loops_and_lies_cost_no_words(tmp_path: Path, make: str) -> None:
    path = hostile_pdf.write_bytes(tmp_path / "a.pdf", getattr(hostile_pdf, make)())
    document = parse(path)
    assert "The Supplier" in document.text
    assert document.pages == 1


def test_a_page_tree_with_a_loop_loses_no_page_unseen(tmp_path: Path) -> None:
    document = parse(hostile_pdf.write_bytes(tmp_path / "a.pdf", hostile_pdf.looping_page_tree()))
    assert "The Supplier" in document.text
    assert document.unread_pages
    assert all(n.blocking for n in document.notices)


@pytest.mark.parametrize("claimed", [0, 1, 3, 5])
def test_pages_behind_a_wrong_count_are_read(tmp_path: Path, claimed: int) -> None:
    document = parse(hostile_pdf.write_bytes(tmp_path / "a.pdf", hostile_pdf.many_pages(5, claimed)))
    assert document.pages == 5
    assert document.text.count("The Supplier keeps record") == 5
    assert [n.code for n in document.notices] == (["repaired"] if claimed in (1, 3) else [])


def test_what_a_library_logs_is_kept_from_the_terminal() -> None:
    program = "import logging, clausecheck.parsers.pdf_opening; logging.getLogger('pikepdf._core').error('odd')"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_pages_that_are_claimed_and_absent_are_told(tmp_path: Path) -> None:
    document = parse(hostile_pdf.write_bytes(tmp_path / "a.pdf", hostile_pdf.many_pages(5, 7)))
    assert document.unread_pages == (6, 7)
    assert all(n.blocking for n in document.notices)
