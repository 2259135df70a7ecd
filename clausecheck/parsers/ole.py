"""OLE containers: old Office files, encrypted new ones and mails, told apart by their streams."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from clausecheck.errors import (
    ClausecheckError,
    PasswordNeededError,
    ProtectedFileError,
    UnreadableFileError,
    UnsupportedFileError,
)
from clausecheck.parsers.source import Source

SAVE_AS_DOCX = "請以 Word 開啟後另存為 DOCX 再檢核"
_RIGHTS = ("\x06DataSpaces/TransformInfo/DRMEncryptedTransform", "\tDRMContent", "\tDRMViewerContent")
_OTHERS: tuple[tuple[str, str, str], ...] = (
    ("Workbook", "舊版 Excel 活頁簿（.xls）", "請提供契約本身的 DOCX 或 PDF 檔"),
    ("Book", "舊版 Excel 活頁簿（.xls）", "請提供契約本身的 DOCX 或 PDF 檔"),
    ("PowerPoint Document", "舊版 PowerPoint 簡報（.ppt）", "請提供契約本身的 DOCX 或 PDF 檔"),
    ("__properties_version1.0", "Outlook 郵件（.msg）", "請以 Outlook 開啟，將附件另存為檔案後，逐檔檢核"),
    ("VisioDocument", "Visio 圖檔", "請提供契約本身的 DOCX 或 PDF 檔"),
    ("HwpSummaryInformation", "HWP 文件", SAVE_AS_DOCX),
)
_FIB_ENCRYPTED = 0x01  # of the byte at offset 11 of the stream WordDocument ([MS-DOC] 2.5.2, fEncrypted)


def ole_kind(source: Source) -> Literal["docx", "doc"]:
    """`docx` for an encrypted package (which it may turn out not to hold), `doc` for Word 97-2003.

    Raises UnsupportedFileError for other programs' files, ProtectedFileError for managed rights.
    """
    with _opened(source) as container:
        if any(container.exists(name) for name in _RIGHTS):
            message = f"「{source.name}」以權限管理（IRM、RMS 或敏感度標籤）加密"
            raise ProtectedFileError(message, "密碼無法解開；請由有權限者以 Word 移除權限限制，另存新檔再檢核")
        if container.exists("EncryptedPackage"):
            return "docx"
        if container.exists("WordDocument"):
            return "doc"
        raise _refusal(source, container)


def is_encrypted(source: Source) -> bool:
    """Whether an OLE container asks for a password."""
    with _opened(source) as container:
        if container.exists("EncryptedPackage"):
            return True
        if not container.exists("WordDocument"):
            return False
        beginning = container.openstream("WordDocument").read(12)
        return len(beginning) == 12 and bool(beginning[11] & _FIB_ENCRYPTED)


def decrypted(source: Source, password: str | None) -> bytes:
    """What an encrypted container holds.

    Raises ProtectedFileError (no or wrong password, unknown encryption), UnreadableFileError (damaged).
    """
    if not password:
        advice = "請以 --password-file 提供密碼，或以 Word 移除密碼後再檢核"
        raise PasswordNeededError(f"「{source.name}」設有開啟密碼", advice)
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(source.data))
        _load(office, password)
        office.decrypt(out)
    except InvalidKeyError as error:
        raise ProtectedFileError(f"「{source.name}」的密碼不正確", "請確認密碼後再試") from error
    except Exception as error:  # damaged containers raise many kinds
        raise _undecryptable(source.name, error) from error
    return out.getvalue()


def _load(office: Any, password: str) -> None:
    if type(office).__name__ == "OOXMLFile":  # the others always verify
        office.load_key(password=password, verify_password=True)
    else:
        office.load_key(password=password)


def _undecryptable(name: str, error: Exception) -> ClausecheckError:
    if "nsupported" in str(error) or isinstance(error, NotImplementedError):
        return ProtectedFileError(f"「{name}」採用不支援的加密方式", "請以 Word 移除密碼後另存 DOCX 再檢核")
    return UnreadableFileError(f"「{name}」已加密且無法解密，檔案可能損毀", "請以 Word 移除密碼後再檢核")


def _refusal(source: Source, container: Any) -> ClausecheckError:
    for stream, what, advice in _OTHERS:
        if container.exists(stream) or container.exists(f"\x05{stream}"):
            return UnsupportedFileError(f"「{source.name}」是{what}，不支援檢核", advice)
    if source.suffix in (".doc", ".docx", ".dot"):
        return UnreadableFileError(
            f"「{source.name}」缺少本文，檔案可能損毀", "請以 Word 開啟修復後另存，或重新取得檔案"
        )
    return UnsupportedFileError(f"「{source.name}」是舊版 Office 格式，不是 Word 文件", SAVE_AS_DOCX)


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(source.data))
    except Exception as error:  # damaged containers raise many kinds
        raise _damaged(source.name) from error
    try:
        yield container
    except ClausecheckError:
        raise
    except Exception as error:
        raise _damaged(source.name) from error
    finally:
        container.close()


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"「{name}」的容器（OLE）已損毀，無法讀取", "請以 Word 開啟修復後另存，或重新取得檔案")
