"""Scores the checker on the labelled contracts of the corpus.

    python -m tests.corpus.score_contracts [--part tuning|heldout] [--misses] [--only REQUIREMENT]
                                           [--by requirement|language]

Figures: accuracy and macro F1 over full, partial, missing, conflict; precision and recall of gaps
(partial, missing, conflict); false full: share of what is labelled missing or conflict and reported
full; evidence hit: of what is labelled and reported as dealt with, the share whose evidence shares a
run of half the shorter passage (12 characters at least) with a labelled quote.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from clausecheck.checker import Settings, check_document
from clausecheck.findings import Finding
from clausecheck.library import load_library
from clausecheck.matching.pipeline import Matcher
from clausecheck.parsers import parse
from tests.corpus.ground import Labelled, labelled_contracts

GAPS = {"partial", "missing", "conflict"}
PRESENT = {"full", "partial", "conflict"}
_GRAM = 6
STATUSES = ("full", "partial", "missing", "conflict")


@dataclass(frozen=True)
class Row:
    """One verdict beside its label."""

    contract: str
    language: str
    requirement: str
    gold: str
    got: str
    hit: bool
    quotes: tuple[str, ...]
    why: str
    states: str
    found: tuple[str, ...]


def rows(part: str, library: str | None = None) -> Iterator[Row]:
    """Verdicts on all contracts of one part of the corpus."""
    for labelled in labelled_contracts(part):
        yield from contract_rows(labelled, library)


def contract_rows(labelled: Labelled, library: str | None = None, matcher: Matcher | None = None) -> Iterator[Row]:
    """Verdicts on one labelled contract."""
    document = parse(labelled.path)
    settings = Settings(organisation=labelled.organisation)
    report = check_document(document, library=load_library(library), settings=settings, matcher=matcher)
    yield from finding_rows(labelled, report.findings)


def finding_rows(labelled: Labelled, findings: Iterable[Finding]) -> Iterator[Row]:
    """Findings beside the labels."""
    found = {f.id: f for f in findings}
    for key, gold in labelled.labels.items():
        finding = found[key]
        texts = tuple(e.text for e in finding.evidence)
        states = " ".join(f"{e.id}={e.state.value}" for e in finding.elements)
        hit = any(overlaps(t, q) for t in texts for q in gold.quotes)
        yield Row(labelled.name, labelled.language, key, gold.status, finding.status.value, hit,
                  gold.quotes, gold.why, states, texts)  # fmt: skip


def overlaps(found: str, quote: str) -> bool:
    """Whether two passages share at least half of the shorter one in one run."""
    a, b = _squeeze(found), _squeeze(quote)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) >= 4
    least = max(min(12, min(len(a), len(b))), min(len(a), len(b)) / 2)
    if least >= _GRAM and _grams(a).isdisjoint(_grams(b)):  # spares the slow comparison
        return False
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size >= least


@lru_cache(maxsize=50_000)
def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1))


def figures(chosen: Iterable[Row]) -> dict[str, float]:
    """The figures of the module's docstring."""
    mine = list(chosen)
    pairs = Counter((r.gold, r.got) for r in mine)
    out = {"n": float(len(mine)), "accuracy": _ratio(sum(c for (g, p), c in pairs.items() if g == p), len(mine))}
    scores = [_f1(pairs, s) for s in STATUSES if any(g == s for g, _ in pairs)]
    out["macro F1"] = _ratio(sum(scores), len(scores))
    both = sum(c for (g, p), c in pairs.items() if g in GAPS and p in GAPS)
    out["gap P"] = _ratio(both, sum(c for (_, p), c in pairs.items() if p in GAPS))
    out["gap R"] = _ratio(both, sum(c for (g, _), c in pairs.items() if g in GAPS))
    unsafe = sum(c for (g, _), c in pairs.items() if g in ("missing", "conflict"))
    out["false full"] = _ratio(pairs["missing", "full"] + pairs["conflict", "full"], unsafe)
    shown = [r for r in mine if r.gold in PRESENT and r.got in PRESENT and r.quotes]
    out["evidence"] = _ratio(sum(r.hit for r in shown), len(shown))
    return out


def _f1(pairs: Counter[tuple[str, str]], status: str) -> float:
    both = pairs[status, status]
    got = sum(c for (_, p), c in pairs.items() if p == status)
    gold = sum(c for (g, _), c in pairs.items() if g == status)
    return 2 * both / (got + gold)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _print(name: str, mine: list[Row]) -> None:
    print(f"{name:34} " + "  ".join(f"{k} {v:.3f}" if k != "n" else f"n {v:.0f}" for k, v in figures(mine).items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="tuning", choices=["tuning", "heldout"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--by", choices=["requirement", "language", "contract"], default="contract")
    parser.add_argument("--library")
    args = parser.parse_args()
    all_rows = [r for r in rows(args.part, args.library) if not args.only or r.requirement in args.only]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in all_rows:
        groups[getattr(row, args.by)].append(row)
        if args.misses and row.gold != row.got:
            print(f"\n{row.contract} {row.requirement}: labelled {row.gold}, reported {row.got}  [{row.states}]")
            print(f"  label: {row.quotes} {row.why}\n  found: {row.found}")
    for name, mine in groups.items():
        _print(name, mine)
    _print("all", all_rows)
    print(Counter((r.gold, r.got) for r in all_rows if r.gold != r.got).most_common())


if __name__ == "__main__":
    main()
