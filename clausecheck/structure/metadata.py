"""What the contract says of itself: title, number, term, date of signature and amounts.

Only what stands there plainly; a blank or a doubtful value is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from clausecheck.document import Clause, Document, Metadata
from clausecheck.structure.amounts import read_amounts, read_value
from clausecheck.structure.dates import Dated, find_dates, last_day
from clausecheck.structure.numbering import candidates, number
from clausecheck.structure.renewal import read_renewal

MAX_TERM = 160

_TITLE = re.compile(
    r"契約|合約|合同|訂購單|採購單|服務條款|協議|約定書|約定$|同意書|切結書|備忘錄|委託書|承諾書|約款|\b(?:agreement|contract|terms|"
    r"statement of work|memorandum|order form|addendum|amendment|undertaking)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"[。；，]|^(?:exhibit|this|source|table|whereas|certain|between)\b|編號|案號|案名|[：:]\s*\S|"
    r"confidential treatment|\b(?:dated|shall|made|entered|hereby|pursuant|omitted|excluded)\b|\||^立",
    re.IGNORECASE,
)
_NUMBER_ZH = re.compile(
    r"(?:契約|合約|合同|訂購單|採購單|服務條款|採購|採購案|案件|標案|專案|訂購|訂單|文件|合約書|"
    r"契約書)?(?<!統一)(?<!設備)(?:編[ \u3000]*號|案[ \u3000]*號|字[ \u3000]*號|單[ \u3000]*號)[ \u3000]*[：:|"
    r"]?[ \u3000|]*"
    r"(?P<n>[A-Za-z0-9][A-Za-z0-9_/.()\-]{2,30}|[^\s：:，。|]{0,10}字第[ ]?[A-Za-z0-9\-]+[ ]?號)"
)
_NUMBER_EN = re.compile(
    r"(?<!registration )(?<!telephone )(?<!fax )(?<!tax )\b(?:(?:contract|agreement|document|order|PO|SOW)[ ]?"
    r"(?:no|number|ref|reference|#)|ref(?:erence)?(?:[ ]?no)?)\.?[ ]?[:#]?[ ]?(?P<n>[A-Z0-9][A-Z0-9_/.\-]{2,30})",
    re.IGNORECASE,
)
_TERM_HEADING = re.compile(
    r"期間|期限|效期|有效|生效|時程|合作多久|\bterm\b|duration|commencement|effective", re.IGNORECASE
)
_TERM_WORDS = re.compile(
    r"契約|合約|合同|訂購單|採購單|服務條款|本約|協議|期間|效力|有效|合作|agreement|term\b|contract", re.IGNORECASE
)
_FROM = re.compile(r"(?:自|從|由|期間[：:為]?|on|from|of|commenc\w*|begin\w*|effective)[^。；;]{0,16}$", re.IGNORECASE)
_UNTIL = re.compile(
    r"^[^。；;]{0,30}?(?:至|到|迄|～|~|[-–—]|until|to\b|through|ends? on|expir\w+ on|and end\w*)[^。；;]{0,20}$",
    re.IGNORECASE,
)
_BEGINS_ZH = re.compile(r"[ ]?(?:零時)?(?:起|生效|開始)")
_BEGINS_EN = re.compile(r"(?:tak\w+ effect|effective|commenc\w*|begin\w*|in force|start\w*)[^.;]{0,30}$", re.IGNORECASE)
_PERIOD_ZH = re.compile(
    r"(?:為期|共計|合計|共|計|有效期間為?|期間為?|起算?|效期|"
    r"滿)[^。；]{0,12}?(?P<n>[0-9一二三四五六七八九十]{1,3})[ ]?(?P<u>個月|年)(?!\d{0,2}[月度])"
)
_PERIOD_EN = re.compile(
    r"\b(?P<n>\d{1,3}|one|two|three|four|five|six|ten|twelve|eighteen|twenty-four|thirty-six|"
    r"forty-eight|sixty)\b[ ]?(?:\((?P<d>\d{1,3})\))?[ -]?(?P<u>month|year)s?\b",
    re.IGNORECASE,
)
_WORDS_EN = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "twelve": 12,
    "eighteen": 18,
    "twenty-four": 24,
    "thirty-six": 36,
    "forty-eight": 48,
    "sixty": 60,
}
_SIGNATURES = re.compile(r"^(?:簽署|簽約|立約人)|^signatures?$", re.IGNORECASE)
_SIGNED_EN = re.compile(
    r"(?:dated|made|entered into|effective)(?: and entered into)?(?: effective)?(?: as of|"
    r" on)?(?: this| the)?[^.;]{0,20}$",
    re.IGNORECASE,
)


def read_metadata(document: Document, clauses: Sequence[Clause]) -> Metadata:
    """The metadata of a contract, from its text alone."""
    start, end, term = _term(document.text, clauses)
    return Metadata(
        title=_title(document, clauses),
        number=_number(document, clauses),
        start_date=start,
        end_date=end,
        signed_date=_signed(document.text, clauses),
        term=term,
        amounts=read_amounts(document.text),
        value=read_value(document.text),
        renewal=read_renewal(document.text, clauses),
    )


# --- title and number --------------------------------------------------------------------------


def _title(document: Document, clauses: Sequence[Clause]) -> str:
    end = next((c.start for c in clauses if c.kind not in ("preamble",)), len(document.text))
    lines = [b.text.strip() for b in document.blocks[:30] if b.start < end and not b.is_row and b.text.strip()]
    for line in lines:
        if len(line) <= 120 and _TITLE.search(line) and not _NO_TITLE.search(line):
            line = re.sub(r"(?i)\s+(?:by and )?between\b.*$|^execution (?:version|copy) ", "", line)
            return re.sub(r"[ \u3000]+", " " if line.isascii() else "", line).strip("《》【】〔〕「」 ")
    return ""


def _number(document: Document, clauses: Sequence[Clause]) -> str:
    end = next((c.start for c in clauses if c.kind != "preamble"), 2000)
    texts = [document.text[:end], *(b.text for b in document.asides if b.place.part in ("header", "footer"))]
    for text in texts:
        for pattern in (_NUMBER_ZH, _NUMBER_EN):
            match = next((m for m in pattern.finditer(text) if re.search(r"\d", m["n"])), None)
            if match:
                return match["n"].rstrip(".,-")
    return ""


# --- term --------------------------------------------------------------------------------------


def _term(text: str, clauses: Sequence[Clause]) -> tuple[str, str, str]:
    """First and last day and the sentence that says so."""
    for start, end in _term_places(text, clauses):
        place = text[start:end]
        dates = find_dates(place)
        found = _pair(place, dates) or _with_period(place, dates)
        if found:
            first, last, at = found
            return first, last, _sentence(place, at)
    return "", "", _term_sentence(text, clauses)


def _term_places(text: str, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    main = [c for c in clauses if not c.annex and c.kind in ("article", "item", "definition")]
    headed = [(c.start, c.end) for c in main if c.kind == "article" and _TERM_HEADING.search(c.heading)]
    others = [(c.start, c.own_end) for c in main if _TERM_WORDS.search(text[c.start : c.own_end])]
    before = [(c.start, c.own_end) for c in clauses if c.kind == "preamble"]
    return headed + others + before


def _pair(place: str, dates: Sequence[Dated]) -> tuple[str, str, int] | None:
    for one, other in pairwise(dates):
        between = place[one.end : other.start]
        if (
            len(between) <= 60
            and _UNTIL.match(between)
            and _FROM.search(place[: one.start][-30:])
            and one.iso < other.iso
        ):
            return one.iso, other.iso, one.start
    return None


def _with_period(place: str, dates: Sequence[Dated]) -> tuple[str, str, int] | None:
    for dated in dates:
        if not _FROM.search(place[: dated.start][-30:]):
            continue
        after = re.split("[。；;]", place[dated.end : dated.end + 120])[0]
        length = _length(after)
        if _BEGINS_ZH.match(after) or (
            place[: dated.start].isascii() and _BEGINS_EN.search(place[: dated.start][-60:])
        ):
            return dated.iso, last_day(dated.iso, **length) if length else "", dated.start
    return None


def _length(text: str) -> dict[str, int]:
    match = _PERIOD_ZH.search(text)
    if match:
        value = number(match["n"])
        return {"years" if match["u"] == "年" else "months": value} if value else {}
    match = _PERIOD_EN.search(text)
    if not match:
        return {}
    word = match["d"] or match["n"]
    value = int(word) if word.isdigit() else _WORDS_EN[word.lower()]
    return {"years" if match["u"].lower() == "year" else "months": value}


def _sentence(place: str, at: int) -> str:
    start = max(place.rfind(mark, 0, at) for mark in "。\n；") + 1
    ends = [e for e in (place.find(mark, at) for mark in ("。", "\n", "；", ". ")) if e >= 0]
    words = place[start : min(ends, default=len(place))].strip()
    found = candidates(words)
    return (words[found[0].end :] if found else words)[:MAX_TERM].strip()


def _term_sentence(text: str, clauses: Sequence[Clause]) -> str:
    """The words on the term where they hold no plain date: 自簽約日起一年, or a blank."""
    for clause in clauses:
        if clause.kind != "article" or clause.annex or not _TERM_HEADING.search(clause.heading):
            continue
        place = text[clause.start : clause.end]
        match = re.search(
            r"自[^。；\n]{0,40}起|期間[^。；\n]{0,20}[年月]|\bterm\b[^.\n]{0,80}(?:month|year|until)",
            place,
            re.IGNORECASE,
        )
        if match:
            return _sentence(place, match.start())
    return ""


# --- signature ---------------------------------------------------------------------------------


def _signed(text: str, clauses: Sequence[Clause]) -> str:
    for clause in reversed([c for c in clauses if c.kind == "signature" or _SIGNATURES.search(c.heading)]):
        dates = find_dates(text[clause.start : clause.end])
        if dates:
            return max(d.iso for d in dates)
    head = next((text[c.start : c.own_end] for c in clauses if c.kind == "preamble"), "")
    return next(
        (d.iso for d in find_dates(head) if _SIGNED_EN.search(head[: d.start][-60:]) or _is_own_line(head, d)), ""
    )


def _is_own_line(text: str, dated: Dated) -> bool:
    line = text[text.rfind("\n", 0, dated.start) + 1 : dated.start] + (text[dated.end :].split("\n", 1)[0])
    return len(line.strip(" \u3000：:簽訂約日期立")) == 0
