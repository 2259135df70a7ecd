"""Long contracts out of the texts of the sample contracts, the same bytes each time.

The first text is the contract, the others follow as its annexes, over and over in a shuffled order of
their items and with other numbers, until the file has about as many pages as asked for.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"
sys.path.insert(0, str(SAMPLES))  # the programs that make the samples are scripts

from markup import Line, Source, Span, read_source  # noqa: E402
from pages import write_pdf  # noqa: E402
from word import write_docx  # noqa: E402

MAIN = "01-trading-maintenance"
ANNEXES = ("02-app-development", "03-fund-cloud", "04-onsite-staff", "07-vendor-paper")
CHARACTERS = 690  # a page of the PDF
TEN_THOUSAND = 10_000 / CHARACTERS  # pages
_NUMERAL = re.compile(r"(?<=[^一二三四五六七八九十第])[二三四五六七八九](?=[個年日時倍])")


def write_contract(pages: float, path: Path) -> Path:
    """Write a contract of about so many pages; the suffix of `path` tells the format."""
    source = long_contract(pages)
    (write_pdf if path.suffix == ".pdf" else write_docx)(source, path)
    return path


def long_contract(pages: float) -> Source:
    """The text of a contract of about so many pages."""
    main = _read(MAIN)
    lines: list[Line] = []
    left = pages * CHARACTERS
    for line in _endless(main):
        left -= len(line.text) + sum(len(cell) for row in line.rows for cell in row)
        if left < 0:
            break
        lines.append(line)
    return replace(main, lines=tuple(lines), authors={})


def _read(name: str) -> Source:
    return read_source((SAMPLES / "texts" / f"{name}.md").read_text(encoding="utf-8"))


def _endless(main: Source) -> Iterator[Line]:
    yield from (_plain(line) for line in main.lines if line.kind != "box")
    chance = random.Random(7)
    number = 10
    while True:
        for name in ANNEXES:
            number += 1
            yield Line("annex", (Span(f"附件{number}　{_read(name).lines[0].text}"),))
            yield from _annex(list(_read(name).lines[1:]), chance)


def _annex(lines: list[Line], chance: random.Random) -> Iterator[Line]:
    """The articles as items in another order, what stands below them one level lower, and other numbers."""
    articles: list[list[Line]] = [[]]
    for line in lines:
        if line.kind == "article":
            articles.append([])
        if line.kind not in ("annex", "box"):
            articles[-1].append(_plain(line))
    chance.shuffle(articles)
    lower = {"article": "item", "item": "subitem", "title": "text"}
    for line in (line for article in articles for line in article):
        words = _NUMERAL.sub(lambda _: chance.choice("二三四五六七八九"), line.text)
        spans = line.spans if line.rows else (Span(words),)
        yield replace(line, kind=lower.get(line.kind, line.kind), spans=spans)


def _plain(line: Line) -> Line:
    """Without what only Word knows: tracked changes are accepted, notes left out."""
    kept = "".join(s.text for s in line.spans if s.kind in ("text", "field", "insertion"))
    return replace(line, spans=(Span(kept),) if kept else ())
