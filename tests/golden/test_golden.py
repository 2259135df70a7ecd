"""The verdicts on the sample contracts do not change unnoticed.

After a change that is meant: pytest tests/golden --update-golden, then read the diff.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clausecheck.findings import ElementResult, Report
from tests.samples.support import FILES, TRACKED, report_on

FOLDER = Path(__file__).parent
CASES = {**{name: (name, False) for name in FILES}, f"{TRACKED}.original": (TRACKED, True)}


def golden(report: Report) -> dict[str, Any]:
    """What is kept of a report: statuses, element states and the quoted passages."""
    return {
        "organisation": report.organisation,
        "requirements": {
            f.id: {"status": f.status.value, "elements": {e.id: _element(e) for e in f.elements}}
            for f in report.findings
        },
    }


def _element(element: ElementResult) -> dict[str, Any]:
    return {"state": element.state.value, "evidence": [e.text for e in element.evidence]}


@pytest.mark.parametrize("case", CASES)
def test_report_is_as_kept(case: str, updating: bool) -> None:
    path = FOLDER / f"{case}.json"
    now = golden(report_on(*CASES[case]))
    if updating:
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["organisation"] == now["organisation"]
    changed = [i for i, r in now["requirements"].items() if kept["requirements"].get(i) != r]
    assert {i: now["requirements"][i] for i in changed} == {i: kept["requirements"].get(i) for i in changed}
    assert list(kept["requirements"]) == list(now["requirements"])


def test_no_golden_file_is_left_over() -> None:
    assert {p.name for p in FOLDER.glob("*.json")} == {f"{case}.json" for case in CASES}
