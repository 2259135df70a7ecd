"""A Dask cluster of two workers on this machine gives what this process gives."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from clausecheck.archive import cluster
from clausecheck.archive.cluster import ClusterExecutor
from clausecheck.archive.entries import Outcome
from clausecheck.archive.executors import Limits
from clausecheck.archive.judging import Job, Task, Verdict
from clausecheck.errors import ClausecheckError
from tests.archive.content import content
from tests.archive.support import Place
from tests.small_library import AUDIT

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


def test_two_workers_give_the_same_content_as_this_process(place: Place, tmp_path: Path) -> None:
    for number in range(6):
        place.write(f"{number}.txt", AUDIT, "乙方應遵守約定。" * number)
    (place.root / "x.jpg").write_bytes(b"\xff\xd8")
    place.scan()
    expected = content(place.database)
    place.database = tmp_path / "cluster.sqlite"
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as local:
        place.scan_with(lambda: ClusterExecutor(place.job(), local.scheduler_address, Limits()))
    assert content(place.database) == expected


@pytest.mark.parametrize(
    ("limits", "outcome"),
    [(Limits(seconds=0.1), Outcome.TIMED_OUT), (Limits(memory=1), Outcome.OUT_OF_MEMORY), (Limits(), Outcome.CHECKED)],
)
def test_limits_hold_on_a_worker(
    place: Place, monkeypatch: pytest.MonkeyPatch, limits: Limits, outcome: Outcome
) -> None:
    finished = threading.Event()

    def judge(task: Task, job: Job) -> Verdict:
        del task, job
        if outcome is not Outcome.CHECKED:
            finished.wait(60)
        return Verdict(Outcome.CHECKED)

    monkeypatch.setattr(cluster, "judge", judge)
    assert cluster._watched(Task("a", "a.txt", ""), place.job(), limits).outcome is outcome
    finished.set()


def test_a_scheduler_that_does_not_answer_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", "1s")
    with pytest.raises(ClausecheckError, match="無法連上叢集"):
        ClusterExecutor(place.job(), "tcp://127.0.0.1:9", Limits())
