"""Several files that make one contract, joined into one Document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from clausecheck.document import Change, Document, Doubt, join_blocks


def join_documents(documents: Sequence[Document]) -> Document:
    """One document: the main contract first, then its annexes in the order given."""
    blocks = [b for d in documents for b in d.blocks]
    text, placed = join_blocks(blocks)
    first = documents[0]
    digest = hashlib.sha256("".join(d.sha256 for d in documents).encode()).hexdigest()
    return replace(
        first,
        name="＋".join(d.name for d in documents),
        text=text,
        blocks=placed,
        asides=tuple(a for d in documents for a in d.asides),
        changes=_changes(documents),
        notices=tuple(replace(n, message=f"{d.name}：{n.message}") for d in documents for n in d.notices),
        pages=sum(d.pages or 0 for d in documents) or None,
        sha256=digest,
        doubts=_doubts(documents),
    )


def _changes(documents: Sequence[Document]) -> tuple[Change, ...]:
    changes: list[Change] = []
    shift = 0
    for document in documents:
        changes += [replace(c, block=None if c.block is None else c.block + shift) for c in document.changes]
        shift += len(document.blocks)
    return tuple(changes)


def _doubts(documents: Sequence[Document]) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    shift = 0
    for document in documents:
        doubts += [replace(d, start=d.start + shift, end=d.end + shift) for d in document.doubts]
        shift += len(document.text) + 1
    return tuple(doubts)
