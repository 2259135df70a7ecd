"""The passages that are judged one by one: sentences, each with what it stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from clausecheck.document import Block, Clause, Contract
from clausecheck.matching.folding import Folded

_SENTENCE_END = re.compile(r"[。！？]+[」』）]*|[；;](?=\S)|(?<=[a-z0-9)\]”\"])[.!?](?=\s+[\"“(]?[A-Z])")
_LEAD_IN = re.compile(r"[：:︰]\s*$|(?:下列|如下|以下|following|as follows)[^。.]{0,30}$")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ABBREVIATION = re.compile(r"\b(?:No|Nos|Art|Arts|Sec|Inc|Ltd|Co|Corp|e\.g|i\.e|etc|Mr|Ms|Dr|vs|cf|approx|St)\.$")
# Struck out, or a box left open beside others that are ticked: agreed by nobody.
_STRUCK = re.compile(
    r"[^\n]{0,12}?[(（](?:本[條項款])?(?:已?刪除|删除|deleted|struck)(?:[:：][^)）]*)?[)）]\s*\Z", re.IGNORECASE
)
_OPEN_BOX = re.compile(r"[\s\d一二三四五六七八九十（）().、-]{0,8}[□☐]")
_TICKED = re.compile(r"[■☑☒✓✔▣]")
_MAX_SENTENCE = 1200
_MOST_MUTE = 0.25


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a table row or a heading.

    start, end     span in the canonical text
    folded         span in the folded text
    kind           text, heading or row
    language       zh or en, of this passage
    clause         index of the innermost clause, -1 before the first
    article        index of the top-level clause above it
    clause_kind    kind of that top-level clause: article, annex, preamble, signature, definition
    mute           recitals, parties, signatures, what is struck or not ticked: it binds nobody to anything
    context        indexes of the passages that it stands under, nearest first: lead-in, headings, table head
    """

    index: int
    start: int
    end: int
    folded: tuple[int, int]
    kind: str
    language: str
    clause: int
    article: int
    clause_kind: str
    mute: bool = False
    context: tuple[int, ...] = ()


def split_passages(contract: Contract, folded: Folded) -> tuple[Passage, ...]:
    """All passages of the contract in the order of its text."""
    return tuple(_Splitter(contract, folded).run())


class _Splitter:
    """Walks the blocks once and keeps the headings and lead-ins that are in force."""

    def __init__(self, contract: Contract, folded: Folded) -> None:
        self.contract = contract
        self.folded = folded
        self.passages: list[Passage] = []
        self.starts = [c.start for c in contract.clauses]
        self.heading_of: dict[int, int] = {}
        self.lead_of: dict[int, int] = {}
        self.table_head: tuple[int, int, int] | None = None
        self.before_table: int | None = None
        self.mute = self._mute_kinds()
        self.ticked = bool(_TICKED.search(contract.text))

    def _mute_kinds(self) -> frozenset[str]:
        """Preamble and signature, unless so much stands there that the structure must have missed the articles."""
        total = len(self.contract.text) or 1
        spoken = {"preamble": 0, "signature": 0}
        for clause in self.contract.clauses:
            if clause.kind in spoken and clause.parent is None:
                spoken[clause.kind] += clause.end - clause.start
        return frozenset(kind for kind, size in spoken.items() if size <= _MOST_MUTE * total)

    def run(self) -> list[Passage]:
        for block in self.contract.document.blocks:
            if block.text.strip():
                self._block(block)
        return self.passages

    def _block(self, block: Block) -> None:
        for start, end in self._pieces(block):
            clause = self._clause_at(start)
            if block.is_row:
                self._row(block, start, end, clause)
            else:
                self.table_head = None
                self._sentences(start, end, clause)

    def _pieces(self, block: Block) -> list[tuple[int, int]]:
        """A block, cut where clauses begin inside it."""
        low, high = bisect_right(self.starts, block.start), bisect_right(self.starts, block.end - 1)
        cuts = [block.start, *(self.starts[i] for i in range(low, high)), block.end]
        return [(a, b) for a, b in pairwise(cuts) if b > a]

    def _clause_at(self, offset: int) -> Clause | None:
        return self.contract.clause_at_index(bisect_right(self.starts, offset) - 1, offset)

    def _sentences(self, start: int, end: int, clause: Clause | None) -> None:
        text = self.contract.text
        body = start
        if clause is not None and clause.start == start and clause.heading:
            at = text.find(clause.heading, start, end)
            head_end = at + len(clause.heading) if at >= 0 else start
            rest = text[head_end:end].strip(" \u3000）)】]：:.－-–—")
            if at >= 0 and not rest:
                self._heading(start, end, clause)
                return
            if at >= 0:
                self._heading(start, head_end, clause)
                body = head_end
        for a, b in _split_sentences(text, body, end):
            self._text(a, b, clause)

    def _heading(self, start: int, end: int, clause: Clause) -> None:
        self.heading_of[clause.index] = self._add(start, end, "heading", clause, self._above(clause, own=False))

    def _text(self, start: int, end: int, clause: Clause | None) -> None:
        context = self._above(clause, own=True)
        index = self._add(start, end, "text", clause, context)
        self.before_table = index
        key = clause.index if clause else -1
        if _LEAD_IN.search(self.contract.text[start:end]) or key not in self.lead_of:
            self.lead_of[key] = index

    def _row(self, block: Block, start: int, end: int, clause: Clause | None) -> None:
        table = block.place.table or 0
        if self.table_head is None or self.table_head[0] != table:
            self.table_head = (table, len(self.passages), self.before_table if self.before_table is not None else -1)
        head, before = self.table_head[1], self.table_head[2]
        own = [i for i in (head, before) if 0 <= i < len(self.passages)]
        self._add(start, end, "row", clause, (*own, *self._above(clause, own=True)))

    def _above(self, clause: Clause | None, *, own: bool) -> tuple[int, ...]:
        """Lead-ins and headings over a passage of `clause`, nearest first."""
        context: list[int] = []
        chain = [clause, *self.contract.ancestors(clause)] if clause else []
        for place, above in enumerate(chain):
            if place == 0 and not own:
                continue
            for known in (self.lead_of, self.heading_of):
                index = known.get(above.index)
                if index is not None and index not in context:
                    context.append(index)
        return tuple(context)

    def _is_void(self, text: str) -> bool:
        return bool(_STRUCK.match(text) or (self.ticked and _OPEN_BOX.match(text)))

    def _add(self, start: int, end: int, kind: str, clause: Clause | None, context: tuple[int, ...]) -> int:
        top = clause
        if clause is not None:
            above = self.contract.ancestors(clause)
            top = above[-1] if above else clause
        kind_above = top.kind if top else "preamble"
        index = len(self.passages)
        text = self.contract.text[start:end]
        han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
        self.passages.append(
            Passage(
                index=index,
                start=start,
                end=end,
                folded=(self.folded.position(start), self.folded.position(end)),
                kind=kind,
                language="en" if latin > han or (latin and not han) else "zh",
                clause=clause.index if clause else -1,
                article=top.index if top else -1,
                clause_kind=kind_above,
                mute=kind_above in self.mute or self._is_void(text),
                context=context,
            )
        )
        return index


def _split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.group() == "." and _ABBREVIATION.search(text, max(start, match.end() - 8), match.end()):
            continue
        spans.append((at, match.end()))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return [piece for a, b in spans for piece in _trim(text, a, b)]


def _trim(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start] in " \u3000\n":
        start += 1
    while end > start and text[end - 1] in " \u3000\n":
        end -= 1
    if start == end:
        return []
    return [(a, min(a + _MAX_SENTENCE, end)) for a in range(start, end, _MAX_SENTENCE)]
