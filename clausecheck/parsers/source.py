"""The bytes of a file, read once and with care: no device blocks, no link surprises, no size overwhelms."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clausecheck.errors import UnreadableFileError
from clausecheck.parsers.limits import DEFAULTS, MEGABYTE, Limits

_REASONS = {
    errno.EACCES: ("沒有讀取權限", "請確認檔案權限，或複製到自己的資料夾後再檢核"),
    errno.EPERM: ("沒有讀取權限", "請確認檔案權限，或複製到自己的資料夾後再檢核"),
    errno.ELOOP: ("符號連結互相循環", "請改為指定契約檔案本身"),
    errno.ENAMETOOLONG: ("路徑過長", "請縮短檔名或移至較上層的資料夾"),
    errno.EIO: ("磁碟讀取錯誤", "請將檔案複製到其他磁碟後再試"),
}
_OTHER = ("系統拒絕讀取", "請先關閉使用該檔的程式，或將檔案複製到本機後再試")


@dataclass(frozen=True)
class Source:
    """A file's name and bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return Path(self.name).suffix.lower()


def read_source(file: Path | Source, limits: Limits = DEFAULTS) -> Source:
    """The bytes of a regular file; links to one are followed. What is read already is given back.

    Raises UnreadableFileError: absent, no regular file, not permitted, empty or too large.
    """
    if isinstance(file, Source):
        return file
    most = limits.file_mb * MEGABYTE
    try:
        _require_regular(file)
        # A pipe that takes the file's place in between must not block either.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as stream:
            # Reading takes memory for as much as is asked for; a file may still grow a little.
            size = os.fstat(handle).st_size
            data = b"" if size > most else stream.read(size + MEGABYTE)
    except (OSError, ValueError) as error:
        raise _fault(file, error) from error
    if max(size, len(data)) > most:
        advice = "請移除圖片或分割檔案，或用 --max-file-mb 放寬"
        raise UnreadableFileError(f"「{file.name}」過大，超過 {limits.file_mb} MB", advice)
    if not data:
        raise UnreadableFileError(f"「{file.name}」是空檔", "請重新取得該檔案")
    return Source(file.name, data)


def _require_regular(file: Path) -> None:
    if stat.S_ISREG(os.stat(file).st_mode):
        return
    raise UnreadableFileError(f"「{file}」不是一般檔案", "請指定契約檔案本身，而非資料夾、裝置或管線")


def _fault(file: Path, error: OSError | ValueError) -> UnreadableFileError:
    if isinstance(error, ValueError):
        return UnreadableFileError(f"「{file.name}」不是可用的檔名", "請更改檔名後再試")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if os.path.islink(file):
            return UnreadableFileError(
                f"「{file.name}」是失效的捷徑（符號連結），所指的檔案不存在", "請指定契約檔案本身"
            )
        return UnreadableFileError(f"找不到檔案「{file}」", "請確認路徑與檔名")
    reason, advice = _REASONS.get(error.errno or 0, _OTHER)
    return UnreadableFileError(f"無法開啟「{file.name}」：{reason}", advice)
