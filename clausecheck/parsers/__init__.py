"""One parser a format, chosen by the file's beginning rather than by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from clausecheck.document import Document
from clausecheck.errors import UnreadableFileError, UnsupportedFileError

if TYPE_CHECKING:
    from clausecheck.parsers.ocr import Ocr

Changes = Literal["accepted", "original"]
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAIN = {".txt", ".md"}
_ADVICE = (
    "clausecheck 讀取 DOCX、PDF、影像檔（TIFF、JPEG、PNG）及純文字檔（.txt、.md）；請先以 Word 或原程式另存為其中一種"
)


def parse(
    path: str | Path, *, changes: Changes = "accepted", password: str | None = None, ocr: Ocr = "auto"
) -> Document:
    """The document in the file `path`; `ocr` says whether text is recognised on images of pages.

    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError or NoTextError.
    """
    file = Path(path)
    head = _head(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE)):
        from clausecheck.parsers.docx import parse_docx

        return parse_docx(file, changes=changes, password=password)
    if b"%PDF-" in head:
        from clausecheck.parsers.pdf import parse_pdf

        return parse_pdf(file, password=password, ocr=ocr)
    if head.startswith((b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG")):
        from clausecheck.parsers.image import parse_image

        return parse_image(file, ocr=ocr)
    if file.suffix.lower() in _PLAIN:
        from clausecheck.parsers.plain import parse_plain

        return parse_plain(file)
    raise _refusal(file)


def _head(file: Path) -> bytes:
    if not file.exists():
        raise UnreadableFileError(f"找不到檔案「{file}」", "請確認路徑與檔名")
    if not file.is_file():
        raise UnreadableFileError(f"「{file}」不是一般檔案", "請指定契約檔案本身，而非資料夾或裝置")
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as exc:
        raise UnreadableFileError(
            f"無法開啟「{file.name}」：{exc.strerror}", "請確認檔案權限，或先關閉使用該檔的程式"
        ) from exc
    if not head:
        raise UnreadableFileError(f"「{file.name}」是空檔", "請重新取得該檔案")
    return head


def _refusal(file: Path) -> Exception:
    suffix = file.suffix.lower()
    if suffix in {".docx", ".docm", ".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"}:
        return UnreadableFileError(f"「{file.name}」的內容不是 {suffix[1:].upper()} 檔，可能已損毀", "請重新取得該檔案")
    return UnsupportedFileError(f"不支援「{file.name}」的檔案類型", _ADVICE)
