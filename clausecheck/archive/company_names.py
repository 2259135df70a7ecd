"""Names of companies compared: spellings of one name are equal, similar names are not; pure.

Width, blanks, punctuation, 臺/台 and the legal form make no difference in Chinese, because the register of
companies tells names apart without them. An English legal form does make one (Inc. is not Ltd.); only its
abbreviations are equal. A name in Simplified characters equals the one whose Simplified form it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from clausecheck.reports.safe import clean

_HAN = re.compile("[\u3400-\u9fff]")
_VARIANTS = str.maketrans("臺峯恒羣爲眾綫裡啓敎淸鷄", "台峰恆群為衆線裏啟教清雞")
_FORM_ZH = re.compile(
    r"(?:股份有限公司|股份公司|有限公司|無限公司|无限公司|兩合公司|两合公司|\(股\)有限公司|\(股\)公司|\(有\)公司|公司)$"
)
_LATIN_NOTE = re.compile(r"\([^()\u3400-\u9fff]*[a-z][^()\u3400-\u9fff]*\)")
_IN_BLANK = re.compile(r"[_＿○〇◯●□△]{2,}|\.{3,}|…|^[XxＸ]{2,}|某某|待填|待補|\[[^\]]*\]|【[^】]*】")
_FORMS_EN = (
    (re.compile(r"\b(?:company|co) (?:limited|ltd)$"), "co ltd"),
    (re.compile(r"\b(?:private|pte) (?:limited|ltd)$"), "pte ltd"),
    (re.compile(r"\b(?:proprietary|pty) (?:limited|ltd)$"), "pty ltd"),
    (re.compile(r"\blimited$"), "ltd"),
    (re.compile(r"\bincorporated$"), "inc"),
    (re.compile(r"\bcorporation$"), "corp"),
    (re.compile(r"\bl l c$"), "llc"),
    (re.compile(r"\bcompany$"), "co"),
)


def is_left_blank(name: str) -> bool:
    """Nothing is named: empty, or a blank to be filled in."""
    return not re.sub(r"[\W_]", "", clean(name)) or bool(_IN_BLANK.search(name))


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """What two spellings of one name share, in the script in which it is written."""
    text = unicodedata.normalize("NFKC", clean(name)).casefold().translate(_VARIANTS)
    text = re.sub(r"\s+", " ", text).strip()
    return _chinese(text) if _HAN.search(text) else _english(text)


def is_simplified(key: str) -> bool:
    """Holds a character that only Simplified Chinese has."""
    return any(_encodes(c, "gb2312") and not _encodes(c, "cp950") for c in key if _HAN.match(c))


def simplified(key: str) -> str:
    """The Simplified form."""
    converted: str = _converter().convert(key)
    return converted


def _chinese(text: str) -> str:
    text = _LATIN_NOTE.sub("", text).replace(" ", "")
    text = re.sub(r"[,.、・·「」『』《》\"'’]", "", text)
    bare = _FORM_ZH.sub("", text)
    return bare if len(bare) >= 2 else text


def _english(text: str) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"[.,’'\"()]", " ", text.replace("l.l.c", "llc"))).strip()
    for pattern, short in _FORMS_EN:
        text = pattern.sub(short, text)
    return text


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
