"""Where in the document the characters stand that were read with little confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from clausecheck.document import Block, Doubt
from clausecheck.parsers.ocr import UNSURE, PageReading
from clausecheck.parsers.ocr_glyphs import ReadLine
from clausecheck.text import canonical

_AROUND = (8, 4, 2)  # characters on each side by which the place is found again


def doubts_of(blocks: Iterable[Block], readings: Mapping[int, PageReading]) -> tuple[Doubt, ...]:
    """The doubtful characters in order; what stands in running lines only has no place."""
    by_page: dict[int, list[tuple[str, list[int]]]] = {}
    for block in blocks:
        page = block.place.page or 0
        squeezed = _squeezed(block.text, block.start)
        by_page.setdefault(page, []).append(squeezed)
        by_page.setdefault(page + 1, []).append(squeezed)  # a paragraph may run on to the next page
    found: dict[int, float] = {}
    for number, reading in readings.items():
        for line in reading.lines:
            for index, confidence in _unsure(line):
                for place in _places(line, index, by_page.get(number, [])):
                    found[place] = min(confidence, found.get(place, 1.0))
    return tuple(Doubt(at, at + 1, found[at]) for at in sorted(found))


def _unsure(line: ReadLine) -> list[tuple[int, float]]:
    return [(i, c.confidence) for i, c in enumerate(line.chars) if c.confidence < UNSURE and c.char not in " _\u3000"]


def _places(line: ReadLine, index: int, texts: list[tuple[str, list[int]]]) -> Iterator[int]:
    """The offsets in the document of one character of a line."""
    form = canonical(line.text)
    at = next((i for i, o in enumerate(form.offsets) if o >= index), None)
    if at is None:
        return
    before, after = (_squeezed(part, 0)[0] for part in (form.text[:at], form.text[at:]))
    for around in _AROUND:
        head = before[-around:]
        wanted = head + after[: around + 1]
        places = [where[i + len(head)] for text, where in texts for i in _finds(text, wanted)]
        if places:
            yield from places
            return


def _finds(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while wanted and at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _squeezed(text: str, start: int) -> tuple[str, list[int]]:
    kept = [i for i, c in enumerate(text) if not c.isspace() and c not in "|_"]
    return "".join(text[i] for i in kept), [start + i for i in kept]
