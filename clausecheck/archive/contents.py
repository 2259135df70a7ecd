"""The content of a file: its hash, and a copy of what lies on other storage."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from clausecheck.archive.recording import Pending
from clausecheck.archive.walking import is_url
from clausecheck.errors import UnreadableFileError

LARGEST = 512 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True)
class Content:
    """A file with its hash; `file` opens it on this machine."""

    pending: Pending
    file: str


@contextmanager
def work_folder(database: Path) -> Iterator[Path]:
    """A folder beside the database, for its owner alone: copies and results on their way; removed at the end."""
    folder = database.parent / f".{database.name}-work"
    shutil.rmtree(folder, ignore_errors=True)  # a run that was killed may have left it
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def content_of(pending: Pending, folder: Path) -> Content:
    """The file, hashed unless its hash is known; from other storage it is copied into `folder`.

    Raises UnreadableFileError: it cannot be opened, is not there any more, or is too large.
    """
    name = os.path.basename(pending.place)
    if pending.size > LARGEST:
        raise UnreadableFileError(f"「{name}」超過 {LARGEST // 2**20} MB，無法檢核", "請移除圖片或分拆檔案")
    try:
        if is_url(pending.place):
            return _copied(pending, folder)
        if pending.sha256:
            return Content(pending, pending.place)
        with open(pending.place, "rb") as stream:
            return Content(replace(pending, sha256=_hash(stream)), pending.place)
    except OSError as exc:
        raise UnreadableFileError(
            f"無法開啟「{name}」：{exc.strerror or exc}", "請確認權限與連線後再次執行掃描"
        ) from exc


def discard(file: str | None, folder: Path) -> None:
    """Remove the copy of a file, if it is one."""
    if file and Path(file).is_relative_to(folder):
        shutil.rmtree(Path(file).parent, ignore_errors=True)


def _copied(pending: Pending, folder: Path) -> Content:
    import fsspec

    # The parsers look at the name's end only, and a name from elsewhere must not choose where it is written.
    name = os.path.basename(pending.place.replace("\\", "/"))
    copy = folder / hashlib.sha256(pending.path.encode()).hexdigest()[:24] / name
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    with fsspec.open(pending.place, "rb") as source, copy.open("wb") as target:
        digest = _hash(source, target)
    return Content(replace(pending, sha256=digest), str(copy))


def _hash(stream: IO[bytes], copy: IO[Any] | None = None) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest()
