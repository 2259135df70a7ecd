"""Which lines a regular expression can match at all: the literal characters that every match must hold.

Trying each of a thousand patterns on every line is most of the matcher's time; nearly all of them
need a word that the line does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 8  # strings of a part that are put together with those of the next; more are only alternatives
_MOST_OF_RANGE = 10  # characters: 0-9
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_ASSERTIONS = (sre.ASSERT, sre.ASSERT_NOT)
_BOUNDARIES = (sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY)
_NARROW = (sre.CATEGORY_DIGIT, sre.CATEGORY_WORD, sre.CATEGORY_NOT_SPACE)
_SAME_LETTER = str.maketrans("ıſ", "is")  # to re.IGNORECASE they are these

Words = frozenset[str]
# All strings that a part can match, or None if they are many or unknown; then the groups of words in every match.
_Found = tuple[Words | None, list[Words]]
_EMPTY: Words = frozenset({""})


@dataclass(frozen=True, slots=True)
class Needs:
    """What a pattern needs of a line.

    groups    of each, the line must hold a word; a word is given as its pairs of characters
    one_line  a match never hangs on what stands before or behind its line
    """

    groups: tuple[tuple[tuple[str, ...], ...], ...]
    one_line: bool

    @classmethod
    def of(cls, pattern: str, flags: int = 0) -> Needs:
        """What `pattern` needs; re.error if it is none."""
        tree = _parser.parse(pattern, flags)
        exact, found = _sequence(tree)
        groups = sorted({exact or _EMPTY, *found} - {_EMPTY}, key=lambda g: (len(g), sorted(g)))
        groups = [g for g in groups if "" not in g]
        return cls(tuple(tuple(_pairs(w) for w in sorted(g)) for g in groups), not _leaves_line(tree))


class Lines:
    """The lines of a lower-case text, and which of them hold a pair of characters; a set of lines is a bit mask."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = []
        self._holding: dict[str, int] = {}
        at = 0
        for number, line in enumerate(text.translate(_SAME_LETTER).split("\n")):
            self.spans.append((at, at + len(line)))
            for key in {*line, *map("".join, pairwise(line))}:
                self._holding[key] = self._holding.get(key, 0) | 1 << number
            at += len(line) + 1

    def that_may_match(self, needs: Needs) -> list[tuple[int, int]]:
        """Spans in which the pattern is to be tried, in order; the whole text where one line is not enough."""
        every = (1 << len(self.spans)) - 1
        mask = every
        for group in needs.groups:
            held = self._holding_one(group, mask)
            if not held:
                return []
            mask = held if needs.one_line else every
        return [(0, self.spans[-1][1])] if mask == every else [self.spans[n] for n in _bits(mask)]

    def _holding_one(self, group: tuple[tuple[str, ...], ...], mask: int) -> int:
        """Those of the lines in `mask` that hold one of the words."""
        held = 0
        for word in group:
            lines = mask
            for pair in word:
                lines &= self._holding.get(pair, 0)
                if not lines:
                    break
            held |= lines
        return held


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _pairs(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map("".join, pairwise(word)))) or (word,)


def _sequence(tree: Any) -> _Found:
    """What the strings are that a sequence of nodes matches, or which words they all hold."""
    run = _EMPTY
    groups: list[Words] = []
    whole = True
    for node in tree.data:
        exact, inside = _node(node)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset([a + b for a in run for b in exact]) if len(exact) > 1 or "" not in exact else run
            continue
        if "" not in run:
            groups.append(run)
        whole, run = False, exact or _EMPTY
        groups += inside
    if whole:
        return run, []
    if "" not in run:
        groups.append(run)
    return None, groups


def _node(node: Any) -> _Found:
    kind, value = node
    if kind is sre.LITERAL:
        letter = chr(value).lower()
        return (frozenset({letter}) if len(letter) == 1 and letter != "\n" else None), []
    if kind is sre.RANGE and value[1] - value[0] < _MOST_OF_RANGE and value[0] > ord("\n"):
        return frozenset(chr(c).lower() for c in range(value[0], value[1] + 1)), []
    if kind is sre.IN:
        return _any_of([_node(n) for n in value])
    if kind is sre.BRANCH:
        return _any_of([_sequence(b) for b in value[1]])
    if kind is sre.SUBPATTERN:
        return _sequence(value[-1])
    if kind in _REPEATS:
        return _repeated(*value)
    if kind is sre.ATOMIC_GROUP:
        return _sequence(value)
    return (_EMPTY if kind in _ASSERTIONS or (kind is sre.AT and value in _BOUNDARIES) else None), []


def _repeated(least: int, most: int, tree: Any) -> _Found:
    exact, groups = _sequence(tree)
    if least == 0:
        return (exact | _EMPTY if exact is not None and most == 1 else None), []
    if exact is None or most == 1:
        return exact, groups
    return None, [] if "" in exact else [exact]


def _any_of(parts: list[_Found]) -> _Found:
    exact = [e for e, _ in parts if e is not None]
    if len(exact) == len(parts):
        words = frozenset().union(*exact)
        return (words, []) if len(words) <= _MOST else (None, [] if "" in words else [words])
    best = [max(groups, key=_selective, default=_EMPTY) if e is None else e for e, groups in parts]
    return None, [] if any("" in b for b in best) else [frozenset().union(*best)]


def _selective(words: Words) -> tuple[int, int]:
    return min(map(len, words)), -len(words)


def _leaves_line(tree: Any) -> bool:
    """Whether a part can match a line feed or asks for the beginning or end of the text."""
    return any(_node_leaves_line(node) for node in tree.data)


def _node_leaves_line(node: Any) -> bool:
    kind, value = node
    if kind is sre.AT:
        return value not in _BOUNDARIES
    if kind in (sre.LITERAL, sre.NOT_LITERAL):
        return (value == 10) is (kind is sre.LITERAL)
    if kind is sre.IN:
        return _class_holds_feed(value)
    if kind is sre.BRANCH:
        return any(_leaves_line(b) for b in value[1])
    if kind is sre.ANY:
        return False
    if kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP, *_REPEATS, *_ASSERTIONS):
        return _leaves_line(value if kind is sre.ATOMIC_GROUP else value[-1])
    return True


def _class_holds_feed(members: list[Any]) -> bool:
    negated = members[0][0] is sre.NEGATE
    holds = any(
        (kind is sre.LITERAL and value == 10)
        or (kind is sre.RANGE and value[0] <= 10 <= value[1])
        or (kind is sre.CATEGORY and value not in _NARROW)
        for kind, value in members
    )
    # Of a negated class only a plain line feed is sure to keep it out.
    return not any(k is sre.LITERAL and v == 10 for k, v in members) if negated else holds
