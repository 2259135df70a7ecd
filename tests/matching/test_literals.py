"""A pattern finds the same on the lines that hold its words as on the whole text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.library import load_library
from clausecheck.matching.literals import Lines, Needs
from clausecheck.matching.terms import Lexicon, Pattern

PATTERNS = [
    "ab", "a|b", "(?:ab|cd)e", "a[bc]d", "ab?c", "(?:ab)+c", "(?:ab)*c", "a{2,3}", "a[^\\nb]c", "a.c", "a\\sc", "^ab",
    "b$", "\\bab\\b", "(?<!a)b", "a(?!b)", "(?=ab)a", "[0-9]+b", "[^a]b", "(a)b\\1", "(?:|a)b", "(?>ab|a)c", "A[B-D]",
    "(?:a|b|c|d|0|1|2|3|4)(?:a|b)", "", "a*", "\\S\\S", "\\W", "is", "(?:a\\nb|c)", "[a-c]\\d", "a??b",
    "(?:a|)(?:b|c)d",
]  # fmt: skip
TEXTS = st.lists(st.text(alphabet="abcd01 isıſ", max_size=8), min_size=1, max_size=6).map("\n".join)


@pytest.mark.parametrize("words", PATTERNS)
@settings(max_examples=40)
@given(text=TEXTS)
def test_nothing_is_missed(words: str, text: str) -> None:
    pattern = Pattern("word", words, re.IGNORECASE)
    assert pattern.spans(text, Lines(text)) == [m.span() for m in re.finditer(words, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("words", "least"),
    [("ab", {"ab"}), ("x(?:ab|cd)", {"xab", "xcd"}), ("[ab]{3}c", {"c"}), ("(?:ab)*c", {"c"}), ("ab?c", {"ac", "abc"})],
)
def test_the_words_of_a_pattern_are_known(words: str, least: set[str]) -> None:
    pairs = {tuple(a + b for a, b in pairwise(w)) or (w,) for w in least}
    assert pairs in [set(group) for group in Needs.of(words).groups]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nearly_every_pattern_of_the_library_needs_a_word(language: str) -> None:
    patterns = Lexicon(spacy.blank(language), load_library().terms).patterns
    assert len(patterns) > 900
    assert sum(not p.needs.groups or not p.needs.one_line for p in patterns) < 0.02 * len(patterns)
