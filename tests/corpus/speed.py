"""Time of judging a parsed contract beside pdfplumber's text extraction of the same file, in one run.

python -m tests.corpus.speed [FILE.pdf ...]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from clausecheck.checker import check_document
from clausecheck.parsers import parse

RUNS = 5
SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"


def median(action: Callable[[], object]) -> float:
    """Median seconds of a few runs after one that is not counted."""
    action()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def extract(path: Path) -> int:
    """The length of what pdfplumber extracts."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_text()) for page in pdf.pages)


def main() -> None:
    for path in [Path(a) for a in sys.argv[1:]] or sorted(SAMPLES.glob("*.pdf")):
        document = parse(path)
        judged, extracted = median(lambda d=document: check_document(d)), median(lambda p=path: extract(p))  # type: ignore[misc]
        print(f"{path.name}: {len(document.text)} characters, judged {judged:.3f} s, pdfplumber {extracted:.3f} s, "
              f"ratio {judged / extracted:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
