"""Headings that bear no number: short lines without final punctuation over longer text; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from clausecheck.document import Block
from clausecheck.structure.headings import is_heading_line, visual_width
from clausecheck.structure.numbering import candidates
from clausecheck.structure.signature import has_signing_words, is_signature_head

MIN_BODY = 50
_TITLE = re.compile(r"契約(?:書)?$|合約(?:書)?$|協議(?:書)?$|約定書$|agreement$|contract$", re.IGNORECASE)


def is_plain_heading(blocks: Sequence[Block], index: int, contents: Collection[int]) -> bool:
    """A short line over longer text; `contents` are the blocks of the table of contents."""
    block = blocks[index]
    text = block.text.strip()
    if block.is_row or block.place.part != "body" or index in contents or candidates(text, block.label):
        return False
    limit = 48 if not block.heading else 80
    if not is_heading_line(text) or visual_width(text) > limit or re.search("[：:|]", text):
        return False
    if (
        _TITLE.search(text)
        or has_signing_words(text)
        or is_signature_head(text)
        or re.search(r"公司$|(?:Ltd|Inc|LLC)\.?$|\d{4}$|日$", text)
    ):
        return False
    below = next((b for b in blocks[index + 1 : index + 3] if b.text.strip()), None)
    if below is None:
        return False
    return (
        block.heading
        or below.is_row
        or visual_width(below.text) > MIN_BODY
        or bool(candidates(below.text, below.label))
    )
