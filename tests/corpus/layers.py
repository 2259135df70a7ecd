"""The layers of the matcher alone and together, on contracts that neither scorer nor combiner was trained on.

    python -m tests.corpus.layers [--folds K] [--part tuning|heldout]

tuning: cross-validation over the contracts of the tuning part, with scorers and combiners of each fold's own;
heldout: the models that ship. rules: rules alone; learned: the scorer alone; unweighed: both, the
stronger hit decides; together: both, weighed by the combiner.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from clausecheck.checker import Settings, judge
from clausecheck.library import Library, load_library
from clausecheck.matching.combiner import shipped_combiner
from clausecheck.matching.hits import by_element
from clausecheck.matching.pipeline import Matcher, Matches
from clausecheck.matching.scorer import shipped_scorer
from clausecheck.parsers import parse
from clausecheck.structure import build_contract
from tests.corpus.combine import FOLDS, Seen, fit, fold_of, out_of_fold
from tests.corpus.ground import labelled_contracts
from tests.corpus.score_contracts import Row, figures, finding_rows


def unseen(library: Library, part: str, folds: int) -> Iterator[Seen]:
    """The contracts of a part with the likelihoods of models that have not seen them."""
    if part == "heldout":
        matcher = Matcher(library, shipped_scorer(), shipped_combiner())
        for labelled in labelled_contracts(part):
            yield Seen(labelled, matcher.match(build_contract(parse(labelled.path))))
        return
    seen = out_of_fold(library, folds)
    for fold in range(folds):
        combiner = fit(library, [s for s in seen if fold_of(s.labelled.name, folds) != fold])
        for each in seen:
            if fold_of(each.labelled.name, folds) == fold:
                likely = combiner.likely(by_element(each.matches.hits))
                yield Seen(each.labelled, replace(each.matches, likely=likely))


def layers(matches: Matches) -> dict[str, Matches]:
    """The same matches with only some of the layers."""
    rules = tuple(replace(h, support=1.0) for h in matches.hits if h.layer == "rule")
    learned = tuple(h for h in matches.hits if h.layer != "rule")
    return {
        "rules": replace(matches, hits=rules, likely={}),
        "learned": replace(matches, hits=learned, likely={}),
        "unweighed": replace(matches, likely={}),
        "together": matches,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--part", default="tuning", choices=["tuning", "heldout"])
    args = parser.parse_args()
    library = load_library()
    rows: dict[str, list[Row]] = defaultdict(list)
    for each in unseen(library, args.part, args.folds):
        settings = Settings(organisation=each.labelled.organisation)
        for name, matches in layers(each.matches).items():
            rows[name] += finding_rows(each.labelled, judge(library, matches, settings))
    for name, mine in rows.items():
        print(f"{name:10} " + "  ".join(f"{k} {v:.3f}" for k, v in figures(mine).items()))


if __name__ == "__main__":
    main()
