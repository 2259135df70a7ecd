"""Pronouns: which families there are, how often a text speaks in them and whose they are; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from clausecheck.document import Role
from clausecheck.structure.named import Named
from clausecheck.structure.roles import deed_score

Person = Literal["first", "second"]
_PERSONS: dict[Person, tuple[str, ...]] = {
    "first": ("我們", "我们", "我方", "本公司", "敝公司", "敝社", "我司", "我", "we", "I"),
    "second": ("您們", "您们", "你們", "你们", "貴公司", "贵公司", "貴方", "贵方", "貴司", "您", "你", "you"),
}
# The other forms of a pronoun, and what stands for each behind the mark of the party.
_FORMS = {
    "you": {"you": "", "your": "'s", "yours": "'s", "yourself": "", "yourselves": ""},
    "we": {"we": "", "us": "", "our": "'s", "ours": "'s", "ourselves": ""},
    "i": {"i": "", "me": "", "my": "'s", "myself": ""},
    "您": {"您": "", "您們": "", "您们": ""},
    "你": {"你": "", "你們": "", "你们": ""},
}
_FAMILY = {form: forms for forms in _FORMS.values() for form in forms}
# 我國, 自我, 日本公司, US and the numeral I are none; 您們 is not 您 and a rest.
_GUARDS = {
    "我": r"(?<![自敵物忘])我(?![國国們们方司行])",
    "本公司": r"(?<![日基資资成])本公司",
    "i": r"\bI(?= [a-z]|['’](?:m|ll|ve|d)\b)",
    "us": r"\b(?:us|Us)\b",
}
_LEAST = 3
_QUOTED = re.compile("「[^」]{0,40}」|“[^”]{0,40}”")


def pronoun_forms(alias: str) -> dict[str, str]:
    """Every form of a pronoun, lower case, with what follows the mark of the party; empty for other words."""
    return _FAMILY.get(alias.lower(), {})


def pronoun_pattern(form: str) -> str:
    """Regular expression, case-sensitive, for one form of a pronoun where it really is one."""
    lowered = form.lower()
    if lowered in _GUARDS:
        return _GUARDS[lowered]
    if lowered.isascii():
        return rf"\b[{lowered[0]}{lowered[0].upper()}]{lowered[1:]}\b"
    return rf"{lowered}(?![們们])" if lowered in ("您", "你") else lowered


def is_pronoun(word: str) -> bool:
    return person_of([word]) is not None


def person_of(words: Iterable[str]) -> Person | None:
    """The grammatical person of the first pronoun among the words."""
    lowered = {w.lower() for w in words}
    for person, pronouns in _PERSONS.items():
        if any(p.lower() in lowered for p in pronouns) or (lowered & _english(person)):
            return person
    return None


def _english(person: Person) -> set[str]:
    return {form for p in _PERSONS[person] for form in _FORMS.get(p.lower(), {}) if p.isascii()}


def pronoun_parties(text: str) -> list[Named]:
    """The two sides of a text that names nobody and speaks of 我們 and 您 all along."""
    used = _used(text)
    if used["first"] and used["second"]:
        return [Named("", used["second"]), Named("", used["first"])]
    return []


def lend_pronouns(named: Sequence[Named], roles: Sequence[Role], text: str) -> None:
    """Gives each side its pronouns: as the text declares them, else the writer is whoever supplies."""
    if set(roles) != {"customer", "supplier"}:
        return
    used = _used(text)
    speaking = _declared(named, roles) or _undeclared(named, used, text)
    taken = {w.lower() for n in named for w in n.words}
    for role, person in speaking.items():
        side = [n for n, r in zip(named, roles, strict=True) if r == role]
        if len(side) == 1:
            side[0].aliases += [w for w in used[person] if w.lower() not in taken]


def _declared(named: Sequence[Named], roles: Sequence[Role]) -> dict[Role, Person]:
    """Who speaks in which person, as far as one of the sides says so."""
    for party, role in zip(named, roles, strict=True):
        person = party.person or person_of(party.words)
        if person:
            counterpart: Role = "supplier" if role == "customer" else "customer"
            return {role: person, counterpart: "second" if person == "first" else "first"}
    return {}


def _undeclared(named: Sequence[Named], used: dict[Person, list[str]], text: str) -> dict[Role, Person]:
    """The writer supplies, unless the deeds of the text say that he pays and audits."""
    words = [w for n in named for w in n.words]
    if not (used["first"] and used["second"]) or sum(map(text.count, words)) > _count_all(used, text):
        return {}
    lead = deed_score(used["first"], text) - deed_score(used["second"], text)
    return {"customer": "first", "supplier": "second"} if lead > 0.5 else {"customer": "second", "supplier": "first"}


def _count_all(used: dict[Person, list[str]], text: str) -> int:
    return sum(occurrences(w, text) for words in used.values() for w in words)


@lru_cache(maxsize=8)
def _spoken(text: str) -> str:
    return _QUOTED.sub("", text)


def _used(text: str) -> dict[Person, list[str]]:
    """The pronouns that the text uses, if those of the person together are used often enough."""
    counts: dict[Person, dict[str, int]] = {
        person: {w: n for w in words if (n := occurrences(w, text))} for person, words in _PERSONS.items()
    }
    for one, several in (("我", "我們"), ("我", "我们"), ("I", "we")):  # who writes 「我」 means both sides by 「我們」
        if counts["first"].get(one, 0) > counts["first"].get(several, 0):
            counts["first"].pop(several, None)
    return {person: list(found) if sum(found.values()) >= _LEAST else [] for person, found in counts.items()}


def occurrences(pronoun: str, text: str) -> int:
    """How often a text uses a pronoun in any form, quotations apart."""
    forms = pronoun_forms(pronoun) if pronoun.isascii() else {pronoun: ""}
    return sum(1 for f in forms for _ in re.finditer(pronoun_pattern(f), _spoken(text)))
