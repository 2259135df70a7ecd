"""Hits of the learned scorer: what the rules do not know, said with less certainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausecheck.findings import State
from clausecheck.matching.features import Features
from clausecheck.matching.hits import Hit
from clausecheck.matching.passages import Passage
from clausecheck.matching.scorer import STATES, Scorer

_STATE = {"met": State.MET, "contradicted": State.CONTRADICTED, "weak": State.WEAK, "blank": State.BLANK, "referred": State.REFERRED}
_LEAST_TOPIC = 0.3
_MODIFIED = (("blank", State.BLANK), ("referred", State.REFERRED), ("weak", State.WEAK))
_SURE = 0.5


class LearnedMatcher:
    """Scores the passages of one contract."""

    def __init__(self, scorer: Scorer, features: Features, passages: Sequence[Passage]) -> None:
        self.scorer = scorer
        self.features = features
        self.passages = [p for p in passages if p.kind != "heading" and not p.mute]

    def hits(self) -> Iterator[Hit]:
        """Every passage that is likely to speak of an element."""
        if not self.passages:
            return
        topic, state = self.scorer.score([self.features.of(p) for p in self.passages])
        for row, column in zip(*(topic >= _LEAST_TOPIC).nonzero(), strict=True):
            passage = self.passages[row]
            likely = dict(zip(STATES, map(float, state[row]), strict=True))
            kind, sure = self._state(passage, likely)
            score = float(topic[row, column]) * sure
            yield Hit(self.scorer.elements[column], kind, (passage.index,), "learned", "語句學習模型", round(score, 4))

    def _state(self, passage: Passage, likely: dict[str, float]) -> tuple[State, float]:
        """The state of a passage that speaks of the element, and how sure it is."""
        modified = self.features.modifiers.of(passage)
        for name, state in _MODIFIED:
            if getattr(modified, name) and likely[name] >= 0.15:
                return state, 1.0
        spoken = {n: likely[n] for n in _STATE}
        best = max(spoken, key=spoken.__getitem__)
        share = spoken[best] / (sum(spoken.values()) or 1.0)
        if best == "contradicted" and not (modified.release or likely[best] >= _SURE):
            return State.MET, spoken["met"]
        return _STATE[best], share * (1.0 - 0.5 * likely["near_miss"])
