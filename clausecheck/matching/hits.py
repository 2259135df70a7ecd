"""What the layers of the matcher report to the assessment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clausecheck.findings import State

TAKEN_BACK = "taken-back"  # the reason of a hit in an article that another one disapplies


@dataclass(frozen=True, slots=True)
class Hit:
    """Passages speak of an element, and what they make of it.

    element   "requirement/element"
    passages  indexes of the passages, the decisive one first
    layer     rule, learned or similarity
    reason    the rule's name or the layer's words
    score     0..1
    support   what the learned scorer thinks of a rule's passages: likelihood 0..1 that they speak of the element
    """

    element: str
    state: State
    passages: tuple[int, ...]
    layer: str
    reason: str
    score: float
    support: float = 1.0


def by_element(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits of each element."""
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.element].append(hit)
    return grouped
