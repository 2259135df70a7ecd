"""PDF to Document.

Pages are read one by one; then what repeats is taken out, and the lines are joined to paragraphs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2

from clausecheck.document import Block, Document, Notice, Part, Place, join_blocks
from clausecheck.errors import NoTextError
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits
from clausecheck.parsers.pdf_annotations import Annotation, field_glyphs, page_annotations
from clausecheck.parsers.pdf_drawings import Drawings, Rule, page_drawings
from clausecheck.parsers.pdf_glyphs import Glyph, PageText, page_text
from clausecheck.parsers.pdf_layout import Region, reading_order, split_footnotes, starts_footnote
from clausecheck.parsers.pdf_lines import Line, join_texts, runs_of
from clausecheck.parsers.pdf_opening import open_pdf, read_bytes
from clausecheck.parsers.pdf_paragraphs import Joiner, Measures, Paragraph, Spot, measures_of
from clausecheck.parsers.pdf_running import Aside, PageParts, take_running
from clausecheck.parsers.pdf_tables import Table, find_tables
from clausecheck.parsers.source import Source
from clausecheck.text import canonical

_BAD_SHARE = 0.15  # of a page's characters: the font's map to Unicode is broken
_BAD_LEAST = 5
_DRAWN_PATHS = 20  # paths on a page without text: the text is drawn as outlines
_SCAN_SHARE = 0.4  # of the page under images, with next to no text beside them
_SCAN_TEXT = 20
_HEADING_SIZE = 1.2
_FINAL = "。；：！？.;:!?"


@dataclass(slots=True)
class _Page:
    parts: PageParts
    rules: list[Rule]
    image_share: float
    unread: str = ""
    texts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Flow:
    """A page in reading order."""

    page: int
    items: list[Region | Table]
    notes: list[Line]
    texts: list[str]


def parse_pdf(path: Path | Source, *, password: str | None = None, limits: Limits = DEFAULTS) -> Document:
    """Reads a PDF.

    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError, or NoTextError where no
    page has usable text.
    """
    data = read_bytes(path, limits)
    budget = Budget(path.name, limits)
    document, notices = open_pdf(data, path.name, password, budget)
    try:
        form = _form(document)
        pages = [_read_page(document, index, form, budget) for index in range(len(document))]
        properties = _properties(document)
    finally:
        document.close()
    asides = take_running([p.parts for p in pages])
    _mark_scans(pages)
    if notices:
        _mark_lost(pages)
    _require_text(pages, path.name)
    text, blocks = join_blocks(_blocks(pages))
    return Document(
        name=path.name, format="pdf", text=text, blocks=blocks, asides=tuple(_asides(asides, pages)),
        notices=(*notices, *_notices(pages)), pages=len(pages), sha256=hashlib.sha256(data).hexdigest(),
        properties=properties,
    )  # fmt: skip


def _form(document: pypdfium2.PdfDocument) -> Any | None:
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    known = {}
    for key in ("Title", "Author", "Producer"):
        with suppress(UnicodeDecodeError):
            known[key.lower()] = document.get_metadata_value(key)
    return {key: value for key, value in known.items() if value}


def _read_page(document: pypdfium2.PdfDocument, index: int, form: Any | None, budget: Budget) -> _Page:
    number = index + 1
    budget.look()
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _Page(PageParts(number, [], []), [], 0.0, "已損壞，無法讀取")
    try:
        page.set_rotation(0)  # sideways text is turned by its own direction
        textpage = page.get_textpage()
        budget.spend(chars=textpage.count_chars())
        text = page_text(textpage)
        textpage.close()
        return _understood(number, text, page_drawings(page, text.turn), page_annotations(page, form))
    finally:
        page.close()


def _understood(number: int, text: PageText, drawings: Drawings, notes: list[Annotation]) -> _Page:
    fields = [a for a in notes if a.kind == "field"]
    unread = _unread(text, drawings, bool(fields))
    glyphs = [] if unread and text.bad > text.good else _with_fields(text, fields)
    tables, rest = find_tables(drawings.rules, glyphs)
    aside = text.aside if glyphs or not unread else []
    parts = PageParts(number, runs_of(rest), tables, aside)
    texts = [a.text for a in notes if a.kind == "text"]
    comments = [a.text for a in notes if a.kind == "comment"]
    return _Page(parts, drawings.rules, drawings.image_share, unread, texts, comments)


def _with_fields(text: PageText, fields: list[Annotation]) -> list[Glyph]:
    heights = [g.height for g in text.glyphs if not g.char.isspace() and g.height > 1]
    size = median(heights) if heights else 11.0
    return text.glyphs + [g for f in fields for g in field_glyphs(f, text.turn, size)]


def _unread(text: PageText, drawings: Drawings, has_fields: bool) -> str:
    """Why a page cannot be read, or "" if it can or is blank."""
    if text.bad >= _BAD_LEAST and text.bad > _BAD_SHARE * (text.bad + text.good):
        return "沒有可讀的文字（字型缺少文字對照，內容為亂碼）"
    if text.good or has_fields:
        return ""
    shown = drawings.images or drawings.paths >= _DRAWN_PATHS or text.bad
    return "沒有可讀的文字（可能是掃描影像）" if shown else ""


def _mark_scans(pages: list[_Page]) -> None:
    """A page under an image with nothing but running lines or a stamp is a scan."""
    for page in pages:
        count = sum(len(r.text) for r in page.parts.runs)
        count += sum(len(cell) for t in page.parts.tables for row in t.rows for cell in row)
        if not page.unread and count < _SCAN_TEXT and page.image_share >= _SCAN_SHARE:
            page.unread = "沒有可讀的文字（可能是掃描影像）"


def _mark_lost(pages: list[_Page]) -> None:
    """In a repaired file an empty page has more likely lost its text than never had any."""
    for page in pages:
        if not (page.unread or page.parts.runs or page.parts.tables):
            page.unread = "沒有內容（可能因檔案損壞而遺失）"


def _require_text(pages: list[_Page], name: str) -> None:
    if any(p.parts.runs or p.parts.tables or p.parts.slanting or p.texts for p in pages):
        return
    raise NoTextError(f"PDF 沒有可讀的文字：{name}，可能是掃描檔", "請提供有文字層的 PDF 或 DOCX")


def _notices(pages: list[_Page]) -> list[Notice]:
    return [
        Notice("page-without-text", f"第 {p.parts.number} 頁{p.unread}，該頁內容未檢核", p.parts.number, blocking=True)
        for p in pages
        if p.unread
    ]


def _asides(running: list[Aside], pages: list[_Page]) -> Iterator[Block]:
    for aside in running:
        yield _block(aside.text, Place(aside.part, aside.page))
    for page in pages:
        for text in page.comments:
            yield _block(text, Place("comment", page.parts.number))


def _blocks(pages: list[_Page]) -> list[Block]:
    size = _body_size(pages)
    flows = [_flow(page, size) for page in pages]
    regions = [i for flow in flows for i in flow.items if isinstance(i, Region)]
    return _Writer(measures_of(regions)).write(flows)


def _body_size(pages: list[_Page]) -> float:
    sizes = [r.size for p in pages for r in p.parts.runs for _ in range(1 + len(r.text) // 10)]
    return median(sizes) if sizes else 10.0


def _flow(page: _Page, size: float) -> _Flow:
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
