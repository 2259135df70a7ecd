"""From paragraphs and tables to blocks in canonical text.

A row of a data table is one block. A row that only arranges the page, with one cell or with whole
clauses in a cell, gives its paragraphs, so that the clauses keep their structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from clausecheck.document import Block, Part, Place
from clausecheck.parsers.docx_inline import Tracked
from clausecheck.parsers.docx_walk import Cell, Node, Paragraph, Row, Table
from clausecheck.text import canonical

CELLS = " | "
BODY = Place()
LONG_CELL = 60  # characters of a paragraph that is a clause rather than an entry

_HANGING = frozenset({"footnote", "endnote", "textbox", "comment", "header", "footer"})
_NUMERAL = "〇○零一二三四五六七八九十百千兩壹貳參肆伍陸柒捌玖拾"
_NUMBERED = re.compile(
    rf"\s*(?:第\s*[{_NUMERAL}\d０-９]+\s*[條章節項款編]|[{_NUMERAL}]{{1,4}}\s*[、，．.]|[（(]\s*(?:[{_NUMERAL}]{{1,4}}|\d{{1,2}})\s*[）)]"
    r"|\d{1,2}(?:\.\d{1,2})*\s*[.、)）．]|\d{1,2}(?:\.\d{1,2})+\s|[(（][a-zA-Z]{1,4}[)）]|[a-zA-Z][.)]\s|[①-⑳⑴-⒇㈠-㈩]|[甲乙丙丁戊]、"
    r"|(?:Article|Section|Clause|ARTICLE|SECTION)\s+[\dIVX]|附件[一二三四五六七八九十\d])"
)
_SENTENCE_ENDS = tuple("。；：！？;:.!?")


@dataclass
class Blocks:
    """Collects the blocks of a story.

    note  reads a (footnote|endnote, id)
    box   reads the content of a text box
    """

    note: Callable[[str, str], list[Node]]
    box: Callable[[_Element], list[Node]]
    blocks: list[Block] = field(default_factory=list)
    comments: dict[str, int] = field(default_factory=dict)
    unseen: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, nodes: Iterable[Node], place: Place = BODY) -> None:
        """Add paragraphs and tables that stand at a place."""
        for node in nodes:
            if isinstance(node, Table):
                self._table(node, place)
            else:
                self._paragraph(node, place)

    def _at(self, place: Place, paragraph: Paragraph) -> Place:
        """Notes and text boxes keep the paragraph that they hang on."""
        return replace(place, paragraph=paragraph.number) if place.part not in _HANGING else place

    def _paragraph(self, paragraph: Paragraph, place: Place) -> None:
        here = self._at(place, paragraph)
        self._notice(paragraph, here)
        start, first = 0, True
        for line in _lines(paragraph.words):
            block = _block(paragraph.label.before(line.lstrip()) if first else "", line, here)
            if block is not None:
                level, heading = (paragraph.level, paragraph.heading) if first else (None, False)
                self.blocks.append(replace(block, level=level, heading=heading, hidden=paragraph.hidden))
                self._attach(paragraph.changes, start, start + len(line))
                first = False
            start += len(line) + 1
        self._hanging([paragraph], here)

    def _table(self, table: Table, place: Place) -> None:
        here = replace(place, table=table.number) if place.part not in _HANGING else place
        for index, row in enumerate(table.rows, start=1):
            if _arranges(row):
                for cell in row.cells:
                    self.add(() if cell.continued else cell.nodes, here)
                self._attach(row.changes)
            else:
                self._row(row, replace(here, row=index))

    def _row(self, row: Row, place: Place) -> None:
        cells = [cell for cell in row.cells if not cell.continued]
        paragraphs = [p for cell in cells for p in cell.nodes if isinstance(p, Paragraph)]
        here = self._at(place, paragraphs[0]) if paragraphs else place
        for paragraph in paragraphs:
            self._notice(paragraph, here)
        source = CELLS.join(_cell_words(cell) for cell in cells)
        block = _block("", source, here)
        if block is not None and block.text.strip(" |\u3000"):
            said = [p for p in paragraphs if p.words.strip()]
            self.blocks.append(replace(block, hidden=bool(said) and all(p.hidden for p in said)))
            self._attach([*row.changes, *(c for p in paragraphs for c in p.changes)])
        self._hanging(paragraphs, here)
        for cell in cells:
            self.add((n for n in cell.nodes if isinstance(n, Table)), replace(here, row=None))

    def _attach(self, changes: Iterable[Tracked], start: int = 0, end: int | None = None) -> None:
        """Tell the changes of a stretch of words the block that they are in."""
        for change in changes:
            inside = start <= change.offset and (end is None or change.offset <= end)
            if change.block is None and inside and self.blocks:
                change.block = len(self.blocks) - 1

    def _notice(self, paragraph: Paragraph, place: Place) -> None:
        if place.part == "body" and place.paragraph is not None:
            for comment in paragraph.comments:
                self.comments.setdefault(comment, place.paragraph)
        for span in paragraph.spans:
            faint = bool(span.look.faint and not span.look.shaded)
            if span.text.strip() and (span.look.hidden or faint):
                self.unseen.append((span.text.strip(), bool(span.look.hidden)))

    def _hanging(self, paragraphs: list[Paragraph], place: Place) -> None:
        """Notes and text boxes, behind the block that they hang on."""
        for paragraph in paragraphs:
            anchor = place.paragraph if place.part in _HANGING else paragraph.number
            for kind, number in paragraph.notes:
                part: Part = "endnote" if kind == "endnote" else "footnote"
                self.add(self.note(kind, number), Place(part=part, paragraph=anchor))
            for box in paragraph.boxes:
                inside: Part = "textbox" if place.part in ("body", "textbox") else place.part
                self.add(self.box(box), Place(part=inside, paragraph=anchor))


def _block(prefix: str, line: str, place: Place) -> Block | None:
    """A block of one line, None where it says nothing."""
    body = line.strip()
    if not body:
        return None
    source = (prefix + body).replace("\t", "\u3000")  # a tab is a gap, never a stray blank
    form = canonical(source)
    if not form.text:
        return None
    shown = sum(1 for offset in form.offsets if offset < len(prefix))
    offsets = () if form.text == source else form.offsets
    return Block(form.text, -1, place, label=form.text[:shown].strip(), source=source, offsets=offsets)


def _lines(words: str) -> list[str]:
    """The lines of a paragraph: a break is a new line where a number or a new sentence begins, else a blank."""
    lines: list[list[str]] = []
    for line in words.split("\n"):
        if lines and line.strip() and lines[-1][-1].strip() and not _begins_anew(lines[-1][-1], line):
            lines[-1][-1] = lines[-1][-1].removesuffix(" ")  # one stray blank beside a break is no gap to fill in
            lines[-1].append(line.removeprefix(" "))
        else:
            lines.append([line])
    return [" ".join(line) for line in lines]


def _begins_anew(before: str, line: str) -> bool:
    return bool(_NUMBERED.match(line)) or before.rstrip().endswith(_SENTENCE_ENDS)


def _cell_words(cell: Cell) -> str:
    words = []
    for paragraph in cell.nodes:
        if isinstance(paragraph, Paragraph) and paragraph.words.strip():
            body = paragraph.words.replace("\n", " ").strip()
            words.append(paragraph.label.before(body) + body)
    return " ".join(words)


def _arranges(row: Row) -> bool:
    """Whether a row is page layout: one cell, or whole clauses within a cell."""
    return len(row.cells) == 1 or any(_holds_clauses(cell) for cell in row.cells)


def _holds_clauses(cell: Cell) -> bool:
    lines = [p for p in cell.nodes if isinstance(p, Paragraph) and p.words.strip()]
    numbered = sum(1 for p in lines if _is_numbered(p))
    long = sum(1 for p in lines if len(p.words) > LONG_CELL)
    return numbered >= 2 or (long >= 2) or (long >= 1 and numbered >= 1 and len(lines) >= 2)


def _is_numbered(paragraph: Paragraph) -> bool:
    label = paragraph.label.text
    return bool(label and label != "・") or bool(_NUMBERED.match(paragraph.words))
