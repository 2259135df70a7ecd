"""What the lists and the workbook need of each entry: a few hundred bytes a contract, whatever its report weighs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.state import base_name
from clausecheck.archive.suppliers import Named, Supplier, resolve
from clausecheck.findings import GAPS, Severity, Status


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement as a library has it."""

    id: str
    name: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that was judged, once however many copies of its file there are.

    asked     the requirements; `statuses`, `doubtful` and `absent` run parallel to them
    unread    what could not be read of it, in words; empty when all was read
    """

    path: str
    name: str
    sha256: str
    title: str
    number: str
    organisation: str
    library: tuple[str, str]
    customers: tuple[Named, ...]
    suppliers: tuple[Named, ...]
    start: str
    end: str
    term: str
    renewal: str
    value: str
    score: int
    asked: tuple[Asked, ...]
    statuses: tuple[Status, ...]
    doubtful: tuple[bool, ...]
    absent: tuple[tuple[str, ...], ...]
    unread: tuple[str, ...]
    scanned_at: str

    @property
    def label(self) -> str:
        return self.title or self.name

    @property
    def gaps(self) -> list[tuple[Asked, int]]:
        """Every requirement that is a gap, with its index."""
        return [(a, i) for i, a in enumerate(self.asked) if self.statuses[i] in GAPS]

    def gap_count(self, severity: Severity) -> int:
        return sum(a.severity is severity for a, _ in self.gaps)

    def status(self, requirement: str) -> Status | None:
        return next((s for a, s in zip(self.asked, self.statuses, strict=True) if a.id == requirement), None)


@dataclass(frozen=True)
class Facts:
    """An archive: its files without their reports, its contracts, the company behind each supplier named."""

    files: tuple[Entry, ...]
    contracts: tuple[Contract, ...]
    companies: dict[Named, Supplier] = field(default_factory=dict)
    by_content: dict[tuple[str, str], Contract] = field(default_factory=dict)

    @property
    def present(self) -> list[Entry]:
        return [f for f in self.files if f.present]

    @property
    def requirements(self) -> list[Asked]:
        """Every requirement asked of any contract, in the order of their numbers."""
        asked = {a.id: a for c in self.contracts for a in c.asked}
        return sorted(asked.values(), key=lambda a: number_order(a.id))

    def contract_of_file(self, file: Entry) -> Contract | None:
        """The contract that a file holds, through the judged copy of its content where it is itself a copy."""
        return self.by_content.get(content_of(file)) if file.outcome is Outcome.CHECKED else None

    def companies_of(self, contract: Contract) -> list[Supplier]:
        """The companies that supply under this contract, each once."""
        return list(dict.fromkeys(self.companies[n] for n in contract.suppliers if n in self.companies))

    def supplier_text(self, contract: Contract) -> str:
        return "、".join(s.name for s in self.companies_of(contract))


def number_order(requirement: str) -> tuple[tuple[int, int, str], ...]:
    """7.1.1.2 before 7.1.1.10."""
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in requirement.split("."))


def gather(entries: Iterable[Entry]) -> Facts:
    """One pass over the entries; the reports themselves are let go at once."""
    files: list[Entry] = []
    contracts: dict[tuple[str, str], Contract] = {}
    asked: dict[tuple[Asked, ...], tuple[Asked, ...]] = {}
    for entry in entries:
        files.append(replace(entry, report=None))
        content = content_of(entry)
        if not entry.present or entry.outcome is not Outcome.CHECKED or not entry.report:
            continue
        # A copy stands in for the judged file only where that has vanished or changed.
        if content not in contracts or entry.duplicate_of is None:
            contracts[content] = contract_of(entry, asked)
    ordered = tuple(sorted(contracts.values(), key=lambda c: c.path))
    suppliers = [n for c in ordered for n in c.suppliers]
    companies = resolve(suppliers, {n for c in ordered for n in c.customers})
    return Facts(tuple(files), ordered, companies, contracts)


def content_of(file: Entry) -> tuple[str, str]:
    """What copies of one content share."""
    return file.sha256, file.duplicate_of or file.path


def contract_of(entry: Entry, known: dict[tuple[Asked, ...], tuple[Asked, ...]] | None = None) -> Contract:
    """The facts of a checked entry; `known` shares equal lists of requirements."""
    report = entry.report or {}
    metadata, requirements = report.get("metadata", {}), report.get("requirements", [])
    asked = tuple(Asked(r["id"], r["name"], Severity(r["severity"])) for r in requirements)
    return Contract(
        path=entry.path,
        name=base_name(entry.path),
        sha256=entry.sha256,
        organisation=report.get("organisation", ""),
        library=(report.get("library", {}).get("version", ""), report.get("library", {}).get("fingerprint", "")),
        customers=_parties(report, "customer"),
        suppliers=_parties(report, "supplier"),
        score=report.get("score", 0),
        asked=known.setdefault(asked, asked) if known is not None else asked,
        statuses=tuple(Status(r["status"]) for r in requirements),
        doubtful=tuple(bool(r["doubtful"]) for r in requirements),
        absent=tuple(_absent(r) for r in requirements),
        unread=_unread(report.get("notices", [])),
        scanned_at=entry.scanned_at,
        **_self_description(metadata),
    )


def _self_description(metadata: dict[str, Any]) -> dict[str, str]:
    names = {"title": "title", "number": "number", "start": "start_date", "end": "end_date"}
    names |= {"term": "term", "renewal": "renewal", "value": "value"}
    return {ours: str(metadata.get(theirs, "")).strip() for ours, theirs in names.items()}


def _absent(requirement: dict[str, Any]) -> tuple[str, ...]:
    """What is lacking; the words are the library's, so that contracts share them."""
    return tuple(map(sys.intern, requirement["absent"] or [requirement["why"]]))


def _parties(report: dict[str, Any], role: str) -> tuple[Named, ...]:
    parties = [p for p in report.get("parties", []) if p["role"] == role and p["name"]]
    return tuple(dict.fromkeys(Named(p["name"], p.get("tax_number", "")) for p in parties))


def _unread(notices: list[dict[str, Any]]) -> tuple[str, ...]:
    unread = (n["message"] for n in notices if n["blocking"] or n["code"] == "page-without-text")
    return tuple(dict.fromkeys(unread))
