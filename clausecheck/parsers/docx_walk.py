"""From the XML of a story (body, header, note, text box) to paragraphs, tables, rows and cells.

Content controls, custom XML and whatever else may wrap a paragraph, row or cell are looked through.
Tracked rows, cells and paragraph marks are resolved to the wanted state here, and numbers are
counted in that state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from lxml.etree import _Element

from clausecheck.parsers.docx_inline import (
    FILL_IN,
    Changes,
    Draft,
    InlineReader,
    Kind,
    Span,
    Tracked,
    is_placeholder,
)
from clausecheck.parsers.docx_numbering import NO_LABEL, Counters, Label, Numbering
from clausecheck.parsers.docx_styles import NumberRef, Style, Styles, has_ground, is_heading, number_ref
from clausecheck.parsers.docx_xml import MC, attribute, children, find, local, number, plain, switch, w
from clausecheck.parsers.limits import Budget

_CONTENTS_LINE = re.compile(r"[\t.…·\s]\s*\d{1,4}\s*$")
_CONTENTS_END = 40  # characters at the end of a line in which its page number stands
_BODY_TEXT = 9  # the outline level that is none


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as Word shows it.

    words   its text with line breaks (LF) and tabs, without the label
    level   list or outline level, from 0
    number  running number among the paragraphs of its story, from 1
    """

    words: str
    label: Label
    level: int | None
    heading: bool
    hidden: bool
    number: int
    spans: tuple[Span, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    boxes: tuple[_Element, ...] = ()
    comments: tuple[str, ...] = ()
    changes: tuple[Tracked, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell; `continued` marks the lower part of cells merged downwards."""

    nodes: tuple[Paragraph | Table, ...]
    continued: bool = False


@dataclass(frozen=True)
class Row:
    """A row with its cells, and the change that brought it in."""

    cells: tuple[Cell, ...]
    changes: tuple[Tracked, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; `number` counts from 1 within its story."""

    number: int
    rows: tuple[Row, ...]


Node = Paragraph | Table


@dataclass(frozen=True, slots=True)
class _Surroundings:
    shaded: bool = False
    placeholder: bool = False


@dataclass
class StoryReader:
    """Reads one story after the other with the same styles; `embedded` counts files within the file."""

    styles: Styles
    numbering: Numbering
    changes: Changes
    budget: Budget
    inline: InlineReader = field(init=False)
    embedded: int = 0

    def __post_init__(self) -> None:
        self.inline = InlineReader(self.styles, self.changes)

    def read(self, root: _Element, counters: Counters | None = None, *, shaded: bool = False) -> list[Node]:
        """The paragraphs and tables of a story; its numbers go on from `counters`."""
        walk = _StoryWalk(self, counters or Counters(self.numbering))
        return walk.nodes(root, _Surroundings(shaded=shaded))


@dataclass
class _StoryWalk:
    reader: StoryReader
    counters: Counters
    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def nodes(self, container: _Element, around: _Surroundings) -> list[Node]:
        out: list[Node] = []
        pending: Draft | None = None
        for element, inner in self._unwrapped(container, ("p", "tbl"), around):
            if local(element) == "tbl":
                if pending is not None:
                    out += self._finished(pending)
                    pending = None
                out.append(self._table(element, inner))
                continue
            draft = self.reader.inline.paragraph(element, shaded=inner.shaded, placeholder=inner.placeholder)
            if pending is not None:
                draft = pending.joined(draft)
            pending = draft if self._runs_on(element) else None
            if pending is None:
                out += self._finished(draft, last=False)
        return out + (self._finished(pending) if pending is not None else [])

    def _unwrapped(
        self, container: _Element, wanted: tuple[str, ...], around: _Surroundings
    ) -> Iterator[tuple[_Element, _Surroundings]]:
        """The wanted elements, whatever is wrapped around them."""
        for child in children(container):
            name = local(child)
            if name in wanted and child.tag == w(name):
                yield child, around
            elif name == "altChunk":
                self.reader.embedded += 1
            elif name == "AlternateContent":
                chosen = child.find(f"{{{MC}}}Choice")
                yield from self._unwrapped(child if chosen is None else chosen, wanted, around)
            elif name not in ("p", "tbl", "sectPr", "sdtPr", "tblPr", "trPr", "tcPr"):
                prompt = name == "sdt" and is_placeholder(child)
                inner = _Surroundings(around.shaded, True) if prompt else around
                yield from self._unwrapped(child, wanted, inner)

    def _runs_on(self, element: _Element) -> bool:
        """Whether the paragraph's mark is gone, so that the next paragraph goes on in the same line."""
        mark = find(element, "pPr", "rPr")
        gone = ("ins", "moveTo") if self.reader.changes == "original" else ("del", "moveFrom")
        return any(find(mark, name) is not None for name in gone) or bool(switch(find(mark, "specVanish")))

    def _finished(self, draft: Draft, *, last: bool = True) -> list[Node]:
        """The paragraph; none where a deleted one leaves nothing behind."""
        if last and not draft.text.strip() and not draft.boxes:
            return []
        properties, reference = self._properties(draft.element)
        chain = self.reader.styles.paragraph_chain(attribute(find(properties, "pStyle")))
        spans = _with_leaders(draft.spans, properties)
        words = "".join(span.text for span in spans)
        hidden = _unseen(spans)
        label, level = NO_LABEL, None
        listed = self.reader.numbering.resolve(reference, chain)
        if listed is not None and not (hidden and _mark_hidden(draft.element)):
            label, level = self.counters.next(*listed), listed[1]
        self.reader.budget.spend(chars=len(words) + len(label.text))
        outline = _outline(properties, chain)
        if draft.contents and _CONTENTS_LINE.search(words[-_CONTENTS_END:]):
            words, spans = "", []
        return [
            Paragraph(
                words=words,
                label=label,
                level=outline if level is None else level,
                heading=outline is not None or is_heading(chain),
                hidden=hidden,
                number=next(self.paragraphs),
                spans=tuple(spans),
                notes=tuple(draft.notes),
                boxes=tuple(draft.boxes),
                comments=tuple(draft.comments),
                changes=tuple(draft.changes),
            )
        ]

    def _properties(self, element: _Element) -> tuple[_Element | None, NumberRef]:
        """The paragraph's properties and its list, before or after the tracked changes."""
        properties = find(element, "pPr")
        if self.reader.changes == "original":
            former = find(properties, "pPrChange", "pPr")
            if former is not None:
                return former, number_ref(former)
            if find(properties, "numPr", "ins") is not None:
                return properties, NumberRef()
        return properties, number_ref(properties)

    def _table(self, element: _Element, around: _Surroundings) -> Table:
        table_number = next(self.tables)
        style = attribute(find(element, "tblPr", "tblStyle"))
        if self.reader.styles.has_ground(style):
            around = _Surroundings(True, around.placeholder)
        rows = []
        for row, inner in self._unwrapped(element, ("tr",), around):
            shown, changes = self._tracked_row(row)
            if shown:
                cells = tuple(self._cells(row, inner))
                inside = any(c for cell in cells for c in _changes_in(cell))
                rows.append(Row(cells, () if inside else changes))
        return Table(table_number, tuple(rows))

    def _tracked_row(self, row: _Element) -> tuple[bool, tuple[Tracked, ...]]:
        properties = find(row, "trPr")
        for name, kind in (("ins", "insertion"), ("del", "deletion")):
            mark = find(properties, name)
            if mark is None:
                continue
            shown = (name == "ins") != (self.reader.changes == "original")
            if not shown or row.find(f".//{w(name)}/{w('r')}") is None:
                checked: Kind = "insertion" if kind == "insertion" else "deletion"
                return shown, (self.reader.inline.track(mark, checked, plain(row, deleted=True)),)
            return shown, ()
        return True, ()

    def _cells(self, row: _Element, around: _Surroundings) -> Iterator[Cell]:
        gone = "cellIns" if self.reader.changes == "original" else "cellDel"
        for cell, inner in self._unwrapped(row, ("tc",), around):
            properties = find(cell, "tcPr")
            if find(properties, gone) is not None:
                continue
            merge = find(properties, "vMerge")
            continued = merge is not None and attribute(merge) != "restart"
            if has_ground(properties):
                inner = _Surroundings(True, inner.placeholder)
            self.reader.budget.spend(cells=1)
            yield Cell(tuple(self.nodes(cell, inner)), continued)


def _changes_in(cell: Cell) -> Iterator[Tracked]:
    for node in cell.nodes:
        if isinstance(node, Paragraph):
            yield from node.changes


def _with_leaders(spans: list[Span], properties: _Element | None) -> list[Span]:
    """Tabs that draw a line (leader) are lines to fill in."""
    stops = find(properties, "tabs")
    drawn = stops is not None and any(attribute(s, "leader") in ("underscore", "heavy") for s in stops)
    return [Span(s.text.replace("\t", FILL_IN), s.look) for s in spans] if drawn else spans


def _unseen(spans: list[Span]) -> bool:
    """Whether there are words and nobody sees any of them."""
    said = [s.look for s in spans if s.text.strip()]
    return bool(said) and all(look.hidden or (look.faint and not look.shaded) for look in said)


def _mark_hidden(element: _Element) -> bool:
    return bool(switch(find(element, "pPr", "rPr", "vanish")))


def _outline(properties: _Element | None, chain: list[Style]) -> int | None:
    own = number(find(properties, "outlineLvl"))
    level = own if own is not None else next((s.outline for s in chain if s.outline is not None), None)
    return level if level is not None and 0 <= level < _BODY_TEXT else None
