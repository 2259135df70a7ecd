"""The layers of the matcher alone and together, on contracts that the scorer was not trained on.

    python -m tests.corpus.layers [--folds K] [--part tuning|heldout]

tuning: cross-validation over the contracts of the tuning part; heldout: one model from the whole
tuning part, scored on the held-out contracts.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from clausecheck.library import load_library
from clausecheck.matching.pipeline import Matcher
from clausecheck.matching.scorer import Scorer
from tests.corpus.ground import labelled_contracts
from tests.corpus.score_contracts import Row, contract_rows, figures
from tests.corpus.train import Ground, read_ground, train


class _LearnedOnly(Matcher):
    """A matcher without rules."""

    def __init__(self, matcher: Matcher, scorer: Scorer) -> None:
        self.__dict__.update(matcher.__dict__)
        self.scorer = scorer
        self.elements = []


def _with(matcher: Matcher, scorer: Scorer | None) -> Matcher:
    copy = Matcher.__new__(Matcher)
    copy.__dict__.update(matcher.__dict__)
    copy.scorer = scorer
    return copy


def compare(folds: int, part: str) -> dict[str, list[Row]]:
    """Verdicts of each combination of layers."""
    library = load_library()
    base = Matcher(library)
    ground = read_ground(library)
    contracts = labelled_contracts(part)
    out: dict[str, list[Row]] = defaultdict(list)
    for fold in range(folds if part == "tuning" else 1):
        chosen = [c for i, c in enumerate(contracts) if part != "tuning" or i % folds == fold]
        scorer = _trained_without(ground, {c.name for c in chosen})
        for name, matcher in {
            "rules": _with(base, None),
            "learned": _LearnedOnly(base, scorer),
            "together": _with(base, scorer),
        }.items():
            for contract in chosen:
                out[name] += contract_rows(contract, matcher=matcher)
    return out


def _trained_without(ground: Ground, names: set[str]) -> Scorer:
    return train(ground, [i for i, e in enumerate(ground.examples) if e.group not in names])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--part", default="tuning", choices=["tuning", "heldout"])
    args = parser.parse_args()
    for name, rows in compare(args.folds, args.part).items():
        print(f"{name:10} " + "  ".join(f"{k} {v:.3f}" for k, v in figures(rows).items()))


if __name__ == "__main__":
    main()
