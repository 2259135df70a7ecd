"""What is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from clausecheck.errors import ProtectedFileError, UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.limits import Limits
from clausecheck.parsers.pdf import parse_pdf
from tests.bad_input.hostile_pdf import one_page, words
from tests.parsers.pdf_files import lines_page, texts, write


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="找不到檔案"):
        parse_pdf(tmp_path / "none.pdf")


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="不是一般檔案"):
        parse_pdf(tmp_path)


@pytest.mark.parametrize("data", [b"\n ", b"\n \0\0"])
def test_empty_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="空的"):
        parse_pdf(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04 not a pdf", b"GIF89a", b"<html></html>"])
def test_other_content_under_the_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "renamed.pdf"
    path.write_bytes(data)
    with pytest.raises(UnsupportedFileError, match="不是 PDF"):
        parse_pdf(path)


def test_header_may_follow_other_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lines_page("第一條　目的"))
    path.write_bytes(b"\n\n" + path.read_bytes())
    assert texts(parse_pdf(path)) == ["第一條　目的"]


def test_garbage_after_the_header(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    with pytest.raises(UnreadableFileError, match="已損毀") as error:
        parse_pdf(path)
    assert error.value.advice


def test_truncated_file_is_read_with_a_blocking_notice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lines_page("第一條　目的"), lines_page("第二條　期間"))
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"xref\n", 0, data.rindex(b"startxref"))])
    document = parse_pdf(path)
    assert texts(document)[0] == "第一條　目的"
    assert document.notices[0].code == "repaired"
    assert all(n.blocking for n in document.notices)
    read = {b.place.page for b in document.blocks}
    assert read | set(document.unread_pages) == {1, 2}


def test_password(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lines_page("第一條　目的"), encrypt=StandardEncryption("secret", "owner"))
    with pytest.raises(ProtectedFileError, match="設有開啟密碼"):
        parse_pdf(path)
    with pytest.raises(ProtectedFileError, match="不正確"):
        parse_pdf(path, password="wrong")
    assert texts(parse_pdf(path, password="secret")) == ["第一條　目的"]


def test_file_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    encryption = StandardEncryption("", "owner", canCopy=0, canPrint=0)
    path = write(tmp_path / "a.pdf", lines_page("第一條　目的"), encrypt=encryption)
    assert texts(parse_pdf(path)) == ["第一條　目的"]


def test_too_many_pages(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", *[lines_page("第一條　目的")] * 3)
    with pytest.raises(UnreadableFileError, match="共 3 頁"):
        parse_pdf(path, limits=Limits(pages=2))


def test_too_large(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="過大"):
        parse_pdf(write(tmp_path / "a.pdf", lines_page("第一條　目的")), limits=Limits(file_mb=0))


def test_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )
    with pytest.raises(UnreadableFileError):
        parse_pdf(path)


def test_properties_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    data = one_page(words(), more={5: b"<</Title<FEFFD800>/Author(A)>>"})
    data = data.replace(b"/Root 1 0 R", b"/Info 5 0 R/Root 1 0 R")
    (tmp_path / "a.pdf").write_bytes(data)
    assert parse_pdf(tmp_path / "a.pdf").properties == {"author": "A"}
