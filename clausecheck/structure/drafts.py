"""Clauses in the making: the signature split off, offsets and paths filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.document import Block, Clause, ClauseKind
from clausecheck.structure.signature import has_signing_words, is_signature_line

PREAMBLE = "前言"
SIGNATURE = "簽署欄"


@dataclass(slots=True)
class Draft:
    kind: ClauseKind
    label: str
    heading: str
    block: int
    level: int
    parent: int | None = None
    annex: str = ""
    style: str = ""


# --- signatures without a head ----------------------------------------------------------------


def with_signature(drafts: list[Draft], blocks: Sequence[Block]) -> list[Draft]:
    """Split the lines where the parties sign from the last clause of the main text."""
    if any(d.kind == "signature" for d in drafts):
        return drafts
    main = [i for i, d in enumerate(drafts) if not d.annex and d.kind in ("article", "item", "definition")]
    if not main:
        return drafts
    last = main[-1]
    end = drafts[last + 1].block if last + 1 < len(drafts) else len(blocks)
    start = _signature_start(blocks, drafts[last].block + 1, end)
    if start is None:
        return drafts
    signature = Draft("signature", "", "", start, 1)
    return [*drafts[: last + 1], signature, *(_shifted(d, last) for d in drafts[last + 1 :])]


def _shifted(draft: Draft, last: int) -> Draft:
    if draft.parent is not None and draft.parent > last:
        draft.parent += 1
    return draft


def _signature_start(blocks: Sequence[Block], first: int, end: int) -> int | None:
    start = next((i for i in range(first, end) if _is_signing(blocks[i])), None)
    if start is None or not any(has_signing_words(b.text) for b in blocks[start:end]):
        return None
    return start


def _is_signing(block: Block) -> bool:
    return has_signing_words(block.text) if block.is_row else is_signature_line(block.text)


# --- from drafts to clauses --------------------------------------------------------------------


def finished(drafts: list[Draft], blocks: Sequence[Block]) -> tuple[Clause, ...]:
    if not drafts:
        return ()
    ends = _own_ends(drafts, blocks)
    last = list(ends)
    for i in reversed(range(len(drafts))):
        parent = drafts[i].parent
        if parent is not None:
            last[parent] = max(last[parent], last[i])
    paths: list[str] = []
    made = []
    for i, d in enumerate(drafts):
        paths.append(_path(d, paths))
        made.append(
            Clause(
                i,
                d.kind,
                d.label,
                d.heading,
                d.level,
                paths[i],
                blocks[d.block].start,
                ends[i],
                last[i],
                d.parent,
                d.annex,
            )
        )
    return tuple(made)


def _own_ends(drafts: list[Draft], blocks: Sequence[Block]) -> list[int]:
    starts = [d.block for d in drafts[1:]] + [len(blocks)]
    return [blocks[max(d.block, after - 1)].end for d, after in zip(drafts, starts, strict=True)]


def _path(draft: Draft, paths: list[str]) -> str:
    own = draft.label or {"preamble": PREAMBLE, "signature": SIGNATURE}.get(draft.kind, draft.heading)
    return own if draft.parent is None else f"{paths[draft.parent]}／{own}"
