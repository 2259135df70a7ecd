"""Where everything will stand, known before anything is written, so that sheets can link to each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from clausecheck.findings import Report
from clausecheck.reports.excel_cells import location

SUMMARY = "摘要"
GAPS = "缺口清單"
REQUIREMENTS = "全部要求"
CLAUSES = "條款對照"
GUIDE = "說明"
SHEETS = (SUMMARY, GAPS, REQUIREMENTS, CLAUSES, GUIDE)
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1

Key = tuple[int, str]


@dataclass(frozen=True)
class Addresses:
    """Rows by number of the report and id of the requirement, or path of the clause."""

    gaps: dict[Key, int] = field(default_factory=dict)
    requirements: dict[Key, int] = field(default_factory=dict)
    clauses: dict[Key, int] = field(default_factory=dict)

    def gap(self, report: int, requirement: str) -> str:
        """Link to the gap, or nothing where the requirement is none."""
        return _link(GAPS, self.gaps.get((report, requirement)))

    def requirement(self, report: int, requirement: str) -> str:
        """Link to the requirement in the full list."""
        return _link(REQUIREMENTS, self.requirements.get((report, requirement)))

    def clause(self, report: int, path: str) -> str:
        """Link to the clause."""
        return _link(CLAUSES, self.clauses.get((report, path)))


def addresses(reports: Sequence[Report]) -> Addresses:
    """The rows that the list sheets will use."""
    found, clause_row = Addresses(), FIRST_ROW
    for index, report in enumerate(reports):
        for gap in report.gaps:
            found.gaps.setdefault((index, gap.id), FIRST_ROW + len(found.gaps))
        for finding in report.findings:
            found.requirements.setdefault((index, finding.id), FIRST_ROW + len(found.requirements))
        for clause in report.clauses:
            found.clauses.setdefault((index, clause.path), clause_row)
            clause_row += max(1, len(clause.requirements))
    return found


def file_target(contract: str, workbook: Path) -> str:
    """The contract's file as a relative URI reference; a name may hold #, %, blanks or bytes that are no UTF-8."""
    if not contract:
        return ""
    try:
        relative = os.path.relpath(contract, workbook.parent)
    except ValueError:  # another drive, or a null byte
        return ""
    return quote(os.fsencode(relative.replace(os.sep, "/")))


def _link(sheet: str, row: int | None) -> str:
    return location(sheet, row) if row else ""
