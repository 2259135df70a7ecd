"""Which words of a clause's first line are its heading; pure."""

from __future__ import annotations

import re

from clausecheck.document import Block
from clausecheck.text import HAN

MAX_HAN = 30
MAX_LATIN = 110
_FINAL = "。；;：:，,、！!？?"
_OPEN = "（(【〔［[「《"
_CLOSE = dict(zip(_OPEN, "）)】〕］]」》", strict=True))
_VERBS = re.compile(r"應(?!用|變|遵|付)|不得|如下|下列|係指|[謂指]|乙方|甲方(?!資)|自.{1,12}起")
_SMALL = {
    "and",
    "or",
    "of",
    "the",
    "to",
    "for",
    "in",
    "on",
    "by",
    "with",
    "a",
    "an",
    "at",
    "from",
    "under",
    "upon",
    "as",
    "no",
    "not",
}
_EN_LEAD = re.compile(r"(?P<head>[A-Z\"“][^.:;\n]{1,90}?)(?P<stop>[.:]|[ ][–—-])(?:[ \u3000]+(?=\S)|$)")


def visual_width(text: str) -> int:
    """Width in half-width columns: a Chinese character counts two."""
    return sum(2 if HAN.match(c) or c > "\u2e80" else 1 for c in text)


def is_heading_line(text: str) -> bool:
    """A short line without final punctuation, fit to stand alone as a heading."""
    text = text.strip()
    if not text or text[-1] in _FINAL or not any(c.isalpha() for c in text):
        return False
    if HAN.search(text):
        return len(text) <= MAX_HAN and not re.search("[。；]|，.*，", text)
    return len(text) <= MAX_LATIN and _looks_titled(text.rstrip("."))


def split_heading(block: Block, at: int) -> str:
    """The heading in the first line of a clause whose number ends at `at`; empty when it has none."""
    rest = block.text[at:].strip()
    if not rest:
        return ""
    if rest[0] in _OPEN:
        return _bracketed(rest)
    if HAN.search(rest[:MAX_HAN]):
        return _chinese(rest, block, at)
    return _english(rest)


def _bracketed(rest: str) -> str:
    close = rest.find(_CLOSE[rest[0]], 1)
    inside = rest[1:close].strip() if 0 < close <= 2 * MAX_HAN else ""
    if rest[0] in "「《" and rest[close + 1 :].strip():
        # 「本系統」：… is a defined term, no heading
        return ""
    if not HAN.search(inside) and len(re.findall("[A-Za-z]", inside)) < 4:
        # (i), [***]
        return ""
    return inside if not re.search("[。；：，]", inside) else ""


def _chinese(rest: str, block: Block, at: int) -> str:
    if is_heading_line(rest) and not re.search("[\u3000]", rest):
        return rest
    for part in (_before_gap(rest), _before_colon(rest), _before_source_gap(block, at)):
        if (
            part
            and part != rest
            and len(part) <= 20
            and not re.search("[。；：，！？]", part)
            and not _VERBS.search(part)
        ):
            return part
    return rest if is_heading_line(rest) and not _VERBS.search(rest) else ""


def _before_gap(rest: str) -> str:
    return re.split("\u3000+", rest, maxsplit=1)[0].strip() if "\u3000" in rest else ""


def _before_colon(rest: str) -> str:
    head, colon, tail = rest.partition("：")
    return (
        head.strip()
        if colon and tail.strip() and len(head) <= 14 and "「" not in head and "、" not in head[-2:]
        else ""
    )


def _before_source_gap(block: Block, at: int) -> str:
    """Words before a blank of the source that the canonical text no longer shows: 契約期間 本契約自…"""
    if not block.offsets:
        return ""
    text = block.text
    at += len(text[at:]) - len(text[at:].lstrip())
    for i in range(at + 2, min(at + 21, len(text), len(block.offsets))):
        between = block.source[block.offsets[i - 1] + 1 : block.offsets[i]]
        if between and not between.strip() and HAN.match(text[i]):
            return text[at:i].strip()
    return ""


def _english(rest: str) -> str:
    match = _EN_LEAD.match(rest)
    if match and _looks_titled(match["head"]):
        return match["head"].strip()
    if is_heading_line(rest):
        return rest.rstrip(".").strip()
    return ""


def _looks_titled(text: str) -> bool:
    """ALL CAPS, Title Case, or one to four words."""
    words = re.findall(r"[A-Za-z][A-Za-z'’&/-]*", text)
    if not words or len(words) > 14 or text[:1].islower():
        return False
    if len(words) <= 3 and not re.search(r"\b(?:shall|will|may|is|are|means)\b", text):
        return True
    plain = [w for w in words if w[0].islower() and w not in _SMALL]
    return not plain or (
        len(words) <= 7
        and len(plain) <= 2
        and not re.search(r"\b(?:shall|will|may|must|is|are|means|has|have|hereby)\b", text)
    )
