"""Concepts in the text: spaCy's PhraseMatcher for plain words, regular expressions for words with gaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from clausecheck.errors import LibraryError
from clausecheck.library.schema import Term
from clausecheck.matching.folding import BLANK, BOTH, CUSTOMER, SUPPLIER, fold_pattern, fold_term
from clausecheck.matching.literals import Lines, Needs

GAP = "…"
_ZH_GAP = r"[^。；;\n]{0,14}?"
_EN_GAP = r"(?:[^\w\n;]+[\w\ue000-\ue003'-]+){0,6}?[^\w\n;]+"
_ROLES = {"$S": SUPPLIER, "$C": CUSTOMER, "$B": BOTH, "$blank": BLANK}

_CHARACTER = re.compile(r"(\S)( ?)|(\s+)")  # one blank behind a character belongs to it

Spans = list[tuple[int, int]]


@lru_cache(maxsize=1 << 15)
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


class Characters:
    """Tokenizer that makes each character a token, as spaCy's for Chinese does, in time linear in the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = _CHARACTER.findall(text)
        return Doc(self.vocab, words=[char or run for char, _, run in found], spaces=[bool(s) for _, s, _ in found])


@dataclass
class Pattern:
    """A regular expression for a concept, compiled when a text first has what it needs.

    Raises LibraryError if it is none.
    """

    name: str
    words: str
    flags: int = 0
    needs: Needs = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.needs = Needs.of(self.words, self.flags)
        except re.error as exc:
            raise self._wrong(exc) from exc

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        try:
            return re.compile(self.words, self.flags)
        except re.error as exc:
            raise self._wrong(exc) from exc

    def _wrong(self, exc: re.error) -> LibraryError:
        return LibraryError(f"概念「{self.name}」的樣式 /{self.words}/ 有誤：{exc}", "請修正 terms/ 中該樣式")

    def spans(self, text: str, lines: Lines) -> Spans:
        """The matches in `text`, in order."""
        tried = lines.that_may_match(self.needs)
        return [m.span() for start, end in tried for m in self.compiled.finditer(text, start, end)]


@dataclass
class Lexicon:
    """The concepts of a library, compiled for one language."""

    nlp: Language
    terms: Mapping[str, Term]
    inline: Iterable[str] = ()
    matcher: PhraseMatcher = field(init=False)
    patterns: list[Pattern] = field(init=False, default_factory=list)

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
                self.patterns.append(Pattern(name, fold_pattern(_with_roles(word[1:-1])), re.IGNORECASE))
            elif GAP in word or "$" in word:
                self.patterns.append(Pattern(name, self._gapped(word)))
            else:
                plain.append(fold_term(word))
        docs = [self.nlp.make_doc(w) for w in plain]
        if docs:
            self.matcher.add(name, [stems(d) for d in docs] if self.english else docs)

    def _gapped(self, word: str) -> str:
        parts = fold_term(_with_roles(word)).split(GAP)
        if not self.english:
            return _ZH_GAP.join(re.escape(p) for p in parts)
        pieces = [r"[^\w\n]+".join(_stem_pattern(w) for w in part.split()) for part in parts]
        return r"(?<![\w])" + _EN_GAP.join(pieces)

    def find(self, doc: Doc, text: str | None = None) -> dict[str, Spans]:
        """All places of all concepts in the text of `doc`, in characters and in order; `text` spares to build it."""
        found: dict[str, Spans] = {}
        names = self.nlp.vocab.strings
        text = doc.text if text is None else text
        places = doc.to_array(["IDX", "LENGTH"])
        starts, ends = places[:, 0].tolist(), places.sum(axis=1).tolist()
        for key, start, end in self.matcher(doc):
            found.setdefault(names[key], []).append((starts[start], ends[end - 1]))
        lines = Lines(text)
        for pattern in self.patterns:
            spans = pattern.spans(text, lines)
            if spans:
                found.setdefault(pattern.name, []).extend(spans)
        for spans in found.values():
            spans.sort()
        return found


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

    @cached_property
    def passages(self) -> dict[str, list[int]]:
        """The passages in which each concept stands, in order."""
        found: dict[str, list[int]] = {}
        for number, concepts in enumerate(self.at):
            for name in concepts:
                found.setdefault(name, []).append(number)
        return found

    @classmethod
    def build(cls, count: int, pieces: Sequence[tuple[int, int]], found: Mapping[str, Spans]) -> Index:
        """`pieces` are (passage index, start in the joined text), in order."""
        at: list[dict[str, Spans]] = [{} for _ in range(count)]
        starts = [start for _, start in pieces]
        for name, spans in found.items():
            last = -1
            for start, end in spans:
                number = bisect_right(starts, start) - 1
                passage, begin = pieces[number]
                if number != last:
                    last, mine = number, at[passage].setdefault(name, [])
                mine.append((start - begin, end - begin))
        return cls(at)

    def merge(self, other: Index) -> Index:
        """Both indexes in one; they speak of different passages."""
        return Index([a or b for a, b in zip(self.at, other.at, strict=True)])
