"""Sums of money in the words of the contract, and which of them is the price of the whole; pure."""

from __future__ import annotations

import re

MAX_AMOUNTS = 20

_FIGURE = r"[0-9零〇一二三四五六七八九十百千萬億万亿壹貳參肆伍陸柒捌玖拾佰仟]"
_AMOUNT = re.compile(
    rf"(?:新[臺台][幣币]|美金|人民[幣币]|港幣|日幣|歐元|NT\$|NTD|TWD|US\$|USD|EUR|HK\$|RMB|"
    rf"\$)[ ]?(?P<n>{_FIGURE}(?:{_FIGURE}|,(?=\d)|\.(?=\d)|[ ](?=[萬億万亿]))*)[ ]?(?:元|圓)?整?"
    rf"|(?P<m>\d[\d,]*(?:\.\d+)?)[ ](?:TWD|NTD|USD|EUR|United States dollars|US dollars|New Taiwan dollars)\b"
)
# The price of the whole, right before an amount; a total of damages, a cap or a price a month is none.
_VALUE = re.compile(
    r"(?<![每賠償金險任])(?:(?:契約|合約|合同|本約|本案|本專案|採購|服務|承攬|專案)(?:服務)?(?:總價金?|總金額|價金總額|價款總額|"
    r"總費用|費用總額|報酬總額|價金|價款|金額|總額)|總價金?|價金總額|費用總額|報酬總額)"
    r"(?:（[^）]{0,12}）)?[ \u3000]*(?:共計|合計|總計|計|為)?[ \u3000]*[：:|]?[ \u3000|]*(?:含稅|未稅)?$"
    r"|\b(?:total|aggregate) (?:(?:contract|agreement|order|project) )?"
    r"(?:price|fees?|contract value|consideration|charges)"
    r"(?: (?:for|under|of|payable under) (?:the|this) (?:services?|agreement|contract|order|project))?"
    r"(?: (?:is|are|shall be|being|of|amounts? to|will be))?[ ]?:?[ ]?$"
    r"|\b(?:contract|agreement) (?:price|value|sum)(?: (?:is|shall be|of|amounts? to))?[ ]?:?[ ]?$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"^(?:[ ]?[／/][ ]?|[ ]?(?:per|a|each|every) |[ ]?每)(?:月|年|季|期|人|小時|month|year|quarter|hour)", re.IGNORECASE
)
_OF_OTHERS = re.compile(r"賠償|違約|保證金|保險|責任|上限|為限|liabilit|insur|damages", re.IGNORECASE)
_EACH = re.compile(
    r"每[一]?(?:月|年|季|期|人|項|份|次)|\b(?:monthly|annual|yearly|quarterly|each|per)\b", re.IGNORECASE
)


def read_amounts(text: str) -> tuple[str, ...]:
    """Every sum of money that the text names, in its words and order."""
    found = (m.group().strip() for m in _AMOUNT.finditer(text) if len(m["n"] or m["m"]) > 1)
    return tuple(dict.fromkeys(found))[:MAX_AMOUNTS]


def read_value(text: str) -> str:
    """The price of the whole contract in its own words; empty when none or more than one is named."""
    found: dict[str, str] = {}
    for match in _AMOUNT.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        sentence = re.split("[。；;]", line)[-1]
        named = _VALUE.search(sentence)
        rest = re.split("[。；;\n]", text[match.end() : match.end() + 12])[0]
        if not named or _PER.match(rest) or _EACH.search(sentence) or _OF_OTHERS.search(sentence + rest):
            continue
        amount = match.group().strip()
        found.setdefault(re.sub(r"[\s,元圓整]", "", amount), amount)
    return next(iter(found.values())) if len(found) == 1 else ""
