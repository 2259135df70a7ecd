"""Times of every stage of a check beside other ways to read the same file, in one run.

python -m tests.benchmarks.stages [--pages 5 50 300] [--formats pdf docx] [--without-others]

The contracts are those of contracts.py. markitdown is measured if it is installed
(pip install -c constraints.txt -e '.[bench]').
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
from lxml import etree

from clausecheck.checker import check_document
from clausecheck.document import Contract
from clausecheck.library import load_library
from clausecheck.matching.pipeline import Matcher, Matches, matcher_for
from clausecheck.parsers import parse
from clausecheck.reports.excel import write_workbook
from clausecheck.structure import build_contract
from tests.benchmarks.clock import medians, peak_memory
from tests.benchmarks.contracts import write_contract

RUNS = {5: 5, 50: 3}
STAGES = ("parse", "structure", "match", "assess", "report")
COLUMNS = (*STAGES, "check", "bare", "pdfplumber", "markitdown", "parse/bare", "peak MB")
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def bare(path: Path) -> int:
    """The floor: the text out of the file and nothing else."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package, package.open("word/document.xml") as stream:
            return sum(len(t.text or "") for t in etree.parse(stream).iter(WORDS))
    document = pypdfium2.PdfDocument(path)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def by_pdfplumber(path: Path) -> int:
    """pdfplumber's text."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_text()) for page in pdf.pages)


def by_markitdown(path: Path) -> int:
    """markitdown's text."""
    from markitdown import MarkItDown

    return len(MarkItDown().convert(str(path)).text_content)


@dataclass
class _Timed:
    """A matcher that notes how long it took."""

    matcher: Matcher
    seconds: float = 0.0

    def match(self, contract: Contract) -> Matches:
        start = time.process_time()
        try:
            return self.matcher.match(contract)
        finally:
            self.seconds = time.process_time() - start


def stages(path: Path, matcher: Matcher) -> dict[str, float]:
    """Seconds of each stage of one check, the library being loaded already."""
    timed, marks = _Timed(matcher), [time.process_time()]
    document = parse(path)
    marks.append(time.process_time())
    build_contract(document)
    marks.append(time.process_time())
    report = check_document(document, matcher=timed)  # type: ignore[arg-type]
    marks.append(time.process_time())
    with tempfile.TemporaryDirectory() as folder:
        write_workbook([report], Path(folder) / "gap.xlsx")
    marks.append(time.process_time())
    parsing, structure, judging, writing = (b - a for a, b in pairwise(marks))
    assess = max(0.0, judging - structure - timed.seconds)
    return dict(zip(STAGES, (parsing, structure, timed.seconds, assess, writing), strict=True))


def others(path: Path) -> dict[str, Callable[[], object]]:
    """What a check is compared with."""
    found: dict[str, Callable[[], object]] = {"bare": partial(bare, path)}
    if path.suffix == ".pdf":
        found["pdfplumber"] = partial(by_pdfplumber, path)
    if importlib.util.find_spec("markitdown"):
        found["markitdown"] = partial(by_markitdown, path)
    return found


def measure(path: Path, runs: int, matcher: Matcher, compare: bool) -> dict[str, float]:
    """Median seconds of the stages, of their sum and of the others, by turns."""
    seen: list[dict[str, float]] = []
    rivals = others(path) if compare else {"bare": partial(bare, path)}
    actions = [lambda: seen.append(stages(path, matcher)), *rivals.values()]
    taken = dict(zip(rivals, medians(actions, runs)[1:], strict=True))
    middle = {name: statistics.median(s[name] for s in seen) for name in STAGES}
    return {**middle, "check": sum(middle.values()), **taken}


def memory(path: Path) -> float:
    """Peak megabytes of the whole command that checks a file and writes the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        return peak_memory(sys.executable, "-m", "clausecheck", "check", str(path), "-o", f"{folder}/gap.xlsx")


def main() -> None:
    options = _options()
    library = load_library()
    matcher = matcher_for(str(library.folder), library.fingerprint)
    with tempfile.TemporaryDirectory() as folder:
        first = write_contract(1, Path(folder) / "first.pdf")
        stages(first, matcher)  # what is built once a process is built here
        print(f"| {'file':15} | {' | '.join(f'{c:>10}' for c in COLUMNS)} |")
        print(f"|{'-' * 17}|{'|'.join(['-' * 11 + ':'] * len(COLUMNS))}|")
        for form in options.formats:
            for pages in options.pages:
                path = write_contract(pages, Path(folder) / f"{pages}.{form}")
                figures = measure(path, RUNS.get(pages, 1), matcher, not options.without_others)
                print(_row(path, figures, memory(path)), flush=True)


def _row(path: Path, figures: dict[str, float], megabytes: float) -> str:
    figures = {**figures, "parse/bare": figures["parse"] / figures["bare"], "peak MB": megabytes}
    cells = [f"{figures[c]:10.2f}" if c in figures else f"{'-':>10}" for c in COLUMNS]
    return f"| {path.stem + ' pages ' + path.suffix[1:]:15} | {' | '.join(cells)} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[5, 50, 300])
    parser.add_argument("--formats", nargs="+", default=["pdf", "docx"], choices=["pdf", "docx"])
    parser.add_argument("--without-others", action="store_true", help="the stages and the bare text alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
