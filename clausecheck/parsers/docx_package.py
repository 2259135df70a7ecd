"""The ZIP package of a DOCX, opened with care.

Nothing is unpacked to disk, no entity is resolved, no macro is run. Sizes are added up before
anything is read: a file of 600 KB can unpack to 600 MB and needs twice that as a tree.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from clausecheck.errors import ProtectedFileError, UnreadableFileError, UnsupportedFileError

MEGABYTE = 1 << 20
MAX_FILE = 200 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_PART = 64 * MEGABYTE
MAX_MEMBERS = 20_000
MAX_RATIO = 250
RATIO_FROM = 8 * MEGABYTE  # a small part may compress as well as it likes

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
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
_SAVE_AS_DOCX = "請以 Word 開啟後另存為 DOCX 再檢核"
REPAIR = "請以 Word 開啟修復後另存，或重新取得檔案"
_ASK_SENDER = "請向來源確認檔案，或以 Word 另存新檔"


@dataclass
class Package:
    """An opened package; `main` is the name of the part that holds the body."""

    name: str
    sha256: str
    main: str
    _zip: zipfile.ZipFile
    _members: dict[str, zipfile.ZipInfo]
    _trees: dict[str, _Element | None] = field(default_factory=dict)

    def xml(self, part: str) -> _Element | None:
        """The root of a part, None when the package has no such part.

        Raises UnreadableFileError for damaged XML and for a document type declaration.
        """
        if part not in self._trees:
            info = self._members.get(part.lower())
            self._trees[part] = None if info is None else _tree(self.name, _read(self.name, self._zip, info))
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


def open_package(path: Path, password: str | None = None) -> Package:
    """Open a DOCX, DOCM, DOTX or DOTM.

    Raises UnreadableFileError (absent, empty, damaged, hostile, too large), UnsupportedFileError
    (another type of file) and ProtectedFileError (a password is needed or wrong).
    """
    raw = _bytes_of(path)
    sha256 = hashlib.sha256(raw).hexdigest()
    if raw.startswith(_OLE):
        raw = _decrypted(path.name, raw, password)
    archive = _archive(path.name, raw)
    members = _checked_members(path.name, archive)
    package = Package(path.name, sha256, "", archive, members)
    package.main = _main_part(package)
    return package


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            limit = MAX_FILE // MEGABYTE
            raise UnreadableFileError(f"「{path.name}」超過 {limit} MB，無法檢核", "請移除圖片或分拆檔案")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(f"找不到檔案「{path.name}」", "請確認路徑") from error
    except OSError as error:
        raise UnreadableFileError(f"無法開啟「{path.name}」", "請確認是檔案而非資料夾，且有讀取權限") from error
    if not raw.strip(b"\0"):
        raise UnreadableFileError(f"「{path.name}」是空檔案", "請重新取得檔案")
    return raw


def _decrypted(name: str, raw: bytes, password: str | None) -> bytes:
    """The package inside an OLE container; its directory names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") not in raw:
        if "WordDocument".encode("utf-16-le") in raw:
            raise UnsupportedFileError(f"「{name}」是舊版 Word 97–2003（.doc）格式", "請以 Word 另存為 DOCX 再檢核")
        raise UnsupportedFileError(f"「{name}」是舊版 Office 格式，不是 DOCX", _SAVE_AS_DOCX)
    if not password:
        raise ProtectedFileError(f"「{name}」設有開啟密碼", "請提供密碼，或以 Word 移除密碼後再檢核")
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(raw))
        office.load_key(password=password, verify_password=True)
    except InvalidKeyError as error:
        raise ProtectedFileError(f"「{name}」的密碼不正確", "請確認密碼後再試") from error
    except Exception as error:  # damaged containers raise many kinds
        raise _undecryptable(name) from error
    try:
        office.decrypt(out)
    except Exception as error:
        raise _undecryptable(name) from error
    return out.getvalue()


def _undecryptable(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"「{name}」已加密且無法解密，檔案可能損毀", "請以 Word 移除密碼後再檢核")


def _archive(name: str, raw: bytes) -> zipfile.ZipFile:
    for start, what in ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<", "HTML 或 XML")):
        if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise UnsupportedFileError(f"「{name}」的內容是 {what}，不是 DOCX", _SAVE_AS_DOCX)
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFileError(f"「{name}」不是完整的 DOCX 檔，可能已損毀", REPAIR) from error


def _checked_members(name: str, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    bombs = [i for i in infos if i.file_size > RATIO_FROM and i.file_size > MAX_RATIO * max(1, i.compress_size)]
    if total > MAX_UNPACKED or len(infos) > MAX_MEMBERS or bombs:
        raise UnreadableFileError(f"「{name}」解壓縮後過大，疑似惡意檔案，已拒絕讀取", _ASK_SENDER)
    if any(info.flag_bits & 1 for info in infos):
        raise ProtectedFileError(f"「{name}」的壓縮內容設有密碼", "請先解除密碼再檢核")
    # Some producers write back slashes and other cases than their relations.
    return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}


def _main_part(package: Package) -> str:
    types = package.xml(_CONTENT_TYPES)
    if types is None:
        raise UnsupportedFileError(f"「{package.name}」不是 DOCX（可能是 ODT 或一般壓縮檔）", _SAVE_AS_DOCX)
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


def _read(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MAX_PART:
        raise UnreadableFileError(f"「{name}」的內容過大，疑似惡意檔案，已拒絕讀取", "請向來源確認檔案，或分拆後再檢核")
    try:
        with archive.open(info) as stream:
            return stream.read(MAX_PART)
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
        raise UnreadableFileError(f"「{name}」的內容損毀，無法解析", REPAIR) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _hostile(name)
    return root


def _hostile(name: str) -> UnreadableFileError:
    # An entity of a document type takes the text behind it away unseen, so none is let in.
    return UnreadableFileError(f"「{name}」含有 DOCTYPE 宣告，疑似惡意檔案，已拒絕讀取", _ASK_SENDER)
