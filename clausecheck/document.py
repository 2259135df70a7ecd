"""The one form into which every parser turns a file, and what the structure adds to it.

`Document.text` is the canonical text (see text.py) of all blocks, joined by line feeds; every
offset in clausecheck counts its characters, and `document.text[start:end]` is always the quote.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Part = Literal["body", "footnote", "endnote", "textbox", "header", "footer", "comment"]
Role = Literal["customer", "supplier"]
ClauseKind = Literal["preamble", "article", "item", "definition", "annex", "signature"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the source; numbers count from 1."""

    part: Part = "body"
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table row.

    text     canonical text; a row's cells are joined by " | "
    start    offset in Document.text, or -1 for an aside (header, footer, comment)
    label    the automatic number that Word shows; `text` begins with it
    level    outline or list level where the source has one, from 0
    heading  the source marks it as a heading (style or outline level)
    source   the raw text; offsets[i] is the place of text[i] in it, empty where the two are equal
    """

    text: str
    start: int
    place: Place = Place()
    label: str = ""
    level: int | None = None
    heading: bool = False
    hidden: bool = False
    source: str = ""
    offsets: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_row(self) -> bool:
        return self.place.row is not None


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change; `block` is the index of the block that it touches, or None.

    key  names the change in every reading of the file; those of one key were made in one go
    """

    kind: Literal["insertion", "deletion", "move"]
    author: str
    date: str
    text: str
    block: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the reading that the user must know.

    code  short and stable: page-without-text, hidden-text, tracked-changes, comments, repaired ...
    """

    code: str
    message: str
    page: int | None = None
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters of Document.text that were recognised on an image with little confidence (0..1)."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Document:
    """A file, read."""

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    asides: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: int | None = None
    sha256: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Pages on which no usable text was found."""
        return tuple(n.page for n in self.notices if n.code == "page-without-text" and n.page)

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a character of the span was recognised with little confidence."""
        return any(d.start < end and start < d.end for d in self.doubts)

    def block_at(self, offset: int) -> Block:
        """The block that holds the character at `offset`."""
        return self.blocks[self.block_index(offset)]

    def block_index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [b.start for b in self.blocks]


def join_blocks(blocks: list[Block]) -> tuple[str, tuple[Block, ...]]:
    """The text of the blocks joined by line feeds, and the blocks with their offsets in it."""
    from dataclasses import replace

    placed, at = [], 0
    for block in blocks:
        placed.append(replace(block, start=at))
        at += len(block.text) + 1
    return "\n".join(b.text for b in placed), tuple(placed)


@dataclass(frozen=True, slots=True)
class Clause:
    """An article, item or annex: its own words, without those of its sub-clauses.

    label   the number as written: 第十二條, 一、, （一）, 1.1, Article 3, (a), 附件一
    path    the labels from the top: 第十二條／二／（一）
    own     span of the clause's own words in Document.text (its number and heading included)
    end     where its last sub-clause ends
    parent  index of the clause above, or None
    """

    index: int
    kind: ClauseKind
    label: str
    heading: str
    level: int
    path: str
    start: int
    own_end: int
    end: int
    parent: int | None = None
    annex: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the contract and every way in which the text names it, longest first.

    tax_number  統一編號, eight digits, where the text plainly gives it
    """

    role: Role
    name: str
    aliases: tuple[str, ...]
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is in the file."""

    label: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the contract says of itself; dates are ISO, amounts in the words of the contract.

    amounts  every sum of money that the text names
    value    the price of the whole contract, where it names exactly one
    renewal  the sentence on whether and how the contract goes on after its term
    """

    title: str = ""
    number: str = ""
    start_date: str = ""
    end_date: str = ""
    signed_date: str = ""
    term: str = ""
    amounts: tuple[str, ...] = ()
    value: str = ""
    renewal: str = ""


@dataclass(frozen=True)
class Contract:
    """A document with its structure."""

    document: Document
    clauses: tuple[Clause, ...]
    language: Literal["zh", "en"]
    parties: tuple[Party, ...] = ()
    annexes: tuple[Annex, ...] = ()
    metadata: Metadata = Metadata()

    @property
    def text(self) -> str:
        return self.document.text

    def party(self, role: Role) -> Party | None:
        return next((p for p in self.parties if p.role == role), None)

    def clause_at(self, offset: int) -> Clause | None:
        """The innermost clause whose own words hold `offset`."""
        return self.clause_at_index(bisect_right(self._starts, offset) - 1, offset)

    @cached_property
    def _starts(self) -> list[int]:
        return [c.start for c in self.clauses]

    def clause_at_index(self, index: int, offset: int) -> Clause | None:
        """The innermost clause that holds `offset`, given the last clause that begins before it."""
        clause = self.clauses[index] if index >= 0 else None
        while clause is not None and offset >= clause.end:
            clause = self.clauses[clause.parent] if clause.parent is not None else None
        return clause

    def ancestors(self, clause: Clause) -> list[Clause]:
        """The clauses above, nearest first."""
        chain, parent = [], clause.parent
        while parent is not None:
            chain.append(self.clauses[parent])
            parent = self.clauses[parent].parent
        return chain
