"""The parties: how the contract names them, and which is the customer, which the supplier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausecheck.document import Clause, Document, Party, Role
from clausecheck.structure.companies import is_financial, is_technical, short_forms
from clausecheck.structure.declared import declared_parties, declaring_blocks, defined_parties, plain_names, signers
from clausecheck.structure.named import Named
from clausecheck.structure.pronouns import is_pronoun, lend_pronouns, pronoun_parties
from clausecheck.structure.roles import party_score
from clausecheck.structure.usage import counterword, lend_words, parties_by_words, sided_words
from clausecheck.text import HAN

_UNDERTAKERS = ("立切結書人", "立承諾書人", "立同意書人", "切結人", "具結人", "立書人")
FIRST_BLOCKS = 30  # where a paper without a preamble may still say who is who
_AMBIGUOUS_LABELS = ("客戶", "廠商", "機關", "用戶", "業主", "使用方")


def find_parties(document: Document, clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """Customer first; empty when the text names nobody."""
    blocks = declaring_blocks(document, clauses)
    named = _merged(declared_parties(blocks, document.text))
    if len(named) < 2:
        early = declared_parties(document.blocks[:FIRST_BLOCKS], document.text)
        named = _merged([*named, *(n for n in early if n.name)])
    if len(named) < 2:
        named = _merged([*named, *signers(blocks), *defined_parties(document.text)])
    if len(named) < 2:
        named = _merged([*named, *plain_names(blocks)])
    if not named:
        named = parties_by_words(document.text) or pronoun_parties(document.text)
    if len(named) == 1:
        named += _counterpart(named[0], document.text)
    roles = _roles(named, document.text)
    named, roles = _in_two_languages(named, roles)
    lend_words(named, roles, document.text)
    lend_pronouns(named, roles, document.text)
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


def _in_two_languages(named: list[Named], roles: list[Role]) -> tuple[list[Named], list[Role]]:
    """A contract in two columns names each party twice: once in Chinese, once in English."""
    sides = {r: [n for n, own in zip(named, roles, strict=True) if own == r] for r in sorted(set(roles))}
    if len(sides) != 2 or not all(_is_double(side) for side in sides.values()):
        return named, roles
    for one, other in sides.values():
        one.aliases += [a for a in (other.name, *other.words) if a]
    return [side[0] for side in sides.values()], list(sides)


def _is_double(side: Sequence[Named]) -> bool:
    return len(side) == 2 and bool(HAN.search(side[0].name)) and side[1].name.isascii() and bool(side[1].name)


def _key(name: str) -> str:
    return re.sub(r"[\s,.、・]", "", name).lower()


def _counterpart(known: Named, text: str) -> list[Named]:
    """The other side of a paper that names one party: who signs an undertaking, or the other word of the pair."""
    signer = next((w for w in _UNDERTAKERS if w in text), None)
    if signer:
        return [Named("", [*[w for w in _UNDERTAKERS if w in text], *(["本人"] if "本人" in text else [])])]
    if not known.words:
        words = sided_words(text)
        side, other_side = _ordered_roles(party_score(known.words, known.name, text) >= 0)
        known.aliases += words.get(side, [])
        return [Named("", [], words[other_side])] if words else []
    other = counterword(known.words, text)
    return [Named("", [], [other])] if other else []


# --- roles -------------------------------------------------------------------------------------


def _roles(named: Sequence[Named], text: str) -> list[Role]:
    scores = [party_score(n.words, n.name, text) for n in named]
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


# --- aliases -----------------------------------------------------------------------------------


_ARTICLELESS = re.compile(r"(?i)party [a-d]$|(?:we|us|our|you|your|i|me|my)$")


def _party(named: Named, role: Role, text: str) -> Party:
    labels = [w for w in named.labels if not (named.aliases and w in _AMBIGUOUS_LABELS)]
    words = [*named.aliases, *labels]
    names = [named.name, *(a for a in named.aliases if a.endswith("有限公司"))]
    forms = [f for name in names for f in short_forms(name, text)]
    called = [w for w in words if w[:1].isascii() and not named.name.lower().startswith(w.lower())]
    definite = [
        f"the {w}" for w in called if re.search(rf"(?i)\bthe {re.escape(w)}\b", text) and not _ARTICLELESS.match(w)
    ]
    every = dict.fromkeys(
        a
        for a in (named.name, *words, *forms, *definite)
        if (len(a) >= 2 or is_pronoun(a)) and re.search(r"[^\W_○〇]{1}", a)
    )
    return Party(role, named.name, tuple(sorted(every, key=lambda a: (-len(a), a))))


def _without_shared(parties: Sequence[Party]) -> list[Party]:
    """A word that names both sides names neither."""
    sides = {
        role: {a.lower() for p in parties if p.role == role for a in p.aliases} for role in ("customer", "supplier")
    }
    both = sides["customer"] & sides["supplier"]
    return [Party(p.role, p.name, tuple(a for a in p.aliases if a.lower() not in both)) for p in parties]
