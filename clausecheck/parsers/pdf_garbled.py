"""Whether the text layer of a page is words that anybody wrote."""

from __future__ import annotations

import re

from clausecheck.text import HAN

_LITTLE = 30  # characters: too few to judge by
_COMMON_LEAST = 0.85  # of the Chinese characters; contracts have .99
_FUNCTION_LEAST = 0.04  # contracts have .14 and more
_FOREIGN_MOST = 0.15
_CID = re.compile(r"\(cid:\d+\)")
# Latin with accents, Cyrillic, half-width kana, box drawing: what Big5 and UTF-8 look like in a wrong code page
_FOREIGN = re.compile("[\u00a1-\u00a6\u00a8-\u00b6\u00b8-\u024f\u0400-\u04ff\u2500-\u257f\uff61-\uff9f]")
_FUNCTION = frozenset(
    "之應及或得不本為於有以者其所他方甲乙契約條人資依定提供服務業個未因由下列日年時經第項三一二十的约应为务业资条"
)


def is_garbled(text: str) -> bool:
    """Mojibake, "(cid:12)", or characters by a wrong map."""
    drawn = [c for c in text if not c.isspace()]
    if len(_CID.findall(text)) * 7 > 0.1 * len(drawn):
        return True
    if len(drawn) >= _LITTLE and len(_FOREIGN.findall(text)) > _FOREIGN_MOST * len(drawn):
        return True
    han = HAN.findall(text)
    if len(han) >= _LITTLE and sum(map(_is_common, han)) < _COMMON_LEAST * len(han):
        return True
    return len(han) >= 5 * _LITTLE and sum(c in _FUNCTION for c in han) < _FUNCTION_LEAST * len(han)


def _is_common(char: str) -> bool:
    """Level 1 of Big5 or of GB 2312: the characters in daily use."""
    return _first_byte(char, "big5") in range(0xA4, 0xC7) or _first_byte(char, "gb2312") in range(0xB0, 0xD8)


def _first_byte(char: str, codec: str) -> int:
    try:
        return char.encode(codec)[0]
    except UnicodeEncodeError:
        return 0
