"""Which files there are: local folders, and other storage by URL through fsspec."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from clausecheck.archive.packing import storable
from clausecheck.errors import UnreadableFileError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_HIDDEN = 0x2  # FILE_ATTRIBUTE_HIDDEN of Windows


@dataclass(frozen=True, slots=True)
class Found:
    """A file, a folder that cannot be listed, or a file that is left out.

    path      absolute path or URL, as it is shown and stored
    place     what opens it: the same, before bytes that are no UTF-8 were written out
    modified  ISO 8601, UTC, or empty
    stamp     changes when the file does; empty where the storage gives no sign of it
    fault     why it cannot be read, in Traditional Chinese
    folder    a folder: what stands below it is unknown
    skipped   hidden files and lock files of Office
    """

    path: str
    place: str
    size: int = 0
    modified: str = ""
    stamp: str = ""
    fault: str = ""
    folder: bool = False
    skipped: bool = False


def is_url(root: str) -> bool:
    return _URL.match(root) is not None and not root.lower().startswith("file://")


def root_of(root: str) -> str:
    """The root as its files' paths begin. Raises UnreadableFileError: there is no such folder or file."""
    if is_url(root):
        system, start = _storage(root)
        return str(system.unstrip_protocol(start))
    path = os.path.abspath(root[len("file://") :] if root.lower().startswith("file://") else root)
    if not os.path.exists(path):
        raise UnreadableFileError(f"找不到資料夾「{root}」", "請確認路徑；網路磁碟請確認已連線")
    return path


def walk(root: str) -> Iterator[Found]:
    """Everything below `root` (as `root_of` gives it), files of a folder in order of their names."""
    yield from _walk_url(root) if is_url(root) else _walk_local(root)


def _is_skipped(name: str) -> bool:
    return name.startswith((".", "~$"))


def _walk_local(root: str) -> Iterator[Found]:
    """Real folders first and links to folders last, so that a file is found under its own name; each folder once."""
    if not os.path.isdir(root):
        yield _local(root, os.path.basename(root))
        return
    seen: set[tuple[int, int]] = set()
    linked: list[str] = []
    folders = [root]
    while folders or linked:
        folder = folders.pop() if folders else linked.pop(0)
        below: list[str] = []
        for found in _listed(folder, seen):
            if isinstance(found, Found):
                yield found
            else:
                (linked if os.path.islink(found) else below).append(found)
        folders.extend(reversed(below))


def _listed(folder: str, seen: set[tuple[int, int]]) -> Iterator[Found | str]:
    """The files of a folder, and the paths of the folders in it."""
    try:
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        names = sorted(os.listdir(folder))
    except OSError as exc:
        yield Found(storable(folder), folder, fault=f"無法讀取資料夾：{exc.strerror}", folder=True)
        return
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not _is_skipped(name):
            yield path
        else:
            yield _local(path, name)


def _local(path: str, name: str) -> Found:
    try:
        status = os.stat(path)
    except OSError as exc:
        return Found(storable(path), path, fault=f"無法讀取：{exc.strerror}", skipped=_is_skipped(name))
    hidden = bool(getattr(status, "st_file_attributes", 0) & _HIDDEN)
    return Found(
        storable(path),
        path,
        status.st_size,
        _iso(status.st_mtime),
        f"{status.st_mtime_ns}",
        skipped=_is_skipped(name) or hidden or not stat.S_ISREG(status.st_mode),
    )


def _iso(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def _storage(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it. Raises UnreadableFileError."""
    import fsspec

    try:
        system, start = fsspec.url_to_fs(url)
        if system.exists(start):
            return system, start
    except (ImportError, ValueError) as exc:
        raise UnreadableFileError(f"無法使用「{url}」：{exc}", "請安裝該儲存體之 fsspec 套件，例如 s3fs") from exc
    except Exception as exc:  # each storage has errors of its own
        raise UnreadableFileError(f"無法讀取「{url}」（{type(exc).__name__}）", "請確認位址、權限與連線") from exc
    raise UnreadableFileError(f"找不到「{url}」", "請確認位址與權限")


def _walk_url(root: str) -> Iterator[Found]:
    system, start = _storage(root)
    if system.isfile(start):
        yield _remote(system.unstrip_protocol(start), system.info(start))
        return
    faults: list[OSError] = []
    for folder, _, files in system.walk(start, detail=True, on_error=faults.append):
        for name in sorted(files):
            yield _remote(system.unstrip_protocol(f"{folder.rstrip('/')}/{name}"), files[name], root)
        while faults:
            yield Found(root, root, fault=f"部分資料夾無法讀取：{faults.pop()}", folder=True)


def _remote(url: str, info: dict[str, Any], root: str = "") -> Found:
    when = info.get("mtime") or info.get("LastModified") or info.get("last_modified") or info.get("created")
    below = url.removeprefix(root).split("/") if root else []
    if isinstance(when, datetime):
        modified = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        modified = _iso(when) if isinstance(when, int | float) else ""
    stamp = str(info.get("ETag") or info.get("etag") or info.get("md5Hash") or (when or ""))
    return Found(storable(url), url, int(info.get("size") or 0), modified, stamp, skipped=any(map(_is_skipped, below)))
