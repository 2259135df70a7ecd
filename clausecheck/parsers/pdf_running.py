"""Headers, footers, page numbers and watermarks: what repeats from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from clausecheck.parsers.pdf_lines import Run, rows_of
from clausecheck.parsers.pdf_tables import Table

Edge = Literal["header", "footer"]

_DEPTH = 6  # lines from the edge that can be running
_SHARE = 0.4  # of the pages: odd and even pages may differ, title pages have none
_DRIFT = 12.0  # points that a running line may move
_WORDY = re.compile(r"[^\W\d_]{3}")
_PAGE_NUMBER = re.compile(
    r"(?:第?\s*[\d一二三四五六七八九十〇○]+\s*頁\s*[,，/／、]?\s*[（(]?\s*(?:共|計|全)\s*[\d一二三四五六七八九十]+\s*頁\s*[)）]?"
    r"|第\s*[\d一二三四五六七八九十]+\s*頁"
    r"|共\s*\d+\s*頁\s*[,，/／之]?\s*第\s*\d+\s*頁"
    r"|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—~]\s*\d+\s*[-–—~]|\d+\s*/\s*\d+)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[A-Z]{0,3}\s*[-–—]?\s*\d{1,4}\s*[-–—]?|[ivxlc]{1,7}", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:第\s*[\d一二三四五六七八九十百]+\s*[條章節款項]|附[件表錄]|article|section|clause|exhibit|schedule|annex|appendix)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class PageParts:
    """What stands on a page before its running lines are known."""

    number: int
    runs: list[Run]
    tables: list[Table]
    slanting: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line or a whole table near a page's edge."""

    page: int
    text: str
    top: float
    runs: tuple[Run, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Running text, once."""

    part: Edge
    page: int
    text: str


def take_running(pages: list[PageParts]) -> list[Aside]:
    """Takes the running text out of the pages and returns each once."""
    asides = _take_watermarks(pages)
    units = {page.number: _units(page) for page in pages}
    edges: tuple[Edge, Edge] = ("header", "footer")
    for edge in edges:
        near = {n: (u[:_DEPTH] if edge == "header" else u[::-1][:_DEPTH]) for n, u in units.items()}
        running = _repeated([u for us in near.values() for u in us], len(pages))
        for page in pages:
            taken = _from_edge(near[page.number], running)
            asides += [Aside(edge, page.number, u.text) for u in sorted(taken, key=lambda u: u.top)]
            _remove(page, taken)
            units[page.number] = [u for u in units[page.number] if u not in taken]
    return _once(asides)


def _units(page: PageParts) -> list[_Unit]:
    units = [
        _Unit(page.number, "  ".join(r.text for r in row), min(r.top for r in row), tuple(row))
        for row in rows_of(page.runs)
    ]
    for table in page.tables:
        text = " ".join(cell for row in table.rows for cell in row)
        units.append(_Unit(page.number, text, table.box[1], (), table))
    return sorted(units, key=lambda u: u.top)


def _from_edge(units: list[_Unit], running: set[int]) -> list[_Unit]:
    """The running lines that reach the edge without a gap."""
    taken: list[_Unit] = []
    for unit in units:
        alone = unit.table is None and not taken and _PAGE_NUMBER.fullmatch(unit.text.strip())
        if id(unit) not in running and not alone:
            break
        taken.append(unit)
    return taken


def _remove(page: PageParts, units: list[_Unit]) -> None:
    gone = {id(r) for u in units for r in u.runs} | {id(u.table) for u in units if u.table}
    page.runs = [r for r in page.runs if id(r) not in gone]
    page.tables = [t for t in page.tables if id(t) not in gone]


def _repeated(units: list[_Unit], pages: int) -> set[int]:
    """The ids of the units that repeat on enough pages at one height."""
    groups: dict[Hashable, list[_Unit]] = defaultdict(list)
    for unit in units:
        for key in _keys(unit):
            groups[key].append(unit)
    found: set[int] = set()
    for key, group in groups.items():
        at = median(u.top for u in group)
        near = {u.page for u in group if abs(u.top - at) <= _DRIFT}
        counted = isinstance(key, tuple) and key[0] == "bare"
        least = 2 if counted else max(2, _SHARE * pages)
        # text that ends at any height carries its footer with it; that takes more pages to believe
        wordy = counted or _WORDY.search(group[0].text)
        if wordy and len({u.page for u in group}) >= max(3, least):
            found |= {id(u) for u in group}
        elif len(near) >= least:
            found |= {id(u) for u in group if u.page in near}
    return found


def _keys(unit: _Unit) -> list[Hashable]:
    """What must be equal for two lines to be the same running line.

    The words, and each number either as it is or as its distance to the number of the page.
    """
    text = " ".join(unit.text.split())
    numbers = [int(n) for n in _NUMBER.findall(text)[:6]]
    if _BARE.fullmatch(text):
        value = numbers[0] if numbers else _roman(text.lower())
        return [("bare", _NUMBER.sub("#", text) if numbers else "roman", value - unit.page)]
    keys: list[Hashable] = [text]
    if numbers and not _LABEL.match(text):
        shape = _NUMBER.sub("#", text)
        for index, number in enumerate(numbers):
            rest = tuple(n for i, n in enumerate(numbers) if i != index)
            keys.append(("numbered", shape, index, number - unit.page, rest))
    return keys


def _roman(text: str) -> int:
    values = [_ROMAN.get(c, 0) for c in text]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def _take_watermarks(pages: list[PageParts]) -> list[Aside]:
    asides = []
    slanting: dict[str, list[PageParts]] = defaultdict(list)
    for page in pages:
        for text in page.slanting:
            slanting[text].append(page)
    for text, holders in slanting.items():
        if len({p.number for p in holders}) >= max(2, _SHARE * len(pages)):
            asides.append(Aside("header", holders[0].number, text))
            for page in holders:
                page.slanting = [t for t in page.slanting if t != text]
    return asides + _take_upright_watermarks(pages)


def _take_upright_watermarks(pages: list[PageParts]) -> list[Aside]:
    """Large text at one place of nearly every page."""
    sizes = [r.size for p in pages for r in p.runs]
    if len(pages) < 3 or not sizes:
        return []
    large = 1.5 * median(sizes)
    groups: dict[tuple[str, int, int], list[tuple[PageParts, Run]]] = defaultdict(list)
    for page in pages:
        for run in page.runs:
            if run.size >= large:
                groups[run.text, round(run.x0 / 4), round(run.top / 4)].append((page, run))
    asides = []
    for (text, _, _), found in groups.items():
        if len({p.number for p, _ in found}) >= max(3, 0.6 * len(pages)):
            asides.append(Aside("header", found[0][0].number, text))
            for page, run in found:
                page.runs = [r for r in page.runs if r is not run]
    return asides


def _once(asides: list[Aside]) -> list[Aside]:
    seen: dict[tuple[str, str], Aside] = {}
    for aside in asides:
        seen.setdefault((aside.part, _NUMBER.sub("#", aside.text)), aside)
    return sorted(seen.values(), key=lambda a: (a.part, a.page))
