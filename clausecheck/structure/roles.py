"""Who is customer and who supplier: what role words and the text say; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausecheck.structure.companies import is_financial, is_technical
from clausecheck.text import HAN

CUSTOMER_WORDS = [
    "委託人",
    "委託方",
    "委任人",
    "委任方",
    "委託機關",
    "委託單位",
    "客戶",
    "用戶",
    "買方",
    "買受人",
    "機關",
    "定作人",
    "業主",
    "採購方",
    "採購人",
    "被授權人",
    "需求方",
    "證券商",
    "貴公司",
    "您",
    "承租人",
    "訂購人",
    "使用方",
    "委託機構",
    "委託公司",
    "委方",
    "訂戶",
    "委製方",
    "需方",
    "採購單位",
    "使用單位",
    "被授權方",
    "被許可方",
    "租用人",
    "委任機構",
    "貴方",
    "您們",
    "你們",
    "采购方",
    "被许可方",
    "被授权方",
    "委托人",
    "委托方",
    "买方",
    "客户",
    "用户",
    "customer",
    "client",
    "licensee",
    "buyer",
    "purchaser",
    "subscriber",
    "recipient",
    "owner",
    "user",
    "you",
]
SUPPLIER_WORDS = [
    "受託人",
    "受託方",
    "受任人",
    "受任方",
    "受託廠商",
    "供應商",
    "廠商",
    "賣方",
    "出賣人",
    "承攬人",
    "承包商",
    "承商",
    "服務商",
    "服務提供者",
    "服務廠商",
    "授權人",
    "設計方",
    "開發商",
    "開發方",
    "得標廠商",
    "系統商",
    "資訊廠商",
    "協力廠商",
    "維護廠商",
    "出租人",
    "立約商",
    "提供方",
    "受託機構",
    "服務公司",
    "受方",
    "承製方",
    "供方",
    "授權方",
    "許可方",
    "提供者",
    "承製廠商",
    "受任機構",
    "我方",
    "许可方",
    "授权方",
    "供应方",
    "供应商",
    "受托人",
    "受托方",
    "卖方",
    "服务商",
    "服务方",
    "服務方",
    "供應方",
    "我們",
    "立切結書人",
    "supplier",
    "vendor",
    "provider",
    "licensor",
    "contractor",
    "consultant",
    "seller",
    "developer",
    "host",
    "servicer",
    "freelancer",
    "operator",
    "we",
    "i",
]
_PERSONS = ("我們", "我方", "貴公司", "貴方", "您們", "你們")
# Longest first, for patterns; words that also address the reader declare nobody.
ROLE_WORDS_ZH = sorted(
    (w for w in (*CUSTOMER_WORDS, *SUPPLIER_WORDS) if HAN.match(w) and len(w) > 1 and w not in _PERSONS),
    key=len,
    reverse=True,
)
# 甲方 is mostly the customer, but a form of the supplier's turns it round: the weakest of all signs.
_LEANING = {"甲方": 0.5, "乙方": -0.5, "party a": 0.3, "party b": -0.3, "company": 0.3}

_PAYS = r"[^。；\n，]{0,18}?(?:支付|給付|付款|繳付|付清|付您|匯入|匯款)(?![^。；\n，]{0,18}(?:違約金|賠償|罰|利息))"
_SUPPLIES = (
    r"(?:應|应|須|须|並應|負責|负责|擔保|保證|同意|會)[^。；\n，]{0,20}?(?:提供|維護|维护|交付|開發|开发|修補|修復|保固|建置|安裝|派員|派遣|"
    r"指派|排除|通報|完成|協助|改善|返還|開立|檢具|投保)"
)
_DEMANDS = r"(?:得|有權|可以)[^。；\n，]{0,14}?(?:查核|稽核|檢查|要求|請求|終止|驗收|查閱|派員|抽查)"
_ASKED = r"(?:向|交付|提供|通知|返還|賠償|給付|交予)"
_EN_PAYS = r" (?:shall|will|agrees to|must) (?:\w+ ){0,3}?(?:pay|reimburse|remit)\b"
_EN_SUPPLIES = (
    r" (?:shall|will|agrees to|must|hereby agrees to) (?:\w+ ){0,3}?"
    r"(?:provide|supply|deliver|maintain|perform|develop|install|support|repair|correct|host|restore|"
    r"make available|furnish|grant)\b"
)


def party_score(words: Sequence[str], name: str, text: str) -> float:
    """Above zero speaks for the customer. The trade in the name weighs most, 甲 and 乙 least."""
    score = word_score(words)
    score += 3.0 * is_financial(name) - 2.5 * is_technical(name)
    return score + deed_score([*words, name], text)


def pays(word: str, text: str) -> bool:
    """The text lets the bearer of this word pay."""
    return _count(re.escape(word) + _PAYS, text) + _count(re.escape(word) + _EN_PAYS, text) > 0


def word_score(words: Iterable[str]) -> float:
    """Above zero for role words of the customer, below for the supplier's."""
    score = 0.0
    for word in words:
        lowered = word.lower().removeprefix("the ")
        if lowered in CUSTOMER_WORDS:
            score += 1
        elif lowered in SUPPLIER_WORDS:
            score -= 1
        else:
            score += _ending_score(lowered) + _LEANING.get(lowered, 0)
    return max(-2.0, min(2.0, score * 1.5))


def _ending_score(word: str) -> float:
    """Service Provider, 本案廠商: the last word counts."""
    if any(word.endswith(" " + w) for w in SUPPLIER_WORDS) or word.endswith(("廠商", "供應商", "承攬人", "受託人")):
        return -1
    if any(word.endswith(" " + w) for w in CUSTOMER_WORDS) or word.endswith(("委託人", "客戶")):
        return 1
    return 0


def deed_score(aliases: Iterable[str], text: str) -> float:
    """What the text lets a party do, from -2 (it supplies) to 2 (it pays, demands)."""
    names = sorted({a for a in aliases if a}, key=len, reverse=True)
    if not names:
        return 0.0
    either = "(?:" + "|".join(rf"\b{re.escape(n)}" if n.isascii() else re.escape(n) for n in names) + ")"
    pays = _count(either + _PAYS, text) + _count(either + _EN_PAYS, text)
    demands = _count(either + _DEMANDS, text)
    supplies = _count(either + _SUPPLIES, text) + _count(either + _EN_SUPPLIES, text)
    asked = _count(_ASKED + either, text)
    total = 2 * pays + demands + supplies + asked
    return 2.0 * (2 * pays + demands + asked - supplies) / total if total else 0.0


def _count(pattern: str, text: str) -> int:
    return sum(1 for _ in re.finditer(pattern, text))
