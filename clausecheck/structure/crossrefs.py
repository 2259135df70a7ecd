"""References from one article to another (第十二條第二項, clauses 12.1 and 12.2), resolved to the clauses; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausecheck.document import Clause, Contract
from clausecheck.structure.numbering import HAN_NUMBER, candidates, english, number

_N = rf"[ ]?((?:{HAN_NUMBER})+)[ ]?"
_ZH = re.compile(rf"第{_N}[條条](?:之{_N})?(?:第{_N}[項项])?(?:第{_N}款)?(?:([至到~])第{_N}[條条])?")
_EN_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}\b)(?:\([a-zA-Z0-9]{1,4}\))*"
_EN = re.compile(
    rf"\b(?:(?:Paragraph|Item)s?\s+([\dIVX]{{1,5}}|\([a-z0-9]{{1,4}}\))\s+of\s+)?"
    rf"(?:Articles?|Sections?|Clauses?|§)\s*({_EN_NUMBER}(?:(?:,? (?:and|or)|,|, and) {_EN_NUMBER})*)",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(r"前([一二兩两三四])?([條条項项款])")
_SEVERAL = {"": 1, "一": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4}


class CrossReferences:
    """Resolves the references of one contract."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.articles: dict[int, Clause] = {}
        self.decimals: dict[tuple[int, ...], Clause] = {}
        self.children: dict[int, list[Clause]] = {}
        for clause in contract.clauses:
            if clause.parent is not None:
                self.children.setdefault(clause.parent, []).append(clause)
            self._remember(clause)

    def _remember(self, clause: Clause) -> None:
        value = _value(clause)
        if clause.annex or not value:
            return
        if clause.kind in ("article", "definition"):
            self.articles.setdefault(value[0], clause)
        if len(value) > 1:
            self.decimals.setdefault(value, clause)

    def of(self, start: int, end: int) -> list[Clause]:
        """The clauses that the words in text[start:end] name, in the order of their naming."""
        words = self.contract.text[start:end]
        found = [*self._chinese(words), *self._english(words), *self._previous(words, start)]
        return list(dict.fromkeys(found))

    def _chinese(self, words: str) -> Iterator[Clause]:
        for match in _ZH.finditer(words):
            first = number(match[1])
            last = number(match[6]) if match[5] else first
            if first is None or last is None:
                continue
            for value in range(first, min(last, first + 30) + 1):
                yield from self._within(self.articles.get(value), match[3], match[4])

    def _within(self, clause: Clause | None, *inner: str | None) -> Iterator[Clause]:
        """The clause, or its paragraph and item where these are named and can be told."""
        for name in inner:
            if clause is None or not name:
                continue
            below = self.children.get(clause.index, [])
            wanted = english(name.strip("()")) if name.isascii() else number(name)
            letter = ord(name.strip("()").lower()) - ord("a") + 1 if re.fullmatch(r"\([a-z]\)", name) else None
            exact = next((c for c in below if _value(c)[-1:] == (letter or wanted,)), None)
            clause = exact or clause
        if clause is not None:
            yield clause

    def _english(self, words: str) -> Iterator[Clause]:
        for match in _EN.finditer(words):
            for name in re.findall(_EN_NUMBER, match[2]):
                figures, *inner = re.findall(r"^[\dIVX.]+|\([a-zA-Z0-9]+\)", name, re.IGNORECASE)
                value = tuple(int(p) for p in figures.split(".")) if figures[0].isdigit() else (english(figures) or 0,)
                clause = self.decimals.get(value) or self.articles.get(value[0])
                yield from self._within(clause, match[1], *inner)

    def _previous(self, words: str, start: int) -> Iterator[Clause]:
        here = self.contract.clause_at(start)
        for match in _PREVIOUS.finditer(words) if here else ():
            chain = [here, *self.contract.ancestors(here)] if here else []
            own = chain[-1] if match[2] in "條条" else chain[0]
            siblings = self.children.get(own.parent, []) if own.parent is not None else list(self.articles.values())
            before = [c for c in siblings if c.index < own.index]
            yield from before[-_SEVERAL[match[1] or ""] :]


def _value(clause: Clause) -> tuple[int, ...]:
    found = candidates(clause.label + " x")
    return found[0].value if found else ()
