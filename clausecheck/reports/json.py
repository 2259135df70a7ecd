"""Reports as JSON, in the form that `report.schema.json` describes; the same input gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from clausecheck.document import Party
from clausecheck.findings import ClauseUse, ElementResult, Evidence, Finding, Redline, Report, Severity, Status, Turned
from clausecheck.reports.output import write_whole

FORMAT = "clausecheck-report"
FORMAT_VERSION = 1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(reports: Sequence[Report], *, program_version: str) -> dict[str, Any]:
    """All reports as one object of plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "program_version": program_version,
        "documents": [_document(r) for r in reports],
    }


def dumps(reports: Sequence[Report], *, program_version: str, indent: int | None = 2) -> str:
    """The same as text; it can always be encoded in UTF-8."""
    text = json.dumps(
        to_json(reports, program_version=program_version), ensure_ascii=False, indent=indent, allow_nan=False
    )
    # A file name that is no UTF-8 carries lone surrogates; escaped they keep their value.
    return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def write_json(reports: Sequence[Report], path: Path, *, program_version: str) -> None:
    """Write the file whole or not at all. Raises OutputError."""
    write_whole(path, (dumps(reports, program_version=program_version) + "\n").encode())


def schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12)."""
    text = files("clausecheck.reports").joinpath("report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _document(report: Report) -> dict[str, Any]:
    return {
        **_identity(report),
        "metadata": _metadata(report),
        "parties": [_party(p) for p in report.parties],
        "annexes": list(report.annexes),
        "notices": [
            {"code": n.code, "message": n.message, "page": n.page, "blocking": n.blocking} for n in report.notices
        ],
        "score": report.score,
        "counts": {str(s): report.count(s) for s in Status},
        "gaps": {str(s): sum(f.severity is s for f in report.gaps) for s in Severity},
        "requirements": [_requirement(f) for f in report.findings],
        "clauses": [_clause(c) for c in report.clauses],
        **({} if report.turned is None else {"turned": [_turned(t) for t in report.turned]}),
    }


def _identity(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "name": report.name,
        "sha256": report.sha256,
        "format": report.format,
        "pages": report.pages,
        "language": report.language,
        "organisation": report.organisation,
        "document_kind": report.document_kind,
        "changes": report.changes,
        "library": {"version": report.library_version, "fingerprint": report.library_fingerprint},
        "program_version": report.program_version,
    }


def _metadata(report: Report) -> dict[str, Any]:
    metadata = report.metadata
    return {
        "title": metadata.title,
        "number": metadata.number,
        "start_date": metadata.start_date,
        "end_date": metadata.end_date,
        "signed_date": metadata.signed_date,
        "term": metadata.term,
        "amounts": list(metadata.amounts),
        "value": metadata.value,
        "renewal": metadata.renewal,
    }


def _party(party: Party) -> dict[str, Any]:
    return {"role": party.role, "name": party.name, "aliases": list(party.aliases), "tax_number": party.tax_number}


def _requirement(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "name": finding.name,
        "group": finding.group,
        "severity": str(finding.severity),
        "status": str(finding.status),
        "score": finding.score,
        "why": finding.why,
        "absent": list(finding.absent),
        "confidence": _rounded(finding.confidence),
        "doubtful": finding.doubtful,
        "elements": [_element(e) for e in finding.elements],
        "nearest": _evidence(finding.nearest) if finding.nearest else None,
        "official_text": finding.official_text,
        "suggested_wording": dict(sorted(finding.wording.items())),
        "fallback_wording": dict(sorted(finding.fallback.items())),
    }


def _element(element: ElementResult) -> dict[str, Any]:
    return {
        "id": element.id,
        "text": element.text,
        "status": str(element.state),
        "optional": element.optional,
        "why": element.why,
        "evidence": [_evidence(e) for e in element.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "text": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "clause": evidence.clause,
        "heading": evidence.heading,
        "page": evidence.page,
        "paragraph": evidence.paragraph,
        "part": evidence.part,
        "rule": evidence.rule,
        "score": _rounded(evidence.score),
    }


def _clause(clause: ClauseUse) -> dict[str, Any]:
    return {
        "path": clause.path,
        "heading": clause.heading,
        "text": clause.text,
        "level": clause.level,
        "page": clause.page,
        "paragraph": clause.paragraph,
        "requirements": list(clause.requirements),
    }


def _turned(turned: Turned) -> dict[str, Any]:
    return {
        "requirement": turned.requirement,
        "name": turned.name,
        "before": str(turned.before),
        "after": str(turned.after),
        "elements": [{"text": e.text, "before": str(e.before), "after": str(e.after)} for e in turned.elements],
        "changes": [_redline(r) for r in turned.redlines],
        "basis": str(turned.basis),
    }


def _redline(redline: Redline) -> dict[str, Any]:
    return {
        "author": redline.author,
        "date": redline.date,
        "clause": redline.clause,
        "former": redline.former,
        "parts": [{"kind": c.kind, "text": c.text} for c in redline.changes],
    }


def _rounded(value: float) -> float:
    """Four digits: the last bits of a learned score differ between machines."""
    return round(float(value), 4)
