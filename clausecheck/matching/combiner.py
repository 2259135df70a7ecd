"""Weighs all hits of an element together: how likely is each state of it.

A multinomial regression over a few figures of the hits (is there a rule's, how surely does the scorer
support it, how high do learned hits go), trained on hits that the scorer gave for contracts which it was not
trained on (`python -m tests.corpus.combine`). The model file ships with the program.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clausecheck.findings import State
from clausecheck.matching.hits import Hit

MODEL = Path(__file__).with_name("combiner.npz")
SPOKEN = (State.MET, State.CONTRADICTED, State.BLANK, State.REFERRED, State.WEAK)
OUTCOMES = (*SPOKEN, State.UNMET)
ELEMENT_SCALE = 0.5  # how freely an element leans from the common weights
_SCALE = 3.0
_LEAST = 0.003
_MANY = 4
Likely = Mapping[State, float]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Combiner:
    """weights (figures x outcomes), leaning (elements x outcomes), bias (outcomes)."""

    elements: tuple[str, ...]
    weights: Array
    leaning: Array
    bias: Array

    @classmethod
    def load(cls, path: Path = MODEL) -> Combiner:
        with np.load(path, allow_pickle=False) as data:
            elements = tuple(bytes(data["elements"]).decode().split("\n"))
            return cls(elements, data["weights"], data["leaning"], data["bias"])

    def save(self, path: Path = MODEL) -> None:
        """Write the model."""
        elements = np.frombuffer("\n".join(self.elements).encode(), dtype=np.uint8)
        np.savez_compressed(path, elements=elements, weights=self.weights, leaning=self.leaning, bias=self.bias)

    def likely(self, hits: Mapping[str, Sequence[Hit]]) -> dict[str, Likely]:
        """For each known element with hits, the likelihood of each state that its hits speak of, and of none."""
        rows = {key: i for i, key in enumerate(self.elements)}
        return {key: self._likely(rows[key], mine) for key, mine in hits.items() if key in rows and mine}

    def _likely(self, row: int, hits: Sequence[Hit]) -> Likely:
        logits = np.array(figures(hits)) @ self.weights + ELEMENT_SCALE * self.leaning[row] + self.bias
        spoken = {h.state for h in hits}
        known = {s: math.exp(x - logits.max()) for s, x in zip(OUTCOMES, logits, strict=True)}
        shares = {s: v for s, v in known.items() if s in spoken or s is State.UNMET}
        total = sum(shares.values())
        return {s: round(v / total, 4) for s, v in shares.items()}


def figures(hits: Iterable[Hit]) -> list[float]:
    """What the regression sees of the hits of one element, six figures a state."""
    found: list[float] = []
    every = list(hits)
    for state in SPOKEN:
        mine = [h for h in every if h.state is state]
        rules = [h.support for h in mine if h.layer == "rule"]
        alone = sorted((h.score for h in mine if h.layer != "rule" and len(h.passages) == 1), reverse=True)
        joined = [h.score for h in mine if h.layer != "rule" and len(h.passages) > 1]
        best, second = (*alone, 0.0, 0.0)[:2]
        found += [1.0 / _SCALE if rules else 0.0, _odds(max(rules, default=0.0)), _odds(best), _odds(second)]
        found += [_odds(max(joined, default=0.0)), min(len(rules), _MANY) / _MANY / _SCALE]
    return found


def _odds(likely: float) -> float:
    likely = min(max(likely, _LEAST), 1.0 - _LEAST)
    return math.log(likely / (1.0 - likely)) / _SCALE


@lru_cache(maxsize=1)
def shipped_combiner() -> Combiner | None:
    """The model that ships with the program; None in a tree in which none was trained."""
    return Combiner.load() if MODEL.exists() else None
