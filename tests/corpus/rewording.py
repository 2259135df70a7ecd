"""The same contract said otherwise: other names, numerals, order, line ends, script. Nothing in it changes in law.

A function returns None where the contract offers nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from clausecheck.document import Clause, Contract, Party

Rewording = Callable[[Contract], "str | None"]
WIDTH = 38  # characters of a line of Chinese print
_ROLE_WORDS = {
    "customer": ("委託機構", "定作人", "委託人", "採購方"),
    "supplier": ("受託廠商", "承攬人", "受託人", "承包商"),
}
_ROLE_WORDS_EN = {"customer": ("Client", "Purchaser", "Buyer"), "supplier": ("Supplier", "Contractor", "Vendor")}
_PLAIN_WORDS = frozenset(
    [
        "甲方",
        "乙方",
        "委託人",
        "受託人",
        "委託方",
        "受託方",
        "委任人",
        "受任人",
        "定作人",
        "承攬人",
        "買方",
        "賣方",
        "採購方",
        "供應商",
        "承包商",
    ]
)
_PLAIN_WORDS_EN = frozenset(
    [
        "Customer",
        "Client",
        "Purchaser",
        "Buyer",
        "Supplier",
        "Vendor",
        "Provider",
        "Contractor",
        "Consultant",
        "Licensor",
    ]
)
_STEMS = {"customer": ("澄岳", "Quillon"), "supplier": ("霽川", "Tamrin")}
_COMMON_STEM = re.compile("臺灣|台灣|中華|中國|國際|第一")
_OTHER_FIRM = "(?<![協下分轉他複再])(?<!協力)(?<!第三方)(?<!其他)"
_HAN_DIGITS = "零一二三四五六七八九"
_ARTICLE_NUMBER = re.compile(r"第([ 　]*)([一二三四五六七八九十百]+|\d{1,3})([ 　]*)條")
_ENGLISH_ARTICLE = re.compile(r"\b(Article|ARTICLE) (\d{1,2})\b(?![.\d])")
_ITEM_HEAD = re.compile(r"^([一二三四五六七八九十]+)、")
_BRACKETED_HEAD = re.compile(r"^（([一二三四五六七八九十]+)）")
_NEIGHBOUR = re.compile(
    r"[前次上][一二三]?[條条]|(?:preceding|foregoing|previous|following) (?:article|section|clause)", re.I
)


# --- names -------------------------------------------------------------------------------------


def other_names(contract: Contract) -> str | None:
    """Other firm names and other role words for both parties, the same throughout."""
    text = contract.text
    for party in contract.parties:
        text = _with_other_role_word(_with_other_firm(text, party), party)
    return text if text != contract.text else None


def _with_other_firm(text: str, party: Party) -> str:
    """The part of the name that tells nothing of the trade is replaced wherever it stands."""
    han, latin = _STEMS[party.role]
    if re.match(r"[\u4e00-\u9fff]{6}", party.name) and not _COMMON_STEM.match(party.name):
        return text.replace(party.name[:2], han)
    stem = re.match(r"[A-Z][A-Za-z]{4,}(?= )", party.name)
    if not stem or stem[0].lower() in ("taiwan", "first", "global"):
        return text
    return re.sub(rf"\b{stem[0]}\b", lambda m: latin.upper() if m[0].isupper() else latin, text, flags=re.I)


def _with_other_role_word(text: str, party: Party) -> str:
    for word in party.aliases:
        if word in _PLAIN_WORDS:
            new = next((w for w in _ROLE_WORDS[party.role] if w not in text), None)
            text = re.sub(_OTHER_FIRM + word, new, text) if new else text
        elif word in _PLAIN_WORDS_EN:
            new = next((w for w in _ROLE_WORDS_EN[party.role] if w.lower() not in text.lower()), None)
            text = _english_word(text, word, new) if new else text
    return text


def _english_word(text: str, word: str, new: str) -> str:
    text = re.sub(rf"\b{word}\b", new, text)
    return re.sub(rf"\b{word.upper()}\b", new.upper(), text)


# --- numerals ----------------------------------------------------------------------------------


def other_numerals(contract: Contract) -> str | None:
    """第十二條 becomes 第12條 and the other way round, 一、 becomes 1、, Article 5 becomes Article V."""
    lines = []
    for line in contract.text.split("\n"):
        line = _ITEM_HEAD.sub(lambda m: f"{_arabic(m[1])}、", line)
        line = _BRACKETED_HEAD.sub(lambda m: f"({_arabic(m[1])})", line)
        line = _ARTICLE_NUMBER.sub(lambda m: f"第{m[1]}{_other_numeral(m[2])}{m[3]}條", line)
        lines.append(_ENGLISH_ARTICLE.sub(lambda m: f"{m[1]} {_roman(int(m[2]))}", line))
    text = "\n".join(lines)
    return text if text != contract.text else None


def _other_numeral(numeral: str) -> str:
    return _han(int(numeral)) if numeral.isdecimal() else str(_arabic(numeral))


def _arabic(numeral: str) -> int:
    total, digit = 0, 0
    for char in numeral:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS.index(char)
    return total + digit


def _han(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_HAN_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and not tens and ones:
        words += "零"
    if tens:
        words += ("" if tens == 1 and not hundreds else _HAN_DIGITS[tens]) + "十"
    return words + (_HAN_DIGITS[ones] if ones or not value else "")


def _roman(value: int) -> str:
    out = ""
    for size, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (value // size)
        value %= size
    return out


# --- order -------------------------------------------------------------------------------------


def other_order(contract: Contract) -> str | None:
    """The articles that refer to none and to which none refers, in the reverse order; the numbers stay."""
    text = contract.text
    articles = [c for c in contract.clauses if c.kind == "article" and c.parent is None and not c.annex]
    free = [c for i, c in enumerate(articles) if _is_free(contract, c, articles[i + 1 : i + 2])]
    if len(free) < 3:
        return None
    taken = dict(zip((c.index for c in free), reversed(free), strict=True))
    pieces, at = [], 0
    for place in articles:
        pieces.append(text[at : place.start])
        pieces.append(_renumbered(text, taken.get(place.index, place), place))
        at = place.end
    return "".join([*pieces, text[at:]])


def _renumbered(text: str, article: Clause, place: Clause) -> str:
    """The words of an article under the number of another place, its items with it."""
    old, new = article.label, place.label
    words = new + text[article.start + len(old) : article.end].rstrip("\n")
    first, behind = old.rstrip(". "), new.rstrip(". ")
    if first.isdecimal():
        words = re.sub(rf"(?m)^{first}(?=\.\d)", behind, words)
    return words + "\n" * (place.end > place.start and text[place.end - 1 : place.end] == "\n")


def _is_free(contract: Contract, article: Clause, following: Sequence[Clause]) -> bool:
    text = contract.text
    own = text[article.start + len(article.label) : article.end]
    if not text.startswith(article.label, article.start) or _names_article(own) or _NEIGHBOUR.search(own):
        return False
    if any(_NEIGHBOUR.search(text[c.start : c.end]) for c in following):
        return False
    rest = text[: article.start] + text[article.end :]
    return not re.search(_reference_to(article.label), rest)


def _names_article(words: str) -> bool:
    return bool(
        re.search(r"第[ 　]*[一二三四五六七八九十百\d]+[ 　]*[條条]|\d(?:\.\d+)+[ ]?[條条]", words)
        or re.search(r"\b(?:article|section|clause|paragraph)s? [\dIVX]", words, re.I)
    )


def _reference_to(label: str) -> str:
    figures = re.search(r"[一二三四五六七八九十百]+|\d+|[IVX]+", label)
    if not figures:
        return "(?!)"
    numeral = figures[0]
    forms = {numeral}
    if not re.match("[IVX]", numeral):
        forms.add(_other_numeral(numeral))
    either = "|".join(sorted(forms))
    chinese = rf"第[ 　]*(?:{either})[ 　]*[條条至、]|[至及、]第?(?:{either})[條条]"
    decimal = rf"(?<![\d.])(?:{either})(?:\.\d+)*[ ]?[條条]"
    english = rf"(?i:\b(?:article|section|clause|paragraph)s? [^.;\n]{{0,24}}?\b(?:{either})\b)"
    return f"{chinese}|{decimal}|{english}"


# --- lines -------------------------------------------------------------------------------------


def wrapped_lines(contract: Contract) -> str | None:
    """Each paragraph broken into lines of equal width, as programs do that export text; rows stay whole."""
    return "\n".join(part for line in contract.text.split("\n") for part in _wrapped(line))


def _wrapped(line: str) -> list[str]:
    if " | " in line:
        return [line]
    parts, part, width = [], "", 0.0
    for token in re.findall(r"[!-~]+|.", line):
        size = sum(0.5 if c.isascii() else 1.0 for c in token)
        if width + size > WIDTH and part and token not in "，。；：、）」』":
            parts.append(part.rstrip(" "))
            part, width = "", 0.0
            token = token.lstrip(" ")
        part += token
        width += size
    return [*parts, part] if part else parts or [line]


def joined_lines(contract: Contract) -> str | None:
    """The heading of an article and its first paragraph on one line."""
    text, cuts = contract.text, []
    for clause in contract.clauses:
        line_end = text.find("\n", clause.start)
        head = text[clause.start : line_end]
        following = text[line_end + 1 : text.find("\n", line_end + 1)]
        if clause.kind == "article" and clause.heading and head.rstrip().endswith(clause.heading):
            own = clause.own_end > line_end + 1  # what follows is its own paragraph, not an item
            cuts += [line_end] if own and " | " not in following and line_end >= 0 else []
    for at in sorted(set(cuts), reverse=True):
        text = f"{text[:at]}：{text[at + 1 :]}" if not text[at - 1].isascii() else f"{text[:at]}. {text[at + 1 :]}"
    return text if cuts else None


# --- script ------------------------------------------------------------------------------------


def simplified(contract: Contract) -> str | None:
    """Simplified characters."""
    text = str(_converter().convert(contract.text))
    return text if text != contract.text else None


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


TEXTS: dict[str, Rewording] = {
    "other party names": other_names,
    "other numerals": other_numerals,
    "other order of articles": other_order,
    "paragraphs wrapped into lines": wrapped_lines,
    "heading and paragraph on one line": joined_lines,
    "Simplified characters": simplified,
}
