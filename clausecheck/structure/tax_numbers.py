"""統一編號 of the parties: only a number that is valid and that stands plainly with one of them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from clausecheck.document import Party

_NUMBER = re.compile(r"(?:統一編號|统一编号|營利事業統一編號|統編)[ \u3000]*[：:|]?[ \u3000|]*(?P<n>\d{8})(?!\d)")
_REACH = 160  # characters in front of the number within which its owner is named
_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)


def with_tax_numbers(parties: Sequence[Party], text: str) -> tuple[Party, ...]:
    """The parties with their numbers; a number that two claim, or two numbers of one, count as none."""
    found: list[set[str]] = [set() for _ in parties]
    for match in _NUMBER.finditer(text):
        owner = _owner(parties, text[max(0, match.start() - _REACH) : match.start()])
        if owner is not None and is_tax_number(match["n"]):
            found[owner].add(match["n"])
    claimed = [n for numbers in found for n in numbers]
    own = [next(iter(n)) if len(n) == 1 and claimed.count(next(iter(n))) == 1 else "" for n in found]
    return tuple(replace(p, tax_number=n) for p, n in zip(parties, own, strict=True))


def is_tax_number(number: str) -> bool:
    """The check digit holds (rule of the Ministry of Finance since 2023: divisible by five)."""
    if not re.fullmatch(r"\d{8}", number) or number == "00000000":
        return False
    total = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(number, _WEIGHTS, strict=True))
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def _owner(parties: Sequence[Party], before: str) -> int | None:
    """The party of the last line that names one; None where a line holds both, or another number."""
    lines = before.split("\n")
    if _NUMBER.search(lines[-1]):
        return None
    for line in reversed(lines):
        named = [i for i, p in enumerate(parties) if any(a in line for a in (p.name, *p.aliases) if a)]
        if named:
            return named[0] if len(named) == 1 else None
    return None
