"""Judging again from stored texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clausecheck.archive import judging
from clausecheck.archive.entries import Outcome
from clausecheck.archive.rescanning import Change, changes, jobs
from clausecheck.archive.state import Archive
from clausecheck.library import load_library
from tests.archive.content import content
from tests.archive.support import Place
from tests.small_library import AUDIT, CLOUD, TERMS, USES_CLOUD, write_yaml


@pytest.fixture
def stricter(small_library: Path, tmp_path: Path) -> Path:
    """The library with another idea of what an audit right is."""
    folder = Path(shutil.copytree(small_library, tmp_path / "stricter"))
    terms = {**TERMS, "audit_right": {"zh": ["得隨時派員"], "en": ["may audit"]}}
    write_yaml(folder / "terms" / "words.yaml", terms)
    return folder


def _fill(place: Place) -> None:
    place.write("a.txt", AUDIT)
    place.write("b.txt", "甲方得隨時派員。", CLOUD, USES_CLOUD)
    place.write("c.txt", AUDIT)
    (place.root / "d.jpg").write_bytes(b"\xff\xd8")


def test_a_rescan_reads_no_file_and_gives_what_a_scan_would(
    place: Place, stricter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(place)
    place.scan()
    place.library = stricter
    (tmp_path / "fresh").mkdir()
    fresh = Place(tmp_path / "fresh", stricter)
    fresh.root = place.root
    fresh.scan()
    monkeypatch.setattr(judging, "read_document", None)
    kept = [p.rename(p.with_suffix(".gone")) for p in place.root.iterdir()]
    done, judged = place.rescan()
    for path in kept:
        path.rename(path.with_suffix(".jpg" if path.stem == "d" else ".txt"))
    assert (judged, done.judged, done.unread) == (["a.txt", "b.txt"], {Outcome.CHECKED: 2}, 0)
    assert {p: e.report for p, e in place.entries().items()} == {p: e.report for p, e in fresh.entries().items()}
    assert all(e.present for e in place.entries().values())
    monkeypatch.undo()
    assert place.scan().judged == []
    assert place.rescan()[1] == []


def test_what_fell_out_of_coverage_and_came_into_it_is_told(place: Place, stricter: Path) -> None:
    _fill(place)
    place.scan()
    place.library = stricter
    place.rescan()
    with Archive.open(place.database) as archive:
        found = list(changes(archive, place.job()))
    names = {str(place.root / n): n for n in ("a.txt", "b.txt", "c.txt")}
    assert [Change(names[c.path], c.requirement, c.before, c.after) for c in found] == [
        Change("a.txt", "7.9.1", "full", "missing"),
        Change("b.txt", "7.9.1", "missing", "full"),
        Change("c.txt", "7.9.1", "full", "missing"),
    ]


def test_only_the_last_change_of_the_library_is_told(place: Place, stricter: Path, small_library: Path) -> None:
    _fill(place)
    place.scan(organisation="2")
    place.scan()
    for library in (stricter, small_library):
        place.library = library
        place.rescan()
    with Archive.open(place.database) as archive:
        found = [(Path(c.path).name, c.before, c.after) for c in changes(archive, place.job())]
    assert found == [("a.txt", "missing", "full"), ("b.txt", "full", "missing"), ("c.txt", "missing", "full")]


def test_each_file_is_judged_with_the_settings_it_was_scanned_with(place: Place, stricter: Path) -> None:
    place.write("one/a.txt", AUDIT)
    place.write("two/b.txt", CLOUD, USES_CLOUD)
    place.scan(place.root / "one", has=frozenset({"cloud"}))
    place.scan(place.root / "two", organisation="2")
    place.library = stricter
    with Archive.open(place.database) as archive:
        todo = jobs(archive, load_library(stricter))
    assert {j.settings.organisation: sorted(j.settings.has) for j in todo} == {"1": ["cloud"], "2": []}
    for job in todo:
        place.rescan(organisation=job.settings.organisation, has=job.settings.has)
    found = place.entries()
    assert found["one/a.txt"].report["organisation"] == "1"  # type: ignore[index]
    assert found["two/b.txt"].report["organisation"] == "2"  # type: ignore[index]


def test_a_text_read_by_another_version_is_not_judged_but_counted(place: Place, stricter: Path) -> None:
    place.write("a.txt")
    place.scan()
    with Archive.open(place.database) as archive:
        archive.connection.execute("UPDATE documents SET reading = '{}'")
    before = content(place.database)["results"]
    place.library = stricter
    done, judged = place.rescan()
    assert (judged, done.unread) == ([], 1)
    assert content(place.database)["results"] == before
    assert place.entries()["a.txt"].outcome is Outcome.CHECKED
