"""Names that mislead or cannot be shown, texts without a break, places that cannot be written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.parsers.docx_files import para, write_docx
from tests.parsers.pdf_files import lines_page
from tests.parsers.pdf_files import write as write_pdf
from tests.small_library import AUDIT, write_contract


@pytest.mark.parametrize("name", ["pdf.docx", "docx.pdf", "docx.txt", "docx", "PDF.DOC"])
def test_a_wrong_name_does_not_matter_when_the_content_is_clear(check: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.lower().startswith("pdf"):
        write_pdf(path, lines_page("第一條　稽核", AUDIT))
    else:
        write_docx(path, para("第一條　稽核") + para(AUDIT))
    ran = check(path, "--fail-on", "gap")
    assert (ran.code, ran.err) == (0, "")


UGLY_NAMES = ["壞[red]檔[bold].docx", "a\x1b[31mb\x07.docx", "一行\n錯誤：二行.docx", "反\u202e字.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such file names there")
@pytest.mark.parametrize("name", UGLY_NAMES)
def test_file_names_cannot_command_the_terminal(check: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 cut off")
    ran = check(path)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert not set("\x1b\x07\u202e") & set(ran.err)
    good = write_contract(path.with_suffix(".txt"), AUDIT)
    for form, barred in (("text", "\x1b\x07\u202e"), ("json", "\x1b\x07")):
        shown = check(good, "--format", form)
        assert shown.code == 0
        assert not set(barred) & set(shown.out)
        assert ("[red]" in name) <= ("[red]" in shown.out)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names there are Unicode")
def test_a_file_name_that_is_no_utf8(check: Run, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xa5\xd2.txt"))
    write_contract(path, AUDIT)
    for form in ("text", "json"):
        assert check(path, "--format", form).code == 0
    assert check(path, "-o", tmp_path / "gap.xlsx").code == 0
    assert check(path.with_suffix(".pdf")).code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_file_without_permission(check: Run, tmp_path: Path) -> None:
    path = write_contract(tmp_path / "locked.txt", AUDIT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    ran = check(path)
    assert ran.code == 3
    assert "locked.txt" in ran.err


def test_a_huge_single_line_is_read(check: Run, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("第一條　稽核" + "雙方應依誠信原則履行本契約之各項約定" * 2_500 + "。" + AUDIT, encoding="utf-8")
    ran = check(path, "--fail-on", "gap")
    assert (ran.code, ran.err) == (0, "")


def test_a_line_without_any_end_is_read(check: Run, tmp_path: Path) -> None:
    path = tmp_path / "word.txt"
    path.write_text("a" * 60_000 + " " + "（" * 20_000, encoding="utf-8")
    assert check(path).code == 0


@pytest.mark.parametrize("name", ["gap.json", "gap.xlsx", "gap.txt"])
def test_output_into_an_absent_folder(check: Run, tmp_path: Path, name: str) -> None:
    contract = write_contract(tmp_path / "a.txt", AUDIT)
    form = {"gap.txt": ["--format", "text"]}.get(name, [])
    ran = check(contract, "-o", tmp_path / "none" / name, *form)
    assert ran.code == 8
    assert ran.err.count("\n") == 1
    assert name in ran.err
    assert "資料夾不存在" in ran.err


@pytest.mark.parametrize("name", ["gap.json", "gap.xlsx", "gap.txt"])
def test_output_onto_a_folder(check: Run, tmp_path: Path, name: str) -> None:
    contract = write_contract(tmp_path / "a.txt", AUDIT)
    (tmp_path / name).mkdir()
    ran = check(contract, "-o", tmp_path / name, "--format", {"gap.txt": "text"}.get(name, name[4:]))
    assert ran.code == 8
    assert ran.err.count("\n") == 1
    assert "資料夾已存在" in ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", name]


def test_both_faults_are_told_when_input_and_output_fail(check: Run, tmp_path: Path) -> None:
    contract = write_contract(tmp_path / "a.txt", AUDIT)
    ran = check(contract, tmp_path / "absent.pdf", "-o", tmp_path / "none" / "gap.json")
    assert ran.code == 8
    assert ["absent.pdf" in line for line in ran.err.splitlines()] == [True, False]
