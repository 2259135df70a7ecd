"""Hits to verdicts; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from clausecheck.findings import State
from clausecheck.matching.hits import Hit
from clausecheck.matching.pipeline import Matches

ORDER = (State.CONTRADICTED, State.MET, State.BLANK, State.REFERRED, State.WEAK)


def by_element(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits of each element."""
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.element].append(hit)
    return grouped


def settle(matches: Matches) -> dict[str, State]:
    """The state of every element that has a hit."""
    return {key: settle_hits(hits) for key, hits in by_element(matches.hits).items()}


def settle_hits(hits: list[Hit]) -> State:
    """The state that a set of hits of one element adds up to."""
    return next(s for s in ORDER if any(h.state is s for h in hits))
