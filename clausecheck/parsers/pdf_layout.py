"""The order in which a page is read: columns, tables between text, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_lines import Line, Run, lines_of
from clausecheck.parsers.pdf_tables import Table

_MIN_ROWS = 4  # lines on each side that make two columns
_PROSE = 0.7  # a line this much of its column's width is a line of running text
_DRAWN_RULE = re.compile(r"[-=\s]{4,}")  # typewriter underlining; "____" is a blank to fill in
_FOOTNOTE = re.compile(r"\s*(?:[\d¹²³⁴-⁹]{1,3}(?![\d.、)）])|[*†‡＊※]+|\[\d+\]|註\s*[\d一二三四五六七八九十]*\s*[:：])")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one column, with its margins; `whole` says that it is as wide as the page's text."""

    lines: tuple[Line, ...]
    left: float
    right: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A run or a table in the search for columns."""

    x0: float
    top: float
    x1: float
    bottom: float
    run: Run | None = None
    table: Table | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def reading_order(runs: Iterable[Run], tables: Iterable[Table]) -> list[Region | Table]:
    """The regions and tables of a page in the order in which they are read."""
    boxes = [Box(r.x0, r.top, r.x1, r.bottom, run=r) for r in runs]
    boxes += [Box(*t.box, table=t) for t in tables]
    if not boxes:
        return []
    items: list[Region | Table] = []
    groups = _columns(boxes)
    for group in groups:
        items += _parted(group, len(groups) == 1 or _width(group) > 0.8 * _width(boxes))
    return items


def _width(boxes: list[Box]) -> float:
    return max(b.x1 for b in boxes) - min(b.x0 for b in boxes)


def _parted(group: list[Box], whole: bool) -> list[Region | Table]:
    """A column's text before, between and after its tables."""
    items: list[Region | Table] = []
    tables = sorted((b for b in group if b.table), key=lambda b: b.middle)
    runs = sorted((b for b in group if b.run), key=lambda b: b.middle)
    margins = (min(b.x0 for b in runs), max(b.x1 for b in runs)) if runs else (0.0, 0.0)
    for table in tables:
        before = [b for b in runs if b.middle < table.middle]
        runs = [b for b in runs if b.middle >= table.middle]
        items += _region(before, margins, whole)
        if table.table:
            items.append(table.table)
    return items + _region(runs, margins, whole)


def _region(boxes: list[Box], margins: tuple[float, float], whole: bool) -> list[Region | Table]:
    lines = [line for line in lines_of(b.run for b in boxes if b.run) if not _DRAWN_RULE.fullmatch(line.text)]
    return [Region(tuple(lines), *margins, whole)] if lines else []


def _columns(boxes: list[Box], depth: int = 0) -> list[list[Box]]:
    """Groups of boxes, each to be read from top to bottom before the next."""
    best: tuple[int, list[list[Box]]] = (0, [])
    if depth < 3:
        for x in _gutters(boxes):
            weight, groups = _split(boxes, x)
            if weight > best[0]:
                best = weight, groups
    if not best[0]:
        return [boxes]
    return [part for group in best[1] for part in (_columns(group, depth + 1) if len(group) < len(boxes) else [group])]


def _gutters(boxes: list[Box]) -> list[float]:
    """Places where a second column may begin: left edges that many boxes share."""
    left, width = min(b.x0 for b in boxes), _width(boxes)
    starts = Counter(round(b.x0 / 4) for b in boxes if 0.2 * width < b.x0 - left < 0.8 * width)
    found = []
    for start, count in starts.most_common(8):
        if count + starts[start - 1] + starts[start + 1] >= _MIN_ROWS:
            near = [b.x0 for b in boxes if abs(round(b.x0 / 4) - start) <= 1]
            found.append(min(near) - 1)
    return found


def _split(boxes: list[Box], x: float) -> tuple[int, list[list[Box]]]:
    """The boxes in reading order if `x` parts two columns, with the characters that stand in columns."""
    groups: list[list[Box]] = []
    weight = 0
    crossing = sorted((b for b in boxes if b.x0 < x - 1 and b.x1 > x + 1), key=lambda b: b.middle)
    sides = sorted((b for b in boxes if b not in crossing), key=lambda b: b.middle)
    stops = [b.middle for b in crossing] + [float("inf")]
    plain: list[Box] = []
    for index, stop in enumerate(stops):
        block = [b for b in sides if b.middle < stop]
        sides = sides[len(block) :]
        left, right = [b for b in block if b.x1 <= x + 1], [b for b in block if b.x1 > x + 1]
        if _are_columns(left, right):
            groups += [plain, left, right]
            plain = []
            weight += sum(len(b.run.text) for b in block if b.run)
        else:
            plain += block
        plain += crossing[index : index + 1]
    return weight, [g for g in [*groups, plain] if g]


def _are_columns(left: list[Box], right: list[Box]) -> bool:
    if min(len(left), len(right)) < _MIN_ROWS:
        return False
    top = max(min(b.top for b in side) for side in (left, right))
    bottom = min(max(b.bottom for b in side) for side in (left, right))
    least = min(max(b.bottom for b in side) - min(b.top for b in side) for side in (left, right))
    return bottom - top > 0.5 * least and _is_prose(left) and _is_prose(right)


def _is_prose(side: list[Box]) -> bool:
    lines = lines_of(b.run for b in side if b.run)
    if len(lines) < _MIN_ROWS:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    wide = [line for line in lines if line.x1 - line.x0 >= _PROSE * width]
    return len(wide) >= 0.5 * len(lines) and width >= 8 * median(line.size for line in lines)


def split_footnotes(runs: list[Run], rules: list[Rule], body_size: float) -> tuple[list[Run], list[Line]]:
    """The runs without the footnotes at the page's end, and the lines of the footnotes."""
    lines = lines_of(runs)
    rule = _footnote_rule(lines, rules)
    first = len(lines)
    smaller = (0.85 if rule is None else 0.95) * body_size
    while first and lines[first - 1].size <= smaller and (rule is None or lines[first - 1].top > rule - 2):
        first -= 1
    while first < len(lines) and not _FOOTNOTE.match(lines[first].text):
        first += 1
    if first in (0, len(lines)):
        return runs, []
    top = lines[first].top - 1
    gone = {id(r) for r in runs if (r.top + r.bottom) / 2 > top}
    return [r for r in runs if id(r) not in gone], lines[first:]


def _footnote_rule(lines: list[Line], rules: list[Rule]) -> float | None:
    """The height of the short rule above the footnotes."""
    if not lines:
        return None
    left, width = min(line.x0 for line in lines), max(line.x1 for line in lines) - min(line.x0 for line in lines)
    tops = [r.top for r in rules if r.level and abs(r.x0 - left) < 20 and 30 < r.x1 - r.x0 < 0.6 * width]
    return max((t for t in tops if t > lines[0].bottom and t < lines[-1].bottom), default=None)


def starts_footnote(text: str) -> bool:
    """Whether a line of footnotes begins a new one."""
    return bool(_FOOTNOTE.match(text))
