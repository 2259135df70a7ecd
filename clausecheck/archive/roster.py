"""The register of suppliers that Articles 4 and 10 of the guideline ask for where they are too concentrated; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausecheck.archive.facts import Contract, Facts
from clausecheck.archive.money import read_money
from clausecheck.archive.suppliers import Supplier
from clausecheck.findings import Severity, Status

INCIDENTS = "7.1.1.7"  # 資通安全事件處置程序: Article 10 asks that a concentrated supplier has one


@dataclass(frozen=True, slots=True)
class Holding:
    """A company and what it supplies.

    share     part of all judged contracts, 0..1
    totals    sums of the prices that the contracts state, by ISO 4217 code
    priced    contracts that state their price
    incidents contracts that agree on the handling of incidents in full, and those to which that applies
    """

    company: Supplier | None
    contracts: tuple[Contract, ...]
    share: float
    totals: dict[str, Decimal]
    priced: int
    incidents: tuple[int, int]

    @property
    def score(self) -> float:
        return sum(c.score for c in self.contracts) / len(self.contracts)

    @property
    def gaps(self) -> int:
        return sum(len(c.gaps) for c in self.contracts)

    @property
    def critical(self) -> int:
        return sum(c.gap_count(Severity.CRITICAL) for c in self.contracts)

    def next_end(self, today: date) -> str:
        """The first end of a contract from `today` on, ISO; empty when there is none."""
        return min((c.end for c in self.contracts if c.end >= today.isoformat()), default="")

    def is_concentrated(self, threshold: float) -> bool:
        """The share lies above `threshold` percent."""
        return self.company is not None and self.share * 100 > threshold


def roster(facts: Facts) -> list[Holding]:
    """Every company, the one with most contracts in front; at the end the contracts that name nobody."""
    held: dict[Supplier, list[Contract]] = {}
    nobody: list[Contract] = []
    for contract in facts.contracts:
        companies = facts.companies_of(contract)
        for company in companies:
            held.setdefault(company, []).append(contract)
        if not companies:
            nobody.append(contract)
    total = len(facts.contracts)
    found = [_holding(company, contracts, total) for company, contracts in held.items()]
    found.sort(key=lambda h: (-len(h.contracts), h.company.name if h.company else ""))
    return [*found, _holding(None, nobody, total)] if nobody else found


def _holding(company: Supplier | None, contracts: list[Contract], total: int) -> Holding:
    sums = [m for c in contracts if (m := read_money(c.value))]
    totals: dict[str, Decimal] = {}
    for money in sums:
        totals[money.currency] = totals.get(money.currency, Decimal(0)) + money.amount
    return Holding(company, tuple(contracts), len(contracts) / total, totals, len(sums), _incidents(contracts))


def _incidents(contracts: Iterable[Contract]) -> tuple[int, int]:
    statuses = [s for c in contracts if (s := c.status(INCIDENTS)) not in (None, Status.NOT_APPLICABLE)]
    return statuses.count(Status.FULL), len(statuses)
