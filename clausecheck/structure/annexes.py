"""Where annexes begin. An annex that is only named, in a sentence or a list, is not in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clausecheck.document import Block
from clausecheck.structure.headings import is_heading_line
from clausecheck.structure.numbering import candidates
from clausecheck.structure.signature import is_signature_head

_ZH_NUMBER = (
    r"(?:[ ]?[一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾甲乙丙丁戊己庚辛]{1,3}|[ ]?\d{1,2}(?:-\d{1,2})?|"
    r"[ ]?[A-Z](?![A-Za-z])|[（(][一二三四五六七八九十\d]{1,2}[）)])?"
)
_ZH = re.compile(
    rf"^\s*[【〔\[（(]?[ \u3000]*(?P<label>(?:契約|合約|本約)?附[ \u3000]?(?:件|表|錄|圖|"
    rf"則){_ZH_NUMBER}(?:之[一二三四五\d])?)(?P<rest>.*)$",
    re.DOTALL,
)
_EN = re.compile(
    r"^\s*[\[(]?(?P<label>(?:EXHIBIT|Exhibit|ANNEX|Annex|ANNEXURE|Annexure|APPENDIX|Appendix|SCHEDULE|"
    r"Schedule|ATTACHMENT|Attachment|ADDENDUM|Addendum)"
    r"(?:[ ]+[\"“]?(?:[A-Z]{1,2}(?:-?\d{1,2})?|\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[Oo]ne|[Tt]wo|"
    r"[Tt]hree)[\"”]?(?![A-Za-z\d]))?)"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_RUNNING_ZH = re.compile(
    r"^[ ]?(?:[所之及與或、，。；為係應得得為內中至等]|規定|列|「|載|第|各|均|由|另|如|詳|依|即|俟|不)"
)
_RUNNING_EN = re.compile(r"^[ ]*(?:[,;.()]?[ ]*(?:[a-z]|,|;|$)(?!\s*$)|\()")
_SEPARATORS = " \u3000-—–:：.】〕])）"
MAX_TITLE = 60
MAX_TITLE_EN = 110


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """The beginning of an annex; `heading` may come from the line after the label."""

    block: int
    label: str
    heading: str


def annex_heads(blocks: Sequence[Block], skipped: Collection[int]) -> dict[int, AnnexHead]:
    """The annexes that are in the file, by the index of their first block."""
    heads = {i: head for i, b in enumerate(blocks) if i not in skipped and (head := _head(blocks, i))}
    latest = {_key(head.label): i for i, head in heads.items()}
    return {i: h for i, h in heads.items() if _is_real(blocks, heads, i, latest[_key(h.label)] > i)}


def parse_annex_line(text: str) -> tuple[str, str] | None:
    """Label and title of a line that could head an annex."""
    text = text.strip()
    match = _ZH.match(text) or _EN.match(text)
    if not match or len(text) > (MAX_TITLE if _ZH.match(text) else MAX_TITLE_EN):
        return None
    label = re.sub(
        r"[ \u3000\"“”]+", lambda m: " " if match.re is _EN and m.group().strip('"“”') else "", match["label"]
    ).strip()
    rest = match["rest"]
    running = _RUNNING_ZH.match(rest) if match.re is _ZH else _RUNNING_EN.match(rest)
    if (running and rest.strip()) or rest.rstrip()[-1:] in ("。", "；", ";", "，", ",", "、"):
        return None
    if label.lower() in ("schedule", "attachment", "exhibit", "addendum", "appendix", "附圖", "附則") and rest.strip():
        return None
    title = rest.strip(_SEPARATORS).lstrip("（(「《").rstrip("」》").strip()
    return label, title


def _head(blocks: Sequence[Block], index: int) -> AnnexHead | None:
    block = blocks[index]
    if block.is_row or block.place.part != "body":
        return None
    parsed = parse_annex_line(block.text)
    if not parsed:
        return None
    label, title = parsed
    if not title:
        title = _title_below(blocks, index)
    return AnnexHead(index, label, title)


def _title_below(blocks: Sequence[Block], index: int) -> str:
    following = next((b for b in blocks[index + 1 : index + 3] if b.text.strip()), None)
    if following is None or following.is_row or candidates(following.text, following.label):
        return ""
    return following.text.strip() if is_heading_line(following.text) and not parse_annex_line(following.text) else ""


def _is_real(blocks: Sequence[Block], heads: dict[int, AnnexHead], index: int, again: bool) -> bool:
    """Content comes after the head, and the head is no entry of a list of annexes."""
    below = _next(blocks, index, 1)
    if below is None or is_signature_head(blocks[below].text):
        return False
    if below in heads:
        return False
    above = _next(blocks, index, -1)
    if above is not None and above in heads and _starts_afresh(blocks, index, above) is False:
        return False
    return not again or not _is_listed(blocks, index)


def _starts_afresh(blocks: Sequence[Block], index: int, above: int) -> bool:
    block, before = blocks[index], blocks[above]
    return block.heading or (block.place.page is not None and block.place.page != before.place.page)


def _is_listed(blocks: Sequence[Block], index: int) -> bool:
    """The line stands where annexes are listed: a clause number begins the next block."""
    below = _next(blocks, index, 1)
    return below is not None and any(e.is_strong for e in candidates(blocks[below].text, blocks[below].label))


def _key(label: str) -> str:
    return re.sub(r"\s", "", label).lower()


def _next(blocks: Sequence[Block], index: int, step: int) -> int | None:
    at = index + step
    while 0 <= at < len(blocks):
        if blocks[at].text.strip():
            return at
        at += step
    return None
