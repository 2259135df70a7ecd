"""The role words that a text uses of a side without saying so, told apart by what it lets them do; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from clausecheck.document import Role
from clausecheck.structure.companies import short_forms
from clausecheck.structure.named import LEAST_USED, Named
from clausecheck.structure.roles import (
    CUSTOMER_WORDS,
    ROLE_WORDS_ZH,
    SUPPLIER_WORDS,
    party_score,
    pays,
    word_score,
)
from clausecheck.text import HAN

_SPOKEN = ("you", "we", "i", "user", "owner", "recipient")  # too common, or too often somebody else
# Those who use the firm's services may go by these names as well as the firm.
_INVESTORS = ("客戶", "客户", "用戶", "用户")
_ACTS_ZH = r"(?:應|应|得(?!標)|須|须|不得|同意|可|有權|有权|負責|负责|未|如|若|於|對|自行|要求|支付)"
_ACTS_EN = r" (?:shall|will|may|must|agrees|warrants|has|is|can|cannot)\b"
MAX_LENT = 2
_PAIRS = (
    ("甲方", "乙方"),
    ("委託人", "受託人"),
    ("委任人", "受任人"),
    ("委託方", "受託方"),
    ("買方", "賣方"),
    ("客戶", "供應商"),
    ("機關", "廠商"),
    ("定作人", "承攬人"),
)


def counterword(words: Sequence[str], text: str) -> str:
    """The other word of a pair of which the text uses both: 乙方 for 甲方; else empty."""
    for one, other in [*_PAIRS, *((b, a) for a, b in _PAIRS)]:
        if one in words and other not in words and text.count(other) >= 2:
            return other
    return ""


def parties_by_words(text: str) -> list[Named]:
    """Nobody is declared: the two role words that the text uses most."""
    counts = _counts(text)
    usual = sorted((w for w, n in counts.items() if n >= LEAST_USED), key=lambda w: -counts[w])
    if counts["甲方"] >= LEAST_USED and counts["乙方"] >= LEAST_USED:
        return [Named("", [], ["甲方"]), Named("", [], ["乙方"])]
    for word in usual:
        other = next((w for w in usual if word_score([w]) * word_score([word]) < 0), None)
        if other:
            return [Named("", [], [word]), Named("", [], [other])]
    return []


@lru_cache(maxsize=4)
def _counts(text: str) -> dict[str, int]:
    counts = {w: text.count(w) for w in ("甲方", "乙方", *ROLE_WORDS_ZH)}
    english = {w.title() for w in (*CUSTOMER_WORDS, *SUPPLIER_WORDS) if w.isascii() and w not in _SPOKEN}
    return counts | {w: len(re.findall(rf"\b{w}\b", text)) for w in sorted(english)}


def lend_words(named: Sequence[Named], roles: Sequence[Role], text: str) -> None:
    """Gives a side whose known words hardly occur the role words that the text uses for it."""
    if set(roles) != {"customer", "supplier"}:
        return
    if len(named) == 2 and not any(n.words for n in named):
        _lend_pair(named, roles, text)
    for role in sorted(set(roles)):
        side = [n for n, r in zip(named, roles, strict=True) if r == role]
        if len(side) == 1 and not side[0].person and not _is_in_use(side[0], text):
            used = {w for n in named for w in n.words}
            other = counterword([w for n in named if n is not side[0] for w in n.words], text)
            lent = [w for w in (other, *words_of_role(role, text)) if w and w not in used]
            side[0].aliases += lent[:1] if other in lent else lent[:MAX_LENT]


def _lend_pair(named: Sequence[Named], roles: Sequence[Role], text: str) -> None:
    words = sided_words(text)
    for party, role in zip(named, roles, strict=True):
        if not _is_in_use(party, text):
            party.aliases += words.get(role, [])


def sided_words(text: str) -> dict[Role, list[str]]:
    """The pair of role words of the text, told apart by what the text lets them do."""
    ranked = sorted(parties_by_words(text), key=lambda n: -party_score(n.words, n.name, text))
    return {"customer": ranked[0].labels, "supplier": ranked[1].labels} if len(ranked) == 2 else {}


def _is_in_use(party: Named, text: str) -> bool:
    words = {*party.words, *short_forms(party.name, text)}
    return sum(map(text.count, words)) > LEAST_USED


def words_of_role(role: Role, text: str) -> list[str]:
    """The role words of one side with which the text says who acts, most used first."""
    sign = 1 if role == "customer" else -1
    counts = {w: _acts(w, text) for w, n in _counts(text).items() if n >= LEAST_USED and word_score([w]) * sign > 0.5}
    strong = [w for w, n in counts.items() if n >= 2 and (w not in _INVESTORS or pays(w, text))]
    return sorted(strong, key=lambda w: (-counts[w], w))


def _acts(word: str, text: str) -> int:
    if HAN.match(word):
        return len(re.findall(rf"(?<![之的其]){re.escape(word)}{_ACTS_ZH}", text))
    return len(re.findall(rf"\b{re.escape(word)}{_ACTS_EN}", text))
