"""How long the workbook of a large archive takes and how much memory: python -m tests.archive.benchmark_portfolio."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from clausecheck.archive.portfolio import write_portfolio
from tests.archive.made_entries import TODAY, real_reports, varied


def main() -> None:
    """Print seconds, peak memory and size of the workbook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=5_000)
    parser.add_argument("-o", "--output", type=Path, help="keep the workbook here")
    options = parser.parse_args()
    real_reports()  # the model is loaded before memory and time are measured
    start = time.process_time()
    for _ in varied(options.contracts):
        pass
    making, before = time.process_time() - start, _peak()
    with tempfile.TemporaryDirectory() as folder:
        path = options.output or Path(folder) / "portfolio.xlsx"
        start, wall = time.process_time(), time.perf_counter()
        write_portfolio(varied(options.contracts), path, today=TODAY)
        seconds, wall = time.process_time() - start - making, time.perf_counter() - wall
        print(
            f"{options.contracts} files: {seconds:.1f} s of processor time (and {making:.1f} s to make their reports; "
            f"{wall:.1f} s by the clock in all), peak memory {before:.0f} -> {_peak():.0f} MB, "
            f"{path.stat().st_size / 2**20:.1f} MB"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
