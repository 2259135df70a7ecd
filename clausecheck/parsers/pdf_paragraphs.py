"""Lines to paragraphs, across the ends of lines, columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from clausecheck.parsers.pdf_layout import Region
from clausecheck.parsers.pdf_lines import Line, join_texts

_CN = "一二三四五六七八九十百零〇○壹貳參叁肆伍陸柒捌玖拾0-9０-９"
_ARTICLE = re.compile(rf"第\s*[{_CN}]+\s*(?:條|章|節|編|款|項)(?:\s*之\s*[{_CN}]+)?")
_ANNEX = re.compile(rf"(?:附件|附表|附錄|附約|附圖)\s*[{_CN}A-Za-z甲乙丙丁戊己]*|【[^】]{{1,12}}】")
_WORD_LABEL = re.compile(
    r"(?:article|section|clause|chapter|part|exhibit|schedule|annex|appendix|attachment|addendum)"
    r"\s+(?:[ivxlc]+|\d+(?:\.\d+)*|[a-z])\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?:[{_CN}]{{1,4}}\s*、|[（(]\s*(?:[{_CN}]{{1,4}}|[a-zA-Z]{{1,2}}|[ivxIVX]{{1,6}})\s*[）)]"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}\.?(?![\d%])(?:\s|(?=[^\x00-\x7f]))|\d{1,2}[.)](?!\d)|[A-Za-z][.)]\s|([a-z])\1\)\s|[ivx]{1,5}[.)]\s"
    r"|[㈠-㈩⑴-⒇①-⑳⒈-⒛]|[•●■◆○□☐☑☒▪➢‧]\s*|[甲乙丙丁戊己庚辛壬癸]\s*、|[-–—]\s)"
)
_BRACKETED = re.compile(r"[（(]\s*(\w{1,4})\s*[）)]")
_COUNTS = (
    list("abcdefghijklmnop"),
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
    [*"一二三四五六七八九十", "十一", "十二"],
    [str(n) for n in range(1, 30)],
)
_REFERENCE = re.compile(
    r"\s*(?:第|之|規定|所|及|或|與|、|，|約定|辦理|至|等|各|但書|前段|後段|本文|的|內|中|為|應|外|者|得|以|有|[)）」』])"
)
_ASKS = re.compile(
    r"(?:依|按|詳|見|如|第|至|及|或|與|、|，|,|之|於|以|為|附|據|照|本|該|前|各|自|對|除|經|含|在|條|款|項"
    r"|\b(?:article|articles|section|sections|clause|clauses|paragraph|paragraphs|exhibit|schedule|annex|appendix|attachment"
    r"|and|or|of|to|in|with|under|by|the|this|that|from|for|a|an|see|per|than|no\.?|is|are|on|at|as|within|least|exceed))$",
    re.IGNORECASE,
)
_LISTS = re.compile(r"[,;，；]\s*(?:and|or|and/or|及|或)?\s*$", re.IGNORECASE)
_FINAL = re.compile(r"[。；：！？.;:!?][」』）)\"'”’⁰¹²³⁴-⁹]*$")
_GOES_ON = re.compile(r"(?![ivx]{1,5}[.)]|([a-z])\1?[.)])[a-z]")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LARGE_GAP = 1.35  # times the usual distance of two lines
_MANY = 5  # lines of a page from which its right margin can be seen
_NARROW = 18.0  # ems: no page is set as narrow as that, so these are short lines
_GAP_WITHIN = 4.0  # the same inside a sentence, where the page of another edition ended


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it grows; page is where it begins."""

    page: int
    text: str
    lines: list[Line] = field(default_factory=list)
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in the document: right margin, distance of lines (points), words."""

    right: float
    pitch: float
    size: float
    words: Counter[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A line with its surroundings."""

    line: Line
    region: Region
    page: int


def measures_of(regions: Iterable[Region]) -> Measures:
    """The usual measures over all pages."""
    regions = list(regions)
    lines = [line for region in regions for line in region.lines]
    whole = [region for region in regions if region.whole]
    rights = [region.right for region in whole if len(region.lines) >= _MANY] or [
        max((r.right for r in whole), default=0)
    ]
    size = _typical_size(lines)
    words = Counter(w.lower() for line in lines for w in _WORD.findall(line.text))
    return Measures(median(rights), _pitch(regions, size), size, words)


def _typical_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _pitch(regions: list[Region], size: float) -> float:
    steps = [
        b.bottom - a.bottom
        for region in regions
        for a, b in zip(region.lines, region.lines[1:], strict=False)
        if 0 < b.bottom - a.bottom < 4 * size
    ]
    # the lower quartile: in a text of short paragraphs most steps are between paragraphs
    return sorted(steps)[len(steps) // 4] if steps else 1.5 * size


class Joiner:
    """Takes line after line and yields finished paragraphs."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._open: Paragraph | None = None
        self._last: Spot | None = None

    def add(self, spot: Spot) -> Paragraph | None:
        """Adds a line; returns the paragraph that it ends."""
        if self._open and self._last and self._continues(self._open, self._last, spot):
            self._open.text = join_texts(self._open.text, spot.line.text, self._measures.words)
            self._open.lines.append(spot.line)
            self._last = spot
            return None
        done = self.close()
        self._open = Paragraph(spot.page, spot.line.text, [spot.line], spot.line.size)
        self._last = spot
        return done

    def close(self) -> Paragraph | None:
        """Ends the open paragraph."""
        done, self._open, self._last = self._open, None, None
        return done

    def _continues(self, paragraph: Paragraph, last: Spot, spot: Spot) -> bool:
        a, b = last.line, spot.line
        em = max(self._measures.size, 1.0)
        if max(a.size, b.size) > 1.25 * min(a.size, b.size) or not self._is_full(last, b):
            return False
        if self._is_apart(last, spot) or _is_tabular(a, b, em):
            return False
        if begins_item(a.text, b.text) and not _counts_on(paragraph.text, b.text):
            return False
        if not _FINAL.search(a.text):
            return True
        return not self._begins_anew(paragraph, last, spot)

    def _is_full(self, last: Spot, after: Line) -> bool:
        """Whether the next line's first word had no room in the last line."""
        line, region = last.line, last.region
        right = region.right
        if region.whole and len(region.lines) < _MANY:
            right = max(right, self._measures.right)
        if region.whole and right - region.left < _NARROW * self._measures.size:
            return False
        if _GOES_ON.match(after.text) and not _FINAL.search(line.text):
            # a ragged line: what follows begins in the middle of a sentence
            return line.x1 > region.left + 0.6 * (right - region.left)
        # typesetters that keep Chinese words together end a line up to three characters early
        early = _is_chinese(line.text[-1:]) and not _FINAL.search(line.text)
        slack = (3.2 if early else 0.8) * self._measures.size
        blank = 0.0 if _is_chinese(line.text[-1:]) else 0.25 * line.size
        return line.x1 + blank + after.head > right - slack

    def _is_apart(self, last: Spot, spot: Spot) -> bool:
        """A gap between two lines of one column that is larger than usual."""
        step = spot.line.bottom - last.line.bottom
        if last.page != spot.page or step <= 0:
            return False
        sizes = max(1.0, spot.line.size / max(self._measures.size, 1.0))
        goes_on = _GOES_ON.match(spot.line.text) and not _FINAL.search(last.line.text)
        return step > (_GAP_WITHIN if goes_on else _LARGE_GAP) * self._measures.pitch * sizes

    def _begins_anew(self, paragraph: Paragraph, last: Spot, spot: Spot) -> bool:
        """After a finished sentence: another column or page, or a change of the left edge."""
        if last.page != spot.page or last.region is not spot.region:
            return True
        shift = spot.line.x0 - last.line.x0
        first = len(paragraph.lines) == 1
        labelled = bool(label_of(paragraph.text))
        if shift > 0.9 * self._measures.size:
            return not (first and labelled)
        return shift < -0.9 * self._measures.size and not first


def label_of(text: str) -> str:
    """The enumerator that a line begins with, or ""."""
    for pattern in (_ARTICLE, _ANNEX, _WORD_LABEL, _ITEM):
        match = pattern.match(text)
        if match:
            return match.group()
    return ""


def begins_item(before: str, after: str) -> bool:
    """Whether a line begins a new item, though the line before it is full.

    「依本契約／第三條規定辦理」 is one sentence: what follows the number, or the last word before it,
    shows a reference.
    """
    label = label_of(after)
    if not label:
        return False
    if _FINAL.search(before):
        return True
    rest = after[len(label) :]
    if _ASKS.search(before.rstrip()) and not _LISTS.search(before):
        return False
    if _ARTICLE.match(after) or _ANNEX.match(after):
        if before.rstrip()[-1:] in "，、,":
            return False
        return not (_REFERENCE.match(rest) or re.match(r"\s*[。；]", rest))
    if _WORD_LABEL.match(after):
        return bool(re.match(r"\s*(?:[:.–—-]|$|\s+[A-Z])", rest))
    if before[-1:] < "\u2e80" and not _LISTS.search(before):
        # English items follow a mark of punctuation; "thirty-six / (36) months" is no item
        return bool(re.match(r"\W*[A-Z\u2e80-\U0003ffff]", rest)) and not label.strip("().").isdigit()
    return not re.match(r"\s*(?:[款項目條點]|[,;，；。、])", rest)


def _counts_on(paragraph: str, after: str) -> bool:
    """Whether a line's label follows one inside the paragraph: 「下列：（a）…；／（b）…」 in one flow."""
    label = _BRACKETED.match(after)
    if not label:
        return False
    for row in _COUNTS:
        at = row.index(label.group(1)) if label.group(1) in row else 0
        if at and re.search(rf".[（(]\s*{row[at - 1]}\s*[）)]", paragraph):
            return True
    return False


def _is_tabular(a: Line, b: Line, em: float) -> bool:
    """Two lines with a wide gap at the same place: rows of a table without rules."""
    return any(abs(x - y) < 0.3 * em for x in a.starts[1:] for y in b.starts[1:])


def _is_chinese(char: str) -> bool:
    return char >= "\u2e80"
