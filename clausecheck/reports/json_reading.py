"""A report back from its JSON, so that what was kept can be shown as if it had just been made."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from clausecheck.document import Change, Metadata, Notice, Party
from clausecheck.findings import (
    Basis,
    ClauseUse,
    ElementResult,
    ElementTurn,
    Evidence,
    Finding,
    Redline,
    Report,
    Severity,
    State,
    Status,
    Turned,
)


def report_from_json(document: dict[str, Any]) -> Report:
    """The report that one element of "documents" describes (report.schema.json)."""
    return Report(
        **{k: document[k] for k in ("path", "name", "sha256", "format", "pages", "language", "organisation")},
        **{k: document[k] for k in ("document_kind", "changes", "program_version", "score")},
        library_version=document["library"]["version"],
        library_fingerprint=document["library"]["fingerprint"],
        metadata=_metadata(document["metadata"]),
        parties=tuple(
            Party(p["role"], p["name"], tuple(p["aliases"]), p.get("tax_number", "")) for p in document["parties"]
        ),
        annexes=tuple(document["annexes"]),
        notices=tuple(Notice(n["code"], n["message"], n["page"], n["blocking"]) for n in document["notices"]),
        findings=tuple(_finding(r) for r in document["requirements"]),
        clauses=tuple(ClauseUse(**{**c, "requirements": tuple(c["requirements"])}) for c in document["clauses"]),
        turned=tuple(_turned(t) for t in document["turned"]) if "turned" in document else None,
    )


def _turned(values: dict[str, Any]) -> Turned:
    return Turned(
        requirement=values["requirement"],
        name=values["name"],
        before=Status(values["before"]),
        after=Status(values["after"]),
        elements=tuple(ElementTurn(e["text"], State(e["before"]), State(e["after"])) for e in values["elements"]),
        redlines=tuple(_redline(c) for c in values["changes"]),
        basis=Basis(values["basis"]),
    )


def _redline(values: dict[str, Any]) -> Redline:
    author, date = values["author"], values["date"]
    changes = tuple(Change(p["kind"], author, date, p["text"]) for p in values["parts"])
    return Redline(author, date, changes, values["clause"], values["former"])


def _metadata(values: dict[str, Any]) -> Metadata:
    """Reports of older versions lack the younger fields."""
    known = {f.name: values[f.name] for f in fields(Metadata) if f.name in values}
    return Metadata(**{**known, "amounts": tuple(known.get("amounts", ()))})


def _finding(values: dict[str, Any]) -> Finding:
    return Finding(
        **{k: values[k] for k in ("id", "name", "group", "score", "why", "confidence", "doubtful", "official_text")},
        severity=Severity(values["severity"]),
        status=Status(values["status"]),
        elements=tuple(_element(e) for e in values["elements"]),
        absent=tuple(values["absent"]),
        nearest=Evidence(**values["nearest"]) if values["nearest"] else None,
        wording=values["suggested_wording"],
        fallback=values["fallback_wording"],
    )


def _element(values: dict[str, Any]) -> ElementResult:
    return ElementResult(
        id=values["id"],
        text=values["text"],
        state=State(values["status"]),
        evidence=tuple(Evidence(**e) for e in values["evidence"]),
        why=values["why"],
        optional=values["optional"],
    )
