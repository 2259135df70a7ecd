"""Hits of the learned scorer: what the rules do not know, said with less certainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clausecheck.findings import State
from clausecheck.matching.features import Features
from clausecheck.matching.hits import Hit
from clausecheck.matching.passages import Passage
from clausecheck.matching.scorer import STATES, Scorer

_STATE = {
    "met": State.MET,
    "contradicted": State.CONTRADICTED,
    "weak": State.WEAK,
    "blank": State.BLANK,
    "referred": State.REFERRED,
}
_LEAST_TOPIC = 0.2
_TOGETHER = 3
_TOGETHER_TRUST = 0.9
_MODIFIED = (("referred", State.REFERRED), ("weak", State.WEAK))
_SURE = 0.5
_RELEASED = 0.15
_SHORTEST = 6
_LONGEST_LEAD_IN = 60


class LearnedMatcher:
    """Scores the passages of one contract."""

    def __init__(self, scorer: Scorer, features: Features, passages: Sequence[Passage]) -> None:
        self.features = features
        self.passages = [p for p in passages if p.kind != "heading" and not p.mute and not self._is_lead_in(p)]
        self.columns = {key: i for i, key in enumerate(scorer.elements)}
        self.elements = scorer.elements
        self.rows = {p.index: row for row, p in enumerate(self.passages)}
        self.topic, state = scorer.score_parts(features.parts(p) for p in self.passages)
        self.states = [
            self._state(p, dict(zip(STATES, map(float, row), strict=True)))
            for p, row in zip(self.passages, state, strict=True)
        ]

    def _is_lead_in(self, passage: Passage) -> bool:
        """「乙方應：」 and 「（刪除）」 say nothing by themselves."""
        words = self.features.folded.text[slice(*passage.folded)].rstrip()
        return len(words) < _SHORTEST or (words.endswith(":") and len(words) <= _LONGEST_LEAD_IN)

    def hits(self) -> Iterator[Hit]:
        """Every passage that is likely to speak of an element, and articles whose passages do so together."""
        together: dict[tuple[int, State, int], list[Hit]] = {}
        for row, column in zip(*(self.topic >= _LEAST_TOPIC).nonzero(), strict=True):
            passage = self.passages[row]
            kind, sure = self.states[row]
            score = round(float(self.topic[row, column]) * sure, 4)
            hit = Hit(self.elements[column], kind, (passage.index,), "learned", "語句學習模型", score)
            yield hit
            if passage.article >= 0:
                together.setdefault((int(column), kind, passage.article), []).append(hit)
        for group in together.values():
            if len(group) > 1:
                yield _joined(group)

    def topic_of(self, passage: int, element: str) -> float:
        """The likelihood that a passage speaks of an element."""
        row, column = self.rows.get(passage), self.columns.get(element)
        return 0.0 if row is None or column is None else float(self.topic[row, column])

    def supported(self, hit: Hit) -> Hit:
        """A rule's hit with the likelihood that its passages speak of the element."""
        column = self.columns.get(hit.element)
        rows = [self.rows[i] for i in hit.passages if i in self.rows]
        if column is None or not rows:
            return hit
        return replace(hit, support=round(float(self.topic[rows, column].max()), 4))

    def _state(self, passage: Passage, likely: dict[str, float]) -> tuple[State, float]:
        """The state of a passage that speaks of the element, and how sure it is."""
        modified = self.features.modifiers.of(passage)
        if modified.blank:
            return State.BLANK, 1.0
        for name, state in _MODIFIED:
            if getattr(modified, name) and likely[name] >= 0.15:
                return state, 1.0
        if modified.release and likely["contradicted"] >= _RELEASED:
            return State.CONTRADICTED, max(likely["contradicted"], 1.0 - likely["met"])
        spoken = {n: likely[n] for n in _STATE}
        best = max(spoken, key=spoken.__getitem__)
        share = spoken[best] / (sum(spoken.values()) or 1.0)
        if best == "contradicted" and not (modified.release or likely[best] >= _SURE):
            return State.MET, spoken["met"]
        return _STATE[best], share * (1.0 - 0.5 * likely["near_miss"])


def _joined(group: list[Hit]) -> Hit:
    """The clearest passages of one article as one hit: one of them at least speaks of the element."""
    best = sorted(group, key=lambda h: (-h.score, h.passages))[:_TOGETHER]
    doubt = 1.0
    for hit in best:
        doubt *= 1.0 - hit.score
    passages = tuple(h.passages[0] for h in best)
    return replace(best[0], passages=passages, reason="同條各段合計", score=round((1.0 - doubt) * _TOGETHER_TRUST, 4))
