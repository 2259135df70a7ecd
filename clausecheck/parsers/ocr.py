"""The image of a page to its characters, with how sure each was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from clausecheck.parsers.ocr_engine import Char, Pixels, Quads, detect, recognise
from clausecheck.parsers.ocr_glyphs import (
    ReadLine,
    blanks_to_fill,
    folded,
    glyphs_of,
    lines_of_quads,
    with_struck_unsure,
)
from clausecheck.parsers.ocr_image import (
    dark,
    is_blank,
    rules_of,
    skew_of,
    straightened,
    unread_share,
    without_rules,
    without_seals,
)
from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_glyphs import Glyph

Ocr = Literal["auto", "never"]

UNSURE = 0.6  # confidence of a character below which a reviewer should look at it
_LOST = 0.5  # mean confidence of a line below which it is no text
_LEANS = 0.003  # radians: a line of 16 cm falls by half a millimetre
_UPRIGHT = 0.85  # confidence that no page upside down reaches
_TRIED = 3  # lines read to find which way up a page is


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on the image of a page; coordinates in points, as in pdf_glyphs.

    lines       as read, from the top
    lost        lines that could not be read
    unread      pieces of ink like characters outside all lines, and their share
    turned      quarter turns (counter-clockwise) by which the page was set upright
    seals       red seals taken out
    struck      a rule crosses characters
    """

    glyphs: list[Glyph]
    rules: list[Rule]
    lines: list[ReadLine]
    lost: int = 0
    unread: tuple[int, float] = (0, 0.0)
    turned: int = 0
    seals: int = 0
    struck: bool = False
    blank: bool = False

    @property
    def confidence(self) -> float:
        """Mean over the characters, 0..1."""
        drawn = [c.confidence for line in self.lines for c in line.chars if c.char not in " _\u3000"]
        return sum(drawn) / len(drawn) if drawn else 0.0

    @property
    def unsure_share(self) -> float:
        """Share of the characters that were read with little confidence; lost lines count by their length."""
        drawn = [c.confidence for line in self.lines for c in line.chars if c.char not in " _\u3000"]
        lost = 15 * self.lost
        return (sum(c < UNSURE for c in drawn) + lost) / max(1, len(drawn) + lost)


def read_image(image: Pixels, scale: float) -> PageReading:
    """Reads the image (RGB) of a page; `scale` is pixels a point."""
    if is_blank(image):
        return PageReading([], [], [], blank=True)
    image, seals = without_seals(image, scale)
    image, quads, turned = _upright(image)
    angle = skew_of(quads)
    if abs(angle) > _LEANS:
        image, quads = straightened(image, quads, angle)
    rules = rules_of(dark(image, specks=True), scale)
    chars = recognise(without_rules(image, rules), quads)
    sure = [i for i, line in enumerate(chars) if line and _mean(line) >= _LOST]
    lines = folded(lines_of_quads(quads[sure], [chars[i] for i in sure], scale))
    placed = [Rule(*(v / scale for v in rule)) for rule in rules]
    lines, struck = with_struck_unsure(lines, placed)
    return PageReading(
        glyphs_of(lines) + blanks_to_fill(lines, placed),
        placed,
        lines,
        lost=sum(bool(line) for line in chars) - len(sure),
        unread=unread_share(dark(without_rules(image, rules)), quads, scale),
        turned=turned,
        seals=seals,
        struck=struck,
    )


def _mean(line: list[Char]) -> float:
    return sum(c.confidence for c in line) / len(line)


def _upright(image: Pixels) -> tuple[Pixels, Quads, int]:
    """The image set upright, its lines, and by how many quarter turns."""
    quads, turns = detect(image), 0
    if _stand(quads):
        image, turns = _turned(image, 1), 1
        quads = detect(image)
    tried = _longest(quads)
    sure = _sureness(image, tried)
    if sure < _UPRIGHT:
        flipped, half = _turned(image, 2), _half_turned(tried, image)
        if _sureness(flipped, half) > sure:
            return flipped, detect(flipped), turns + 2
    return image, quads, turns


def _turned(image: Pixels, quarters: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(image, quarters))


def _half_turned(quads: Quads, image: Pixels) -> Quads:
    height, width = image.shape[:2]
    return np.ascontiguousarray(np.array([width, height], np.float32) - np.roll(quads, 2, axis=1))


def _stand(quads: Quads) -> bool:
    """Whether most text stands in upright lines: a page that lies on its side."""
    if not len(quads):
        return False
    widths = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    heights = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    return float(heights[heights > 2 * widths].sum()) > float(widths[widths > 2 * heights].sum())


def _longest(quads: Quads) -> Quads:
    widths = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    return quads[np.argsort(-widths, kind="stable")[:_TRIED]]


def _sureness(image: Pixels, quads: Quads) -> float:
    lines = recognise(image, quads)
    return sum(_mean(line) for line in lines if line) / max(1, len(lines))
