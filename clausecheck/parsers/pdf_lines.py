"""Characters to runs, runs to lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from clausecheck.parsers.pdf_glyphs import Glyph
from clausecheck.text import HAN

GAP = 1.0  # ems of empty space that end a run
_LEAST_BLANK = 0.04  # of the type's height, behind a number
WIDE_GAP = 1.5  # ems between two runs of a line that are shown as a wide blank
_NON_STARTERS = "，。、；：？！）」』》〉】〕％,.;:?!)%"
_OPENERS = "（「『《〈【〔("
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NO_WORDS: Counter[str] = Counter()
_KEPT_HYPHEN = frozenset({
    "third", "non", "self", "well", "co", "cross", "on", "off", "long", "short", "high", "low", "one", "two", "three",
    "year", "day", "month", "ex", "pre", "post", "real", "full", "part", "multi", "inter", "e",
})  # fmt: skip
_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?|\d{1,2}\.|[a-z]\.")
_PARTED = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$")
_ADDRESS = re.compile(r"(?:\S@\S+\.|://)\S*$")


@dataclass(frozen=True, slots=True)
class Run:
    """Text on one base line without a wide gap; `head` is the width of its first unbreakable piece."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    head: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column or cell; `starts` are the left edges of its runs."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    head: float
    size: float
    starts: tuple[float, ...] = ()


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The runs in the order of the file."""
    runs: list[Run] = []
    current: list[Glyph] = []
    drawn: Glyph | None = None  # the last of `current` that is no blank
    for glyph in glyphs:
        if glyph.char == "\n":
            _flush(current, runs)
            drawn = None
        elif glyph.char.isspace():
            if current:
                current.append(glyph)
        else:
            if drawn and not _follows(drawn, current[-1], glyph):
                _flush(current, runs)
                drawn = None
            if not drawn or not _is_double(drawn, glyph):
                current.append(glyph)
                drawn = glyph
    _flush(current, runs)
    return _without_doubles(runs)


def _without_doubles(runs: list[Run]) -> list[Run]:
    """The runs without those printed a second time at nearly the same place."""
    seen: dict[str, list[Run]] = {}
    kept = []
    for run in runs:
        near = 0.2 * max(run.size, 1.0)
        same = seen.setdefault(run.text, [])
        if not any(abs(r.x0 - run.x0) < near and abs(r.top - run.top) < near for r in same):
            kept.append(run)
            same.append(run)
    return kept


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines from top to bottom, each from left to right."""
    return [_line(row) for row in rows_of(runs)]


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line from left to right, the lines from top to bottom."""
    rows: list[_Row] = []
    for run in sorted(runs, key=lambda r: (r.top + r.bottom, r.x0)):
        row = next((row for row in reversed(rows[-4:]) if row.takes(run)), None)
        if row is None:
            rows.append(_Row([run], run.top, run.bottom, run.size))
        else:
            row.add(run)
    return [sorted(row.runs, key=lambda r: (r.x0, r.order)) for row in rows]


@dataclass(slots=True)
class _Row:
    """A line as it grows; `size` is that of its largest run."""

    runs: list[Run]
    top: float
    bottom: float
    size: float

    def takes(self, run: Run) -> bool:
        """Whether a run stands on this line."""
        if run.top >= self.bottom or run.bottom <= self.top:
            return False
        size = run.size
        small = max(min(self.size, size), 0.1)
        if min(self.bottom, run.bottom) - max(self.top, run.top) < 0.5 * small or max(self.size, size) > 2.2 * small:
            return False
        return all(run.x0 >= r.x1 - 0.5 * small or run.x1 <= r.x0 + 0.5 * small for r in self.runs)

    def add(self, run: Run) -> None:
        """Put a run on this line."""
        self.runs.append(run)
        self.top, self.bottom = min(self.top, run.top), max(self.bottom, run.bottom)
        self.size = max(self.size, run.size)


def _follows(drawn: Glyph, last: Glyph, glyph: Glyph) -> bool:
    _, _, top, end, bottom = drawn
    _, x0, its_top, _, its_bottom = glyph
    small, em = bottom - top, its_bottom - its_top
    if small > em:
        small, em = em, small
    em, small = max(em, 1.0), max(small, 0.1)
    if min(bottom, its_bottom) - max(top, its_top) < 0.4 * small or em > 2.2 * small:
        return False
    ahead = x0 >= end - 0.5 * em or _is_same_box(drawn, glyph)
    return ahead and x0 - max(end, last.x1) <= GAP * em


def _is_same_box(a: Glyph, b: Glyph) -> bool:
    """The letters of one ligature (ff, fi) share its box."""
    return a.x0 == b.x0 and a[1:] == b[1:] and a.char in "filst" and b.char in "filst"


def _is_double(drawn: Glyph, glyph: Glyph) -> bool:
    """The same character printed twice with a small shift to make it look bold."""
    if glyph.char != drawn.char or _is_same_box(drawn, glyph):
        return False
    near = min(0.2 * max(glyph.height, 1.0), 0.5 * (glyph.x1 - glyph.x0))  # "ll" is narrow
    return abs(glyph.x0 - drawn.x0) < near and abs(glyph.top - drawn.top) < near


def _flush(glyphs: list[Glyph], runs: list[Run]) -> None:
    """Ends the run that has grown, if any."""
    if glyphs:
        runs.append(_run(glyphs, len(runs)))
    glyphs.clear()


def _run(glyphs: list[Glyph], order: int) -> Run:
    drawn = [g for g in glyphs if not g.char.isspace()]
    text, last, last_height = "", drawn[0], drawn[0].height
    heights = []
    for glyph in glyphs:
        if glyph.char.isspace():
            text += glyph.char
            continue
        height = glyph.bottom - glyph.top
        heights.append(height)
        if glyph.x0 - last.x1 > _LEAST_BLANK * height:
            text += _blank_before(text, last, glyph)
        if height < 0.8 * last_height:
            text += _shown_smaller(glyph, last)
        else:
            text += glyph.char
            last, last_height = glyph, height
    height = median(heights)
    middle = median([g.top + g.bottom for g in drawn]) / 2
    x0, x1 = min([g.x0 for g in drawn]), max([g.x1 for g in drawn])
    return Run(text.strip(), x0, middle - height / 2, x1, middle + height / 2, order, _head(glyphs))


def _shown_smaller(glyph: Glyph, last: Glyph) -> str:
    """The character; a raised digit stays raised, lest 「三十日」 with a note 2 become another number."""
    raised = glyph.bottom < last.bottom - 0.15 * last.height
    return glyph.char.translate(_RAISED) if raised else glyph.char


def _blank_before(text: str, last: Glyph, glyph: Glyph) -> str:
    if not text or text[-1].isspace():
        return ""
    gap = glyph.x0 - last.x1
    wordy = _WORD.match(last.char) and _WORD.match(glyph.char)
    # a number and its heading are often parted by less than a blank: "2.8.1General"
    least = _LEAST_BLANK if glyph.char.isalpha() and _LABEL.fullmatch(text) else 0.3
    return " " if wordy and gap > least * glyph.height else ""


def _head(glyphs: list[Glyph]) -> float:
    """Width of what cannot be parted at the beginning: a word, or a character with its punctuation."""
    first = end = glyphs[0]
    for glyph in glyphs[1:]:
        glued = (
            glyph.char in _NON_STARTERS or end.char in _OPENERS or (_WORD.match(end.char) and _WORD.match(glyph.char))
        )
        if not glued:
            break
        end = glyph
    return end.x1 - first.x0


def _line(row: list[Run]) -> Line:
    text = row[0].text
    for before, run in pairwise(row):
        text += _gap_text(before, run) + run.text
    longest = max(row, key=lambda r: len(r.text))
    return Line(
        text, row[0].x0, min(r.top for r in row), max(r.x1 for r in row), max(r.bottom for r in row),
        row[0].head, longest.size, tuple(r.x0 for r in row),
    )  # fmt: skip


def _gap_text(before: Run, run: Run) -> str:
    gap = (run.x0 - before.x1) / max(run.size, 1.0)
    if gap >= WIDE_GAP:
        return "  "
    return "" if gap < 0.2 else " "


def join_texts(before: str, after: str, words: Counter[str] = _NO_WORDS) -> str:
    """The text of two lines that follow each other: Chinese without a blank, words with one.

    A hyphen that parts a word goes; `words` (lower case, with hyphens) tell which one does.
    """
    if not before or not after or _ends_in_address(before):  # an address has no blanks
        return before + after
    parted = _PARTED.search(before) if before.endswith("-") else None
    if parted:
        return _join_parted(before, after, parted.group(1), words)
    chinese = _is_wide(before[-1]) and _is_wide(after[0])
    return before + after if chinese else f"{before} {after}"


def _ends_in_address(text: str) -> bool:
    return ("@" in text or "://" in text) and bool(_ADDRESS.search(text))


def _join_parted(before: str, after: str, head: str, words: Counter[str]) -> str:
    tail = re.match(r"[a-z]+", after)
    if tail is None:
        return before + after
    whole, compound = (head + tail.group()).lower(), f"{head}-{tail.group()}".lower()
    keeps = words[compound] > 0 or "-" in head or head.lower() in _KEPT_HYPHEN
    return before + after if keeps and not words[whole] else before[:-1] + after


def _is_wide(char: str) -> bool:
    return bool(HAN.match(char)) or char in _NON_STARTERS[:14] + _OPENERS[:6] or "\u2e80" <= char <= "\u33ff"
