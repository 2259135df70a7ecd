"""The suppliers of an archive: one entry a company, whatever spelling a contract uses; pure.

Two names are one company when their keys are equal (company_names.py) or when both carry the same
統一編號. Equal keys with different numbers stay apart. Similarity alone never joins two names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clausecheck.archive.company_names import is_left_blank, is_simplified, name_key, simplified

RENAMED = "依相同之統一編號合併而名稱不同，請核對"
SAME_NAME = "另有同名者，因統一編號不同或繁簡無從對應而未合併，請查明是否為同一公司"


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A supplier as one contract names it; `tax_number` is empty where unknown."""

    name: str
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class Supplier:
    """A company.

    name       the spelling used most
    spellings  all of them, the most used first
    doubt      what to look at before this entry is relied on, in Traditional Chinese
    """

    name: str
    spellings: tuple[str, ...]
    tax_numbers: tuple[str, ...] = ()
    doubt: str = ""


def resolve(named: Iterable[Named], customers: Iterable[Named] = ()) -> dict[Named, Supplier]:
    """The company of each supplier named; `named` counts, so a name stands once for each contract.

    A 統一編號 that a customer carries too joins nothing: it was read off the wrong party.
    """
    counted = Counter(n for n in named if not is_left_blank(n.name))
    foreign = {c.tax_number for c in customers}
    groups = _joined_by_number(_by_key(counted, foreign), foreign)
    suppliers = _with_doubts([_supplier(group, counted, foreign) for group in groups])
    return {n: supplier for group, supplier in zip(groups, suppliers, strict=True) for n in group}


def _by_key(counted: Iterable[Named], foreign: set[str]) -> list[list[Named]]:
    """Names with the same key; with several numbers in one key a group for each, and one for none."""
    keys: dict[str, list[Named]] = defaultdict(list)
    for named in sorted(counted):
        keys[name_key(named.name)].append(named)
    joined = _with_simplified(keys)
    return [group for names in joined.values() for group in _apart(names, foreign)]


def _with_simplified(keys: dict[str, list[Named]]) -> dict[str, list[Named]]:
    """Names in Simplified characters go to the one name in Traditional ones that has this form."""
    forms: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if not is_simplified(key):
            forms[simplified(key)].append(key)
    joined: dict[str, list[Named]] = defaultdict(list)
    for key, names in keys.items():
        meant = forms.get(key, []) if is_simplified(key) else []
        joined[meant[0] if len(meant) == 1 else key] += names
    return joined


def _apart(names: list[Named], foreign: set[str]) -> list[list[Named]]:
    numbers = sorted({_number(n, foreign) for n in names} - {""})
    if len(numbers) < 2:
        return [names]
    return [g for number in ["", *numbers] if (g := [n for n in names if _number(n, foreign) == number])]


def _joined_by_number(groups: list[list[Named]], foreign: set[str]) -> list[list[Named]]:
    joined: dict[object, list[Named]] = {}
    for index, group in enumerate(groups):
        number = next((_number(n, foreign) for n in group if _number(n, foreign)), "")
        joined.setdefault(number or index, []).extend(group)
    return list(joined.values())


def _number(named: Named, foreign: set[str]) -> str:
    return "" if named.tax_number in foreign else named.tax_number


def _supplier(group: list[Named], counted: Counter[Named], foreign: set[str]) -> Supplier:
    uses: Counter[str] = Counter()
    for named in group:
        uses[named.name] += counted[named]
    spellings = tuple(sorted(uses, key=lambda s: (-uses[s], -len(s), s)))
    doubt = RENAMED if len({_form(s) for s in spellings}) > 1 else ""
    return Supplier(spellings[0], spellings, tuple(sorted({_number(n, foreign) for n in group} - {""})), doubt)


def _with_doubts(suppliers: list[Supplier]) -> list[Supplier]:
    """Those that share a form with another company are marked."""
    forms = Counter(form for s in suppliers for form in {_form(spelling) for spelling in s.spellings})
    return [
        replace(s, doubt=SAME_NAME) if any(forms[_form(spelling)] > 1 for spelling in s.spellings) else s
        for s in suppliers
    ]


def _form(name: str) -> str:
    return simplified(name_key(name))
