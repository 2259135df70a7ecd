"""Where the numbered text of a contract begins, and which numbers stand above which; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clausecheck.document import Block
from clausecheck.structure.headings import split_heading
from clausecheck.structure.numbering import Enumerator
from clausecheck.structure.sequence import Line, is_running

BRACKETS = tuple("（(【〔[「『《")

_AGREED = re.compile(
    r"(?:條款|約定|協議|訂立|議定|同意)(?:[^。；]{0,20})(?:如下|如次|如後|遵守|遵循|遵照|守信)|"
    r"agreed? as follows|AGREED TERMS"
)
_LETTERS = ("lower", "upper")


def stands_above_articles(found: dict[int, list[Enumerator]], blocks: Sequence[Block]) -> bool:
    """壹、貳、 are used as chapters over 第N條."""
    articles = [i for i, e in found.items() if e[0].kind == "article"]
    legal = [i for i, e in found.items() if e[0].kind == "legal_dun" and split_heading(blocks[i], e[0].end)]
    return bool(articles) and len(legal) > 1 and legal[0] < articles[0] < legal[-1] < articles[-1]


def comes_first(found: dict[int, list[Enumerator]], kind: str, other: str) -> bool:
    """Both kinds of number occur, the first of `kind` before the first of `other`."""
    first = {k: next((i for i, e in found.items() if e[0].kind == k), None) for k in (kind, other)}
    one, two = first[kind], first[other]
    return one is not None and two is not None and one < two


def first_clause(found: dict[int, list[Enumerator]], blocks: Sequence[Block], rows: bool) -> int:
    """The block with which the numbered text begins; recitals (A), (B) before it are preamble."""
    usable = [(i, e) for i, e in found.items() if (rows or not blocks[i].is_row) and blocks[i].place.part == "body"]
    strong = _strong_starts(usable, blocks)
    legal = [i for i, e in usable if e[0].kind == "legal_dun" and e[0].value == (1,)]
    plain = _plain_start(usable, blocks)
    if strong and not _runs_before(usable, blocks, plain, strong[0]):
        return min(strong[0], legal[0]) if legal and legal[0] < strong[0] else strong[0]
    return plain if usable else len(blocks)


def _plain_start(usable: list[tuple[int, list[Enumerator]]], blocks: Sequence[Block]) -> int:
    """Where 一、 or 1. begins; behind 'agreed as follows' when the contract says so."""
    agreed = next((i for i, b in enumerate(blocks) if _AGREED.search(b.text) and b.text.rstrip()[-1:] in "：:。.S"), -1)
    firsts = [(i, e) for i, e in usable if e[0].value[-1] <= 1 and not _is_letter(e)]
    if firsts and _runs_before(usable, blocks, firsts[0][0], agreed):
        agreed = -1
    for after in (agreed, -1):
        later = [(i, e) for i, e in firsts if i > after]
        bare = [i for i, e in later if not e[0].kind.endswith("paren")]
        if bare or later:
            return bare[0] if bare else later[0][0]
    return usable[0][0] if usable else -1


def _runs_before(usable: list[tuple[int, list[Enumerator]]], blocks: Sequence[Block], start: int, end: int) -> bool:
    """A list with headings runs from `start` to 3 and further before the block `end`: it holds the articles."""
    kind = next((e[0].kind for i, e in usable if i == start), "")
    run = [(i, e[0]) for i, e in usable if start <= i < end and e[0].kind == kind]
    headed = {e.value[0] for i, e in run if split_heading(blocks[i], e.end)}
    return {1, 2, 3} <= headed and kind not in ("han_paren", "arabic_paren")


def _is_letter(found: list[Enumerator]) -> bool:
    return all(e.kind.startswith(_LETTERS) and "roman" not in e.kind for e in found)


def _strong_starts(usable: list[tuple[int, list[Enumerator]]], blocks: Sequence[Block]) -> list[int]:
    """Blocks at which 第一條, Article 1 and the like begin; a single one may be a mere reference."""
    fit = [(i, e[0]) for i, e in usable if e[0].is_strong and not _reads_on(blocks[i], e[0])]
    starts = [(i, e) for i, e in fit if e.value[0] <= 2] or fit
    return [i for i, e in starts if blocks[i].label or sum(o.kind == e.kind for _, o in fit) > 1]


def _reads_on(block: Block, e: Enumerator) -> bool:
    rest = block.text[e.end :].strip()
    gap = block.text[: e.end][-1:] in " \u3000" or rest[:1] in BRACKETS
    return is_running(e, Line(rest, bool(block.label), bool(split_heading(block, e.end)), False, gap))


BRACKETS = tuple("（(【〔[「《")
