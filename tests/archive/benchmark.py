"""Speed and memory of the archive scan: python -m tests.archive.benchmark [--contracts 1000] [--no-cluster].

Generates an archive from the project's own corpus, then measures, each in a process of its own: the bare sum of
checks, the scan with one and two workers and on a Dask cluster of two, and the memory of the scanning process for 100
and for 5,000 files. Rates count from the first verdict on, so that the start of the workers stands apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil

from clausecheck.archive.contents import work_folder
from clausecheck.archive.entries import Outcome
from clausecheck.archive.executors import Executor, Limits
from clausecheck.archive.judging import Job, Task, Verdict, judge
from clausecheck.archive.scanning import scan
from clausecheck.archive.state import Archive
from clausecheck.checker import Settings, check
from clausecheck.library import load_library

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "contracts" / "tuning"
MEGABYTE = 2**20


def generate(folder: Path, contracts: int) -> None:
    """Contracts that differ in one line, so that no two have the same content."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(CORPUS.glob("*.txt"))]
    folder.mkdir()
    for number in range(contracts):
        text = texts[number % len(texts)] + f"\n契約編號：{number:06d}\n"
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")


class Clock:
    """Notes when the first and the last verdict came."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.times: list[float] = []

    def found(self) -> None:
        pass

    def planned(self, files: int) -> None:
        del files

    def done(self, outcome: Outcome | None) -> None:
        del outcome
        self.times.append(time.monotonic() - self.start)

    def result(self) -> dict[str, float]:
        rate = (len(self.times) - 1) / (self.times[-1] - self.times[0])
        return {"first": self.times[0], "total": self.times[-1], "rate": rate}


class Canned:
    """An executor that gives one real verdict again and again: what is left is the scanning process itself."""

    def __init__(self, job: Job, sample: Path) -> None:
        self.verdict = judge(Task("a", "a.txt", "", data=sample.read_bytes()), job)

    def verdicts(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Verdict]]:
        for task in tasks:
            yield task, self.verdict

    def __enter__(self) -> Canned:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def bare(folder: Path) -> dict[str, float]:
    """The sum of plain checks in this process."""
    clock = Clock()
    for path in sorted(folder.iterdir()):
        check(path)
        clock.done(None)
    return clock.result()


def scanned(folder: Path, executor: Callable[[Job, Path], Executor]) -> dict[str, float]:
    library = load_library()
    job = Job(str(library.folder), library.fingerprint, Settings())
    clock = Clock()
    with (
        tempfile.TemporaryDirectory() as place,
        Archive.open(Path(place) / "a.sqlite", create=True) as archive,
        work_folder(archive.path) as work,
    ):
        summary = scan(archive, [str(folder)], job, lambda: executor(job, work), work, watcher=clock)
    assert summary.judged == {Outcome.CHECKED: len(clock.times)}
    return clock.result()


def pool(folder: Path, workers: int) -> dict[str, float]:
    from clausecheck.archive.pool import PoolExecutor

    return scanned(folder, lambda job, work: PoolExecutor(job, workers, Limits(), work))


def cluster(folder: Path, workers: int) -> dict[str, float]:
    from distributed import LocalCluster

    from clausecheck.archive.cluster import ClusterExecutor

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as local:
        return scanned(folder, lambda job, _: ClusterExecutor(job, local.scheduler_address, Limits()))


def canned(folder: Path, _: int) -> dict[str, float]:
    first = min(folder.iterdir())
    return scanned(folder, lambda job, _: Canned(job, first))


MEASURES: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "bare": lambda folder, _: bare(folder),
    "pool": pool,
    "cluster": cluster,
    "canned": canned,
}


def measure(name: str, folder: Path, workers: int = 1) -> dict[str, Any]:
    """Run one measure in a process of its own and watch its memory and its children's, in MB."""
    words = [sys.executable, "-m", "tests.archive.benchmark", "--measure", name, str(folder), str(workers)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    peaks = {"parent": 0.0, "worker": 0.0}
    watch = threading.Thread(target=_watch, args=(process.pid, peaks))
    watch.start()
    out, _ = process.communicate()
    watch.join()
    if process.returncode:
        sys.exit(f"{name} failed")
    return {**json.loads(out), **peaks}


def _watch(pid: int, peaks: dict[str, float]) -> None:
    try:
        parent = psutil.Process(pid)
        while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
            peaks["parent"] = max(peaks["parent"], parent.memory_info().rss / MEGABYTE)
            for child in parent.children(recursive=True):
                peaks["worker"] = max(peaks["worker"], _memory(child))
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        pass


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / MEGABYTE
    except psutil.NoSuchProcess:
        return 0.0


def show(name: str, result: dict[str, Any]) -> dict[str, Any]:
    print(
        f"{name:<24} first verdict {result['first']:6.1f} s   total {result['total']:7.1f} s   "
        f"{result['rate']:7.2f} contracts/s   {result['cpu']:6.1f} CPU s   "
        f"peak MB: {result['parent']:5.0f} own, {result['worker']:5.0f} a worker",
        flush=True,
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=1000)
    parser.add_argument("--no-cluster", action="store_true")
    parser.add_argument("--measure", nargs=3, metavar=("NAME", "FOLDER", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        name, folder, workers = options.measure
        result = MEASURES[name](Path(folder), int(workers))
        used = os.times()
        print(json.dumps({**result, "cpu": used.user + used.system + used.children_user + used.children_system}))
        return
    with tempfile.TemporaryDirectory() as place:
        _compare(Path(place), options.contracts, with_cluster=not options.no_cluster)


def _compare(place: Path, contracts: int, *, with_cluster: bool) -> None:
    generate(place / "contracts", contracts)
    plain = show("checks one by one", measure("bare", place / "contracts"))
    one = show("scan, 1 worker", measure("pool", place / "contracts", 1))
    two = show("scan, 2 workers", measure("pool", place / "contracts", 2))
    if with_cluster:
        show("scan, Dask, 2 workers", measure("cluster", place / "contracts", 2))
    overhead, gain = plain["rate"] / one["rate"] - 1, two["rate"] / one["rate"]
    print(f"overhead of 1 worker {overhead:+.1%}; 2 workers over 1: {gain:.2f}")
    for files in (100, 5000):
        generate(place / str(files), files)
        show(f"recording, {files} files", measure("canned", place / str(files)))


if __name__ == "__main__":
    main()
