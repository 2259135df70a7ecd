"""Which files a scan finds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from clausecheck.archive.walking import Found, root_of, walk
from clausecheck.errors import UnreadableFileError


def _names(root: Path, *, skipped: bool = False) -> list[str]:
    found = [f for f in walk(root_of(str(root))) if f.skipped is skipped]
    return [Path(f.path).relative_to(root).as_posix() for f in found]


def _touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_files_of_all_folders_each_in_order(tmp_path: Path) -> None:
    _touch(tmp_path / "z.txt", tmp_path / "b" / "2.pdf", tmp_path / "b" / "1.jpg", tmp_path / "a" / "c" / "3.docx")
    assert _names(tmp_path) == ["z.txt", "a/c/3.docx", "b/1.jpg", "b/2.pdf"]


def test_hidden_files_and_lock_files_are_left_out_and_counted(tmp_path: Path) -> None:
    _touch(tmp_path / ".hidden", tmp_path / "~$draft.docx", tmp_path / ".git" / "x.txt", tmp_path / "a.txt")
    assert _names(tmp_path) == ["a.txt"]
    assert _names(tmp_path, skipped=True) == [".git", ".hidden", "~$draft.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_folder_is_walked_twice_whatever_the_links(tmp_path: Path) -> None:
    _touch(tmp_path / "real" / "a.txt", tmp_path / "outside" / "b.txt")
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "real").rename(root / "real")
    (root / "real" / "up").symlink_to(root)
    (root / "again").symlink_to(root / "real")
    (root / "elsewhere").symlink_to(tmp_path / "outside")
    (root / "self").symlink_to("self")
    assert _names(root) == ["self", "real/a.txt", "elsewhere/b.txt"]
    assert [f.fault != "" for f in walk(str(root))] == [True, False, False]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_what_is_no_regular_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert _names(tmp_path) == []
    assert _names(tmp_path, skipped=True) == ["pipe.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_name_that_is_no_utf8_can_be_stored_and_opened(tmp_path: Path) -> None:
    raw = os.path.join(os.fsencode(tmp_path), b"\xab\xb4.txt")  # 契.txt in Big5
    with open(raw, "wb") as stream:
        stream.write(b"x")
    (found,) = walk(str(tmp_path))
    assert found.path == f"{tmp_path}/\\udcab\\udcb4.txt"
    assert os.path.exists(found.place)


def test_a_folder_that_cannot_be_listed_is_a_fault_not_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path / "closed" / "a.txt", tmp_path / "open" / "b.txt")
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = list(walk(str(tmp_path)))
    assert [(Path(f.path).name, f.folder, bool(f.fault)) for f in found] == [
        ("closed", True, True), ("b.txt", False, False)]  # fmt: skip


def test_other_storage_by_url() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in ("/walk/b/2.txt", "/walk/1.txt", "/walk/.hidden"):
        memory.pipe(name, b"abc")
    found = sorted(walk(root_of("memory://walk/")), key=lambda f: f.path)
    assert [(f.path, f.size, f.skipped) for f in found] == [
        ("memory:///walk/.hidden", 3, True), ("memory:///walk/1.txt", 3, False), ("memory:///walk/b/2.txt", 3, False),
    ]  # fmt: skip
    assert all(isinstance(f, Found) and f.stamp and f.modified.endswith("Z") for f in found)


@pytest.mark.parametrize("root", ["memory://nowhere", "nosuchprotocol://x"])
def test_a_url_that_leads_nowhere_is_told(root: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        list(walk(root_of(root)))
    assert caught.value.advice


def test_a_root_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="找不到資料夾"):
        root_of(str(tmp_path / "none"))
