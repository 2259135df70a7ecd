"""The files of an archive, sifted, as plain rows for the terminal and for export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from clausecheck.archive.company_names import name_key
from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.facts import Contract, Facts
from clausecheck.archive.state import base_name
from clausecheck.archive.suppliers import Supplier
from clausecheck.findings import Severity, Status


@dataclass(frozen=True, slots=True)
class Sieve:
    """What to list; None lets everything through.

    status          some requirement has it, or `requirement` where that is given
    supplier        a name in any spelling; companies that merely contain it only when no name equals it
    expires_before  the contract ends before this day; an unknown end is none
    """

    status: Status | None = None
    requirement: str | None = None
    supplier: str | None = None
    outcome: Outcome | None = None
    expires_before: date | None = None

    @property
    def asks_contracts(self) -> bool:
        return any((self.status, self.requirement, self.supplier, self.expires_before))


@dataclass(frozen=True, slots=True)
class Row:
    """A file that is there, and its contract where it was judged."""

    file: Entry
    contract: Contract | None


def rows(facts: Facts, sieve: Sieve | None = None) -> list[Row]:
    """The files that pass, by path; a copy shows the contract of the file that was judged."""
    sieve = sieve or Sieve()
    tests = list(_tests(facts, sieve))
    found = [Row(f, facts.contract_of_file(f)) for f in facts.present]
    found = [r for r in found if sieve.outcome is None or r.file.outcome is sieve.outcome]
    return [r for r in found if not sieve.asks_contracts or (r.contract and all(t(r.contract) for t in tests))]


def without_end(facts: Facts) -> int:
    """Contracts whose end is unknown, which no date sifts out or in."""
    return sum(not c.end for c in facts.contracts)


def _tests(facts: Facts, sieve: Sieve) -> Iterator[Callable[[Contract], bool]]:
    if sieve.requirement:
        asked = sieve.requirement
        yield lambda c: c.status(asked) is not None and sieve.status in (None, c.status(asked))
    elif sieve.status:
        yield lambda c: sieve.status in c.statuses
    if sieve.supplier:
        meant = companies(facts, sieve.supplier)
        yield lambda c: not meant.isdisjoint(facts.companies_of(c))
    if sieve.expires_before:
        before = sieve.expires_before.isoformat()
        yield lambda c: bool(c.end) and c.end < before


def companies(facts: Facts, name: str) -> set[Supplier]:
    """The companies of this name in any spelling, else those whose names contain it."""
    every, key = set(facts.companies.values()), name_key(name)
    equal = {s for s in every if any(name_key(spelling) == key for spelling in s.spellings)}
    return equal or {s for s in every if any(key in name_key(spelling) for spelling in s.spellings)}


def find(files: Sequence[Entry], wanted: str) -> list[Entry]:
    """The files meant by a path, the end of one, or the beginning of a SHA-256; an exact path alone wins."""
    exact = [f for f in files if f.path in (wanted, str(Path(wanted).absolute()))]
    if exact:
        return exact
    ends = [f for f in files if f.path.endswith(f"/{wanted}") or base_name(f.path) == wanted]
    return ends or [f for f in files if len(wanted) >= 6 and f.sha256.startswith(wanted.lower())]


def plain(facts: Facts, row: Row) -> dict[str, Any]:
    """One file with all that is known of its contract, as plain values; statuses stand under their requirements."""
    contract = row.contract
    return {**_file_values(row.file), **(_contract_values(facts, contract) if contract else {})}


def _file_values(file: Entry) -> dict[str, Any]:
    return {
        "path": file.path,
        "name": base_name(file.path),
        "outcome": str(file.outcome),
        "exit_code": file.exit_code,
        "reason": file.reason,
        "advice": file.advice,
        "duplicate_of": file.duplicate_of or "",
        "size": file.size,
        "modified": file.modified,
        "sha256": file.sha256,
        "scanned_at": file.scanned_at,
    }


def _contract_values(facts: Facts, contract: Contract) -> dict[str, Any]:
    numbers = sorted({n for s in facts.companies_of(contract) for n in s.tax_numbers})
    return {
        "title": contract.title,
        "number": contract.number,
        "customers": "、".join(n.name for n in contract.customers),
        "suppliers": "、".join(n.name for n in contract.suppliers),
        "companies": facts.supplier_text(contract),
        "tax_numbers": "、".join(numbers),
        "start_date": contract.start,
        "end_date": contract.end,
        "term": contract.term,
        "renewal": contract.renewal,
        "value": contract.value,
        "organisation": contract.organisation,
        "library_version": contract.library[0],
        "library_fingerprint": contract.library[1],
        "score": contract.score,
        "gaps": len(contract.gaps),
        "critical_gaps": contract.gap_count(Severity.CRITICAL),
        "doubtful": sum(contract.doubtful),
        "unread": "\n".join(contract.unread),
        **{a.id: str(s) for a, s in zip(contract.asked, contract.statuses, strict=True)},
    }
