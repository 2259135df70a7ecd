"""Concepts in the text: spaCy's PhraseMatcher for plain words, regular expressions for words with gaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from clausecheck.errors import LibraryError
from clausecheck.library.schema import Term
from clausecheck.matching.folding import BLANK, BOTH, CUSTOMER, SUPPLIER, fold_pattern, fold_term

GAP = "…"
_ZH_GAP = r"[^。；;\n]{0,14}?"
_EN_GAP = r"(?:[^\w\n;]+[\w\ue000-\ue003'-]+){0,6}?[^\w\n;]+"
_ROLES = {"$S": SUPPLIER, "$C": CUSTOMER, "$B": BOTH, "$blank": BLANK}

Spans = list[tuple[int, int]]


def stem(word: str) -> str:
    """A light English stem, good enough to bring inflected forms together."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    for suffix, shortest in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if word.endswith(suffix) and len(word) >= shortest and not word.endswith("ss"):
            word = word.removesuffix(suffix)
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


@Language.component("clausecheck_stems")
def stems(doc: Doc) -> Doc:
    """Sets each token's norm to its stem."""
    for token in doc:
        token.norm_ = stem(token.text)
    return doc


@dataclass
class Lexicon:
    """The concepts of a library, compiled for one language."""

    nlp: Language
    terms: Mapping[str, Term]
    inline: Iterable[str] = ()
    matcher: PhraseMatcher = field(init=False)
    patterns: list[tuple[str, re.Pattern[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.english = self.nlp.lang == "en"
        self.matcher = PhraseMatcher(self.nlp.vocab, attr="NORM" if self.english else "ORTH")
        for name, term in self.terms.items():
            self._add(name, term.en if self.english else term.zh)
        if not self.english:
            for words in self.inline:
                self._add(fold_term(words), (words,))

    def _add(self, name: str, words: Sequence[str]) -> None:
        plain = []
        for word in words:
            if word.startswith("/") and word.endswith("/"):
                self.patterns.append((name, _compile(name, fold_pattern(_with_roles(word[1:-1])))))
            elif GAP in word or "$" in word:
                self.patterns.append((name, self._gapped(word)))
            else:
                plain.append(fold_term(word))
        docs = [self.nlp.make_doc(w) for w in plain]
        if docs:
            self.matcher.add(name, [stems(d) for d in docs] if self.english else docs)

    def _gapped(self, word: str) -> re.Pattern[str]:
        parts = fold_term(_with_roles(word)).split(GAP)
        if not self.english:
            return re.compile(_ZH_GAP.join(re.escape(p) for p in parts))
        pieces = [r"[^\w\n]+".join(_stem_pattern(w) for w in part.split()) for part in parts]
        return re.compile(r"(?<![\w])" + _EN_GAP.join(pieces))

    def find(self, doc: Doc) -> dict[str, Spans]:
        """All places of all concepts in the text of `doc`, in characters and in order."""
        found: dict[str, Spans] = {}
        names = self.nlp.vocab.strings
        text = doc.text  # spaCy builds it anew at each call
        ends = [t.idx + len(t) for t in doc]
        for key, start, end in self.matcher(doc):
            found.setdefault(names[key], []).append((doc[start].idx, ends[end - 1]))
        for name, pattern in self.patterns:
            spans = [m.span() for m in pattern.finditer(text)]
            if spans:
                found.setdefault(name, []).extend(spans)
        for spans in found.values():
            spans.sort()
        return found


def _compile(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as exc:
        raise LibraryError(f"概念「{name}」的樣式 /{pattern}/ 有誤：{exc}", "請修正 terms/ 中該樣式") from exc


def _with_roles(word: str) -> str:
    for name, mark in _ROLES.items():
        word = word.replace(name, mark)
    return word


def _stem_pattern(word: str) -> str:
    if not word.isascii() or not word.isalpha():
        return re.escape(word)
    base = stem(word)
    if len(word) < 4:
        return re.escape(word) + r"\b"
    root = re.escape(base[:-1]) + "[iy]" if base.endswith("i") else re.escape(base)
    return root + "[a-z]*"


@dataclass(frozen=True)
class Index:
    """Where each concept stands, by passage: `at[passage][concept]` are spans in the passage's folded text."""

    at: list[dict[str, Spans]]

    @classmethod
    def build(cls, count: int, pieces: Sequence[tuple[int, int]], found: Mapping[str, Spans]) -> Index:
        """`pieces` are (passage index, start in the joined text), in order."""
        at: list[dict[str, Spans]] = [{} for _ in range(count)]
        starts = [start for _, start in pieces]
        for name, spans in found.items():
            for start, end in spans:
                passage, begin = pieces[bisect_right(starts, start) - 1]
                at[passage].setdefault(name, []).append((start - begin, end - begin))
        return cls(at)

    def merge(self, other: Index) -> Index:
        """Both indexes in one; they speak of different passages."""
        return Index([a or b for a, b in zip(self.at, other.at, strict=True)])
