"""Workers that hang, crash and hog cost their own file and nothing else; who judges makes no difference."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clausecheck.archive.entries import Outcome
from clausecheck.archive.executors import Limits
from clausecheck.archive.pool import PoolExecutor
from clausecheck.archive.worker import judge_into
from tests.archive.content import content
from tests.archive.support import Place, misbehave
from tests.small_library import AUDIT

MEGABYTE = 2**20


def _executor(place: Place, folder: Path, workers: int, limits: Limits, work: object = judge_into) -> PoolExecutor:
    folder.mkdir(exist_ok=True)
    executor = PoolExecutor(place.job(), workers, limits, folder)
    executor.work = work  # type: ignore[assignment]
    return executor


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_worker_costs_exactly_its_own_file(place: Place, tmp_path: Path) -> None:
    for name in ("a.txt", "crash.txt", "hang.txt", "hog.txt", "once.txt", "z.txt"):
        place.write(name, AUDIT, name)
    limits = Limits(seconds=12, memory=700 * MEGABYTE)
    place.scan_with(lambda: _executor(place, tmp_path / "work", 2, limits, misbehave))
    found = place.entries()
    assert {n: e.outcome for n, e in found.items()} == {
        "a.txt": Outcome.CHECKED,
        "crash.txt": Outcome.FAILED,
        "hang.txt": Outcome.TIMED_OUT,
        "hog.txt": Outcome.OUT_OF_MEMORY,
        "once.txt": Outcome.CHECKED,
        "z.txt": Outcome.CHECKED,
    }
    assert [found[n].exit_code for n in ("crash.txt", "hang.txt", "hog.txt")] == [70, 3, 3]
    assert all(e.advice for e in found.values() if e.outcome is not Outcome.CHECKED)
    assert place.scan().judged == []
    assert place.scan(retry=True).judged == ["crash.txt", "hang.txt", "hog.txt"]


def test_any_number_of_workers_gives_the_same_content_as_none(place: Place, tmp_path: Path) -> None:
    for number in range(8):
        place.write(f"{number}.txt", AUDIT, "乙方應遵守約定。" * (number % 5))
    (place.root / "x.jpg").write_bytes(b"\xff\xd8")
    place.scan()
    expected = content(place.database)
    for workers in (1, 2):
        place.database = tmp_path / f"{workers}.sqlite"
        place.scan_with(lambda w=workers: _executor(place, tmp_path / f"work{w}", w, Limits()))  # type: ignore[misc]
        assert content(place.database) == expected
    assert not any((tmp_path / "work2").iterdir())
