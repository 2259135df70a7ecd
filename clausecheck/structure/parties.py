"""The parties: how the contract names them, and which is the customer, which the supplier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausecheck.document import Clause, Document, Party, Role
from clausecheck.structure.companies import is_financial, is_technical, short_forms
from clausecheck.structure.declared import LEAST_USED, Named, declared_parties, declaring_blocks, plain_names
from clausecheck.structure.roles import CUSTOMER_WORDS, ROLE_WORDS_ZH, SUPPLIER_WORDS, deed_score, word_score

_UNDERTAKERS = ("立切結書人", "立承諾書人", "立同意書人", "切結人", "具結人", "立書人")
_AMBIGUOUS_LABELS = ("客戶", "廠商", "機關", "用戶", "業主", "使用方")


def find_parties(document: Document, clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """Customer first; empty when the text names nobody."""
    blocks = declaring_blocks(document, clauses)
    named = _merged(declared_parties(blocks, document.text))
    if len(named) < 2:
        named = _merged([*named, *plain_names(blocks)])
    if not named:
        named = _from_words(document.text)
    if len(named) == 1:
        named += _counterpart(named[0], document.text)
    roles = _roles(named, document.text)
    _lend_words(named, roles, document.text)
    _lend_pronouns(named, roles, document.text)
    parties = [_party(n, role, document.text) for n, role in zip(named, roles, strict=True)]
    return tuple(sorted(_without_shared(parties), key=lambda p: p.role != "customer"))


# --- one entry a party -------------------------------------------------------------------------


def _merged(found: Iterable[Named]) -> list[Named]:
    merged: list[Named] = []
    for new in found:
        known = next((m for m in merged if _is_same(m, new)), None)
        if known is None:
            merged.append(new)
            continue
        known.name = known.name or new.name
        known.aliases += [a for a in new.aliases if a not in known.aliases]
        known.labels += [label for label in new.labels if label not in known.labels]
    return [m for m in merged if m.name or m.words]


def _is_same(one: Named, other: Named) -> bool:
    if one.name and other.name:
        short, long = sorted((_key(one.name), _key(other.name)), key=len)
        return short == long or (len(short) >= 4 and long.startswith(short)) or other.name in one.aliases
    return bool(set(one.words) & set(other.words))


def _key(name: str) -> str:
    return re.sub(r"[\s,.、・]", "", name).lower()


def _from_words(text: str) -> list[Named]:
    """Nobody is declared: the two role words that the text uses most."""
    counts = {w: text.count(w) for w in ("甲方", "乙方", *ROLE_WORDS_ZH)}
    english = {
        w.title(): len(re.findall(rf"\b{w.title()}\b", text)) for w in (*CUSTOMER_WORDS, *SUPPLIER_WORDS) if w.isascii()
    }
    usual = sorted((w for w, n in (counts | english).items() if n >= 3), key=lambda w: -(counts | english)[w])
    if counts["甲方"] >= 3 and counts["乙方"] >= 3:
        return [Named("", [], ["甲方"]), Named("", [], ["乙方"])]
    for word in usual:
        other = next((w for w in usual if word_score([w]) * word_score([word]) < 0), None)
        if other:
            return [Named("", [], [word]), Named("", [], [other])]
    return []


def _lend_words(named: Sequence[Named], roles: Sequence[Role], text: str) -> None:
    """Named companies that the text then calls by role words without saying so."""
    if len(named) != 2 or all(n.words for n in named) or roles[0] == roles[1]:
        return
    words = _sided_words(text)
    used = {w for n in named for w in n.words}
    for party, role in zip(named, roles, strict=True):
        if not party.words:
            party.aliases += [w for w in words.get(role, []) if w not in used]


def _sided_words(text: str) -> dict[Role, list[str]]:
    """The pair of role words of the text, told apart by what the text lets them do."""
    ranked = sorted(_from_words(text), key=lambda n: -_score(n, text))
    return {"customer": ranked[0].labels, "supplier": ranked[1].labels} if len(ranked) == 2 else {}


def _counterpart(known: Named, text: str) -> list[Named]:
    """The other side of a paper that names one party: who signs an undertaking, or the other word of the pair."""
    signer = next((w for w in _UNDERTAKERS if w in text), None)
    if signer:
        return [Named("", [*[w for w in _UNDERTAKERS if w in text], *(["本人"] if "本人" in text else [])])]
    if not known.words:
        words = _sided_words(text)
        side, other_side = _ordered_roles(_score(known, text) >= 0)
        known.aliases += words.get(side, [])
        return [Named("", [], words[other_side])] if words else []
    pairs = [
        ("甲方", "乙方"),
        ("委託人", "受託人"),
        ("委任人", "受任人"),
        ("買方", "賣方"),
        ("客戶", "供應商"),
        ("機關", "廠商"),
        ("定作人", "承攬人"),
    ]
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        if one in known.words and text.count(other) >= 2:
            return [Named("", [], [other])]
    return []


# --- roles -------------------------------------------------------------------------------------


def _roles(named: Sequence[Named], text: str) -> list[Role]:
    scores = [_score(n, text) for n in named]
    if len(named) <= 1:
        return ["customer" if s >= 0 else "supplier" for s in scores]
    if len(named) == 2:
        return list(_ordered_roles(scores[0] >= scores[1]))
    return _several(named, scores)


def _ordered_roles(first_is_customer: bool) -> tuple[Role, Role]:
    return ("customer", "supplier") if first_is_customer else ("supplier", "customer")


def _several(named: Sequence[Named], scores: Sequence[float]) -> list[Role]:
    """The financial firms are customers; the others sort by their score."""
    financial = [is_financial(n.name) and not is_technical(n.name) for n in named]
    if any(financial) and not all(financial):
        return ["customer" if f else "supplier" for f in financial]
    best = max(scores)
    return ["customer" if s == best else "supplier" for s in scores]


def _score(party: Named, text: str) -> float:
    """Above zero speaks for the customer. The trade in the name weighs most, 甲 and 乙 least."""
    score = word_score(party.words)
    score += 3.0 * is_financial(party.name) - 2.5 * is_technical(party.name)
    return score + deed_score([*party.words, party.name], text)


# --- aliases -----------------------------------------------------------------------------------


_PRONOUNS = (("本公司", "貴公司"), ("我們", "您"), ("我方", "貴方"), ("本公司", "您"))


def _lend_pronouns(named: Sequence[Named], roles: Sequence[Role], text: str) -> None:
    """Where one side is 本公司, 貴公司 is the other."""
    if set(roles) != {"customer", "supplier"}:
        return
    for one, other in (*_PRONOUNS, *((b, a) for a, b in _PRONOUNS)):
        holder = next((r for n, r in zip(named, roles, strict=True) if one in n.words), None)
        taken = any(other in n.words for n in named)
        if holder and not taken and text.count(other) >= LEAST_USED:
            next(n for n, r in zip(named, roles, strict=True) if r != holder).aliases.append(other)


def _party(named: Named, role: Role, text: str) -> Party:
    labels = [w for w in named.labels if not (named.aliases and w in _AMBIGUOUS_LABELS)]
    words = [*named.aliases, *labels]
    names = [named.name, *(a for a in named.aliases if a.endswith("有限公司"))]
    forms = [f for name in names for f in short_forms(name, text)]
    polite = ["貴公司"] if "您" in words and "貴公司" in text else []
    called = [w for w in words if w[:1].isascii() and not named.name.lower().startswith(w.lower())]
    definite = [f"the {w}" for w in called if f"the {w}".lower() in text.lower()]
    every = dict.fromkeys(
        a
        for a in (named.name, *words, *forms, *definite, *polite)
        if (len(a) >= 2 or a == "您") and re.search(r"[^\W_○〇]{1}", a)
    )
    return Party(role, named.name, tuple(sorted(every, key=lambda a: (-len(a), a))))


def _without_shared(parties: Sequence[Party]) -> list[Party]:
    """A word that names both sides names neither."""
    sides = {
        role: {a.lower() for p in parties if p.role == role for a in p.aliases} for role in ("customer", "supplier")
    }
    both = sides["customer"] & sides["supplier"]
    return [Party(p.role, p.name, tuple(a for a in p.aliases if a.lower() not in both)) for p in parties]
