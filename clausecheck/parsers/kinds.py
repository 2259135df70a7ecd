"""What a file is, told by its content rather than by its name; what no parser reads is refused by name."""

from __future__ import annotations

import re
from typing import Literal

from clausecheck.errors import ClausecheckError, UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.source import Source

OtherKind = Literal["pdf", "image", "plain", "doc", "odt", "rtf"]
Kind = Literal["docx"] | OtherKind

PLAIN = frozenset({".txt", ".md", ".markdown"})
_HEAD = 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK = "請解壓縮後逐檔檢核"
_ATTACHMENTS = "請將附件另存為檔案後，逐檔檢核"
_SAVE_AS = "請以原程式另存為 DOCX 或 PDF 再檢核"
_READS = (
    "clausecheck 讀取 DOCX、PDF、影像檔（TIFF、JPEG、PNG）、純文字檔（.txt、.md），"
    "及經 LibreOffice 轉換之 .doc、.odt、.rtf；"
    "請先以原程式另存為其中一種"
)
_CONTRACT = "請提供契約本身的 DOCX 或 PDF 檔"

_RECOGNISED = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
IMAGE = ("圖片檔", "請另存為 TIFF、JPEG 或 PNG，或有文字層的 PDF 再檢核")
_MAIL = re.compile(rb"(?:Received|Return-Path|Delivered-To|MIME-Version|X-[\w-]+): ", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
_SIGNS: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"7z\xbc\xaf\x27\x1c", ("7z 壓縮檔", _UNPACK)),
    (b"Rar!\x1a\x07", ("RAR 壓縮檔", _UNPACK)),
    (b"\x1f\x8b", ("gzip 壓縮檔", _UNPACK)),
    (b"BZh", ("bzip2 壓縮檔", _UNPACK)),
    (b"\xfd7zXZ\x00", ("xz 壓縮檔", _UNPACK)),
    (b"MSCF", ("CAB 壓縮檔", _UNPACK)),
    (b"GIF8", IMAGE),
    (b"\x00\x00\x00\x0cjP  ", IMAGE),
    (b"%!PS", ("PostScript 檔", _SAVE_AS)),
    (b"\xdb\xa5-\x00", ("Word 2.0 以前的文件", _SAVE_AS)),
    (b"\xffWPC", ("WordPerfect 文件", _SAVE_AS)),
    (b"-----BEGIN PGP", ("PGP 加密檔", "請先解密再檢核")),
    (b"\x7fELF", ("執行檔", _CONTRACT)),
    (b"MZ", ("執行檔", _CONTRACT)),
    (b"SQLite format 3", ("資料庫檔", _CONTRACT)),
)  # what a file begins with


def kind_of(source: Source) -> Kind:
    """The kind of a file that a parser reads.

    Raises UnsupportedFileError with what the file is, UnreadableFileError for a name that promises
    something else than the content, ProtectedFileError for an encrypted ODT or a rights-managed file.
    """
    head = source.data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from clausecheck.parsers.docx_package import archive_kind

        return archive_kind(source)
    if head.startswith(OLE):
        from clausecheck.parsers.ole import ole_kind

        return ole_kind(source)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_RECOGNISED):
        return "image"
    named = _signed(head)
    if named is None and source.suffix in PLAIN:
        return "plain"
    raise _refusal(source, named or _described(source))


def _signed(head: bytes) -> tuple[str, str] | None:
    """What the first bytes say, beyond doubt whatever the name."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return IMAGE
    if head[4:8] == b"ftyp":
        return IMAGE if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else ("影音檔", _CONTRACT)
    if head[257:262] == b"ustar":
        return "tar 壓縮檔", _UNPACK
    return next((what for sign, what in _SIGNS if head.startswith(sign)), None)


def _described(source: Source) -> tuple[str, str] | None:
    """What words at the beginning or the name's ending say."""
    head, suffix = source.data[:_HEAD], source.suffix
    if suffix in (".eml", ".mht", ".mhtml", ".emlx") or _MAIL.match(head):
        return "電子郵件", _ATTACHMENTS
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf")) or suffix in (".html", ".htm"):
        return "網頁（HTML）", _SAVE_AS
    if b"Word.Document" in head or b"schemas.microsoft.com/office/word/2003" in head:
        return "Word 2003 XML 文件", _SAVE_AS
    if head[:2] == b"BM" and suffix in (".bmp", ".dib"):
        return IMAGE
    return None


def _refusal(source: Source, what: tuple[str, str] | None) -> ClausecheckError:
    name, suffix = source.name, source.suffix
    if name.startswith("~$"):
        return UnsupportedFileError(f"「{name}」是 Word 開啟文件時的暫存檔，不是契約", "請指定檔名沒有「~$」的原檔")
    if what:
        return UnsupportedFileError(f"「{name}」是{what[0]}，不支援直接檢核", what[1])
    if suffix in {".docx", ".docm", ".pdf", ".doc", ".odt", ".rtf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"}:
        return UnreadableFileError(f"「{name}」的內容不是 {suffix[1:].upper()} 檔，可能已損毀", "請重新取得該檔案")
    return UnsupportedFileError(f"不支援「{name}」的檔案類型", _READS)
