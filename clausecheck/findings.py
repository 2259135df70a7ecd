"""What a check finds: verdicts, their reasons and the passages that they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from clausecheck.document import Change, Metadata, Notice, Party


class Status(StrEnum):
    """Status of a requirement in one document (requirements.yaml)."""

    FULL = "full"
    PARTIAL = "partial"
    MISSING = "missing"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"

    @property
    def is_gap(self) -> bool:
        return self in GAPS


GAPS = frozenset({Status.PARTIAL, Status.MISSING, Status.CONFLICT})


class State(StrEnum):
    """State of one element."""

    MET = "met"
    WEAK = "weak"
    BLANK = "blank"
    REFERRED = "referred"
    CONTRADICTED = "contradicted"
    UNMET = "unmet"


class Severity(StrEnum):
    """How much it hurts when a requirement is not agreed."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of the document: `document.text[start:end] == text`.

    rule   what made it count: the rule of the library or the scorer, in words
    score  0..1, how sure that layer is
    """

    text: str
    start: int
    end: int
    clause: str = ""
    heading: str = ""
    page: int | None = None
    paragraph: int | None = None
    part: str = "body"
    rule: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element of a requirement and what the document says of it."""

    id: str
    text: str
    state: State
    evidence: tuple[Evidence, ...] = ()
    why: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement.

    score       0..100; 100 is agreed in full, 0 missing or agreed the other way round
    why         one or two sentences in Traditional Chinese
    absent      what is lacking, one entry an element
    nearest     for what is missing: the passage closest to it
    confidence  0..1; `doubtful` marks a verdict that the reviewer should look at
    wording     suggested clause with this contract's party names, by language (zh, en)
    fallback    weaker but acceptable clause, by language
    """

    id: str
    name: str
    group: str
    severity: Severity
    status: Status
    score: int
    elements: tuple[ElementResult, ...] = ()
    why: str = ""
    absent: tuple[str, ...] = ()
    nearest: Evidence | None = None
    confidence: float = 1.0
    doubtful: bool = False
    official_text: str = ""
    wording: dict[str, str] = field(default_factory=dict)
    fallback: dict[str, str] = field(default_factory=dict)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages of all elements, each once, in the order of the document."""
        seen = {(e.start, e.end): e for r in self.elements for e in r.evidence}
        return tuple(seen[key] for key in sorted(seen))


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause of the contract and the requirements that it serves."""

    path: str
    heading: str
    text: str
    level: int
    page: int | None
    paragraph: int | None
    requirements: tuple[str, ...]


class Basis(StrEnum):
    """How it is known that tracked changes turn a requirement."""

    ALONE = "alone"  # without any one of them, the others accepted, the verdict is another
    JOINT = "joint"  # only without all of them
    PLACE = "place"  # they stand where the verdicts differ; not tried
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Redline:
    """A tracked change as its author made it: what it deleted, inserted or moved in one go.

    clause  path of the clause where it stands; `former` where that clause is in the original state alone
    """

    author: str
    date: str
    changes: tuple[Change, ...]
    clause: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class ElementTurn:
    """An element whose state the tracked changes turn."""

    text: str
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Turned:
    """A requirement whose status, or one of whose elements, the tracked changes turn, and which of them do."""

    requirement: str
    name: str
    before: Status
    after: Status
    elements: tuple[ElementTurn, ...]
    redlines: tuple[Redline, ...]
    basis: Basis


@dataclass(frozen=True)
class Report:
    """All that is to be said of one document.

    turned  what the tracked changes turn; None where the two states were not compared
    """

    path: str
    name: str
    sha256: str
    format: str
    language: str
    organisation: str
    document_kind: str
    changes: str
    library_version: str
    library_fingerprint: str
    program_version: str
    metadata: Metadata
    parties: tuple[Party, ...]
    annexes: tuple[str, ...]
    findings: tuple[Finding, ...]
    score: int
    clauses: tuple[ClauseUse, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: int | None = None
    turned: tuple[Turned, ...] | None = None

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """Findings that are gaps, most severe first, then by status and number."""
        rank = {s: i for i, s in enumerate(Severity)}
        order = {Status.CONFLICT: 0, Status.MISSING: 1, Status.PARTIAL: 2}
        gaps = [f for f in self.findings if f.status.is_gap]
        return tuple(sorted(gaps, key=lambda f: (rank[f.severity], order[f.status], self._position(f))))

    def _position(self, finding: Finding) -> int:
        return self.findings.index(finding)

    def count(self, status: Status) -> int:
        return sum(f.status is status for f in self.findings)
