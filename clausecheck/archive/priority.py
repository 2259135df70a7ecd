"""What to negotiate first: severity x status x end of the term x share of the supplier; pure.

The factors are a rule of order, not a measured risk; the sheet states them in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clausecheck.archive.facts import Asked, Contract, Facts
from clausecheck.archive.suppliers import Supplier
from clausecheck.archive.terms import Due, days_left, due
from clausecheck.findings import Severity, Status

SEVERITY_FACTOR = {Severity.CRITICAL: 8, Severity.HIGH: 4, Severity.MEDIUM: 2, Severity.LOW: 1}
STATUS_FACTOR = {Status.CONFLICT: 1.0, Status.MISSING: 0.8, Status.PARTIAL: 0.4}
DUE_FACTOR = {
    Due.MONTH: 2.0,
    Due.QUARTER: 2.0,
    Due.HALF_YEAR: 1.5,
    Due.PAST: 1.5,
    Due.YEAR: 1.2,
    Due.UNKNOWN: 1.2,
    Due.LATER: 1.0,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A gap of a contract; `index` is its place among the contract's requirements."""

    contract: Contract
    asked: Asked
    index: int
    days: int | None
    severity: int
    status: float
    due: float
    supplier: float

    @property
    def points(self) -> float:
        return round(self.severity * self.status * self.due * self.supplier, 2)


def shares(facts: Facts) -> dict[Supplier, float]:
    """Part of all judged contracts that each company supplies, 0..1."""
    counts: dict[Supplier, int] = {}
    for contract in facts.contracts:
        for company in facts.companies_of(contract):
            counts[company] = counts.get(company, 0) + 1
    return {company: count / len(facts.contracts) for company, count in counts.items()}


def ranked(facts: Facts, today: date) -> list[Ranked]:
    """Every gap, the one to negotiate first in front."""
    share = shares(facts)
    found = [gap for contract in facts.contracts for gap in _of_contract(facts, contract, share, today)]
    return sorted(found, key=lambda g: (-g.points, g.contract.end or "9999", g.contract.path, g.index))


def _of_contract(facts: Facts, contract: Contract, share: dict[Supplier, float], today: date) -> Iterator[Ranked]:
    days = days_left(contract.end, today)
    most = max((share[c] for c in facts.companies_of(contract)), default=0.0)
    for asked, index in contract.gaps:
        yield Ranked(
            contract=contract,
            asked=asked,
            index=index,
            days=days,
            severity=SEVERITY_FACTOR[asked.severity],
            status=STATUS_FACTOR[contract.statuses[index]],
            due=DUE_FACTOR[due(days)],
            supplier=round(1 + most, 2),
        )
