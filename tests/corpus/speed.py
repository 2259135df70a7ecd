"""Time of judging a parsed contract beside pdfplumber's text extraction of the same file, in one run.

python -m tests.corpus.speed [FILE.pdf ...]
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import pdfplumber

from clausecheck.checker import check_document
from clausecheck.parsers import parse
from tests.benchmarks.clock import medians
from tests.benchmarks.contracts import TEN_THOUSAND, write_contract

RUNS = 7
SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"


def extract(path: Path) -> int:
    """The length of what pdfplumber extracts."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_text()) for page in pdf.pages)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ten = write_contract(TEN_THOUSAND, Path(folder) / "ten-thousand.pdf")
        compare([Path(a) for a in sys.argv[1:]] or [*sorted(SAMPLES.glob("*.pdf")), ten])


def compare(paths: list[Path]) -> None:
    """Print a line for each PDF."""
    for path in paths:
        document = parse(path)
        check_document(document)  # what is built once a process is built here
        judged, extracted = medians([partial(check_document, document), partial(extract, path)], RUNS)
        print(f"{path.name}: {len(document.text)} characters, judged {judged:.3f} s, pdfplumber {extracted:.3f} s, "
              f"ratio {judged / extracted:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
