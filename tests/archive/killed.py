"""Scans folders undisturbed, again, and killed at random points: python -m tests.archive.killed ROOT... [--kills 10].

Prints the times, and whether the database that was killed again and again ends up with the same content.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from tests.archive.content import content


def command(roots: list[str], database: Path, *more: str) -> list[str]:
    """The scan; a limit on time that no busy machine makes a file reach."""
    words = [sys.executable, "-m", "clausecheck", "archive", "scan", *roots, "--db", str(database)]
    return [*words, "--time-limit", "3600", *more]


def run(words: list[str]) -> float:
    """Seconds that the command took; it must end well."""
    start = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def killed_run(words: list[str], database: Path, files: int, chance: random.Random) -> str:
    """Start the command, wait for `files` files on record, kill -9 one of its workers or it itself; what was hit."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    while process.poll() is None and recorded(database) < files:
        time.sleep(0.05)
    if process.returncode is not None:
        sys.exit(f"the scan ended with {process.returncode} before {files} files were on record")
    time.sleep(chance.uniform(0, 2))
    children = psutil.Process(process.pid).children(recursive=True)
    victim = chance.choice(children) if children and chance.random() < 0.5 else None
    if victim is not None:
        victim.kill()
        time.sleep(chance.uniform(0, 2))
    process.send_signal(signal.SIGKILL)
    process.wait()
    psutil.wait_procs(children, timeout=60)
    return f"child {children.index(victim) + 1} of {len(children)}, then the scan" if victim else "the scan"


def recorded(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM files").fetchone()[0])
    except sqlite3.Error:  # not there yet
        return 0
    finally:
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", nargs="+")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--undisturbed", type=Path, help="database of an undisturbed scan of the same roots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        whole = options.undisturbed or _undisturbed(options, Path(name))
        expected = content(whole)
        print("rows on record:", {table: len(rows) for table, rows in expected.items()}, flush=True)
        same = _killed(options, Path(name) / "killed.sqlite", len(expected["files"])) == expected
        print(f"content {'identical' if same else 'DIFFERENT'}")
    sys.exit(0 if same else 1)


def _undisturbed(options: argparse.Namespace, folder: Path) -> Path:
    (folder / "empty").mkdir()
    words = command(options.roots, folder / "whole.sqlite", "--workers", options.workers)
    first, again = run(words), run(words)
    start = run(command([str(folder / "empty")], folder / "empty.sqlite"))
    print(f"undisturbed {first:.1f} s; again, nothing to do {again:.1f} s; an empty folder {start:.1f} s", flush=True)
    return folder / "whole.sqlite"


def _killed(options: argparse.Namespace, database: Path, files: int) -> dict[str, list[tuple[Any, ...]]]:
    chance = random.Random(options.seed)
    words = command(options.roots, database, "--workers", options.workers)
    for number, threshold in enumerate(sorted(chance.sample(range(files - 1), options.kills))):
        hit = killed_run(words, database, threshold, chance)
        print(f"kill {number + 1} hit {hit}; {recorded(database)} of {files} files on record", flush=True)
    print(f"last run {run(words):.1f} s", flush=True)
    return content(database)


if __name__ == "__main__":
    main()
