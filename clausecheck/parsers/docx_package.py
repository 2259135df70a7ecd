"""The ZIP package of a DOCX, opened with care.

Nothing is unpacked to disk, no entity is resolved, no macro is run. Sizes are added up before
anything is read: a file of 600 KB can unpack to 600 MB and needs twice that as a tree.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lxml import etree
from lxml.etree import _Element

from clausecheck.errors import ProtectedFileError, UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.limits import DEFAULTS, MAX_MEMBERS, MAX_RATIO, RATIO_FROM, Budget, Limits
from clausecheck.parsers.ole import SAVE_AS_DOCX, decrypted, ole_kind
from clausecheck.parsers.source import Source, read_source

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENTRY = b"PK\x01\x02"  # begins each entry of a ZIP directory
_CONTENT_TYPES = "[Content_Types].xml"
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_OTHER_OFFICE = {"spreadsheetml": "Excel 活頁簿", "ms-excel": "Excel 活頁簿", "presentationml": "PowerPoint 簡報",
                 "ms-powerpoint": "PowerPoint 簡報", "visio": "Visio 圖檔"}  # fmt: skip
REPAIR = "請以 Word 開啟修復後另存，或重新取得檔案"
_ASK_SENDER = "請向來源確認檔案，或以 Word 另存新檔"
_ODF = "application/vnd.oasis.opendocument."
_MAX_MANIFEST = 1 << 20


@dataclass
class Package:
    """An opened package; `main` is the name of the part that holds the body."""

    name: str
    sha256: str
    main: str
    budget: Budget
    _zip: zipfile.ZipFile
    _members: dict[str, zipfile.ZipInfo]
    _trees: dict[str, _Element | None] = field(default_factory=dict)

    def xml(self, part: str) -> _Element | None:
        """The root of a part, None when the package has no such part.

        Raises UnreadableFileError for damaged XML and for a document type declaration.
        """
        if part not in self._trees:
            info = self._members.get(part.lower())
            self._trees[part] = None if info is None else _tree(self.name, _read(self.budget, self._zip, info))
        return self._trees[part]

    def target(self, source: str, relation_id: str) -> str | None:
        """The part that a relation of `source` names, None when there is none inside the package."""
        return next((target for rid, _, target in self._relations(source) if rid == relation_id), None)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts to which `source` stands in a relation of a kind (`styles`, `comments` ...)."""
        return [target for _, relation, target in self._relations(source) if relation == kind]

    def _relations(self, source: str) -> list[tuple[str, str, str]]:
        folder, _, name = source.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for relation in () if root is None else root:
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target") or ""))).lstrip("/")
                kind = str(relation.get("Type") or "").rpartition("/")[2]
                found.append((str(relation.get("Id") or ""), kind, target))
        return found


def open_package(file: Path | Source, password: str | None = None, limits: Limits = DEFAULTS) -> Package:
    """Open a DOCX, DOCM, DOTX or DOTM; an encrypted one with its password.

    Raises UnreadableFileError, UnsupportedFileError and ProtectedFileError.
    """
    source = read_source(file, limits)
    opened = source
    if source.data.startswith(_OLE):
        if ole_kind(source) == "doc":
            raise UnsupportedFileError(f"「{source.name}」是舊版 Word 97–2003（.doc）格式，不是 DOCX", SAVE_AS_DOCX)
        opened = Source(source.name, decrypted(source, password))
    archive = _archive(opened)
    members = _checked_members(source.name, archive, limits)
    package = Package(source.name, source.sha256, "", Budget(source.name, limits), archive, members)
    package.main = _main_part(package)
    return package


def archive_kind(source: Source) -> Literal["docx", "odt"]:
    """What a ZIP file holds; other Office files are told apart when the package is opened.

    Raises UnsupportedFileError (a plain archive, other programs' files), ProtectedFileError (encrypted ODT).
    """
    try:
        archive = _archive(source)
    except UnreadableFileError:
        if source.suffix == ".zip":
            raise _plain_archive(source.name) from None
        raise
    names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    if "mimetype" in names and "content.xml" in names:
        return _odf_kind(source.name, archive)
    if "[content_types].xml" in names or any(n.startswith("word/") for n in names):
        return "docx"
    if "index/document.iwa" in names:
        raise UnsupportedFileError(f"「{source.name}」是 Apple iWork 文件", "請以 Pages 輸出為 Word 或 PDF 再檢核")
    if "meta-inf/container.xml" in names:
        raise UnsupportedFileError(f"「{source.name}」是電子書（EPUB）", "請以原程式另存為 DOCX 或 PDF 再檢核")
    raise _plain_archive(source.name)


def _plain_archive(name: str) -> UnsupportedFileError:
    return UnsupportedFileError(f"「{name}」是 ZIP 壓縮檔，不是 DOCX", "請解壓縮後逐檔檢核")


def _odf_kind(name: str, archive: zipfile.ZipFile) -> Literal["odt"]:
    kind = _beginning(name, archive, "mimetype")
    if not kind.startswith(f"{_ODF}text".encode()):
        raise UnsupportedFileError(
            f"「{name}」是 OpenDocument 試算表、簡報或圖檔，不是文件", "請提供契約本身的 DOCX 或 PDF 檔"
        )
    if b"encryption-data" in _beginning(name, archive, "META-INF/manifest.xml"):
        raise ProtectedFileError(f"「{name}」設有開啟密碼（ODT）", "請以 LibreOffice 移除密碼後另存新檔再檢核")
    return "odt"


def _beginning(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(_MAX_MANIFEST)
    except KeyError:
        return b""
    except Exception as error:  # zlib, CRC, unknown methods and lying headers each raise their own kind
        raise UnreadableFileError(f"「{name}」的壓縮內容損毀", REPAIR) from error


def _archive(source: Source) -> zipfile.ZipFile:
    name, raw = source.name, source.data
    for start, what in ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<", "HTML 或 XML")):
        if raw[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise UnsupportedFileError(f"「{name}」的內容是 {what}，不是 DOCX", SAVE_AS_DOCX)
    if raw.count(_ENTRY) > MAX_MEMBERS:  # before a list of them is made
        raise _bomb(name)
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFileError(f"「{name}」不是完整的 DOCX 檔，可能已損毀", REPAIR) from error


def _checked_members(name: str, archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    bombs = [i for i in infos if i.file_size > RATIO_FROM and i.file_size > MAX_RATIO * max(1, i.compress_size)]
    if total > limits.unpacked or bombs:
        raise _bomb(name)
    if any(info.flag_bits & 1 for info in infos):
        raise ProtectedFileError(f"「{name}」的壓縮內容設有密碼", "請先解除密碼再檢核")
    # Some producers write back slashes and other cases than their relations.
    return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}


def _bomb(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"「{name}」解壓縮後過大，疑似惡意檔案，已拒絕讀取", _ASK_SENDER)


def _main_part(package: Package) -> str:
    types = package.xml(_CONTENT_TYPES)
    if types is None:
        raise UnsupportedFileError(f"「{package.name}」不是 DOCX（可能是 ODT 或一般壓縮檔）", SAVE_AS_DOCX)
    for part in [*package.related("", "officeDocument"), "word/document.xml"]:
        kind = _content_type(types, part)
        for sign, what in _OTHER_OFFICE.items():
            if sign in kind:
                raise UnsupportedFileError(f"「{package.name}」是 {what}，不是 Word 文件", "請提供 DOCX 或 PDF 契約檔")
        if package.xml(part) is not None:
            return part
    raise UnreadableFileError(f"「{package.name}」缺少本文，檔案不完整", REPAIR)


def _content_type(types: _Element, part: str) -> str:
    for entry in types:
        if str(entry.get("PartName") or "").lstrip("/").lower() == part.lower():
            return str(entry.get("ContentType") or "").lower()
    return ""


def _read(budget: Budget, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    name, most = budget.name, budget.limits.part
    budget.look()
    if info.file_size > most:
        advice = "請向來源確認檔案；確認為正常契約後，可分割檔案或用 --max-chars 放寬"
        raise UnreadableFileError(f"「{name}」的內容過大，疑似惡意檔案，已拒絕讀取", advice)
    try:
        with archive.open(info) as stream:
            return stream.read(most)
    except Exception as error:  # zlib, CRC, unknown methods and lying headers each raise their own kind
        raise UnreadableFileError(f"「{name}」的壓縮內容損毀", REPAIR) from error


def _tree(name: str, raw: bytes) -> _Element:
    if any(mark in raw for mark in _DOCTYPES):
        raise _hostile(name)
    for strict, transitional in _STRICT:
        raw = raw.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unparsable(name, error) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _hostile(name)
    return root


def _hostile(name: str) -> UnreadableFileError:
    # An entity of a document type takes the text behind it away unseen, so none is let in.
    return UnreadableFileError(f"「{name}」含有 DOCTYPE 宣告，疑似惡意檔案，已拒絕讀取", _ASK_SENDER)


def _unparsable(name: str, error: Exception) -> UnreadableFileError:
    if "XML_PARSE_HUGE" in str(error):
        depth = "depth" in str(error)
        what = "結構巢狀過深" if depth else "單一段落過長（超過 10 MB）"
        return UnreadableFileError(f"「{name}」的{what}，疑似惡意檔案，已拒絕讀取", _ASK_SENDER)
    return UnreadableFileError(f"「{name}」的內容損毀，無法解析", REPAIR)
