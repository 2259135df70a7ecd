"""The JSON form and its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clausecheck.findings import Report, Severity, State, Status
from clausecheck.reports.json import dumps, schema, to_json, write_json


def _validate(data: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema()).validate(data)


def test_the_schema_is_a_schema_and_knows_every_value() -> None:
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["$defs"]["status"]["enum"] == [str(s) for s in Status]
    assert published["$defs"]["state"]["enum"] == [str(s) for s in State]
    assert published["$defs"]["severity"]["enum"] == [str(s) for s in Severity]


def test_reports_satisfy_the_schema(report: Report, ugly_report: Report) -> None:
    _validate(to_json([report, ugly_report], program_version="1"))
    _validate(to_json([], program_version="1"))


def test_the_schema_refuses_what_it_does_not_describe(report: Report) -> None:
    data = to_json([report], program_version="1")
    data["documents"][0]["requirements"][0]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        _validate(data)


def test_what_stands_where(report: Report) -> None:
    document = to_json([report], program_version="1")["documents"][0]
    partial = next(r for r in document["requirements"] if r["id"] == "7.1.1.2")
    assert (partial["status"], partial["score"], partial["doubtful"]) == ("partial", 50, True)
    assert [e["status"] for e in partial["elements"]] == ["weak", "unmet"]
    assert partial["elements"][0]["evidence"][0] == {
        "text": "乙方就7.1.1.2所定事項應配合甲方辦理。",
        "start": 200,
        "end": 222,
        "clause": "第十二條／二",
        "heading": "保密義務",
        "page": 4,
        "paragraph": None,
        "part": "body",
        "rule": "片語規則",
        "score": 1.0,
    }
    assert partial["nearest"] is None
    assert document["requirements"][2]["nearest"]["text"] == "雙方應定期召開會議。"
    assert document["counts"]["conflict"] == 1
    assert document["gaps"] == {"critical": 1, "high": 1, "medium": 1, "low": 0}


def test_text_survives_the_round_trip(ugly_report: Report) -> None:
    text = dumps([ugly_report], program_version="1")
    assert json.loads(text.encode()) == to_json([ugly_report], program_version="1")


def test_the_file_is_the_same_each_time(tmp_path: Path, report: Report) -> None:
    for name in ("a.json", "b.json"):
        write_json([report], tmp_path / name, program_version="1")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["program_version"] == "1"
