"""Files that cannot be checked: one line, one exit code, no harm. The README's table of faults comes from here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_input.files import (
    RIGHTS,
    Make,
    absent,
    contracts_zip,
    cut_docx,
    cut_pdf,
    doctype,
    epub,
    folder,
    holding,
    iwork,
    locked_docx,
    locked_members,
    locked_pdf,
    odf,
    ole,
    pdf,
    pdf_without_pages,
    pdf_without_text,
    slides,
    torn_docx,
    workbook,
)
from tests.bad_input.hostile_docx import (
    bomb,
    deep,
    entity_bomb,
    long_labels,
    long_paragraph,
    many_members,
)
from tests.bad_input.hostile_pdf import flood_of_zeros, many_pages, rights_managed
from tests.conftest import Run
from tests.small_library import AUDIT

BAD = [
    ("absent.docx", absent, 3, "找不到檔案"),
    ("folder.docx", folder, 3, "資料夾"),
    ("empty.docx", holding(b""), 3, "空檔"),
    ("empty.pdf", holding(b""), 3, "空檔"),
    ("empty.txt", holding(b""), 3, "空檔"),
    ("blank.txt", holding(b" \r\n\t\n"), 3, "空的"),
    ("marks.txt", holding(b"-- 1 --\n....\n"), 6, "沒有可讀的文字"),
    ("nul.txt", holding(bytes(5000)), 6, "沒有可讀的文字"),
    ("nul.docx", holding(bytes(5000)), 3, "不是 DOCX"),
    ("nul.pdf", holding(bytes(5000)), 3, "不是 PDF"),
    ("noise.txt", holding(b"\xff\xfe\x00\xd8\x00\xd8" * 3), 3, "編碼"),
    ("picture.png", holding(b"\x89PNG\r\n\x1a\n" + bytes(50)), 3, "影像檔已損壞"),
    ("sheet.csv", holding("甲,乙\n".encode()), 4, "不支援"),
    (
        "old.doc",
        holding(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
        3,
        "損毀",
    ),
    ("book.docx", workbook, 4, "Excel"),
    ("renamed.pdf", holding(AUDIT.encode()), 3, "不是 PDF"),
    ("renamed.docx", holding(AUDIT.encode()), 3, "不是 DOCX"),
    ("cut.docx", cut_docx, 3, "損毀"),
    ("torn.docx", torn_docx, 3, "損毀"),
    ("bomb.docx", bomb, 3, "惡意"),
    ("doctype.docx", doctype, 3, "DOCTYPE"),
    ("locked.docx", locked_docx, 5, "密碼"),
    ("locked.pdf", locked_pdf, 5, "密碼"),
    ("cut.pdf", cut_pdf, 3, "損毀"),
    ("no-pages.pdf", pdf_without_pages, 3, "no-pages.pdf"),
    ("no-text.pdf", pdf_without_text, 6, "文字"),
    # kinds that no parser reads
    ("contracts.zip", contracts_zip, 4, "解壓縮"),
    ("cut.zip", holding(b"PK\x03\x04 cut off"), 4, "解壓縮"),
    ("contracts.docx", contracts_zip, 4, "ZIP 壓縮檔"),
    ("contracts.7z", holding(b"7z\xbc\xaf\x27\x1c" + bytes(50)), 4, "解壓縮"),
    ("contracts.rar", holding(b"Rar!\x1a\x07\x01\x00" + bytes(50)), 4, "解壓縮"),
    ("contracts.tar", holding(bytes(257) + b"ustar\x0000" + bytes(248)), 4, "解壓縮"),
    ("contracts.tgz", holding(b"\x1f\x8b\x08" + bytes(50)), 4, "解壓縮"),
    ("mail.eml", holding(b"From: a@b.c\r\nSubject: contract\r\n\r\nhi"), 4, "附件另存"),
    ("mail.dat", holding(b"Received: from a\r\nMIME-Version: 1.0\r\n\r\nhi"), 4, "附件另存"),
    ("mail.msg", ole({"__properties_version1.0": b"x"}), 4, "附件另存"),
    ("book.xls", ole({"Workbook": b"x"}), 4, "Excel"),
    ("book.doc", ole({"Book": b"x"}), 4, "Excel"),
    ("slides.ppt", ole({"PowerPoint Document": b"x"}), 4, "PowerPoint"),
    ("drawing.vsd", ole({"VisioDocument": b"x"}), 4, "Visio"),
    ("thumbs.db", ole({"Catalog": b"x"}), 4, "舊版 Office"),
    ("slides.pptx", slides, 4, "PowerPoint"),
    ("page.html", holding(b"<!DOCTYPE html><html>x</html>"), 4, "網頁"),
    ("page.doc", holding(b"<html xmlns:o='urn:schemas-microsoft-com:office:office'>x</html>"), 4, "網頁"),
    ("flat.xml", holding(b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><x/>"), 4, "Word 2003"),
    ("scan.jpg", holding(b"\xff\xd8\xff\xe0" + bytes(50)), 3, "影像檔已損壞"),
    ("scan.tif", holding(b"II*\x00" + bytes(50)), 3, "影像檔已損壞"),
    ("scan.docx", holding(b"\x89PNG\r\n\x1a\n" + bytes(50)), 3, "影像檔已損壞"),
    ("photo.heic", holding(b"\x00\x00\x00\x18ftypheic" + bytes(50)), 4, "另存為 TIFF"),
    ("film.mp4", holding(b"\x00\x00\x00\x18ftypmp42" + bytes(50)), 4, "影音"),
    ("program.exe", holding(b"MZ" + bytes(50)), 4, "執行檔"),
    ("~$draft.docx", holding(b"\x04User" + bytes(157)), 4, "暫存檔"),
    ("sheet.ods", odf("spreadsheet"), 4, "OpenDocument 試算表"),
    ("book.epub", epub, 4, "EPUB"),
    ("contract.pages", iwork, 4, "iWork"),
    ("words.odt", holding(AUDIT.encode()), 3, "不是 ODT"),
    ("words.rtf", holding(AUDIT.encode()), 3, "不是 RTF"),
    # protected
    ("locked.odt", odf("text", b"<manifest:encryption-data/>"), 5, "LibreOffice"),
    ("rights.docx", ole(RIGHTS), 5, "權限管理"),
    ("rights.doc", ole({"WordDocument": b"x", "\tDRMContent": b"x"}), 5, "權限管理"),
    ("rights.pdf", pdf(rights_managed), 5, "權限管理"),
    ("locked.doc", ole({"WordDocument": b"\xec\xa5\xc1" + bytes(8) + b"\x01"}), 5, "密碼"),
    ("locked-members.docx", locked_members, 5, "密碼"),
    # hostile
    ("members.docx", many_members, 3, "惡意"),
    ("laughs.docx", entity_bomb, 3, "DOCTYPE"),
    ("deep.docx", deep, 3, "巢狀過深"),
    ("paragraph.docx", long_paragraph, 3, "過大"),
    ("labels.docx", long_labels, 3, "2,000,000 字"),
    ("pages.pdf", pdf(many_pages), 3, "共 10,000 頁"),
    ("zeros.pdf", pdf(flood_of_zeros), 6, "文字"),
]


@pytest.mark.parametrize(("name", "make", "code", "word"), BAD, ids=[b[0] for b in BAD])
def test_what_cannot_be_read_is_refused(
    check: Run, tmp_path: Path, name: str, make: Make, code: int, word: str
) -> None:
    make(tmp_path / name)
    ran = check(tmp_path / name, "-o", tmp_path / "gap.json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1
    assert word in ran.err
    assert name in ran.err
    assert not (tmp_path / "gap.json").exists()
