"""The sample contracts, what a lawyer expects of them, and the program's reports on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from clausecheck.checker import Settings, check
from clausecheck.findings import Report

FOLDER = Path(__file__).resolve().parents[2] / "sample_contracts"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
FILES = tuple(sorted(p.name for p in FOLDER.iterdir() if p.suffix in (".docx", ".pdf")))
TRACKED = "02-app-development.docx"
_GAPS = ("partial", "missing", "conflict", "not_applicable")


@cache
def report_on(name: str, original: bool = False) -> Report:
    """The report on a sample, checked as the class of firm that it is written for."""
    organisation = expectation(name)["organisation"]
    settings = Settings(organisation=organisation, changes="original" if original else "accepted")
    return check(FOLDER / name, settings=settings)


def expectation(name: str) -> dict[str, Any]:
    """The entry of expected.yaml for a sample file."""
    return EXPECTED[Path(name).stem]


def expected_statuses(name: str, original: bool = False) -> dict[str, str]:
    """The statuses that are not `full`; whatever is not named is full."""
    entry = expectation(name)
    statuses = {requirement: status for status in _GAPS for requirement in entry.get(status, {})}
    return statuses | (entry.get("original", {}) if original else {})


def differences(name: str, original: bool = False) -> list[tuple[str, str, str]]:
    """Requirement, expected status and the program's, where the two differ."""
    expected = expected_statuses(name, original)
    findings = report_on(name, original).findings
    pairs = [(f.id, expected.get(f.id, "full"), f.status.value) for f in findings]
    return [p for p in pairs if p[1] != p[2]]
