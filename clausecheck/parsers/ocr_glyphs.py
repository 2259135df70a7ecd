"""Recognised lines as the characters with boxes that every other PDF page has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from clausecheck.parsers.ocr_engine import Char, Quads
from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_glyphs import Glyph
from clausecheck.text import HAN, canonical

_TYPE = 0.8  # size of the type to the height of a line's box, where no Chinese shows it
_SHORT = 6.0  # ems
_MANY = 6  # Chinese characters from whose steps the size of the type can be seen
_SAME = 0.18  # lines whose heights differ by less are set in one size
_BLANK_LEAST = 2.0  # ems of a rule on the base line that is a blank to fill in
_STRUCK = 0.3  # confidence in what is crossed out: it may not be agreed
_FULL_WIDTH = "，。、；：？！）」』》〉】"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line with its box in points."""

    chars: tuple[Char, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return "".join(c.char for c in self.chars)

    @property
    def confidence(self) -> float:
        drawn = [c.confidence for c in self.chars if not c.char.isspace()]
        return sum(drawn) / len(drawn) if drawn else 0.0

    @property
    def ems(self) -> float:
        return (self.x1 - self.x0) / max(self.bottom - self.top, 1.0)


def lines_of_quads(quads: Quads, chars: list[list[Char]], scale: float) -> list[ReadLine]:
    """The lines in points, their boxes as high as their type."""
    lines = []
    for quad, line in zip(quads, chars, strict=True):
        x0, x1 = float(quad[:, 0].min()) / scale, float(quad[:, 0].max()) / scale
        top, bottom = (float(np.mean(quad[i, 1])) / scale for i in ([0, 1], [2, 3]))
        lines.append(ReadLine(tuple(line), x0, top, x1, bottom))
    return _with_even_sizes(lines)


def _with_even_sizes(lines: list[ReadLine]) -> list[ReadLine]:
    """The lines as high as their type: the boxes of one size differ, those of short lines most."""
    shares = [p / (x.bottom - x.top) for x in lines if (p := _pitch(x))]
    share = median(shares) if shares else _TYPE
    heights = [x.bottom - x.top for x in lines if x.ems > _SHORT]
    usual = median(heights) if heights else 0.0
    return [_as_high_as_type(x, share, usual) for x in lines]


def _as_high_as_type(line: ReadLine, share: float, usual: float) -> ReadLine:
    height = line.bottom - line.top
    same = _SAME * (1 if line.ems > _SHORT else 2 if line.ems > _SHORT / 2 else 3)
    size = share * (usual if abs(height - usual) <= same * usual else height)
    middle = (line.top + line.bottom) / 2
    return replace(line, top=middle - size / 2, bottom=middle + size / 2)


def _pitch(line: ReadLine) -> float:
    """The usual step from one Chinese character to the next, or 0 in a line of few or spaced ones."""
    steps = [
        (b.at - a.at) * (line.x1 - line.x0) for a, b in pairwise(line.chars) if HAN.match(a.char) and HAN.match(b.char)
    ]
    pitch = median(steps) if len(steps) >= _MANY else 0.0
    height = line.bottom - line.top
    return pitch if 0.6 * height < pitch < 1.1 * height else 0.0


def glyphs_of(lines: list[ReadLine]) -> list[Glyph]:
    """The characters of all lines, a line feed after each line."""
    glyphs: list[Glyph] = []
    for line in lines:
        glyphs += _line_glyphs(line)
        glyphs.append(Glyph("\n", line.x1, line.top, line.x1, line.bottom))
    return glyphs


def _line_glyphs(line: ReadLine) -> list[Glyph]:
    width, em = line.x1 - line.x0, line.bottom - line.top
    middles = [line.x0 + c.at * width for c in line.chars]
    glyphs = []
    for i, char in enumerate(line.chars):
        reach = _reach(char.char) * em
        left, right = middles[i] - reach, middles[i] + reach
        if i:
            left = max(left, (middles[i - 1] + middles[i]) / 2)
        if i + 1 < len(middles):
            right = min(right, (middles[i] + middles[i + 1]) / 2)
        elif char.char in _FULL_WIDTH:  # its ink stands at the left of its square
            right = middles[i] + 0.75 * em
        if char.char == "_" and "_" not in line.text[max(0, i - 1) : i] + line.text[i + 1 : i + 2]:
            # the recogniser gives a short blank one alone, which would be no blank
            glyphs.append(Glyph("_", left, line.top, middles[i], line.bottom))
            left = middles[i]
        glyphs.append(Glyph(char.char, left, line.top, max(left, right), line.bottom))
    return glyphs


def _reach(char: str) -> float:
    """Half the width of a character in ems; letters and digits reach to the next, blanks are read as such."""
    return 1.0 if char == "_" else 0.5 if char >= "\u2e80" or char.isalnum() else 0.3


def blanks_to_fill(lines: list[ReadLine], rules: list[Rule]) -> list[Glyph]:
    """「____」 for each level rule that stands alone beside text, with nothing written above it."""
    uprights = [r for r in rules if not r.level]
    glyphs: list[Glyph] = []
    for rule in (r for r in rules if r.level):
        beside = [x for x in lines if x.top < rule.bottom <= x.bottom + 0.5 * (x.bottom - x.top)]
        if not beside or any(_meets(rule, u) for u in uprights):
            continue
        line = min(beside, key=lambda x: abs(x.bottom - rule.bottom))
        em = line.bottom - line.top
        written = any(rule.x0 < (g.x0 + g.x1) / 2 < rule.x1 for x in beside for g in _line_glyphs(x))
        if _BLANK_LEAST * em <= rule.x1 - rule.x0 and not written:
            count = round((rule.x1 - rule.x0) / (0.5 * em))
            step = (rule.x1 - rule.x0) / count
            glyphs += [
                Glyph("_", rule.x0 + i * step, line.top, rule.x0 + (i + 1) * step, line.bottom) for i in range(count)
            ]
            glyphs.append(Glyph("\n", rule.x1, line.top, rule.x1, line.bottom))
    return glyphs


def with_struck_unsure(lines: list[ReadLine], rules: list[Rule]) -> tuple[list[ReadLine], bool]:
    """The lines with little confidence in characters that a rule crosses, and whether there are any."""
    marked = [_struck(line, rules) for line in lines]
    return marked, any(a is not b for a, b in zip(marked, lines, strict=True))


def _struck(line: ReadLine, rules: list[Rule]) -> ReadLine:
    height = line.bottom - line.top
    through = [r for r in rules if r.level and 0.25 <= ((r.top + r.bottom) / 2 - line.top) / height <= 0.75]
    through = [r for r in through if not any(_meets(r, u) for u in rules if not u.level)]
    width = line.x1 - line.x0
    places = [line.x0 + c.at * width for c in line.chars]
    if not any(r.x0 < x < r.x1 for r in through for x in places):
        return line
    chars = (
        c._replace(confidence=_STRUCK) if any(r.x0 < x < r.x1 for r in through) else c
        for c, x in zip(line.chars, places, strict=True)
    )
    return replace(line, chars=tuple(chars))


def _meets(level: Rule, upright: Rule) -> bool:
    return level.x0 - 4 <= upright.x0 <= level.x1 + 4 and upright.top - 4 <= level.top <= upright.bottom + 4


def folded(lines: list[ReadLine]) -> list[ReadLine]:
    """Lines in canonical form, with 税, 内, 强 as 稅, 內, 強 where the page is written in traditional characters.

    The recogniser gives one running line stray blanks and half brackets on this page and none on the next.
    """
    lines = [replace(line, chars=_canonical(line)) for line in lines]
    if not _is_traditional("".join(line.text for line in lines)):
        return lines
    return [replace(line, chars=_folded(line)) for line in lines]


def _canonical(line: ReadLine) -> tuple[Char, ...]:
    form = canonical(line.text)
    return tuple(line.chars[o]._replace(char=c) for c, o in zip(form.text, form.offsets, strict=True))


def _folded(line: ReadLine) -> tuple[Char, ...]:
    whole = _converter().convert(line.text)
    if len(whole) != len(line.chars):
        return line.chars
    return tuple(
        c if _in_big5(c.char) else c._replace(char=t if _in_big5(t) else c.char)
        for c, t in zip(line.chars, whole, strict=True)
    )


def _is_traditional(text: str) -> bool:
    """Most characters that are written otherwise in simplified Chinese are the traditional ones."""
    han = HAN.findall(text)
    simplified = sum(not _in_big5(c) for c in han)
    traditional = sum(not _in_gb(c) for c in han)
    return traditional > 2 * simplified


def _in_big5(char: str) -> bool:
    return _encodes(char, "big5")


def _in_gb(char: str) -> bool:
    return _encodes(char, "gb2312")


@lru_cache(maxsize=20_000)
def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return not HAN.match(char)
    return True


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")
