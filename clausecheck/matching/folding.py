"""The text as the matcher sees it: names, scripts and blanks folded, with a map back.

Parties become single private characters, so that no verdict hangs on how a contract names them;
Traditional and Simplified characters, upper and lower case, quotation marks and blanks between
Chinese characters make no difference; every way to leave a value open becomes one BLANK; pronouns of
a party (you, your) are its mark, and contractions are written out (won't: will not).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from clausecheck.document import Contract, Party
from clausecheck.structure.pronouns import is_pronoun, pronoun_forms, pronoun_pattern

CUSTOMER = "\ue000"
SUPPLIER = "\ue001"
BOTH = "\ue002"
BLANK = "\ue003"
ROLE_MARKS = {"customer": CUSTOMER, "supplier": SUPPLIER}

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_GENERIC = {
    "customer": ("委託機構", "委託人", "委任人", "定作人", "委託單位", "委託公司", "客戶端公司"),
    "supplier": ("受委託機構", "受託機構", "受託廠商", "受託人", "受任人", "承攬人", "承攬廠商", "承包廠商",
                 "得標廠商", "立約商", "服務供應商", "服務提供者", "受託單位", "受託公司"),
}  # fmt: skip
_GENERIC_EN = {
    "customer": ("the customer", "the client", "customer", "client"),
    "supplier": ("the supplier", "the vendor", "the provider", "the service provider", "the contractor",
                 "service provider", "supplier", "vendor", "contractor"),
}  # fmt: skip
_BOTH_WORDS = ("甲乙雙方", "雙方當事人", "契約當事人", "締約雙方", "立約雙方", "兩造", "雙方", "任一方", "任何一方",
               "各方", "當事人之一方", "一方當事人", "彼此")  # fmt: skip
_BOTH_EN = (
    "both parties",
    "either party",
    "each party",
    "each of the parties",
    "the parties",
    "any party",
    "both of us",
    "either of us",
    "each of us",
    "neither of us",
    "you and we",
    "we and you",
    "you and us",
    "us and you",
    "we both",
)

# 協力廠商, 複受託人, 其他客戶: not the party that the rest of the word names.
_OTHER_FIRM = re.compile(
    "(?:協力|协力|下包|分包|轉包|转包|其他|其它|他|複|复|次|再|原|接手|第三方|後續|后续|合作|外部|同業|同业)\\Z"
)

_OPEN_VALUES = re.compile(
    r"[_＿]{2,}|(?:[○〇◯△]+|Ｏ{2,})(?![○〇◯△]*[路街號号樓楼段區区巷弄市縣县鄉乡鎮镇里室大])|【[\s　]*(?:待填|待[補补]"
    r"|空白|填[寫写]|待定|[請请]填|日期|金[額额])?[^】]{0,6}】(?<=[　 】])"
    r"|\[\s*[●•・_.\s]*\s*\]|\[(?:tbd|to be \w+|insert[^\]]{0,30}|[a-z ]{0,20}\bdate|amount|number|percentage|x+)\]"
    r"|\bto be (?:confirmed|advised|determined|agreed)(?=[^\[\]\n]{0,20}\])|\btbd\b|\bto be (?:inserted"
    r"|completed|filled in)\b"
    r"|…{2,}|\.{5,}|●|(?<=[民國国第共計计為为自於于至約约起])　+(?=[年月日元個个小分%時时週周天條条])"
    r"|(?<=[年月日自至於于為为])　+(?=[年月日元個个小分%時时週周天])"
    r"|(?<=[歸归由屬属去向至])　+(?=所有|享有|地方|法院|取得|負責|负责)"
    r"|\(\s*\)(?=[年月日元個个小分%時时週周天])|（[　\s]*）|待填|待補|待补|□{2,}",
    re.IGNORECASE,
)
_QUOTES = re.compile('[「」『』《》〈〉"“”‘＂]')
_PUNCTUATION = str.maketrans({"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "？": "?", "！": "!",
                              "、": "、", "％": "%", "﹑": "、", "–": "-", "—": "-", "−": "-", "’": "'"})  # fmt: skip


# What stands behind the verb or the pronoun; the whole word where the verb itself changes.
_CONTRACTIONS = {
    r"\bwon['’]t\b": "will not",
    r"\bcan['’]t\b": "cannot",
    r"\bshan['’]t\b": "shall not",
    r"(?<=[a-z])n['’]t\b": " not",
    r"(?<=[a-z])['’]ll\b": " will",
    r"(?<=[a-z])['’]re\b": " are",
    r"(?<=[a-z])['’]ve\b": " have",
    r"(?<=\bi)['’]m\b": " am",
    r"(?:(?<=\bi)|(?<=\bwe)|(?<=\byou)|(?<=\bthey))['’]d\b": " would",
    r"(?:(?<=\bit)|(?<=\bthat)|(?<=\bthere)|(?<=\bwhat)|(?<=\bhere)|(?<=\bhe)|(?<=\bshe)|(?<=\bwho))['’]s\b": " is",
}
_CONTRACTED = re.compile("|".join(f"(?P<c{i}>{p})" for i, p in enumerate(_CONTRACTIONS)))
_WRITTEN_OUT = tuple(_CONTRACTIONS.values())


@lru_cache(maxsize=1)
def simplify_table() -> dict[int, str]:
    """Each Traditional character to its Simplified form, one to one, so that lengths stay."""
    from opencc import OpenCC

    han = [chr(c) for c in range(0x4E00, 0x9FFF)]
    folded = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {ord(a): b for a, b in zip(han, folded, strict=True) if a != b and len(b) == 1}
    table.update({ord("説"): "说", ord("戸"): "户", ord("税"): "税", ord("内"): "内", ord("爲"): "为", ord("衆"): "众"})
    return table


def fold_term(text: str) -> str:
    """A word of the library in the form in which it occurs in folded text."""
    return text.lower().translate(_PUNCTUATION).translate(simplify_table())


_PATTERN_PUNCTUATION = {
    key: ("\\" + value if value in "()?" else value) for key, value in _PUNCTUATION.items() if isinstance(value, str)
}


def fold_pattern(pattern: str) -> str:
    """A regular expression of the library for folded text; full-width punctuation stands for itself.

    A negated class never crosses the end of a passage.
    """
    return pattern.replace("[^", r"[^\n").translate(_PATTERN_PUNCTUATION).translate(simplify_table())


@dataclass(frozen=True)
class Folded:
    """Folded text; `offsets[i]` is the place of `text[i]` in the canonical text."""

    text: str
    offsets: array[int]

    def position(self, offset: int) -> int:
        """Index in the folded text of the first character at or behind a canonical offset."""
        return bisect_left(self.offsets, offset)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Canonical span of a folded span."""
        last = self.offsets[end - 1] + 1 if end > start else self.offsets[min(start, len(self.offsets) - 1)]
        following = self.offsets[end] if end < len(self.offsets) else last
        return self.offsets[start], max(last, min(following, last))


def fold(contract: Contract) -> Folded:
    """The folded text of a contract."""
    return fold_text(contract.text, contract.parties)


def fold_text(text: str, parties: Iterable[Party] = ()) -> Folded:
    """Folded form of any text, with the parties' names replaced by their marks."""
    lowered = text.lower() if len(text.lower()) == len(text) else "".join(c.lower()[:1] or c for c in text)
    return _assemble(lowered, _spans(text, lowered, tuple(parties)))


def _spans(text: str, lowered: str, parties: tuple[Party, ...]) -> list[tuple[int, int, str]]:
    """Spans and what stands for each in the folded text, in order and without overlap."""
    found = [(m.start(), m.end(), BLANK) for m in _OPEN_VALUES.finditer(lowered)]
    found += [(m.start(), m.end(), _WRITTEN_OUT[int((m.lastgroup or "c0")[1:])]) for m in _CONTRACTED.finditer(lowered)]
    pattern, marks = _names(parties)
    for match in pattern.finditer(lowered):
        if not _OTHER_FIRM.search(lowered, max(0, match.start() - 3), match.start()):
            found.append((match.start(), match.end(), marks[match.group().lower()]))
    for pronoun, mark in _pronouns(parties):
        found += [(m.start(), m.end(), mark) for m in pronoun.finditer(text)]
    found.sort(key=lambda s: (s[0], -s[1]))
    kept: list[tuple[int, int, str]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


@lru_cache(maxsize=64)
def _names(parties: tuple[Party, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    marks: dict[str, str] = {}
    for words in (_GENERIC, _GENERIC_EN):
        for name, aliases in words.items():
            marks.update(dict.fromkeys(aliases, ROLE_MARKS[name]))
    marks.update(dict.fromkeys((*_BOTH_WORDS, *_BOTH_EN), BOTH))
    for party in parties:
        marks.update(
            {a.lower(): ROLE_MARKS[party.role] for a in (party.name, *party.aliases) if a and not is_pronoun(a)}
        )
    marks.update({name.translate(simplify_table()): mark for name, mark in marks.items()})
    alternatives = []
    for name in sorted(marks, key=len, reverse=True):
        body = re.escape(name)
        alternatives.append(rf"\b{body}\b" if name[0].isascii() and name[0].isalnum() else body)
    return re.compile("|".join(alternatives), re.IGNORECASE), marks


@lru_cache(maxsize=64)
def _pronouns(parties: tuple[Party, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns for the pronouns of the parties, with their marks; the text is searched as it is written."""
    found: dict[str, str] = {}
    for party in parties:
        for alias in filter(is_pronoun, party.aliases):
            forms = pronoun_forms(alias) or {alias: ""}
            found |= {form: ROLE_MARKS[party.role] + behind for form, behind in forms.items()}
    found |= {form.translate(simplify_table()): mark for form, mark in found.items()}
    return tuple((re.compile(pronoun_pattern(form)), mark) for form, mark in sorted(found.items()))


def _assemble(text: str, marks: list[tuple[int, int, str]]) -> Folded:
    chars: list[str] = []
    offsets = array("l")
    at = 0
    for start, end, mark in [*marks, (len(text), len(text), "")]:
        for first, last in _between_quotes(text, at, start):
            chars.append(text[first:last])
            offsets.extend(range(first, last))
        chars.append(mark)
        offsets.extend(_spread(start, end, len(mark)))
        at = end
    return _strip_blanks("".join(chars).translate(_PUNCTUATION).translate(simplify_table()), offsets)


def _between_quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _QUOTES.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _spread(start: int, end: int, length: int) -> list[int]:
    """Places for `length` characters that stand for a span: the first at its start, the last at its end."""
    if length < 2:
        return [start] * length
    return [*(min(start + i, end - 1) for i in range(length - 1)), end - 1]


_STRAY = re.compile(rf"(?<=[{_HAN}、。])[ \u3000]+|[ \u3000]+(?=[{_HAN}、。])|(?<= )[ \u3000]+")


def _strip_blanks(text: str, offsets: array[int]) -> Folded:
    kept_text, kept_offsets, at = [], array("l"), 0
    for match in _STRAY.finditer(text):
        kept_text.append(text[at : match.start()])
        kept_offsets.extend(offsets[at : match.start()])
        at = match.end()
    kept_text.append(text[at:])
    kept_offsets.extend(offsets[at:])
    return Folded("".join(kept_text), kept_offsets)
