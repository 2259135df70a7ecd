"""Likeness of passages to a requirement's words; it points the reviewer to a place and never decides alone."""

from __future__ import annotations

import numpy as np
from rapidfuzz import fuzz, process

from clausecheck.library.schema import Requirement
from clausecheck.matching.folding import fold_term
from clausecheck.matching.pipeline import Matches

_LEAST = 38.0


def nearest_passage(requirement: Requirement, matches: Matches) -> tuple[int, float] | None:
    """The passage most like the requirement's elements and examples, with its likeness 0..1; None if none is near."""
    queries = [fold_term(q) for q in _queries(requirement)]
    places = [p for p in matches.passages if p.kind != "heading" and p.end - p.start >= 8]
    if not places or not queries:
        return None
    words = [matches.folded.text[slice(*p.folded)][:300] for p in places]
    scores = process.cdist(queries, words, scorer=fuzz.ratio, score_cutoff=_LEAST, dtype=np.float32)
    best = int(scores.max(axis=0).argmax())
    top = float(scores[:, best].max())
    return (places[best].index, top / 100) if top >= _LEAST else None


def _queries(requirement: Requirement) -> list[str]:
    queries = [requirement.wording.zh, requirement.wording.en]
    for element in requirement.elements:
        queries += [element.text, *element.examples.met]
    return [q for q in queries if q]
