"""Enumerators: the numbers with which clauses begin, in Chinese and in English; pure.

`candidates` says only what the beginning of a line could be. Whether it is a number at all is
decided from its place in the sequence (clauses.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = "0-9零〇○Ｏ一二三四五六七八九十百千兩廿卅壹貳參叁肆伍陸柒捌玖拾佰"
HAN_NUMBER = f"[{DIGITS}]"

_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")}
_VALUES |= {c: i for i, c in enumerate("零壹貳參肆伍陸柒捌玖")}
_VALUES |= {"〇": 0, "○": 0, "Ｏ": 0, "兩": 2, "叁": 3} | {str(i): i for i in range(10)}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "廿": 20, "卅": 30}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = re.compile(r"(?i)^x{0,3}(?:ix|iv|v?i{0,3})$|^xl(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ENGLISH = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]

# Kinds that name themselves and so stand above all others, with their rank.
STRONG = {"part": 0, "chapter": 1, "section_zh": 2, "article": 3, "section": 4}


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A possible number at the beginning of a line.

    kind    its style: article, han_dun (一、), han_paren (（一）), arabic_dot (1.), decimal (1.1) ...
    value   its value; a decimal and 第三條之一 have several figures
    label   as written
    end     offset in the line behind the number and the blanks after it
    """

    kind: str
    value: tuple[int, ...]
    label: str
    end: int

    @property
    def is_strong(self) -> bool:
        return self.kind in STRONG


def number(text: str) -> int | None:
    """Value of a Chinese (also 大寫 and digit by digit) or Arabic number; None when it is none."""
    text = text.replace(" ", "").replace("\u3000", "")
    if not text or any(c not in _VALUES and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_VALUES[c]) for c in text))
    return _number_with_units(text)


def _number_with_units(text: str) -> int:
    total, digit = 0, None
    for char in text:
        if char in "廿卅":
            total += _UNITS[char]
        elif char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _VALUES[char]
    return total + (digit or 0)


def roman(text: str) -> int | None:
    """Value of a Roman number up to 49, None when it is none."""
    if not text or not _ROMAN.match(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def english(text: str) -> int | None:
    """Value of an Arabic, Roman or written number of an English heading."""
    if text.isdigit():
        return int(text)
    if text.lower() in _ENGLISH:
        return _ENGLISH.index(text.lower()) + 1
    return roman(text)


_GAP = r"[ \u3000]*"
_N = rf"(?:[ ]?{HAN_NUMBER}){{1,8}}[ ]?"
_ZH = [
    ("part", re.compile(rf"第({_N})[部編篇](?:分)?{_GAP}")),
    ("part", re.compile(rf"([{_STEMS}{_BRANCHES}])[部篇編](?:[ \u3000]+|[、：:]{_GAP})")),
    ("chapter", re.compile(rf"第({_N})章{_GAP}")),
    ("section_zh", re.compile(rf"第({_N})節{_GAP}")),
    (
        "article",
        re.compile(
            rf"第({_N})[條条](?:[ ]?之[ ]?({HAN_NUMBER}{{1,3}})(?![{DIGITS}般切部方定併起]))?(?:[:：、.]|"
            rf"[－—–](?![{DIGITS}]))?{_GAP}"
        ),
    ),
    (
        "legal_dun",
        re.compile(rf"([壹貳參叁肆伍陸柒捌玖拾]{{1,4}})[、.．，:：]{_GAP}|([壹貳參叁肆伍陸柒捌玖拾]{{1,4}})\u3000+"),
    ),
    ("han_paren", re.compile(rf"[（(]([{DIGITS[3:]}]{{1,4}})[）)][、.]?{_GAP}")),
    (
        "han_dun",
        re.compile(
            rf"([一二三四五六七八九十廿百]{{1,5}})(?:[、.．，:：]|[ ]?[)）]){_GAP}|"
            rf"([一二三四五六七八九十廿]{{1,4}})\u3000+"
        ),
    ),
    ("stem_dun", re.compile(rf"[（(]?([{_STEMS}])(?:[、.．]|[）)]){_GAP}")),
    ("circled", re.compile(rf"([{_CIRCLED}]){_GAP}")),
]
_EN_NUMBER = r"(\d{1,3}|[IVXLivxl]{1,7}|" + "|".join(w.capitalize() + "|" + w.upper() for w in _ENGLISH) + r")\b"
_EN_ARTICLE = re.compile(rf"(?:ARTICLE|Article)[ ]{_EN_NUMBER}[ ]?[.:)—–-]{{0,2}}{_GAP}")
_EN_PART = re.compile(rf"(?:PART|Part|CHAPTER|Chapter)[ ]{_EN_NUMBER}[ ]?[.:)—–-]{{0,2}}{_GAP}")
_EN_SECTION = re.compile(
    rf"(?:SECTION|Section|CLAUSE|Clause|§)[ ]?(\d{{1,3}}(?:\.\d{{1,3}}){{0,4}})(?!\d)[ ]?[.:)—–-]{{0,2}}{_GAP}"
)
_EN_SECTION_ROMAN = re.compile(rf"(?:SECTION|Section|CLAUSE|Clause)[ ]{_EN_NUMBER}[ ]?[.:)—–-]{{0,2}}{_GAP}")
_DECIMAL = re.compile(
    rf"(\d{{1,3}}(?:\.\d{{1,2}}){{1,4}})(?![\d,%])[.、)]?(?=[ \u3000]|[^\x00-\x7f]|[A-Z(\"“]|$){_GAP}"
)
_ARABIC = re.compile(rf"(\d{{1,3}})([.、)）:：])(?![\d])(?=[^,]|$){_GAP}")
_ARABIC_BARE = re.compile(r"(\d{1,2})[ \u3000]+(?=[A-Z\"“\u4e00-\u9fff])")
_HYPHENED = re.compile(r"(\d{1,3}(?:-\d{1,2}){1,2})[ \u3000]+(?=[^\d\s-])")
_CODE = re.compile(r"([A-Z])[.-]?(\d{1,2})[、.]?[ \u3000]+(?=[\u4e00-\u9fff「])")
_ARABIC_PAREN = re.compile(rf"[（(](\d{{1,3}})[）)][.、]?{_GAP}")
_ALPHA_PAREN = re.compile(rf"[（(]([A-Za-z]{{1,5}})[）)]\.?{_GAP}")
_ALPHA_CLOSE = re.compile(r"([a-zA-Z]|[ivx]{1,5})\)[ \u3000]+")
_ALPHA_DOT = re.compile(rf"([A-Za-z])(?:\.(?=[ \u3000\"“]|[^\x00-\x7f])|、){_GAP}")
_ROMAN_DOT = re.compile(rf"([IVXLivxl]{{1,7}})(?:\.(?=[ \u3000])|、){_GAP}")


def candidates(line: str, label: str = "") -> list[Enumerator]:
    """What the beginning of `line` could be, most likely first; `label` is Word's own number."""
    stripped = len(line) - len(line.lstrip("\u3000 "))
    found = (_bare_label(label, line) if label else []) or _match_all(line[stripped:])
    if not stripped:
        return found
    return [Enumerator(e.kind, e.value, e.label, e.end + stripped) for e in found]


def _match_all(line: str) -> list[Enumerator]:
    first = line[:1]
    if not first:
        return []
    if first in "0123456789":
        return _arabic(line)
    if first in "（(":
        return _brackets(line)
    if first.isascii():
        return _latin(line)
    return _chinese(line)


def _chinese(line: str) -> list[Enumerator]:
    for kind, pattern in _ZH:
        match = pattern.match(line)
        if match:
            value = _chinese_value(kind, match)
            if value is not None:
                return [_made(kind, value, match)]
    return []


def _chinese_value(kind: str, match: re.Match[str]) -> tuple[int, ...] | None:
    figures = [g for g in match.groups() if g]
    if figures[0] in _STEMS + _BRANCHES:
        return ((_STEMS + _BRANCHES).index(figures[0]) + 1,)
    if kind == "circled":
        return (_CIRCLED.index(figures[0]) + 1,)
    values = [number(f) for f in figures]
    if any(v is None or v > 999 for v in values):
        return None
    return tuple(v for v in values if v is not None)


def _brackets(line: str) -> list[Enumerator]:
    for kind, pattern in _ZH:
        match = pattern.match(line)
        if match and kind in ("han_paren", "stem_dun"):
            value = _chinese_value(kind, match)
            return [_made("stem_paren" if kind == "stem_dun" else kind, value, match)] if value else []
    match = _ARABIC_PAREN.match(line)
    if match:
        return [_made("arabic_paren", (int(match[1]),), match)]
    match = _ALPHA_PAREN.match(line)
    return _letters(match, "paren") if match else []


def _letters(match: re.Match[str], style: str) -> list[Enumerator]:
    """A letter, a Roman number or both: (i), (c), (v)."""
    text = match[1]
    if text != text.lower() and text != text.upper():
        return []
    case = "upper" if text == text.upper() else "lower"
    found = []
    if len(text) == 1:
        found.append(_made(f"{case}_{style}", (ord(text.lower()) - ord("a") + 1,), match))
    elif text == text[0] * len(text) and len(text) == 2 and roman(text) is None:
        found.append(_made(f"{case}_{style}", (ord(text[0].lower()) - ord("a") + 27,), match))
    value = roman(text)
    if value:
        found.append(_made(f"{case}_roman_{style}", (value,), match))
    return found


def _arabic(line: str) -> list[Enumerator]:
    match = _DECIMAL.match(line)
    if match:
        value = tuple(int(v) for v in match[1].split("."))
        return [_made(f"decimal{len(value)}", value, match)]
    match = _HYPHENED.match(line)
    if match:
        value = tuple(int(v) for v in match[1].split("-"))
        return [_made(f"decimal{len(value)}", value, match)]
    match = _ARABIC.match(line)
    if match:
        kind = {".": "arabic_dot", "、": "arabic_dun", ":": "arabic_dot", "：": "arabic_dot"}.get(
            match[2], "arabic_close"
        )
        return [_made(kind, (int(match[1]),), match)]
    match = _ARABIC_BARE.match(line)
    return [_made("arabic_bare", (int(match[1]),), match)] if match else []


def _latin(line: str) -> list[Enumerator]:
    for kind, pattern in (("part", _EN_PART), ("article", _EN_ARTICLE)):
        match = pattern.match(line)
        value = english(match[1]) if match else None
        if match and value:
            return [_made(kind, (value,), match)]
    match = _EN_SECTION.match(line)
    if match:
        figures = tuple(int(v) for v in match[1].split("."))
        return [_made("section" if len(figures) == 1 else f"decimal{len(figures)}", figures, match)]
    match = _EN_SECTION_ROMAN.match(line)
    value = english(match[1]) if match else None
    if match and value:
        return [_made("section", (value,), match)]
    return _latin_letters(line)


def _latin_letters(line: str) -> list[Enumerator]:
    match = _CODE.match(line)
    if match:
        return [_made("decimal_code", (ord(match[1]) - ord("A") + 1, int(match[2])), match)]
    match = _ALPHA_CLOSE.match(line)
    if match:
        return _letters(match, "close")
    match = _ROMAN_DOT.match(line)
    if match and len(match[1]) > 1:
        value = roman(match[1])
        case = "upper" if match[1].isupper() else "lower"
        return [_made(f"{case}_roman_dot", (value,), match)] if value else []
    match = _ALPHA_DOT.match(line)
    return _letters(match, "dot") if match else []


def _made(kind: str, value: tuple[int, ...], match: re.Match[str]) -> Enumerator:
    return Enumerator(kind, value, match.group().strip(" \u3000").rstrip("—–-:：－").strip(" \u3000"), match.end())


_BARE = [
    ("arabic_dot", re.compile(r"\d{1,3}")),
    ("han_dun", re.compile(r"[一二三四五六七八九十百]{1,5}")),
    ("legal_dun", re.compile(r"[壹貳參肆伍陸柒捌玖拾]{1,4}")),
    ("stem_dun", re.compile(f"[{_STEMS}]")),
    ("upper_dot", re.compile(r"[A-Z]")),
    ("lower_dot", re.compile(r"[a-z]")),
]


def _bare_label(label: str, line: str) -> list[Enumerator]:
    """An automatic number without punctuation: 1, 一, A."""
    rest = line.lstrip("\u3000 ")[len(label) :]
    end = len(line.lstrip("\u3000 ")) - len(rest.lstrip("\u3000 "))
    for kind, pattern in _BARE:
        if pattern.fullmatch(label):
            value = _STEMS.index(label) + 1 if kind == "stem_dun" else number(label)
            return [Enumerator(kind, (ord(label.lower()) - ord("a") + 1 if value is None else value,), label, end)]
    return []
