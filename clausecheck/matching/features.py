"""What the learned scorer sees of a passage: its characters or words in short runs, concepts, actors and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from clausecheck.matching.folding import BLANK, BOTH, CUSTOMER, SUPPLIER, Folded
from clausecheck.matching.modifiers import Modifiers
from clausecheck.matching.passages import Passage
from clausecheck.matching.terms import Index, stem

_TOKEN = re.compile(r"[a-z][a-z'-]*|[0-9]+(?:\.[0-9]+)?|[^a-z0-9\s]")
_NUMERAL = re.compile(r"[0-9.]+|[一二三四五六七八九十百千万零〇两壹贰参肆伍陆柒捌玖拾佰仟]")
_MARKS = {CUSTOMER: "<C>", SUPPLIER: "<S>", BOTH: "<B>", BLANK: "<_>"}
_LONGEST = 4
_HEADING_LONGEST = 2
_MAX_CONCEPTS = 14


def tokens(words: str) -> list[str]:
    """Chinese characters, English stems, marks of the parties; any number is one `#`."""
    out: list[str] = []
    for piece in map(_piece, _TOKEN.findall(words)):
        if piece != "#" or not out or out[-1] != "#":
            out.append(piece)
    return out


@lru_cache(maxsize=1 << 15)
def _piece(token: str) -> str:
    return _MARKS.get(token) or ("#" if _NUMERAL.fullmatch(token) else stem(token) if token.isascii() else token)


def _runs(pieces: Sequence[str], longest: int, prefix: str) -> Iterator[str]:
    runs = [prefix + piece for piece in pieces]
    yield from runs
    for n in range(1, longest):
        runs = [f"{run} {piece}" for run, piece in zip(runs, pieces[n:], strict=False)]
        yield from runs


class Features:
    """Features of the passages of one contract."""

    def __init__(self, folded: Folded, passages: Sequence[Passage], index: Index, modifiers: Modifiers) -> None:
        self.folded = folded
        self.passages = passages
        self.index = index
        self.modifiers = modifiers
        self._known: dict[int, frozenset[str]] = {}

    def of(self, passage: Passage) -> set[str]:
        """The names of the features of a passage."""
        return set().union(*self.parts(passage))

    def parts(self, passage: Passage) -> list[frozenset[str]]:
        """The names of the features of a passage: its own, then of each passage that it stands under."""
        pieces = tokens(self._words(passage))
        found = set(_runs(pieces, _LONGEST, ""))
        found.update([f"{a}*{b}" for a, b in zip(pieces, pieces[2:], strict=False)])
        found.update(self._concepts(passage))
        found.update(self._modifiers(passage))
        found.add(f"k:{passage.kind}")
        found.add(f"k:{passage.clause_kind}")
        return [frozenset(found), *map(self._above, passage.context[:4])]

    def _above(self, index: int) -> frozenset[str]:
        if index not in self._known:
            heading = self.passages[index]
            prefix = "h:" if heading.kind == "heading" else "l:"
            self._known[index] = frozenset(_runs(tokens(self._words(heading))[:30], _HEADING_LONGEST, prefix))
        return self._known[index]

    def _words(self, passage: Passage) -> str:
        return self.folded.text[slice(*passage.folded)]

    def _concepts(self, passage: Passage) -> Iterator[str]:
        own = sorted(n for n in self.index.at[passage.index] if n.isascii())[:_MAX_CONCEPTS]
        around = {n for i in passage.context for n in self.index.at[i] if n.isascii()}
        for i, name in enumerate(own):
            yield f"c:{name}"
            for other in own[i + 1 :]:
                yield f"c:{name}&{other}"
        for name in around:
            yield f"a:{name}"

    def _modifiers(self, passage: Passage) -> Iterator[str]:
        modified = self.modifiers.of(passage)
        for name in ("release", "weak", "blank", "referred"):
            if getattr(modified, name):
                yield f"m:{name}"
        actor = self.modifiers.actor(passage, len(self._words(passage)))
        yield f"m:actor={actor}"
