"""The database: who may open it, what it refuses, what others read from it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from clausecheck.archive.entries import Outcome
from clausecheck.archive.migrations import MIGRATIONS
from clausecheck.archive.scanning import writing
from clausecheck.archive.state import Archive
from clausecheck.errors import ArchiveError
from clausecheck.reports.json import schema
from tests.archive.support import Place
from tests.small_library import AUDIT


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    before = tmp_path.stat().st_mode
    with Archive.open(path, create=True) as archive, writing(archive):
        archive.note_output(tmp_path / "x.xlsx")
        assert {"a.sqlite", "a.sqlite-scan", "a.sqlite-shm", "a.sqlite-wal"} <= {p.name for p in tmp_path.iterdir()}
        if os.name == "posix":
            assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {0o600}
    assert tmp_path.stat().st_mode == before


def test_migrations_run_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    for _ in range(2):
        with Archive.open(path, create=True) as archive:
            done = [row[0] for row in archive.connection.execute("SELECT name FROM migrations ORDER BY name")]
            assert done == [name for name, _ in MIGRATIONS]


def test_two_that_open_a_new_database_at_once_do_not_collide(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def opened(number: int) -> int:
        with Archive.open(tmp_path / f"{number // 8}.sqlite", create=True) as archive:
            return int(archive.connection.execute("SELECT count(*) FROM migrations").fetchone()[0])

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(opened, range(40))) == [len(MIGRATIONS)] * 40


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _text(path: Path) -> None:
    path.write_text("這不是資料庫，" * 200, encoding="utf-8")


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def _newer(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        archive.connection.execute("INSERT INTO migrations VALUES ('9999_future', '2999-01-01T00:00:00Z')")


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_missing, "找不到"), (_text, "不是契約庫"), (_foreign, "其他程式"), (_newer, "較新版本"), (_folder, "找不到")],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, spoil: object, words: str) -> None:
    path = tmp_path / "a.sqlite"
    spoil(path)  # type: ignore[operator]
    with pytest.raises(ArchiveError, match=words) as caught:
        Archive.open(path)
    assert caught.value.exit_code == 9
    assert caught.value.advice


def test_a_damaged_database_is_told(place: Place) -> None:
    place.write("a.txt")
    place.scan()
    data = bytearray(place.database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    place.database.write_bytes(data)
    with pytest.raises(ArchiveError, match="無法使用"), Archive.open(place.database) as archive:
        list(archive.entries())


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="無法開啟"):
        Archive.open(tmp_path / "none" / "a.sqlite", create=True)


def test_one_scan_at_a_time_but_readers_may_look(place: Place) -> None:
    place.write("a.txt")
    place.scan()
    with Archive.open(place.database) as archive, writing(archive), Archive.open(place.database) as other:
        assert [e.outcome for e in other.entries()] == [Outcome.CHECKED]
        with pytest.raises(ArchiveError, match="另一次掃描"), writing(other):
            pytest.fail("two scans at once")


def test_entries_and_clauses_are_those_of_the_contracts(place: Place) -> None:
    place.write("b.txt", AUDIT)
    place.write("a.txt")
    place.scan()
    with Archive.open(place.database) as archive:
        entries = list(archive.entries())
        assert [Path(e.path).name for e in entries] == ["a.txt", "b.txt"]
        assert all(e.report is None for e in archive.entries(reports=False))
        clauses = list(archive.clauses())
    document = schema()
    document = {"$schema": document["$schema"], "$defs": document["$defs"], "$ref": "#/$defs/document"}
    for entry in entries:
        assert entry.report is not None
        jsonschema.validate(entry.report, document)
        assert entry.report["path"] == entry.path
        assert entry.report["sha256"] == entry.sha256
        mine = [(path, heading, text) for sha256, path, heading, text in clauses if sha256 == entry.sha256]
        assert mine == [(c["path"], c["heading"], c["text"]) for c in entry.report["clauses"]]
