"""Pages that are read to the blocks of a Document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from clausecheck.document import Block, Part, Place
from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_layout import Region, reading_order, split_footnotes, starts_footnote
from clausecheck.parsers.pdf_lines import Line, join_texts
from clausecheck.parsers.pdf_paragraphs import Joiner, Measures, Paragraph, Spot, measures_of
from clausecheck.parsers.pdf_running import Aside, PageParts
from clausecheck.parsers.pdf_tables import Table
from clausecheck.text import canonical

_HEADING_SIZE = 1.2
_FINAL = "。；：！？.;:!?"


@dataclass(slots=True)
class Page:
    """What stands on a page; `unread` says why it cannot be read, or is "" if it can."""

    parts: PageParts
    rules: list[Rule]
    image_share: float
    unread: str = ""
    texts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    rotation: int = 0
    damaged: bool = False
    blank: bool = False

    @property
    def number(self) -> int:
        return self.parts.number

    @property
    def count(self) -> int:
        """Characters in its running text and tables."""
        cells = [cell for t in self.parts.tables for row in t.rows for cell in row]
        return sum(len(r.text) for r in self.parts.runs) + sum(map(len, cells))


@dataclass(frozen=True, slots=True)
class _Flow:
    """A page in reading order."""

    page: int
    items: list[Region | Table]
    notes: list[Line]
    texts: list[str]


def asides_of(running: list[Aside], pages: list[Page]) -> Iterator[Block]:
    """Running lines and comments."""
    for aside in running:
        yield _block(aside.text, Place(aside.part, aside.page))
    for page in pages:
        for text in page.comments:
            yield _block(text, Place("comment", page.parts.number))


def blocks_of(pages: list[Page]) -> list[Block]:
    """Paragraphs, rows, footnotes and text boxes in reading order."""
    size = _body_size(pages)
    flows = [_flow(page, size) for page in pages]
    regions = [i for flow in flows for i in flow.items if isinstance(i, Region)]
    return _Writer(measures_of(regions)).write(flows)


def _body_size(pages: list[Page]) -> float:
    sizes = [r.size for p in pages for r in p.parts.runs for _ in range(1 + len(r.text) // 10)]
    return median(sizes) if sizes else 10.0


def _flow(page: Page, size: float) -> _Flow:
    runs, notes = split_footnotes(page.parts.runs, page.rules, size)
    items = reading_order(runs, page.parts.tables)
    return _Flow(page.parts.number, items, notes, page.parts.slanting + page.texts)


class _Writer:
    """Writes the flows of all pages as blocks in reading order."""

    def __init__(self, measures: Measures) -> None:
        self._joiner = Joiner(measures)
        self._size = measures.size
        self._blocks: list[Block] = []
        self._waiting: list[Block] = []  # footnotes of a page whose last paragraph still runs
        self._paragraphs = 0
        self._tables = 0
        self._last_table: Table | None = None

    def write(self, flows: list[_Flow]) -> list[Block]:
        for flow in flows:
            for item in flow.items:
                if isinstance(item, Table):
                    self._add_table(item, flow.page)
                else:
                    self._add_region(item, flow.page)
            self._waiting += _notes(flow)
        self._end(self._joiner.close())
        self._blocks += self._waiting
        return [b for b in self._blocks if b.text]

    def _add_region(self, region: Region, page: int) -> None:
        self._last_table = None
        for line in region.lines:
            self._end(self._joiner.add(Spot(line, region, page)))

    def _end(self, paragraph: Paragraph | None) -> None:
        if paragraph is None:
            return
        self._paragraphs += 1
        heading = paragraph.size >= _HEADING_SIZE * self._size and len(paragraph.text) <= 60
        self._blocks.append(_block(paragraph.text, Place("body", paragraph.page, self._paragraphs), heading))
        # a note is written after the paragraph that ran on while its page ended
        self._blocks += self._waiting
        self._waiting = []

    def _add_table(self, table: Table, page: int) -> None:
        self._end(self._joiner.close())
        rows = list(table.rows)
        if self._last_table and _same_columns(self._last_table, table):
            rows = self._continued(rows, page)
        else:
            self._tables += 1
            self._row = 0
            self._head = rows[0]
            self._page = page
        for row in rows:
            self._row += 1
            place = Place("body", page, None, self._tables, self._row)
            self._blocks.append(_block(" | ".join(row), place))
        self._last_table = table

    def _continued(self, rows: list[tuple[str, ...]], page: int) -> list[tuple[str, ...]]:
        """The rows of a table that goes on: without the repeated head, a parted row put together."""
        if rows[0] == self._head and page != self._page:
            rows = rows[1:]
        last = self._blocks[-1] if self._blocks else None
        if rows and last and last.is_row and not rows[0][0] and last.source[-1:] not in _FINAL:
            cells = last.source.split(" | ")
            if len(cells) == len(rows[0]):
                whole = [join_texts(a, b) for a, b in zip(cells, rows[0], strict=True)]
                self._blocks[-1] = _block(" | ".join(whole), last.place)
                return rows[1:]
        return rows


def _same_columns(a: Table, b: Table) -> bool:
    return len(a.columns) == len(b.columns) and all(abs(x - y) < 4 for x, y in zip(a.columns, b.columns, strict=True))


def _notes(flow: _Flow) -> list[Block]:
    texts: list[str] = []
    for line in flow.notes:
        if texts and not starts_footnote(line.text):
            texts[-1] = join_texts(texts[-1], line.text)
        else:
            texts.append(line.text)
    return [_made(t, "footnote", flow.page) for t in texts] + [_made(t, "textbox", flow.page) for t in flow.texts]


def _made(text: str, part: Part, page: int) -> Block:
    return _block(text, Place(part, page))


def _block(source: str, place: Place, heading: bool = False) -> Block:
    form = canonical(source)
    return Block(form.text, -1, place, heading=heading, source=source, offsets=form.offsets)
