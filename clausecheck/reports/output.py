"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from clausecheck.errors import OutputError
from clausecheck.reports.safe import clean


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside `path`, then rename, so that a failure leaves the older file as it was.

    `private`: readable by its owner only, from its first byte on.

    Raises OutputError.
    """
    beside = path.parent / f".clausecheck-{os.getpid()}.tmp"
    try:
        if private:
            beside.unlink(missing_ok=True)
            beside.touch(mode=0o600)
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        raise OutputError(f"無法寫入「{clean(path.name)}」：{_reason(error, path)}", _advice(error, path)) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _reason(error: OSError, path: Path) -> str:
    if path.is_dir():
        return "同名之資料夾已存在"
    if not path.parent.is_dir():
        return "資料夾不存在"
    return "磁碟空間不足" if error.errno == errno.ENOSPC else "檔案無法寫入"


def _advice(error: OSError, path: Path) -> str:
    if path.is_dir():
        return "請改用其他檔名"
    if not path.parent.is_dir():
        return "請先建立資料夾，或改用其他位置"
    if error.errno == errno.ENOSPC:
        return "請清出空間後重試，或改用其他磁碟"
    return "檔案可能正被 Excel 開啟，或資料夾不可寫入；請關閉檔案後重試，或改用其他檔名"
