"""Which tracked changes turn which requirement, and how surely that is known.

Both states of the file are judged. Where a requirement differs, its candidates are taken back one by one,
all other changes accepted, and the file is judged again; where there are too many, their place must do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from clausecheck.document import Change, Contract
from clausecheck.errors import ClausecheckError
from clausecheck.findings import Basis, ElementTurn, Evidence, Finding, Redline, State, Status, Turned

TRIED = 6  # candidates of one requirement that are taken back one by one
TRIALS = 24  # judgements of one file
_CHARACTERS = 1_000_000  # that all trials of one file may read together

Keys = frozenset[str]
Rejudge = Callable[[Keys], Sequence[Finding]]
_Signature = tuple[Status, tuple[State, ...]]


@dataclass(frozen=True)
class Judged:
    """One state of the file and its verdicts."""

    contract: Contract
    findings: tuple[Finding, ...]


def turned_by(accepted: Judged, original: Judged, rejudge: Rejudge | None) -> tuple[Turned, ...]:
    """Every requirement whose status or elements differ between the states, with the changes that turn it.

    `rejudge` gives the verdicts on the accepted state without some changes; None where it cannot be had.
    """
    redlines = _redlines(accepted.contract, original.contract)
    trials = _Trials(rejudge, min(TRIALS, _CHARACTERS // max(1, len(accepted.contract.text))))
    found = []
    for after, before in zip(accepted.findings, original.findings, strict=True):
        if _signature(after) != _signature(before):
            near = _near(accepted, after, before) | _near(original, before, after)
            keys, basis = _causes(after, before, list(redlines), near, trials)
            causes = tuple(redlines[k] for k in keys)
            turns = _element_turns(before, after)
            found.append(Turned(after.id, after.name, before.status, after.status, turns, causes, basis))
    return tuple(found)


@dataclass
class _Trials:
    """Verdicts without some changes; each set of changes is judged once, and not too many of them."""

    rejudge: Rejudge | None
    left: int
    known: dict[Keys, dict[str, Finding]] = field(default_factory=dict)

    def finding(self, requirement: str, keys: Iterable[str]) -> Finding | None:
        """The verdict on a requirement, None where it is not to be had."""
        wanted = frozenset(keys)
        if wanted not in self.known:
            self.known[wanted] = self._judged(wanted)
        return self.known[wanted].get(requirement)

    def _judged(self, keys: Keys) -> dict[str, Finding]:
        if self.rejudge is None or self.left <= 0:
            return {}
        self.left -= 1
        try:
            return {f.id: f for f in self.rejudge(keys)}
        except ClausecheckError:  # what is left may be no document; the two states themselves were read
            return {}


def _causes(
    after: Finding, before: Finding, redlines: Sequence[str], near: set[str], trials: _Trials
) -> tuple[list[str], Basis]:
    nearby = [k for k in redlines if k in near]
    candidates = list(redlines) if len(redlines) <= TRIED else nearby
    tried = _tried(after, before, candidates, trials) if 0 < len(candidates) <= TRIED else None
    if tried:
        return tried
    return (nearby, Basis.PLACE) if nearby else ([], Basis.UNKNOWN)


def _tried(
    after: Finding, before: Finding, candidates: Sequence[str], trials: _Trials
) -> tuple[list[str], Basis] | None:
    """The changes without any one of which the verdict is another, else those without all of which it is."""
    without = {k: f for k in candidates if (f := trials.finding(after.id, [k]))}
    if len(without) < len(candidates):
        return None
    by_status = after.status is not before.status
    touching = [k for k, f in without.items() if _signature(f) != _signature(after)]
    alone = [k for k in touching if not by_status or without[k].status is not after.status]
    if alone:
        return alone, Basis.ALONE
    for together in (touching, list(candidates)):
        found = trials.finding(after.id, together) if len(together) > 1 else None
        if found and (found.status is not after.status if by_status else _signature(found) != _signature(after)):
            return together, Basis.JOINT
    return None


def _signature(finding: Finding) -> _Signature:
    return finding.status, tuple(e.state for e in finding.elements)


def _element_turns(before: Finding, after: Finding) -> tuple[ElementTurn, ...]:
    if len(before.elements) != len(after.elements):  # not applicable in one of the states
        return ()
    pairs = zip(before.elements, after.elements, strict=True)
    return tuple(ElementTurn(a.text, b.state, a.state) for b, a in pairs if b.state is not a.state)


def _near(side: Judged, finding: Finding, other: Finding) -> set[str]:
    """Changes in the blocks of the passages that the verdict rests on, else in their clauses."""
    passages = _passages(finding, other)
    contract = side.contract
    document = contract.document
    blocks = {i for e in passages for i in range(document.block_index(e.start), document.block_index(e.end - 1) + 1)}
    placed = [c for c in document.changes if c.block is not None and c.key]
    found = {c.key for c in placed if c.block in blocks}
    if found:
        return found
    clauses = {_clause(contract, b) for b in blocks} - {""}
    return {c.key for c in placed if _clause(contract, c.block) in clauses}


def _passages(finding: Finding, other: Finding) -> list[Evidence]:
    """The passages of the elements that differ; of all where the elements themselves are not comparable."""
    states = {e.id: e.state for e in other.elements}
    return [p for e in finding.elements if states.get(e.id) is not e.state for p in e.evidence]


def _clause(contract: Contract, block: int | None) -> str:
    if block is None or block >= len(contract.document.blocks):
        return ""
    clause = contract.clause_at(contract.document.blocks[block].start)
    return clause.path if clause else ""


def _redlines(accepted: Contract, original: Contract) -> dict[str, Redline]:
    """All changes by key, in the order of the file; the clause is the one where the words stand now, or stood."""
    groups: dict[str, list[Change]] = {}
    places: dict[str, tuple[str, bool]] = {}
    for contract, former in ((accepted, False), (original, True)):
        for change in contract.document.changes:
            if not change.key:
                continue
            group = groups.setdefault(change.key, [])
            if not any((c.kind, c.text) == (change.kind, change.text) for c in group):
                group.append(change)
            clause = _clause(contract, change.block)
            if clause:
                places.setdefault(change.key, (clause, former))
    return {
        key: Redline(groups[key][0].author, groups[key][0].date, tuple(groups[key]), *places.get(key, ("", False)))
        for key in sorted(groups, key=_order)
    }


def _order(key: str) -> tuple[int, ...]:
    return tuple(int(n) for n in key.split("/"))
