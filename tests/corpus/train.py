"""Trains the scorer on the tuning part of the corpus; the same input gives the same model.

    python -m tests.corpus.train [--out FILE]

Topics: one logistic regression an element; sentences labelled for the element (near misses apart) are
its positives, together with the quotes of contracts for requirements of one element. States: one
multinomial regression over all elements. A quote for a requirement of several elements goes to the
element that a first round of training finds likeliest. Passages of contracts that no label quotes, outside the
articles quoted for the requirement, are negatives. The example sentences and suggested wordings of the
library teach their own elements. The held-out part is never read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from clausecheck.findings import Status
from clausecheck.library import Library, Requirement, load_library
from clausecheck.library_check import contract_of
from clausecheck.matching.features import Features
from clausecheck.matching.folding import fold
from clausecheck.matching.modifiers import Modifiers
from clausecheck.matching.passages import Passage, split_passages
from clausecheck.matching.pipeline import Matcher
from clausecheck.matching.scorer import MODEL, STATES, Scorer
from clausecheck.parsers import parse
from clausecheck.structure import build_contract
from tests.corpus.ground import Label, Labelled, labelled_contracts, sentences
from tests.corpus.score_contracts import overlaps

SEED = 20260
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
LEAST = 3  # passages in which a feature must occur
SENTENCE_WEIGHT = 1.0
_STATE_OF = {Status.FULL: "met", Status.CONFLICT: "contradicted"}
_STATE_OF_ELEMENT = {s: s for s in STATES}


@dataclass
class Example:
    """A passage for training.

    about    elements that it speaks of; unknown: elements for which nothing is known
    state    index in STATES, or None where it is not known
    group    the contract it comes from, or the sentence's own hash
    one_of   groups of elements of which it speaks of one at least, not known which
    """

    features: set[str]
    about: set[str]
    unknown: set[str]
    state: int | None
    group: str
    own: str = ""
    weight: float = 1.0
    one_of: list[list[str]] = field(default_factory=list)


@dataclass
class Ground:
    """All examples, and the names of the elements."""

    elements: tuple[str, ...]
    examples: list[Example] = field(default_factory=list)


def read_ground(library: Library, part: str = "tuning") -> Ground:
    """The examples of one part of the corpus."""
    matcher = Matcher(library)
    ground = Ground(tuple(library.elements))
    short = {key.split("/")[1]: key for key in library.elements}
    same = {e.id: e.same_as for r in library.requirements for e in r.elements if e.same_as}
    short.update({k: v for k, v in same.items() if v})
    for sentence in sentences(part=part):
        features = passage_features(matcher, sentence.contract())
        own = short[sentence.key.split("/")[1]]
        about = {short[a] for a in sentence.also if a in short}
        if sentence.label != "near_miss":
            about.add(own)
        siblings = {k for k in library.elements if k.split("/")[0] == own.split("/")[0] and k != own} - about
        whole = set().union(*features.values()) if features else set()
        ground.examples.append(Example(whole, about, siblings, STATES.index(sentence.label), sentence.text[:40], own))
    for labelled in labelled_contracts(part):
        ground.examples += contract_examples(matcher, labelled)
    if part == "tuning":
        ground.examples += library_examples(matcher)
    return ground


def library_examples(matcher: Matcher) -> list[Example]:
    """The example sentences and suggested wordings of the library; of other elements they teach nothing."""
    every, found = set(matcher.library.elements), []
    for key, element in matcher.library.elements.items():
        for label, texts in element.examples.model_dump().items():
            for text in texts:
                whole = set().union(*passage_features(matcher, contract_of(text)).values())
                about = set() if label == "near_miss" else {key}
                found.append(Example(whole, about, every - {key}, STATES.index(label), "library", key))
    for requirement in matcher.library.requirements:
        keys = [e.same_as or f"{requirement.id}/{e.id}" for e in requirement.elements]
        for text in requirement.wording.model_dump().values():
            for features in passage_features(matcher, contract_of(_PLACEHOLDER.sub(_name, text))).values():
                found.append(Example(features, set(), set(every), None, "library", one_of=[keys]))
    return found


def _name(match: re.Match[str]) -> str:
    return {"委託人": "甲方", "受託人": "乙方", "customer": "the Customer", "supplier": "the Supplier"}[match[1]]


def passage_features(matcher: Matcher, contract) -> dict[int, set[str]]:  # type: ignore[no-untyped-def]
    """Features of every judged passage of a contract, by its index."""
    folded = fold(contract)
    passages = split_passages(contract, folded)
    index = matcher.concepts(folded, passages)
    maker = Features(folded, passages, index, Modifiers(contract, folded, passages, index))
    return {p.index: maker.of(p) for p in passages if p.kind != "heading"}


def contract_examples(matcher: Matcher, labelled: Labelled) -> list[Example]:
    """The passages of a labelled contract."""
    contract = build_contract(parse(labelled.path))
    folded = fold(contract)
    passages = [p for p in split_passages(contract, folded) if p.kind != "heading"]
    features = passage_features(matcher, contract)
    examples = {i: Example(f, set(), set(), None, labelled.name, weight=0.5) for i, f in features.items()}
    for requirement in matcher.library.requirements:
        gold = labelled.labels.get(requirement.id)
        if gold is not None:
            _learn(requirement, gold, passages, examples, contract.text)
    for example in examples.values():
        example.unknown -= example.about
    return list(examples.values())


def _learn(
    requirement: Requirement, gold: Label, passages: Sequence[Passage], examples: Mapping[int, Example], text: str
) -> None:
    """What the label of one requirement teaches of the passages.

    Quotes of an element are of that element; quotes of the requirement are of one of its elements.
    The other passages of the articles quoted may speak of it too: unknown.
    """
    keys = {e.id: e.same_as or f"{requirement.id}/{e.id}" for e in requirement.elements}
    articles = set()
    for passage in passages:
        words = text[passage.start : passage.end]
        for name, told in gold.elements.items():
            if _is_quoted(words, told.quotes):
                examples[passage.index].about.add(keys[name])
                _set_state(examples[passage.index], _STATE_OF_ELEMENT.get(told.state))
                articles.add(passage.article)
        if _is_quoted(words, gold.own_quotes):
            spoken = [k for n, k in keys.items() if n not in gold.elements or gold.elements[n].state != "unmet"]
            _teach(examples[passage.index], spoken or list(keys.values()), gold.status)
            articles.add(passage.article)
    for passage in passages:
        if passage.article in articles:
            examples[passage.index].unknown.update(keys.values())


def _teach(example: Example, keys: list[str], status: str) -> None:
    if len(keys) > 1:
        example.one_of.append(keys)
        return
    example.about.update(keys)
    _set_state(example, _STATE_OF.get(Status(status)))


def _set_state(example: Example, state: str | None) -> None:
    if state is not None:
        example.state = STATES.index(state)


def _is_quoted(text: str, quotes: Sequence[str]) -> bool:
    return any(overlaps(text, quote) for quote in quotes)


def train(ground: Ground, chosen: Sequence[int] | None = None) -> Scorer:
    """A scorer from the examples chosen (all by default), in two rounds."""
    examples = [ground.examples[i] for i in (range(len(ground.examples)) if chosen is None else chosen)]
    with threadpool_limits(1):  # small vectors: threads only wait for one another
        first = _fit(ground.elements, examples)
        return _fit(ground.elements, [_resolved(e, first) for e in examples])


def _resolved(example: Example, scorer: Scorer) -> Example:
    """The example with each `one_of` given to its likeliest element."""
    if not example.one_of:
        return example
    likely = dict(zip(scorer.elements, scorer.score([example.features])[0][0], strict=True))
    chosen = {max(keys, key=likely.__getitem__) for keys in example.one_of}
    about = example.about | chosen
    return replace(example, about=about, unknown=example.unknown - about)


def _fit(elements: Sequence[str], examples: Sequence[Example]) -> Scorer:
    vocabulary, idf = _vocabulary(examples)
    matrix = _matrix(examples, vocabulary, idf)
    topic = np.zeros((len(vocabulary), len(elements)), dtype=np.float32)
    bias = np.zeros(len(elements), dtype=np.float32)
    for column, key in enumerate(elements):
        rows = np.array([i for i, e in enumerate(examples) if key not in e.unknown])
        y = np.array([key in examples[i].about for i in rows])
        weights = np.array([_weight(examples[i], key) for i in rows])
        if y.sum() < 3:
            bias[column] = -10
            continue
        weights[y] *= max(1.0, 0.5 * weights[~y].sum() / weights[y].sum()) ** 0.7
        model = LogisticRegression(C=40.0, solver="liblinear", tol=0.01, random_state=SEED).fit(
            matrix[rows], y, sample_weight=weights
        )
        topic[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    rows = np.array([i for i, e in enumerate(examples) if e.state is not None])
    labels = np.array([examples[i].state for i in rows])
    states = LogisticRegression(C=20.0, max_iter=300, random_state=SEED).fit(matrix[rows], labels)
    return Scorer(vocabulary, idf, tuple(elements), topic, bias, states.coef_.T.astype(np.float32),
                  states.intercept_.astype(np.float32))  # fmt: skip


def _weight(example: Example, key: str) -> float:
    """Near misses of the element itself teach more than passages of other matters."""
    return 3.0 if example.own == key else example.weight


def _vocabulary(examples: Sequence[Example]) -> tuple[dict[str, int], np.ndarray]:
    counts: dict[str, int] = {}
    for example in examples:
        for name in example.features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, c in counts.items() if c >= LEAST)
    idf = np.array([1.0 + np.log(len(examples) / counts[n]) for n in names], dtype=np.float32)
    return {n: i for i, n in enumerate(names)}, idf


def _matrix(examples: Sequence[Example], vocabulary: dict[str, int], idf: np.ndarray) -> csr_matrix:
    columns, values, starts = [], [], [0]
    for example in examples:
        mine = np.array(sorted(vocabulary[n] for n in example.features if n in vocabulary), dtype=np.int64)
        weights = idf[mine]
        norm = np.sqrt((weights**2).sum()) or 1.0
        columns.append(mine)
        values.append(weights / norm)
        starts.append(starts[-1] + len(mine))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(examples), len(vocabulary)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    ground = read_ground(load_library())
    scorer = train(ground)
    scorer.save(args.out)
    print(f"{len(ground.examples)} passages, {len(scorer.vocabulary)} features, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
