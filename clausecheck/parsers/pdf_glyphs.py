"""The characters of a page with their boxes, turned so that every line runs to the right.

Coordinates are points; x grows to the right and y downwards in the direction of reading, so that
sideways pages and vertical writing look like any other page to the modules after this one.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Direction = str  # right, left, up, down: where the next character of a line stands
Turn = Callable[[float, float], tuple[float, float]]

TURNS: dict[Direction, Turn] = {
    "right": lambda x, y: (x, -y),
    "left": lambda x, y: (-x, y),
    "up": lambda x, y: (y, x),
    "down": lambda x, y: (-y, -x),
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASCENT = 0.8  # of the type size above the base line
_SLANT = math.radians(8)
_SYMBOLS = {"\uf06f": "□", "\uf0a8": "□", "\uf0fe": "☑", "\uf052": "☑", "\uf0fd": "☒", "\uf053": "☒", "\uf0fc": "✓"}


class Glyph(NamedTuple):
    """A character; a line feed in place of one ends a line of the file's own order."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Mark(NamedTuple):
    """A character as the page holds it: box, origin and type size in page coordinates, angle in radians."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float
    angle: float
    drawn: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """glyphs in the file's own order; `aside` holds text at another angle, one string a line."""

    glyphs: list[Glyph]
    aside: list[str]
    turn: Turn
    bad: int
    good: int


def page_text(textpage: pypdfium2.PdfTextPage) -> PageText:
    """The characters of a page in its main direction; what runs otherwise is set aside."""
    marks = _marks(textpage)
    quarters = _by_quarter(marks)
    directions = {quarter: _direction(group) for quarter, group in quarters.items() if quarter is not None}
    sizes: Counter[Direction] = Counter()
    for quarter, direction in directions.items():
        sizes[direction] += 1 + sum(m.drawn for m in quarters[quarter])
    main = sizes.most_common(1)[0][0] if sizes else "right"
    glyphs = [
        _turned(m, TURNS[main], vertical=q == 0 and d == "down")
        for q, d in directions.items() if d == main
        for m in quarters[q]
    ]  # fmt: skip
    aside = [t for q, group in quarters.items() if q is None or directions[q] != main for t in _strings(group)]
    chars = Counter([m.char for m in marks if m.drawn])
    bad = sum(n for char, n in chars.items() if _is_bad(char))
    good = sum(n for char, n in chars.items() if not char.isspace()) - bad
    return PageText(glyphs, aside, TURNS[main], bad, good)


def _marks(textpage: pypdfium2.PdfTextPage) -> list[Mark]:
    rect, matrix, raw = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    to_rect, to_matrix, to_x, to_y = (ctypes.byref(c) for c in (rect, matrix, x, y))
    marks, angle, size = [], 0.0, 0.0
    for index in range(textpage.count_chars()):
        char = _char(pdfium.FPDFText_GetUnicode(raw, index))
        drawn = pdfium.FPDFText_IsGenerated(raw, index) != 1
        if drawn:  # what PDFium adds has no type of its own
            pdfium.FPDFText_GetMatrix(raw, index, to_matrix)
            angle = math.atan2(matrix.b, matrix.a)
            size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        pdfium.FPDFText_GetCharOrigin(raw, index, to_x, to_y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, to_rect)
        box = rect.left, rect.bottom, rect.right, rect.top
        marks.append(Mark(char, *box, x.value, y.value, size, angle, drawn))
    return _with_surrogates_joined(marks)


@lru_cache(maxsize=1 << 16)
def _char(code: int) -> str:
    if code in (0x02, 0xFFFE, 0xAD):  # PDFium's marks for a hyphen at a line's end
        return "-"
    if code in (0x0A, 0x0D):
        return "\n"
    if code == 0 or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return _SYMBOLS.get(char, "•" if 0xF020 <= code <= 0xF0FF else char)


def _with_surrogates_joined(marks: list[Mark]) -> list[Mark]:
    if not _SURROGATE.search("".join([m.char for m in marks])):
        return marks
    out: list[Mark] = []
    for mark in marks:
        if out and "\ud800" <= out[-1].char <= "\udbff" and "\udc00" <= mark.char <= "\udfff":
            pair = (out[-1].char + mark.char).encode("utf-16", "surrogatepass").decode("utf-16")
            out[-1] = out[-1]._replace(char=pair)
        else:
            out.append(mark)
    return out


def _by_quarter(marks: list[Mark]) -> dict[int | None, list[Mark]]:
    """The marks by quarter turns of their angle; None holds slanting text."""
    groups: dict[int | None, list[Mark]] = {}
    quarter: int | None = 0
    angle: float | None = None
    for mark in marks:
        if mark.drawn and mark.angle != angle:
            angle = mark.angle
            quarter = _quarter(angle)
        groups.setdefault(quarter, []).append(mark)
    return groups


def _quarter(angle: float) -> int | None:
    turns = angle / (math.pi / 2)
    slant = abs(turns - round(turns)) * math.pi / 2 > _SLANT
    return None if slant else round(turns) % 4


def _direction(marks: list[Mark]) -> Direction:
    steps: Counter[Direction] = Counter()
    drawn = [m for m in marks if m.drawn and not m.char.isspace()]
    for a, b in pairwise(drawn):
        dx, dy = (b.left + b.right - a.left - a.right) / 2, (b.top + b.bottom - a.top - a.bottom) / 2
        reach = 2 * max(a.right - a.left, a.top - a.bottom, 1)
        across, along = abs(dy), abs(dx)
        if along > reach or across > reach or dx == dy == 0:
            continue
        if along >= across:
            steps["right" if dx > 0 else "left"] += 1
        else:
            steps["up" if dy > 0 else "down"] += 1
    return steps.most_common(1)[0][0] if steps else "right"


def _turned(mark: Mark, turn: Turn, vertical: bool) -> Glyph:
    """The character in reading coordinates.

    Its height comes from the base line and the size of the type: the boxes of fonts that are not
    embedded are as high as the single character. Vertical writing has no base line.
    """
    xa, ya = turn(mark.left, mark.bottom)
    xb, yb = turn(mark.right, mark.top)
    x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
    top, bottom = (ya, yb) if ya <= yb else (yb, ya)
    if not vertical and 0.4 * (bottom - top) < mark.size < 4 * (bottom - top):
        base = turn(mark.x, mark.y)[1]
        top, bottom = base - _ASCENT * mark.size, base + (1 - _ASCENT) * mark.size
    return Glyph(mark.char, x0, top, x1, bottom)


def _strings(marks: list[Mark]) -> list[str]:
    lines = "".join(m.char for m in marks).split("\n")
    return [line.strip() for line in lines if line.strip()]


def _is_bad(char: str) -> bool:
    """No character that anybody writes: the font has no map to Unicode, or a wrong one."""
    code = ord(char)
    if char in "\n\t":
        return False
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000
