"""Opening a PDF: what is refused, what is repaired, and with which words."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from clausecheck.document import Notice
from clausecheck.errors import ProtectedFileError, UnreadableFileError, UnsupportedFileError

MAX_PAGES = 3000
MAX_BYTES = 512 * 1024 * 1024

_HEADER_WITHIN = 1024
_ADVICE_DAMAGED = "請以 PDF 閱讀軟體開啟後另存新檔，或向提供者索取完整檔案"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that begins as a PDF does.

    Raises UnreadableFileError (missing, empty, too large) or UnsupportedFileError (no PDF).
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFileError(f"檔案過大（超過 {MAX_BYTES // 2**20} MB）：{path.name}", "請分割檔案後再檢核")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(f"找不到檔案：{path.name}", "請確認路徑是否正確") from None
    except OSError as error:
        raise UnreadableFileError(f"無法讀取檔案：{path.name}", "請確認檔案權限及是否為檔案") from error
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError(f"檔案是空的：{path.name}", "請重新取得檔案")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnsupportedFileError(f"檔案內容不是 PDF：{path.name}", "請確認副檔名與內容相符，並提供 PDF 或 DOCX")
    return data


def open_pdf(data: bytes, name: str, password: str | None = None) -> tuple[pypdfium2.PdfDocument, list[Notice]]:
    """The opened document, and a notice if it had to be repaired.

    Raises ProtectedFileError (no or wrong password) or UnreadableFileError (damaged, no pages, too many).
    """
    document, notices = _open_or_repair(data, name, password)
    try:
        _check_pages(len(document), name)
    except UnreadableFileError:
        document.close()
        raise
    return document, notices


def _open_or_repair(data: bytes, name: str, password: str | None) -> tuple[pypdfium2.PdfDocument, list[Notice]]:
    try:
        document = _open(data, name, password)
        return document, ([] if b"%%EOF" in data else [_repaired()])
    except pypdfium2.PdfiumError:
        mended = _mended(data, password)
    try:
        if mended is not None:
            return _open(mended, name, None), [_repaired()]
    except pypdfium2.PdfiumError:
        pass
    raise UnreadableFileError(f"PDF 檔案已損壞，無法讀取：{name}", _ADVICE_DAMAGED)


def _open(data: bytes, name: str, password: str | None) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise _protected(name, password) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise ProtectedFileError(f"PDF 採用不支援的加密方式：{name}", "請解除加密後再檢核") from error
        raise
    if not len(document):
        document.close()
        raise pypdfium2.PdfiumError("no pages")
    return document


def _protected(name: str, password: str | None) -> ProtectedFileError:
    if password is None:
        return ProtectedFileError(f"PDF 有密碼保護：{name}", "請提供開啟密碼，或解除密碼後再檢核")
    return ProtectedFileError(f"PDF 的密碼不正確：{name}", "請確認開啟密碼")


def _mended(data: bytes, password: str | None) -> bytes | None:
    """The file written anew by pikepdf, where that is installed and can do it."""
    try:
        import pikepdf
    except ImportError:
        return None
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
            pdf.save(out)
    except Exception:  # whatever a hostile file makes it raise: not repaired
        return None
    return out.getvalue()


def _repaired() -> Notice:
    return Notice("repaired", "PDF 檔案不完整，已修復後讀取；內容可能有缺漏，請核對原檔", blocking=True)


def _check_pages(pages: int, name: str) -> None:
    if pages > MAX_PAGES:
        raise UnreadableFileError(f"PDF 共 {pages} 頁，超過上限 {MAX_PAGES} 頁：{name}", "請分割檔案後再檢核")
