"""Files that cannot be checked and places that cannot be written: one line, one exit code, no harm."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.conftest import Ran, Run
from tests.parsers.docx_files import para, write_docx
from tests.parsers.pdf_files import grid, lines_page
from tests.parsers.pdf_files import write as write_pdf
from tests.small_library import AUDIT, write_contract

HAN = range(0x4E00, 0xA000)


@pytest.fixture
def check(run: Run, small_library: Path) -> Run:
    """`clausecheck check` with the small library; its errors are whole lines in Chinese."""

    def call(*args: str | Path) -> Ran:
        ran = run("check", "--library", small_library, *args)
        for line in ran.err.splitlines():
            assert line.startswith(("錯誤：", "已寫入"))
            assert any(ord(c) in HAN for c in line[3:])
        assert "Traceback" not in ran.out + ran.err
        return ran

    return call


def _bytes(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def _folder(path: Path) -> None:
    path.mkdir()


def _absent(path: Path) -> None:
    del path


def _cut_docx(path: Path) -> None:
    write_docx(path, para(AUDIT))
    path.write_bytes(path.read_bytes()[:-60])


def _torn_docx(path: Path) -> None:
    """A whole directory, but damaged contents."""
    write_docx(path, para(AUDIT * 50))
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 60
    raw[at : at + 40] = bytes(40)
    path.write_bytes(bytes(raw))


def _replace(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in {**members, name: content}.items():
            archive.writestr(member, data)


def _bomb(path: Path) -> None:
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media.xml", "w") as member:
        for _ in range(32):
            member.write(bytes(1 << 20))


def _doctype(path: Path) -> None:
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode().replace(AUDIT, "甲方&x;")
    _replace(path, "word/document.xml", f'<!DOCTYPE w [<!ENTITY x "y">]>{body}'.encode())


def _locked_docx(path: Path) -> None:
    write_docx(path, para("第一條　稽核") + para(AUDIT))
    _replace(path, "word/media/image1.png", random.Random(0).randbytes(5000))  # the writer fails on small packages
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("正確", out)
    path.write_bytes(out.getvalue())


def _locked_pdf(path: Path) -> None:
    write_pdf(path, lines_page("第一條　稽核", AUDIT), encrypt=StandardEncryption("secret", "owner"))


def _cut_pdf(path: Path) -> None:
    write_pdf(path, lines_page("第一條　稽核", AUDIT))
    path.write_bytes(path.read_bytes()[:120])


def _pdf_without_pages(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def _pdf_without_text(path: Path) -> None:
    write_pdf(path, lambda canvas: grid(canvas, [60, 200], [700, 600]))


def _workbook(path: Path) -> None:
    write_docx(path, para(AUDIT), kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")


BAD = [
    ("absent.docx", _absent, 3, "找不到檔案"),
    ("folder.docx", _folder, 3, "資料夾"),
    ("empty.docx", _bytes(b""), 3, "空檔"),
    ("empty.pdf", _bytes(b""), 3, "空檔"),
    ("empty.txt", _bytes(b""), 3, "空檔"),
    ("blank.txt", _bytes(b" \r\n\t\n"), 3, "空的"),
    ("marks.txt", _bytes(b"-- 1 --\n....\n"), 6, "沒有可讀的文字"),
    ("nul.txt", _bytes(bytes(5000)), 6, "沒有可讀的文字"),
    ("nul.docx", _bytes(bytes(5000)), 3, "不是 DOCX"),
    ("nul.pdf", _bytes(bytes(5000)), 3, "不是 PDF"),
    ("noise.txt", _bytes(b"\xff\xfe\x00\xd8\x00\xd8" * 3), 3, "編碼"),
    ("picture.png", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(50)), 4, "不支援"),
    ("sheet.csv", _bytes("甲,乙\n".encode()), 4, "不支援"),
    ("old.doc", _bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "WordDocument".encode("utf-16-le")), 3, "損毀"),
    ("book.docx", _workbook, 4, "Excel"),
    ("renamed.pdf", _bytes(AUDIT.encode()), 3, "不是 PDF"),
    ("renamed.docx", _bytes(AUDIT.encode()), 3, "不是 DOCX"),
    ("cut.docx", _cut_docx, 3, "損毀"),
    ("torn.docx", _torn_docx, 3, "損毀"),
    ("bomb.docx", _bomb, 3, "惡意"),
    ("doctype.docx", _doctype, 3, "DOCTYPE"),
    ("locked.docx", _locked_docx, 5, "密碼"),
    ("locked.pdf", _locked_pdf, 5, "密碼"),
    ("cut.pdf", _cut_pdf, 3, "損毀"),
    ("no-pages.pdf", _pdf_without_pages, 3, "no-pages.pdf"),
    ("no-text.pdf", _pdf_without_text, 6, "文字"),
]


@pytest.mark.parametrize(("name", "make", "code", "word"), BAD, ids=[b[0] for b in BAD])
def test_what_cannot_be_read_is_refused(
    check: Run, tmp_path: Path, name: str, make: Callable[[Path], None], code: int, word: str
) -> None:
    make(tmp_path / name)
    ran = check(tmp_path / name, "-o", tmp_path / "gap.json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1
    assert word in ran.err
    assert name in ran.err
    assert not (tmp_path / "gap.json").exists()


@pytest.mark.parametrize(
    ("name", "make", "password"), [("locked.docx", _locked_docx, "正確"), ("locked.pdf", _locked_pdf, "secret")]
)
def test_a_password_opens_and_a_wrong_one_is_told(
    check: Run, tmp_path: Path, name: str, make: Callable[[Path], None], password: str
) -> None:
    make(tmp_path / name)
    right = check(tmp_path / name, "--password", password)
    assert (right.code, right.err) == (0, "")
    assert "未發現缺口" in right.out
    wrong = check(tmp_path / name, "--password", "dubious")
    assert wrong.code == 5
    assert "不正確" in wrong.err
    assert "dubious" not in wrong.err


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
