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
from typing import Any, NamedTuple

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
    rect, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    to_rect, to_x, to_y = (ctypes.addressof(c) for c in (rect, x, y))
    marks, angle, size, known = [], 0.0, 0.0, None
    for index in range(textpage.count_chars()):
        char = _char(_unicode(raw, index))
        drawn = not char.isspace() or _is_generated(raw, index) != 1  # PDFium adds blanks and line feeds alone
        if drawn:  # what PDFium adds has no type of its own
            text_object = _text_object(raw, index)
            if text_object != known or known is None:  # all characters of one share its type
                known = text_object
                pdfium.FPDFText_GetMatrix(textpage.raw, index, ctypes.byref(matrix))
                angle = math.atan2(matrix.b, matrix.a)
                size = pdfium.FPDFText_GetFontSize(textpage.raw, index) * math.hypot(matrix.c, matrix.d)
        _origin(raw, index, to_x, to_y)
        _loose_box(raw, index, to_rect)
        marks.append(Mark(char, rect.left, rect.bottom, rect.right, rect.top, x.value, y.value, size, angle, drawn))
    return _with_surrogates_joined(marks)


def _by_address(function: Any, result: Any, *more: Any) -> Callable[..., Any]:
    """A function of PDFium that takes plain addresses: called for each character, the usual types cost more than it."""
    kind = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *more)
    address: Any = ctypes.cast(function, ctypes.c_void_p).value
    return kind(address)


_unicode = _by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_is_generated = _by_address(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_text_object = _by_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_origin = _by_address(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_loose_box = _by_address(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)


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
    spots = [(m.left + m.right, m.top + m.bottom, 2 * max(m.right - m.left, m.top - m.bottom, 1)) for m in drawn]
    for (xa, ya, reach), (xb, yb, _) in pairwise(spots):
        dx, dy = (xb - xa) / 2, (yb - ya) / 2
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
    char, left, low, right, high, x, y, size, _, _ = mark
    xa, ya = turn(left, low)
    xb, yb = turn(right, high)
    x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
    top, bottom = (ya, yb) if ya <= yb else (yb, ya)
    if not vertical and 0.4 * (bottom - top) < size < 4 * (bottom - top):
        base = turn(x, y)[1]
        top, bottom = base - _ASCENT * size, base + (1 - _ASCENT) * size
    return Glyph(char, x0, top, x1, bottom)


def _strings(marks: list[Mark]) -> list[str]:
    lines = "".join(m.char for m in marks).split("\n")
    return [line.strip() for line in lines if line.strip()]


def _is_bad(char: str) -> bool:
    """No character that anybody writes: the font has no map to Unicode, or a wrong one."""
    code = ord(char)
    if char in "\n\t":
        return False
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000
