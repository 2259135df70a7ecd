"""Opening a PDF: what is refused, what is repaired, and with which words."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from clausecheck.document import Notice
from clausecheck.errors import PasswordNeededError, ProtectedFileError, UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits
from clausecheck.parsers.source import Source, read_source

# What pikepdf finds wrong is told by what is read; its log would land on the user's terminal.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

_HEADER_WITHIN = 1024
_NOTICE = Notice("repaired", "PDF 檔案不完整，已修復後讀取；內容可能有缺漏，請核對原檔", blocking=True)
_ADVICE_DAMAGED = "請以 PDF 閱讀軟體開啟後另存新檔，或向提供者索取完整檔案"


def read_bytes(path: Path | Source, limits: Limits = DEFAULTS) -> bytes:
    """The bytes of a file that begins as a PDF does.

    Raises UnreadableFileError (missing, empty, too large) or UnsupportedFileError (no PDF).
    """
    source = read_source(path, limits)
    data = source.data
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError(f"「{source.name}」是空的檔案", "請重新取得檔案")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnsupportedFileError(f"「{source.name}」的內容不是 PDF", "請確認副檔名與內容相符，並提供 PDF 或 DOCX")
    return data


def open_pdf(
    data: bytes, name: str, password: str | None = None, budget: Budget | None = None
) -> tuple[pypdfium2.PdfDocument, list[Notice]]:
    """The opened document, and a notice if it had to be repaired.

    Raises ProtectedFileError (no or wrong password) or UnreadableFileError (damaged, no pages, too many).
    """
    document, notices = _open_or_repair(data, name, password)
    try:
        (budget or Budget(name)).check_pages(len(document))
    except UnreadableFileError:
        document.close()
        raise
    return document, notices


def _open_or_repair(data: bytes, name: str, password: str | None) -> tuple[pypdfium2.PdfDocument, list[Notice]]:
    try:
        document = _open(data, name, password)
    except pypdfium2.PdfiumError:
        return _repaired(data, name, password)
    if _page_count(data, password) <= len(document):
        return document, ([] if b"%%EOF" in data else [_NOTICE])
    # PDFium believes the number that the file gives; the pages behind it would be lost unseen.
    document.close()
    return _repaired(data, name, password)


def _repaired(data: bytes, name: str, password: str | None) -> tuple[pypdfium2.PdfDocument, list[Notice]]:
    mended = _mended(data, password)
    try:
        if mended is not None:
            return _open(mended, name, None), [_NOTICE]
    except pypdfium2.PdfiumError:
        pass
    raise UnreadableFileError(f"「{name}」已損毀，無法讀取", _ADVICE_DAMAGED)


def _open(data: bytes, name: str, password: str | None) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise _protected(name, password) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise _undecipherable(data, name) from error
        raise
    if not len(document):
        document.close()
        raise pypdfium2.PdfiumError("no pages")
    return document


def _protected(name: str, password: str | None) -> ProtectedFileError:
    if not password:
        return PasswordNeededError(f"「{name}」設有開啟密碼", "請以 --password-file 提供密碼，或解除密碼後再檢核")
    return ProtectedFileError(f"「{name}」的密碼不正確", "請確認密碼後再試")


def _undecipherable(data: bytes, name: str) -> ProtectedFileError:
    if b"MicrosoftIRM" in data:
        message = f"「{name}」以權限管理（IRM、RMS 或敏感度標籤）加密"
        return ProtectedFileError(message, "密碼無法解開；請由有權限者移除權限限制，另存新檔再檢核")
    return ProtectedFileError(f"「{name}」採用不支援的加密方式", "請以 PDF 軟體解除加密後另存新檔再檢核")


def _page_count(data: bytes, password: str | None) -> int:
    """Pages that are found by walking the tree; 0 where it cannot be walked."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
            return len(pdf.pages)
    except Exception:  # whatever a hostile file makes it raise
        return 0


def _mended(data: bytes, password: str | None) -> bytes | None:
    """The file written anew by pikepdf, where that can do it."""
    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
            if len(pdf.pages):  # walks the tree, and refuses one with loops
                _recount(pdf.Root.Pages)
            pdf.save(out, encryption=False)
    except Exception:  # whatever a hostile file makes it raise: not repaired
        return None
    return out.getvalue()


def _recount(node: Any) -> int:
    """Set the right number of pages throughout a page tree."""
    if "/Kids" not in node:
        return 1
    node.Count = sum(_recount(kid) for kid in node.Kids)
    return int(node.Count)
