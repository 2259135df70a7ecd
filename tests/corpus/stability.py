"""How many verdicts change when the same contract is written or filed otherwise.

    python -m tests.corpus.stability [--contracts N] [--only WORDS ...] [--show]

Takes N tuning contracts (24 unless told, spread over the folder), rewrites each (tests/corpus/rewording.py),
and compares the statuses of all requirements with those of the unchanged text; the PDF is compared with the DOCX.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clausecheck.checker import Settings, check_document
from clausecheck.parsers import parse
from clausecheck.structure import build_contract
from tests.corpus.ground import Labelled, labelled_contracts
from tests.corpus.printing import write_docx, write_pdf
from tests.corpus.rewording import TEXTS

PDF = "PDF against DOCX"
NAMES = (*TEXTS, PDF)
Verdicts = dict[str, tuple[str, str]]  # by requirement: status, states of its elements


@dataclass(frozen=True)
class Pair:
    """Verdicts on one contract before and after one rewording."""

    name: str
    contract: str
    before: Verdicts
    after: Verdicts

    @property
    def changed(self) -> list[str]:
        """The requirements whose status is another."""
        return [i for i, (status, _) in self.before.items() if self.after[i][0] != status]


def verdicts(path: Path, organisation: str) -> Verdicts:
    """The status of every requirement in a file."""
    report = check_document(parse(path), settings=Settings(organisation=organisation))
    return {f.id: (f.status.value, " ".join(f"{e.id}={e.state.value}" for e in f.elements)) for f in report.findings}


def pairs(labelled: Labelled, names: list[str], folder: Path) -> Iterator[Pair]:
    """Every rewording of one contract that changes its text."""
    contract = build_contract(parse(labelled.path))
    plain = verdicts(labelled.path, labelled.organisation)
    for name in names:
        if name == PDF:
            files = (
                write_docx(contract.text, folder / "contract.docx"),
                write_pdf(contract.text, folder / "contract.pdf", simplified=labelled.language == "zh-CN"),
            )
            yield Pair(name, labelled.name, *(verdicts(f, labelled.organisation) for f in files))
            continue
        text = TEXTS[name](contract)
        if text is not None:
            path = folder / "contract.txt"
            path.write_text(text, encoding="utf-8")
            yield Pair(name, labelled.name, plain, verdicts(path, labelled.organisation))


def sample(count: int) -> list[Labelled]:
    """`count` tuning contracts, evenly spread over the folder in the order of their names."""
    every = labelled_contracts("tuning")
    count = min(count, len(every))
    return [every[i * len(every) // count] for i in range(count)]


def table(found: list[Pair]) -> str:
    """A line for each rewording, and one for all."""
    lines = ["| rewording | contracts | verdicts | changed | share |", "|---|---|---|---|---|"]
    for name in (*NAMES, "all"):
        mine = [p for p in found if name in (p.name, "all")]
        total, changed = sum(len(p.before) for p in mine), sum(len(p.changed) for p in mine)
        if total:
            lines.append(f"| {name} | {len(mine)} | {total} | {changed} | {changed / total:.4f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=24)
    parser.add_argument("--only", nargs="*", default=[], help="words in the names of rewordings")
    parser.add_argument("--show", action="store_true", help="the changed verdicts")
    args = parser.parse_args()
    names = [n for n in NAMES if not args.only or any(w in n for w in args.only)]
    found: list[Pair] = []
    with tempfile.TemporaryDirectory() as folder:
        for labelled in sample(args.contracts):
            for pair in pairs(labelled, names, Path(folder)):
                found.append(pair)
                for key in pair.changed if args.show else ():
                    before, after = pair.before[key], pair.after[key]
                    print(
                        f"{pair.name}: {pair.contract} {key}: {before[0]} -> {after[0]}\n  {before[1]}\n  {after[1]}",
                        flush=True,
                    )
    print(table(found))


if __name__ == "__main__":
    main()
