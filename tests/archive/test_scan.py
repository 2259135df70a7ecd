"""The scan: what is judged, what is not judged again, and what is said of each file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clausecheck.archive import judging
from clausecheck.archive.entries import Outcome
from clausecheck.archive.judging import Task, Verdict
from clausecheck.archive.state import Archive
from clausecheck.checker import Settings, check
from clausecheck.document import Document
from clausecheck.reports.json import to_json
from tests.archive.content import content
from tests.archive.support import Place
from tests.small_library import AUDIT, CLOUD, write_yaml


def _old(path: Path) -> None:
    """A time of change that no later writing can repeat."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


def test_the_report_is_that_of_a_single_check(place: Place) -> None:
    path = place.write("a.txt")
    place.scan(organisation="2")
    alone = check(path, library=place.library, settings=Settings(organisation="2"))
    assert place.entries()["a.txt"].report == to_json([alone], program_version="")["documents"][0]


def test_every_file_has_an_outcome_with_reason_and_advice(place: Place) -> None:
    place.write("a.txt")
    (place.root / "b.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (place.root / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (place.root / "d.docx").write_bytes(b"")
    (place.root / "e.txt").write_text("----", encoding="utf-8")
    scanned = place.scan()
    found = place.entries()
    assert scanned.summary.judged == {Outcome.CHECKED: 1, Outcome.REFUSED: 4}
    assert found["a.txt"].exit_code == 0
    for name in ("b.xlsx", "c.jpg", "d.docx", "e.txt"):
        entry = found[name]
        assert entry.outcome is Outcome.REFUSED
        assert entry.exit_code in (3, 4, 6)
        assert name in entry.reason
        assert entry.advice
        assert entry.report is None
    assert found["a.txt"].reason == ""


def test_a_fault_of_the_program_costs_one_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("a.txt", AUDIT)
    place.write("b.txt", CLOUD)
    read = judging.read_document

    def fail(path: str, settings: Settings) -> Document:
        if path.endswith("a.txt"):
            raise KeyError("secret words of the contract")
        return read(path, settings)

    monkeypatch.setattr(judging, "read_document", fail)
    place.scan()
    with pytest.raises(KeyboardInterrupt):
        place.scan_with(lambda: _Dying(place, 0), retry=True)  # type: ignore[arg-type, return-value]
    found = place.entries()
    assert (found["a.txt"].outcome, found["a.txt"].exit_code) == (Outcome.FAILED, 70)
    assert "KeyError" in found["a.txt"].reason
    assert "secret" not in found["a.txt"].reason
    assert found["b.txt"].outcome is Outcome.CHECKED
    monkeypatch.undo()
    assert place.scan().judged == []
    assert place.scan(retry=True).judged == ["a.txt"]
    assert place.entries()["a.txt"].outcome is Outcome.CHECKED


def test_a_second_run_does_nothing(place: Place) -> None:
    place.write("a.txt")
    (place.root / "b.bin").write_bytes(b"\0\1")
    place.scan()
    before = content(place.database)
    opened: list[object] = []
    summary = place.scan_with(lambda: opened.append(1))  # type: ignore[arg-type, return-value]
    assert (summary.unchanged, summary.judged, opened) == (2, {}, [])
    assert content(place.database) == before


def test_a_changed_file_is_judged_again_and_only_that(place: Place) -> None:
    for name, words in (("a.txt", AUDIT), ("b.txt", CLOUD)):
        _old(place.write(name, words))
    place.scan()
    place.write("b.txt", CLOUD, AUDIT)
    assert place.scan().judged == ["b.txt"]


def test_a_file_that_was_only_touched_is_not_judged_again(place: Place) -> None:
    path = place.write("a.txt")
    _old(path)
    place.scan()
    path.touch()
    scanned = place.scan()
    assert (scanned.judged, scanned.summary.linked) == ([], 1)
    assert place.scan().summary.unchanged == 1


def test_rehash_finds_what_size_and_time_hide(place: Place) -> None:
    path = place.write("a.txt", "甲方得隨時稽核乙方。")
    _old(path)
    place.scan()
    place.write("a.txt", "乙方得隨時稽核甲方。")
    _old(path)
    assert place.scan().judged == []
    assert place.scan(rehash=True).judged == ["a.txt"]
    assert place.scan(rehash=True).judged == []


def test_settings_and_library_are_part_of_the_question(place: Place) -> None:
    place.write("a.txt")
    place.scan()
    assert place.scan(organisation="2").judged == ["a.txt"]
    assert place.entries()["a.txt"].report["organisation"] == "2"  # type: ignore[index]
    assert place.scan().judged == []
    assert place.entries()["a.txt"].report["organisation"] == "1"  # type: ignore[index]
    assert place.scan(lacks=frozenset({"cloud"})).judged == ["a.txt"]


def test_a_new_library_judges_all_again(place: Place, tmp_path: Path) -> None:
    import shutil

    place.write("a.txt")
    place.scan()
    place.library = Path(shutil.copytree(place.library, tmp_path / "library"))
    assert place.scan().judged == []
    write_yaml(place.library / "library.yaml", {"version": "10.0", "source": "測試"})
    from clausecheck.library.loader import _load

    _load.cache_clear()
    assert place.scan().judged == ["a.txt"]
    assert place.entries()["a.txt"].report["library"]["version"] == "10.0"  # type: ignore[index]


def test_of_files_with_the_same_content_one_is_judged(place: Place) -> None:
    for name in ("a.txt", "b/a.txt", "c.txt"):
        place.write(name)
    (place.root / "x.jpg").write_bytes(b"\xff\xd8")
    (place.root / "y.jpg").write_bytes(b"\xff\xd8")
    assert place.scan().judged == ["a.txt", "x.jpg"]
    found = place.entries()
    assert [found[n].duplicate_of for n in sorted(found)] == [
        None, found["a.txt"].path, found["a.txt"].path, None, found["x.jpg"].path]  # fmt: skip
    assert found["c.txt"].report["path"] == found["c.txt"].path  # type: ignore[index]
    assert found["c.txt"].report["name"] == "c.txt"  # type: ignore[index]
    assert "y.jpg" in found["y.jpg"].reason
    assert "x.jpg" not in found["y.jpg"].reason


def test_the_same_bytes_under_another_kind_of_name_are_another_question(place: Place) -> None:
    place.write("a.txt")
    place.write("a.dat")
    place.scan()
    found = place.entries()
    assert (found["a.txt"].outcome, found["a.dat"].outcome) == (Outcome.CHECKED, Outcome.REFUSED)


def test_a_moved_file_keeps_its_verdict(place: Place) -> None:
    path = place.write("a.txt")
    place.scan()
    (place.root / "new").mkdir()
    path.rename(place.root / "new" / "b.txt")
    scanned = place.scan()
    found = place.entries()
    assert (scanned.judged, scanned.summary.vanished) == ([], 1)
    assert (found["a.txt"].present, found["a.txt"].duplicate_of) == (False, found["new/b.txt"].path)
    assert (found["new/b.txt"].present, found["new/b.txt"].duplicate_of) == (True, None)
    assert found["new/b.txt"].report["name"] == "b.txt"  # type: ignore[index]


def test_a_vanished_file_is_marked_and_may_come_back(place: Place) -> None:
    place.write("a.txt", AUDIT)
    path = place.write("b.txt", CLOUD)
    place.scan()
    kept = path.rename(place.root.parent / "b.txt")
    assert place.scan().summary.vanished == 1
    assert place.entries()["b.txt"].present is False
    assert place.entries()["b.txt"].report is not None
    kept.rename(path)
    assert place.scan().judged == []
    assert place.entries()["b.txt"].present is True


def test_a_scan_says_nothing_of_other_folders(place: Place) -> None:
    place.write("one/a.txt", AUDIT)
    place.write("one-more/b.txt", CLOUD)
    place.scan()
    (place.root / "one-more" / "b.txt").unlink()
    assert place.scan(place.root / "one").summary.vanished == 0
    assert place.entries()["one-more/b.txt"].present is True


def test_what_cannot_be_listed_has_not_vanished(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("closed/a.txt")
    place.scan()
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    summary = place.scan().summary
    found = place.entries()
    assert (summary.vanished, summary.judged) == (0, {Outcome.REFUSED: 1})
    assert found["closed/a.txt"].present is True
    assert (found["closed"].outcome, found["closed"].exit_code) == (Outcome.REFUSED, 3)
    monkeypatch.undo()
    place.scan()
    assert list(place.entries()) == ["closed/a.txt"]


def test_a_file_that_cannot_be_opened_is_recorded_and_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("a.txt")
    real = open

    def refuse(name: object, *args: object) -> object:
        if str(name).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real(name, *args)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    place.scan()
    entry = place.entries()["a.txt"]
    assert (entry.outcome, entry.exit_code, entry.sha256) == (Outcome.REFUSED, 3, "")
    assert "a.txt" in entry.reason
    monkeypatch.undo()
    assert place.scan().judged == ["a.txt"]
    assert place.entries()["a.txt"].outcome is Outcome.CHECKED


def test_a_file_that_changes_under_the_scan_is_not_judged_as_something_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place.write("a.txt", AUDIT)
    read = judging.read_document

    def change(file: str, settings: Settings) -> Document:
        place.write("a.txt", CLOUD)
        return read(file, settings)

    monkeypatch.setattr(judging, "read_document", change)
    place.scan()
    assert (place.entries()["a.txt"].outcome, place.entries()["a.txt"].report) == (Outcome.FAILED, None)
    monkeypatch.undo()
    place.scan()
    assert place.entries()["a.txt"].report["sha256"] == check(path, library=place.library).sha256  # type: ignore[index]


def test_the_database_and_what_the_program_wrote_are_no_contracts(place: Place) -> None:
    place.database = place.root / "archive.sqlite"
    place.write("a.txt")
    (place.root / "portfolio.xlsx").write_bytes(b"PK\x03\x04")
    with Archive.open(place.database, create=True) as archive:
        archive.note_output(place.root / "portfolio.xlsx")
    for _ in range(2):
        place.scan()
        assert list(place.entries()) == ["a.txt"]


def test_other_storage_is_scanned_by_url_like_a_folder(place: Place) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    local = place.write("a.txt")
    memory.pipe("/scan/x/a.txt", local.read_bytes())
    memory.pipe("/scan/../../evil.txt", local.read_bytes() + b"\n")
    memory.pipe("/scan/b.bin", b"\0")
    assert place.scan("memory://scan", place.root).judged == ["a.txt", "b.bin"]
    assert place.scan("memory://scan", place.root).judged == []
    found = place.entries()
    assert found["memory:///scan/x/a.txt"].duplicate_of == found["a.txt"].path
    memory.rm("/scan/b.bin")
    assert place.scan("memory://scan").summary.vanished == 1
    assert not list(place.root.parent.glob(".archive.sqlite-work"))


class _Dying:
    """Gives up after some verdicts, as a killed run does."""

    def __init__(self, place: Place, after: int) -> None:
        self.place = place
        self.after = after

    def verdicts(self, tasks: object) -> object:
        from clausecheck.archive.executors import SerialExecutor

        for number, pair in enumerate(SerialExecutor(self.place.job()).verdicts(tasks)):  # type: ignore[arg-type]
            if number == self.after:
                raise KeyboardInterrupt
            yield pair

    def __enter__(self) -> _Dying:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("after", [0, 1, 3])
def test_an_interrupted_run_loses_nothing_and_repeats_nothing(place: Place, tmp_path: Path, after: int) -> None:
    for number in range(6):
        place.write(f"{number}.txt", AUDIT, "乙方應遵守約定。" * (number % 4))
    with pytest.raises(KeyboardInterrupt):
        place.scan_with(lambda: _Dying(place, after))  # type: ignore[arg-type, return-value]
    rest = place.scan().judged
    assert len(rest) == 4 - after
    broken, place.database = place.database, tmp_path / "whole.sqlite"
    place.scan()
    assert content(broken) == content(place.database)


def test_the_verdict_names_every_requirement(place: Place) -> None:
    place.write("a.txt")
    task = Task("a", "a.txt", "", data=(place.root / "a.txt").read_bytes())
    verdict = judging.judge(task, place.job())
    assert isinstance(verdict, Verdict)
    assert verdict.statuses == '{"7.9.1": "full", "7.9.2": "full"}'
