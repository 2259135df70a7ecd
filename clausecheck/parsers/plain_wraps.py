"""Text whose paragraphs a program has broken into lines of one width: the lines are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from clausecheck.parsers.pdf_lines import join_texts
from clausecheck.parsers.pdf_paragraphs import begins_item

WIDEST = 132  # columns; a Chinese character takes two
_NARROWEST = 40
_SLACK = 4  # columns by which lines of one width differ: punctuation does not begin a line
_LEAST = 5  # broken lines from which a file is taken to be broken
_SHARE = 0.6  # of the full lines: those that end inside a sentence
_TOKEN = re.compile(r"[!-~]+|.")
_FINAL = re.compile(r"[。；：！？.;:!?|][」』）)\"'”’]*$")


def unwrapped(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Each paragraph with the number, from 1, of its first line; blank lines stay.

    A file stays as it is unless no line, rows aside, is wider than 132 columns and the full ones mostly
    end inside a sentence.
    """
    numbered = list(enumerate((line.rstrip() for line in lines), start=1))
    limit = max((_columns(t) for _, t in numbered if "|" not in t), default=0)
    if not _NARROWEST <= limit <= WIDEST or not _is_broken([t for _, t in numbered], limit):
        return list(enumerate(lines, start=1))
    joined: list[tuple[int, str]] = []
    before = ""
    for number, text in numbered:
        if joined and _is_full(before, text, limit) and not _begins(joined[-1][1], text):
            joined[-1] = (joined[-1][0], join_texts(joined[-1][1], text.lstrip()))
        else:
            joined.append((number, text))
        before = text
    return joined


def _is_broken(texts: Sequence[str], limit: int) -> bool:
    full = [a for a, b in pairwise(texts) if _is_full(a, b, limit)]
    broken = sum(not _FINAL.search(text) for text in full)
    return broken >= _LEAST and broken >= _SHARE * len(full)


def _is_full(text: str, following: str, limit: int) -> bool:
    """The next word has no room on the line."""
    token = _TOKEN.match(following.lstrip())
    return bool(text.strip() and token) and _columns(text + (token[0] if token else "")) > limit - _SLACK


def _begins(before: str, text: str) -> bool:
    """A new paragraph begins behind a full line: an item, a row, or anything behind a full stop.

    A sentence that ends where the line ends may go on in the same paragraph: cut or joined there, nothing is lost.
    """
    return before.endswith(("。", "！", "？")) or "|" in before or "|" in text or begins_item(before, text.lstrip())


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
