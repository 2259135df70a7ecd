"""DOC, ODT and RTF: turned into DOCX by LibreOffice where that is installed, and read as such."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Literal

from clausecheck.document import Document, Notice
from clausecheck.errors import UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.libreoffice import convert_to_docx, find_soffice
from clausecheck.parsers.limits import DEFAULTS, Limits
from clausecheck.parsers.source import Source

LegacyKind = Literal["doc", "odt", "rtf"]
NAMES: dict[LegacyKind, str] = {"doc": "舊版 Word（.doc）", "odt": "OpenDocument（.odt）", "rtf": "RTF"}
_PROGRAM = re.compile(rb"<Application>LibreOffice/([\d.]+)")


def parse_legacy(
    source: Source,
    kind: LegacyKind,
    *,
    changes: Literal["accepted", "original"] = "accepted",
    password: str | None = None,
    limits: Limits = DEFAULTS,
) -> Document:
    """The document in a file of an older format; it keeps the name and digest of the original.

    Raises UnsupportedFileError where LibreOffice is not installed, UnreadableFileError where it
    cannot read the file, ProtectedFileError.
    """
    from clausecheck.parsers.docx import parse_docx

    data = _unlocked(source, kind, password)
    if find_soffice() is None:
        message = f"「{source.name}」的格式為「{NAMES[kind]}」，須經 LibreOffice 轉換，而本機未安裝 LibreOffice"
        raise UnsupportedFileError(message, "請以 Word 另存為 DOCX 再檢核，或安裝 LibreOffice")
    converted = convert_to_docx(data, kind, source.name, limits)
    # The converter gives back what it cannot read as an empty document, or as its raw signs.
    document = parse_docx(Source(source.name, converted), changes=changes, limits=limits)
    by = "LibreOffice" + _version(converted)
    message = f"原檔格式為「{NAMES[kind]}」，經 {by} 轉換後檢核；自動編號與版面可能與原檔略有不同，引用前請對照原檔"
    return replace(
        document, format=kind, sha256=source.sha256, notices=(Notice("converted", message), *document.notices)
    )


def _unlocked(source: Source, kind: LegacyKind, password: str | None) -> bytes:
    if kind != "doc":
        return source.data
    from clausecheck.parsers.ole import decrypted, is_encrypted

    return decrypted(source, password) if is_encrypted(source) else source.data


def _version(package: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            found = _PROGRAM.search(archive.read("docProps/app.xml"))
    except (KeyError, zipfile.BadZipFile) as error:
        raise UnreadableFileError("LibreOffice 的轉換結果不完整", "請以 Word 另存為 DOCX 再檢核") from error
    return f" {found[1].decode()}" if found else ""
