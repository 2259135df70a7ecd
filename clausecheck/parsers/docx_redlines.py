"""Tracked changes one by one: which marks make one change, and the file as if a change had never been made.

A change is a stretch of words that one author inserted or deleted within a paragraph: what replaces and
what is replaced belong together. A move is one change, wherever its two ends stand.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from lxml.etree import _Element

from clausecheck.parsers.docx_xml import attribute, find, local, w

NONE: frozenset[str] = frozenset()
KEY = "redline"  # attribute that carries the number while the file is read
_WORDS = (w("t"), w("delText"))
_MARKS = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
_NO_WORDS = frozenset({"rPr", "numPr"})  # the mark of a paragraph or of its number


@dataclass
class Redlines:
    """Gives each change of a file its number, in the order of the file; several parts count on."""

    count: int = 0
    moves: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, root: _Element) -> None:
        """Write the numbers on the marks of a part."""
        author: str | None = None  # of the stretch that may go on
        for element in root.iter(w("p"), *_WORDS, *_MARKS):
            if element.tag == w("p"):
                author = None
            elif element.tag in _WORDS:
                author = author if author is None or _is_tracked(element) else None
            elif _parent(element) not in _NO_WORDS:
                author = self._number(element, author)

    def _number(self, element: _Element, going_on: str | None) -> str | None:
        author = attribute(element, "author") or ""
        if local(element).startswith("move"):
            number = self.moves.setdefault((author, attribute(element, "date") or ""), self.count + 1)
            self.count = max(self.count, number)
            element.set(KEY, str(number))
            return None
        row = _parent(element) == "trPr"
        if row or author != going_on:
            self.count += 1
        element.set(KEY, str(self.count))
        return None if row else author


def undo(root: _Element, keys: Set[str]) -> None:
    """Take changes back in a part whose marks are numbered; the others stay as they are."""
    if not keys:
        return
    for element in [e for e in root.iter(*_MARKS) if e.get(KEY) in keys]:
        if _parent(element) == "trPr":
            _undo_row(element)
        elif _parent(element) not in _NO_WORDS:
            _undo_words(element)


def _undo_row(mark: _Element) -> None:
    row = next(mark.iterancestors(w("tr")), None)
    if row is None:
        return
    if local(mark) == "ins":
        _remove(row)
        return
    _remove(mark)
    for element in list(row.iter(w("del"))):
        if attribute(element, "author") == attribute(mark, "author"):
            _undo_words(element)


def _undo_words(element: _Element) -> None:
    if local(element) in ("ins", "moveTo"):
        _remove(element)
        return
    # A wrapper of no known name is looked into; its words must then be words that are there.
    author = attribute(element, "author")
    element.tag = w("smartTag")
    for text in element.iter(w("delText")):
        text.tag = w("t")
    for paragraph in element.iterancestors(w("p")):
        mark = find(paragraph, "pPr", "rPr", "del")
        if mark is None:
            mark = find(paragraph, "pPr", "rPr", "moveFrom")
        if mark is not None and attribute(mark, "author") == author:
            _remove(mark)
        return


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _parent(element: _Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent)


def _is_tracked(element: _Element) -> bool:
    """Whether words stand within a mark of their own paragraph."""
    for above in element.iterancestors():
        if above.tag in _MARKS:
            return True
        if above.tag == w("p"):
            return False
    return False
