"""Documents from plain lines."""

from __future__ import annotations

from clausecheck.document import Block, Clause, Contract, Document, Place, join_blocks
from clausecheck.structure import build_contract
from clausecheck.text import canonical


def document(text: str, asides: tuple[Block, ...] = ()) -> Document:
    """One block a line; a line with " | " is a table row; 「#」 marks Word's own number: 「#1.# 內容」."""
    blocks, row = [], 0
    for number, line in enumerate((raw.strip("\n") for raw in text.strip("\n").split("\n")), start=1):
        row = row + 1 if " | " in line else 0
        place = Place(paragraph=number, table=1, row=row) if row else Place(paragraph=number)
        label = line.split("#")[1] if line.startswith("#") else ""
        source = line.replace("#", "", 2) if label else line
        made = canonical(source)
        blocks.append(Block(made.text, -1, place, label=label, source=source, offsets=made.offsets))
    whole, placed = join_blocks(blocks)
    return Document("test.txt", "txt", whole, placed, asides)


def contract(text: str) -> Contract:
    return build_contract(document(text))


def outline(made: Contract) -> list[str]:
    """path of every article, item and annex, with its heading after a colon."""
    return [
        f"{c.path}:{c.heading}" if c.heading else c.path
        for c in made.clauses
        if c.kind not in ("preamble", "signature")
    ]


def own(made: Contract, path: str) -> str:
    """The own words of the clause with this path."""
    clause = find(made, path)
    return made.text[clause.start : clause.own_end]


def find(made: Contract, path: str) -> Clause:
    return next(c for c in made.clauses if c.path == path)
