"""Blocks to clauses: articles, items, annexes, preamble and signatures, with their paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from clausecheck.document import Annex, Block, Clause, ClauseKind
from clausecheck.structure.annexes import AnnexHead, annex_heads, parse_annex_line
from clausecheck.structure.beginning import BRACKETS, comes_first, first_clause, stands_above_articles
from clausecheck.structure.contents import contents_blocks
from clausecheck.structure.drafts import Draft, finished, with_signature
from clausecheck.structure.headings import is_heading_line, split_heading
from clausecheck.structure.numbering import Enumerator, candidates
from clausecheck.structure.plain_headings import is_plain_heading
from clausecheck.structure.sequence import (
    NEXT,
    RESUME,
    START,
    Fit,
    Line,
    Open,
    Scope,
    follows,
    is_unfinished,
)
from clausecheck.structure.signature import is_signature_head

UNNUMBERED_ANNEX = "附件"
MAX_ENTRY = 70
MAX_RECITALS = 12
MAX_RESTARTS = 4  # each is looked into at the cost of all that came before
MIN_HEADINGS = 3

_DEFINITIONS = re.compile(r"名詞|用語|用詞|定義|詞彙|definitions?\b|interpretation\b|defined terms", re.IGNORECASE)
_UNDERTAKING = re.compile(
    r"切結|同意書|聲明|承諾|保密|undertaking|declaration|confidentiality|non-disclosure|NDA", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"^[^：:，。]{2,24}(?:切結書|同意書|聲明書|承諾書|保證書|清單|說明書|規格書|報價單|明細表|需求書|"
    r"協議書|檢核表|注意事項|管理要點|管理辦法|約款)$"
)


@dataclass(slots=True)
class _Walk:
    """The state of one pass over the blocks."""

    blocks: Sequence[Block]
    heads: dict[int, AnnexHead]
    contents: frozenset[int]
    first: int
    rows: bool
    main: Scope
    drafts: list[Draft] = field(default_factory=list)
    annex: Scope | None = None
    annex_draft: int | None = None
    signed: bool = False
    before: str = ""
    borrowed: int = -1
    restarts: int = 0


def build_clauses(blocks: Sequence[Block]) -> tuple[tuple[Clause, ...], tuple[Annex, ...]]:
    """The clauses of a document in its order, and the annexes among them."""
    if not blocks:
        return (), ()
    walk = _prepared(blocks)
    for index in range(len(blocks)):
        _step(walk, index)
    if not any(d.kind == "article" for d in walk.drafts) or _restarts_under_headings(walk):
        walk = _unnumbered(walk)
    drafts = with_signature(walk.drafts, blocks)
    clauses = finished(drafts, blocks)
    annexes = tuple(Annex(c.label, c.heading, c.start, c.end) for c in clauses if c.kind == "annex")
    return clauses, annexes


def _prepared(blocks: Sequence[Block]) -> _Walk:
    contents = contents_blocks(blocks)
    found = {i: e for i, b in enumerate(blocks) if i not in contents and (e := candidates(b.text, b.label))}
    rows = not any(e[0].kind == "article" and not blocks[i].is_row for i, e in found.items())
    rows = rows and sum(e[0].kind == "article" and blocks[i].is_row for i, e in found.items()) >= 3
    scope = Scope()
    if stands_above_articles(found, blocks):
        scope.ranks["legal_dun"] = 1
    if comes_first(found, "article", "part"):
        scope.ranks["part"] = scope.ranks["article"] + 0.5
    return _Walk(blocks, annex_heads(blocks, contents), contents, first_clause(found, blocks, rows), rows, scope)


def _step(walk: _Walk, index: int) -> None:
    block = walk.blocks[index]
    text = block.text
    if not text.strip():
        return
    if index in walk.contents or index == walk.borrowed or block.place.part not in ("body", "textbox"):
        pass
    elif index >= walk.first and index in walk.heads:
        _open_annex(walk, walk.heads[index])
    elif index < walk.first or not _number(walk, index, block):
        _unnumbered_line(walk, index, block)
    if block.place.part == "body" and not block.is_row:
        walk.before = (
            "" if walk.drafts and walk.drafts[-1].block == index and _is_head_only(walk.drafts[-1], text) else text
        )
    elif block.is_row:
        walk.before = ""
    if not walk.drafts:
        walk.drafts.append(Draft("preamble", "", "", index, 1))


def _is_head_only(draft: Draft, text: str) -> bool:
    return not draft.heading or text.strip().endswith((draft.heading, f"{draft.heading}.", "）", "】"))


def _unnumbered_line(walk: _Walk, index: int, block: Block) -> None:
    """A line without a number: a place to sign, an attached paper without 附件, or plain text."""
    if block.is_row or not _has_article(walk):
        return
    if is_signature_head(block.text) and not walk.signed and not _in_undertaking(walk, block):
        walk.annex, walk.annex_draft, walk.signed = None, None, True
        walk.drafts.append(Draft("signature", "", "", index, 1))
    elif walk.signed and walk.annex is None and _is_attached_paper(walk, index):
        _open_annex(walk, AnnexHead(index, UNNUMBERED_ANNEX, block.text.strip()))


def _has_article(walk: _Walk) -> bool:
    return any(d.kind == "article" for d in walk.drafts)


def _in_undertaking(walk: _Walk, block: Block) -> bool:
    """Within an undertaking the signature is the undersigned's, not that of the contract."""
    if walk.annex_draft is None:
        return False
    heading = walk.drafts[walk.annex_draft].heading
    return bool(_UNDERTAKING.search(heading)) and not re.match(r"\s*(?:立[契合約]|簽名$|簽署|IN WITNESS)", block.text)


def _is_attached_paper(walk: _Walk, index: int) -> bool:
    text = walk.blocks[index].text.strip()
    return bool(_ATTACHED.match(text)) and any(b.text.strip() for b in walk.blocks[index + 1 : index + 4])


def _open_annex(walk: _Walk, head: AnnexHead) -> None:
    walk.annex = Scope()
    walk.annex_draft = len(walk.drafts)
    walk.drafts.append(Draft("annex", head.label, head.heading, head.block, 1, annex=head.label))
    if head.heading and head.heading not in walk.blocks[head.block].text:
        walk.borrowed = head.block + 1


def _number(walk: _Walk, index: int, block: Block) -> bool:
    """Open a clause when the block begins with a number that fits; says whether it did."""
    if block.is_row and not walk.rows:
        return False
    found = candidates(block.text, block.label)
    if block.is_row or block.place.part == "textbox":
        found = [e for e in found if e.kind in ("article", "section", "chapter")]
    if not found:
        return False
    line = _line(walk, index, block, found[0])
    fit = _place(walk, found, line)
    if fit is None:
        return False
    _open_clause(walk, index, block, fit, line)
    return True


def _line(walk: _Walk, index: int, block: Block, e: Enumerator) -> Line:
    rest = block.text[e.end :].strip()
    between = block.text[: e.end]
    gap = between[-1:] in " \u3000" or not rest or rest[0] in BRACKETS or _source_gap(block, e.end)
    heading = split_heading(block, e.end)
    headed = bool(heading) or (not rest and bool(_heading_below(walk, index)))
    # The parsers of formats with pages give lines that they could not join to paragraphs.
    unfinished = is_unfinished(walk.before, headed, wrapped=block.place.page is not None)
    return Line(rest, bool(block.label), headed, unfinished, gap, block.level if block.label else None)


def _source_gap(block: Block, at: int) -> bool:
    """A blank follows the number in the source although the canonical text shows none."""
    if not block.offsets or not 0 < at < len(block.offsets):
        return False
    between = block.source[block.offsets[at - 1] + 1 : block.offsets[at]]
    return bool(between) and not between.strip()


def _place(walk: _Walk, found: list[Enumerator], line: Line) -> Fit | None:
    """Where the number fits: in the open annex or in the main text, which then goes on."""
    outer = walk.main.fit(found, line)
    if walk.annex is None:
        if walk.signed:
            outer = outer if outer and outer.rank == NEXT and outer.enumerator.is_strong else None
        return outer
    inner = walk.annex.fit(found, line)
    if (
        outer
        and (outer.rank == NEXT or (outer.rank == RESUME and outer.enumerator.is_strong))
        and _goes_on(walk, outer.enumerator, inner)
    ):
        walk.annex, walk.annex_draft = None, None
        return outer
    return inner


def _goes_on(walk: _Walk, e: Enumerator, inner: Fit | None) -> bool:
    """The main text goes on behind an annex that stands in the middle of it."""
    if walk.signed and not e.is_strong:
        return False
    known = walk.main.last.get(e.kind)
    if known is None or not follows(known, e.value):
        return False
    return inner is None or inner.rank not in (NEXT, START)


def _open_clause(walk: _Walk, index: int, block: Block, fit: Fit, line: Line) -> None:
    scope = walk.main if walk.annex is None else walk.annex
    if walk.annex is None and walk.drafts and walk.drafts[-1].kind == "signature":
        walk.signed = False
    if _was_listed(walk, index, fit, line.headed):
        _forget_list(walk)
        scope = walk.main
        fit = Fit(fit.rank, 0, fit.enumerator)
    own = len(walk.drafts)
    parent = scope.push(fit, own, line)
    if parent is None:
        parent = walk.annex_draft
    e = fit.enumerator
    heading = split_heading(block, e.end)
    if not line.rest:
        heading = _heading_below(walk, index)
        walk.borrowed = index + 1 if heading else walk.borrowed
    level = walk.drafts[parent].level + 1 if parent is not None else 1
    annex = walk.drafts[walk.annex_draft].label if walk.annex_draft is not None else ""
    kind = _kind(e, heading, parent if walk.annex_draft is None else -1)
    walk.drafts.append(Draft(kind, block.label.strip() or e.label, heading, index, level, parent, annex, e.kind))


def _was_listed(walk: _Walk, index: int, fit: Fit, headed: bool) -> bool:
    """The numbers begin anew, and what was taken for clauses so far are bare headings: a table of contents."""
    e = fit.enumerator
    if walk.annex is not None or e.value != (1,) or not any(o.kind == e.kind for o in walk.main.stack[: fit.depth + 1]):
        return False
    walk.restarts += 1
    listed = [d for d in walk.drafts if d.kind != "preamble"] if walk.restarts <= MAX_RESTARTS else []
    if len(listed) < 2 or listed[0].style != e.kind:
        return False
    bounds = [*(d.block for d in listed), index]
    sizes = sorted(sum(len(b.text) for b in walk.blocks[i:j]) for i, j in pairwise(bounds))
    if sizes[len(sizes) // 2] <= MAX_ENTRY and headed:
        return True
    # Numbered recitals, and then the articles with their headings.
    return not any(d.heading for d in listed if d.style == e.kind) and headed and len(listed) <= MAX_RECITALS


def _forget_list(walk: _Walk) -> None:
    del walk.drafts[next(i for i, d in enumerate(walk.drafts) if d.kind != "preamble") :]
    walk.main = Scope(walk.main.ranks)
    if not walk.drafts:
        walk.drafts.append(Draft("preamble", "", "", 0, 1))


def _kind(e: Enumerator, heading: str, parent: int | None) -> ClauseKind:
    if parent is not None and e.kind not in ("article", "section", "section_zh"):
        return "item"
    if parent != -1 and len(heading) <= 40 and _DEFINITIONS.search(heading):
        return "definition"
    return "article"


def _heading_below(walk: _Walk, index: int) -> str:
    """The heading on the line below a number that stands alone: ARTICLE 1 / DEFINITIONS."""
    below = next((b for b in walk.blocks[index + 1 : index + 2] if b.text.strip()), None)
    if below is None or below.is_row or candidates(below.text, below.label) or parse_annex_line(below.text):
        return ""
    return below.text.strip() if is_heading_line(below.text) else ""


# --- contracts without numbers ---------------------------------------------------------------


def _unnumbered(walk: _Walk) -> _Walk:
    """Short lines without final punctuation over longer text become articles without a label."""
    heads = [i for i in range(len(walk.blocks)) if is_plain_heading(walk.blocks, i, walk.contents)]
    if len(heads) < MIN_HEADINGS:
        return walk
    fresh = _Walk(walk.blocks, walk.heads, walk.contents, heads[0], False, Scope())
    for index, block in enumerate(walk.blocks):
        if index not in heads or (index in fresh.heads and index > heads[0]):
            _step(fresh, index)
            continue
        fresh.annex, fresh.annex_draft, fresh.main = None, None, Scope()
        kind: ClauseKind = "definition" if _DEFINITIONS.search(block.text) else "article"
        fresh.drafts.append(Draft(kind, "", block.text.strip(), index, 1))
        fresh.main.stack.append(Open("heading", (0,), len(fresh.drafts) - 1, headed=True))
        fresh.before = ""
    return fresh


def _restarts_under_headings(walk: _Walk) -> bool:
    """Items begin anew at 1 under each of several headings that bear no number themselves."""
    if any(d.style in walk.main.ranks for d in walk.drafts):
        return False
    firsts = [
        d.block for d in walk.drafts if d.kind in ("article", "item") and d.style and _is_first(walk.blocks[d.block])
    ]
    return sum(i > 0 and is_plain_heading(walk.blocks, i - 1, walk.contents) for i in firsts) >= MIN_HEADINGS


def _is_first(block: Block) -> bool:
    found = candidates(block.text, block.label)
    return any(e.value == (1,) for e in found)
