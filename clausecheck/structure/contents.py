"""Blocks that only list what stands elsewhere: a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from clausecheck.document import Block
from clausecheck.structure.numbering import candidates

_HEAD = re.compile(r"^\s*(?:目[ \u3000]*[錄次录]|契約目錄|table of contents|contents|index)\s*[:：]?$", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{3,}|…+|・{3,}|(?:\. ){3,}|-{3,}|_{3,})[ \u3000]*(?:\d{1,3}|[ivx]{1,5})\s*$")
_GAP_NUMBER = re.compile(r"[^\d\s第][ \u3000|]+(?P<page>\d{1,3})(?: [ivx]{1,4})?\s*$")
_ANNEX = re.compile(r"附[件表錄錄]|(?:exhibit|annex|appendix|schedule|attachment)\b", re.IGNORECASE)
_FINAL = "。；;：:，,.！？"
MIN_RUN = 3
MAX_BREAK = 4
MAX_ENTRY = 120
MAX_TAIL = 60


def contents_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of the blocks that belong to a table of contents."""
    latest = {key: i for i, b in enumerate(blocks) if (key := _key(b.text))}
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        length, listed = _run(blocks, index, latest)
        if listed:
            found.update(range(index, index + length))
        index += max(1, length)
    return frozenset(_bridged(blocks, found))


def _bridged(blocks: Sequence[Block], found: set[int]) -> set[int]:
    """Also the remains of wrapped entries and the page heads between entries."""
    between: set[int] = set()
    for one, other in pairwise(sorted(found)):
        gap = range(one + 1, other)
        if len(gap) <= MAX_BREAK and all(len(blocks[i].text) <= MAX_ENTRY and not _ends(blocks[i].text) for i in gap):
            between.update(gap)
    return found | between


def _ends(text: str) -> bool:
    return text.rstrip()[-1:] in _FINAL and not _GAP_NUMBER.search(text[-MAX_TAIL:])


def _run(blocks: Sequence[Block], index: int, latest: dict[str, int]) -> tuple[int, bool]:
    """Length of the run of entries from `index` on, and whether they list clauses that come later."""
    if _HEAD.match(blocks[index].text):
        return _run_after_head(blocks, index), True
    end = index
    while end < len(blocks) and _is_entry(blocks[end].text):
        end += 1
    texts = [b.text for b in blocks[index:end]]
    if len(texts) < MIN_RUN or not (any(_LEADER.search(t[-MAX_TAIL:]) for t in texts) or _pages_rise(texts)):
        return len(texts), False
    return len(texts), latest.get(_key(texts[0]), -1) >= end


def _pages_rise(texts: Sequence[str]) -> bool:
    """The numbers at the ends of the lines can be pages."""
    pages = [int(m["page"]) for t in texts if (m := _GAP_NUMBER.search(t[-MAX_TAIL:]))]
    return pages == sorted(pages) and pages[0] < pages[-1]


def _run_after_head(blocks: Sequence[Block], index: int) -> int:
    seen: set[str] = set()
    end = index + 1
    while end < len(blocks) and len(blocks[end].text) <= 160:
        text = blocks[end].text
        key = _key(text)
        entry = _is_entry(text) or bool(_GAP_NUMBER.search(text[-MAX_TAIL:]))
        if key in seen or not (entry or _is_bare_entry(text)):
            break
        if key:
            seen.add(key)
        end += 1
    return end - index if end - index > MIN_RUN else 1


def _is_entry(text: str) -> bool:
    """The end alone is looked at: a search through a long line of dots would take its square."""
    tail = text[-MAX_TAIL:]
    return bool(_LEADER.search(tail)) or (bool(_GAP_NUMBER.search(tail)) and _names_a_clause(text))


def _is_bare_entry(text: str) -> bool:
    """An entry without its page; blank lines and the word 'Page' stand between entries too."""
    text = text.strip()
    if not text or text.lower() in ("page", "頁次", "頁碼"):
        return True
    return len(text) <= 100 and text[-1] not in _FINAL and _names_a_clause(text)


def _names_a_clause(text: str) -> bool:
    return bool(candidates(text)) or bool(_ANNEX.match(text))


def _key(text: str) -> str:
    found = candidates(text)
    return f"{found[0].kind} {found[0].value}" if found else ""
