"""Articles that take back what another grants: 「第十四條於本契約存續期間不適用」, "Notwithstanding Section 9.1".

A passage that disapplies an article turns what that article agrees: wholly, and the element is
contradicted; for some cases only, and the element is left open where the library says that an
exception counts (`exceptions: matter`). Usual carve-outs (the customer's own fault, court orders) turn nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from clausecheck.document import Clause, Contract
from clausecheck.findings import State
from clausecheck.library.schema import Element
from clausecheck.matching.folding import Folded
from clausecheck.matching.hits import TAKEN_BACK, Hit
from clausecheck.matching.modifiers import Modifiers
from clausecheck.matching.passages import Passage
from clausecheck.structure.crossrefs import CrossReferences

Topic = Callable[[int, str], float]
_LEAST_TOPIC = 0.1
_LEFT_OVER = 8
_CASES = re.compile("[者时如若逾]|情形|情况|部分|以外|范围|[之以]前|生效前")
_SEGMENT_END = re.compile(r"[,.;。]|$")
_REFERENCE = re.compile(
    r"第 ?[0-9〇零一二三四五六七八九十百]+ ?[条项款](?:之[一二三四五六])?|前[一二三]?[条项款]|[至到及与、和]"
    r"|(?:articles?|sections?|clauses?|paragraphs?) [0-9ivx.()a-z]+(?:(?:,| and| or) [0-9.()]+)*"
)


@dataclass(frozen=True, slots=True)
class Takeback:
    """A passage that disapplies clauses: wholly, in part, or for what it itself speaks of."""

    passage: int
    clauses: tuple[Clause, ...]
    extent: str


class Takebacks:
    """Finds them in one contract and turns the hits of the clauses concerned."""

    def __init__(self, contract: Contract, folded: Folded, passages: Sequence[Passage], modifiers: Modifiers) -> None:
        self.folded = folded
        self.passages = passages
        self.modifiers = modifiers
        self.contract = contract
        self.found = [t for p in passages if p.kind != "heading" for t in self._of(p)]

    @cached_property
    def references(self) -> CrossReferences:
        return CrossReferences(self.contract)

    def applied(self, hits: Sequence[Hit], elements: Mapping[str, Element], topic: Topic) -> list[Hit]:
        """The hits, with those turned that stand in clauses taken back."""
        return [self._turned(hit, elements[hit.element], topic) for hit in hits] if self.found else list(hits)

    def _turned(self, hit: Hit, element: Element, topic: Topic) -> Hit:
        if hit.state is not State.MET:
            return hit
        start = self.passages[hit.passages[0]].start
        for taken in self.found:
            inside = any(c.start <= start < c.end for c in taken.clauses) and taken.passage not in hit.passages
            state = self._state(taken, hit.element, element, topic) if inside else None
            if state is not None:
                return replace(
                    hit, state=state, passages=(taken.passage, *hit.passages), layer="rule", reason=TAKEN_BACK,
                    score=1.0, support=1.0,
                )  # fmt: skip
        return hit

    def _state(self, taken: Takeback, key: str, element: Element, topic: Topic) -> State | None:
        if taken.extent == "whole":
            return State.CONTRADICTED
        if taken.extent == "own":
            return State.CONTRADICTED if topic(taken.passage, key) >= _LEAST_TOPIC else None
        return State.WEAK if element.exceptions == "matter" else None

    def _of(self, passage: Passage) -> Iterator[Takeback]:
        at = self.modifiers.index.at[passage.index]
        if "tolerated_exception" in at:
            return
        for start, end in at.get("disapplied", ()):
            clauses = self._object(passage, start, end)
            if clauses:
                yield Takeback(passage.index, clauses, self._extent(passage, start, end))
                return
        if "despite_article" in at and self.modifiers.of(passage).release:
            clauses = self._clauses(passage, 0, len(self._words(passage)))
            if clauses:
                yield Takeback(passage.index, clauses, "own")

    def _words(self, passage: Passage) -> str:
        return self.folded.text[slice(*passage.folded)]

    def _object(self, passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
        """What is disapplied: named behind the words up to the next comma, else before them."""
        ending = _SEGMENT_END.search(self._words(passage), end)
        behind = self._clauses(passage, end, ending.start() if ending else end)
        return behind or self._clauses(passage, 0, start)

    def _clauses(self, passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
        first = passage.folded[0]
        if end <= start:
            return ()
        own = self.references.of(*self.folded.source(first + start, first + end))
        here = self.passages[passage.index]
        return tuple(c for c in own if not c.start <= here.start < c.end or c.index != here.clause)

    def _extent(self, passage: Passage, start: int, end: int) -> str:
        """Whole where nothing but the reference and words of no weight stand beside 不適用."""
        words = self._words(passage)
        if passage.language == "en":
            return "part" if "limits" in self.modifiers.index.at[passage.index] else "whole"
        ending = _SEGMENT_END.search(words, end)
        said = words[:start] + words[end : ending.start() if ending else end]
        for span in sorted(self.modifiers.index.at[passage.index].get("no_limit", ()), reverse=True):
            if span[1] <= start:
                said = said[: span[0]] + said[span[1] :]
        left = re.sub(r"[\W_\ue000-\ue003]+", "", _REFERENCE.sub("", said))
        return "whole" if len(left) <= _LEFT_OVER and not _CASES.search(left) else "part"
