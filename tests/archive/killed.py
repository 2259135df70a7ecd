"""Scans folders undisturbed, again, and killed at random points: python -m tests.archive.killed ROOT... [--kills 10].

Prints the times, and whether the database that was killed again and again ends up with the same content.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.archive.content import content


def command(roots: list[str], database: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "clausecheck", "archive", "scan", *roots, "--db", str(database), *more]


def run(words: list[str]) -> float:
    """Seconds that the command took; it must end well."""
    start = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def killed_run(words: list[str], delay: float, chance: random.Random) -> str:
    """Start the command and kill -9 it or one of its workers after `delay` seconds; what was hit."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(delay)
        return "nothing: it had ended"
    except subprocess.TimeoutExpired:
        pass
    children = psutil.Process(process.pid).children(recursive=True)
    hit = "the scan"
    if children and chance.random() < 0.5:
        victim = chance.choice(children)
        hit = f"worker {children.index(victim) + 1} of {len(children)}"
        victim.kill()
        time.sleep(chance.uniform(0, delay))
    process.send_signal(signal.SIGKILL)
    process.wait()
    return hit if hit == "the scan" else f"{hit}, then the scan"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", nargs="+")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", default="2")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    workers = ("--workers", options.workers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        whole = command(options.roots, folder / "whole.sqlite", *workers)
        first, again = run(whole), run(whole)
        start = run(command([str(folder / "empty")], folder / "empty.sqlite"))
        print(f"undisturbed {first:.1f} s; again, nothing to do {again:.1f} s; an empty folder {start:.1f} s")
        words = command(options.roots, folder / "killed.sqlite", *workers)
        for number in range(options.kills):
            delay = chance.uniform(0.2, start + 1.5 * first / options.kills)
            hit = killed_run(words, delay, chance)
            done = len(content(folder / "killed.sqlite")["files"]) if (folder / "killed.sqlite").stat().st_size else 0
            print(f"kill {number + 1} after {delay:.1f} s hit {hit}; {done} files on record")
        rest = run(words)
        expected = content(folder / "whole.sqlite")
        same = content(folder / "killed.sqlite") == expected
        rows = {table: len(rows) for table, rows in expected.items()}
        print(f"last run {rest:.1f} s; content {'identical' if same else 'DIFFERENT'}: {rows}")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
