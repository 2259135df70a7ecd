"""Trains the combiner on hits for contracts which the scorer was not trained on; deterministic.

    python -m tests.corpus.combine [--folds K] [--out FILE]

The tuning contracts are split into folds by the hash of their names; a scorer trained without a fold
gives the hits of that fold. The labels of the elements are what the combiner learns.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from clausecheck.library import Element, Library, Requirement, load_library
from clausecheck.matching.combiner import ELEMENT_SCALE, MODEL, OUTCOMES, Combiner, figures
from clausecheck.matching.hits import by_element
from clausecheck.matching.pipeline import Matcher, Matches
from clausecheck.parsers import parse
from clausecheck.structure import build_contract
from tests.corpus.ground import Label, Labelled, labelled_contracts
from tests.corpus.train import read_ground, train

FOLDS = 4
_STRENGTH = 6.0
_OF_SINGLE = {"full": "met", "missing": "unmet", "conflict": "contradicted"}


@dataclass(frozen=True)
class Seen:
    """A labelled contract with the hits of a scorer that was not trained on it."""

    labelled: Labelled
    matches: Matches


def out_of_fold(library: Library, folds: int = FOLDS) -> list[Seen]:
    """All tuning contracts, each matched with a scorer that has not seen it."""
    ground = read_ground(library)
    contracts = labelled_contracts("tuning")
    seen = []
    for fold in range(folds):
        chosen = [c for c in contracts if fold_of(c.name, folds) == fold]
        names = {c.name for c in chosen}
        scorer = train(ground, [i for i, e in enumerate(ground.examples) if e.group not in names])
        matcher = Matcher(library, scorer)
        seen += [Seen(c, matcher.match(build_contract(parse(c.path)))) for c in chosen]
    return seen


def fold_of(name: str, folds: int) -> int:
    """Which fold a contract belongs to."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def fit(library: Library, seen: Sequence[Seen]) -> Combiner:
    """The combiner that these contracts teach."""
    elements = tuple(library.elements)
    rows, outcomes, places = [], [], []
    for each in seen:
        hits = by_element(each.matches.hits)
        for key, state in states_of(library, each.labelled):
            rows.append(figures(hits.get(key, ())))
            outcomes.append([s.value for s in OUTCOMES].index(state))
            places.append(elements.index(key))
    leaning = np.zeros((len(rows), len(elements)))
    leaning[np.arange(len(rows)), places] = ELEMENT_SCALE
    with threadpool_limits(1):
        model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(np.hstack([np.array(rows), leaning]), outcomes)
    size = len(rows[0])
    return Combiner(elements, model.coef_[:, :size].T, model.coef_[:, size:].T, model.intercept_)


def states_of(library: Library, labelled: Labelled) -> Iterator[tuple[str, str]]:
    """The elements whose state the labels tell, by key."""
    for requirement in library.requirements:
        gold = labelled.labels.get(requirement.id)
        if gold is None or gold.status == "not_applicable":
            continue
        for element in requirement.elements:
            state = None if element.same_as else _state(requirement, element, gold)
            if state:
                yield f"{requirement.id}/{element.id}", state


def _state(requirement: Requirement, element: Element, gold: Label) -> str | None:
    told: Mapping = gold.elements  # type: ignore[type-arg]
    if element.id in told:
        return str(told[element.id].state)
    if len(requirement.elements) == 1:
        return _OF_SINGLE.get(gold.status)
    if gold.status == "full" and requirement.need == "all" and not element.optional:
        return "met"
    return "unmet" if gold.status == "missing" else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    library = load_library()
    seen = out_of_fold(library, args.folds)
    fit(library, seen).save(args.out)
    print(f"{len(seen)} contracts")


if __name__ == "__main__":
    main()
