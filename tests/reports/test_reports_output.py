"""Writing whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clausecheck.errors import OutputError
from clausecheck.reports.output import write_whole


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "報告.xlsx"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_file_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "報告.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match="報告") as caught:
        write_whole(path, b"new")
    assert "Excel" in caught.value.advice
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_and_a_folder_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="資料夾不存在"):
        write_whole(tmp_path / "none" / "a.xlsx", b"")
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(OutputError, match="同名之資料夾"):
        write_whole(tmp_path / "b.xlsx", b"")
