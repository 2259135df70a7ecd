"""The matcher: contract in, hits out. One spaCy pipeline a language finds the concepts; rules and scorers read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from clausecheck.document import Contract
from clausecheck.findings import State
from clausecheck.library import Library
from clausecheck.library.loader import is_concept, rules_of
from clausecheck.matching.combiner import Combiner, Likely, shipped_combiner
from clausecheck.matching.features import Features
from clausecheck.matching.folding import Folded, fold
from clausecheck.matching.hits import Hit, by_element
from clausecheck.matching.learned import LearnedMatcher
from clausecheck.matching.modifiers import Modifiers
from clausecheck.matching.passages import Passage, split_passages
from clausecheck.matching.rules import CompiledElement, CompiledRule, RuleMatcher
from clausecheck.matching.scorer import Scorer, shipped_scorer
from clausecheck.matching.takeback import Takebacks, Topic
from clausecheck.matching.terms import Characters, Index, Lexicon, Spans

CONCEPTS = "clausecheck_concepts"
TEXT = "clausecheck_text"  # of a Doc, which builds it anew, token by token, whenever it is asked
_CHUNK = 20_000  # characters a Doc: tokens cost memory, and short Docs are freed one after the other
_LONGEST_PASSAGE = 1_000_000  # sentences are short, but a table row is one passage and stands in one Doc


@Language.factory("clausecheck_terms", default_config={"folder": None})
def _terms_component(nlp: Language, name: str, folder: str | None) -> _Terms:
    from clausecheck.library import load_library

    del name
    return _Terms(nlp, load_library(folder))


class _Terms:
    """Pipeline component that writes the concepts of a Doc to its user data."""

    def __init__(self, nlp: Language, library: Library) -> None:
        self.lexicon = Lexicon(nlp, library.terms, sorted(_inline_words(library)))

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[CONCEPTS] = self.lexicon.find(doc, doc.user_data.get(TEXT))
        return doc


def _inline_words(library: Library) -> set[str]:
    rules = [r for e in library.elements.values() for r in rules_of(e)]
    rules += [r for c in library.conditions.values() for r in c.rules]
    slots = [s for r in rules for s in (*r.all, *r.about, *r.none, *r.unless)]
    return {n for s in slots for n in s.split("|") if not is_concept(n)}


def build_pipeline(language: str, folder: str | None = None) -> Language:
    """The spaCy pipeline for zh or en; nothing is downloaded."""
    nlp = spacy.blank(language)
    nlp.max_length = _LONGEST_PASSAGE + _CHUNK
    if language == "en":
        nlp.add_pipe("clausecheck_stems")
    else:
        nlp.tokenizer = Characters(nlp.vocab)
    nlp.add_pipe("clausecheck_terms", config={"folder": folder})
    return nlp


@dataclass(frozen=True)
class Matches:
    """What the matcher found in one contract.

    likely  for elements that the combiner knows, how likely each state is
    """

    contract: Contract
    folded: Folded
    passages: tuple[Passage, ...]
    index: Index
    hits: tuple[Hit, ...]
    conditions: dict[str, tuple[int, ...]]
    likely: Mapping[str, Likely] = field(default_factory=dict)

    def text(self, passage: int) -> str:
        place = self.passages[passage]
        return self.contract.text[place.start : place.end]


class Matcher:
    """A library, compiled."""

    def __init__(self, library: Library, scorer: Scorer | None = None, combiner: Combiner | None = None) -> None:
        self.library = library
        self.scorer = scorer
        self.combiner = combiner
        self._pipelines: dict[str, Language] = {}
        self.elements = [CompiledElement.compile(k, e) for k, e in library.elements.items()]
        self.exact = {k for k, e in library.elements.items() if e.exact}
        self.bound = {k for k, e in library.elements.items() if e.bound == "supplier"}
        self.conditions = {
            name: [CompiledRule.compile(r, f"{name}-{i + 1}") for i, r in enumerate(c.rules)]
            for name, c in library.conditions.items()
        }

    def match(self, contract: Contract) -> Matches:
        """All hits in a contract."""
        folded = fold(contract)
        passages = split_passages(contract, folded)
        index = self.concepts(folded, passages)
        modifiers = Modifiers(contract, folded, passages, index)
        rules = RuleMatcher(passages, index, modifiers)
        hits = [hit for element in self.elements for hit in rules.hits(element)]
        topic: Topic = lambda passage, element: 1.0  # noqa: E731, ARG005
        if self.scorer is not None:
            features = Features(folded, passages, index, modifiers)
            learned = LearnedMatcher(self.scorer, features, passages)
            topic = learned.topic_of
            hits = [h if h.element in self.exact else learned.supported(h) for h in hits]
            hits += [h for h in learned.hits() if h.element not in self.exact or h.state is not State.MET]
        hits = [h for h in hits if not self._binds_wrong_side(h, passages, modifiers)]
        takebacks = Takebacks(contract, folded, passages, modifiers)
        hits = takebacks.applied(hits, self.library.elements, topic)
        conditions = {name: _first_places(rules, compiled) for name, compiled in self.conditions.items()}
        likely = self.combiner.likely(by_element(hits)) if self.scorer and self.combiner else {}
        return Matches(contract, folded, passages, index, tuple(hits), conditions, likely)

    def _binds_wrong_side(self, hit: Hit, passages: Sequence[Passage], modifiers: Modifiers) -> bool:
        if hit.state is not State.MET or hit.element not in self.bound:
            return False
        return all(modifiers.binds_customer_only(passages[i]) for i in hit.passages)

    def concepts(self, folded: Folded, passages: Sequence[Passage]) -> Index:
        """The concepts of every passage, each passage read in its own language."""
        index = Index([{} for _ in passages])
        for language in ("zh", "en"):
            mine = [p for p in passages if p.language == language]
            for chunk in _chunks(mine):
                index = index.merge(_concepts_of(self._pipeline(language), folded, chunk, len(passages)))
        return index

    def _pipeline(self, language: str) -> Language:
        """The pipeline of a language, built when a contract first needs it."""
        if language not in self._pipelines:
            self._pipelines[language] = build_pipeline(language, str(self.library.folder))
        return self._pipelines[language]


def _chunks(passages: Sequence[Passage]) -> list[list[Passage]]:
    chunks: list[list[Passage]] = []
    size = _CHUNK
    for passage in passages:
        length = passage.folded[1] - passage.folded[0]
        if size + length > _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(passage)
        size += length + 1
    return chunks


def _concepts_of(nlp: Language, folded: Folded, passages: Sequence[Passage], count: int) -> Index:
    pieces, words, at = [], [], 0
    for passage in passages:
        text = folded.text[slice(*passage.folded)].replace("\n", " ")
        pieces.append((passage.index, at))
        words.append(text)
        at += len(text) + 1
    joined = "\n".join(words)
    doc = nlp.make_doc(joined)
    doc.user_data[TEXT] = joined
    doc = nlp(doc)
    found: dict[str, Spans] = doc.user_data[CONCEPTS]
    return Index.build(count, pieces, found)


def _first_places(rules: RuleMatcher, compiled: Sequence[CompiledRule]) -> tuple[int, ...]:
    for rule in compiled:
        for passages in rules.places(rule):
            return passages
    return ()


@lru_cache(maxsize=4)
def matcher_for(library_folder: str, fingerprint: str) -> Matcher:
    """The matcher of a library, built once a process; `fingerprint` keeps it apart from older states of the folder."""
    from clausecheck.library import load_library

    del fingerprint
    return Matcher(load_library(library_folder), shipped_scorer(), shipped_combiner())
