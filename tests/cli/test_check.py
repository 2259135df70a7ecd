"""`clausecheck check` as its users call it; verdicts are those of a small library of the tests."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

import clausecheck.checker
from clausecheck.reports.json import schema
from tests.conftest import Ran, Run
from tests.parsers.docx_files import para, write_docx
from tests.parsers.docx_files import run as word_run
from tests.small_library import AUDIT, CLOUD, USES_CLOUD, write_contract

PLAIN = "雙方同意依本契約辦理。"


@pytest.fixture
def check(run: Run, small_library: Path) -> Run:
    """`clausecheck check` with the small library."""
    return lambda *args: run("check", "--library", small_library, *args)


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    return write_contract(tmp_path / "有稽核.txt", PLAIN, AUDIT)


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    return write_contract(tmp_path / "無稽核.txt", PLAIN)


def documents(ran: Ran) -> list[dict[str, Any]]:
    """The documents of a JSON report, which must fit the published schema."""
    data = json.loads(ran.out)
    jsonschema.validate(data, schema())
    return list(data["documents"])


def statuses(document: dict[str, Any]) -> dict[str, str]:
    return {r["id"]: r["status"] for r in document["requirements"]}


def test_text_report_names_the_contract_and_its_gaps(check: Run, audited: Path, silent: Path) -> None:
    good, bad = check(audited), check(silent)
    assert (good.code, good.err) == (0, "")
    assert audited.name in good.out
    assert "未發現缺口" in good.out
    assert (bad.code, bad.err) == (0, "")
    assert "7.9.1" in bad.out
    assert "未發現缺口" not in bad.out


def test_several_files_are_reported_in_the_order_given(check: Run, audited: Path, silent: Path) -> None:
    made = documents(check(silent, audited, "--format", "json"))
    assert [d["name"] for d in made] == [silent.name, audited.name]
    assert [statuses(d)["7.9.1"] for d in made] == ["missing", "full"]


def test_text_of_several_files_ends_with_a_table(check: Run, audited: Path, silent: Path) -> None:
    _, heading, table = check(silent, audited).out.rpartition("契約 2 份")
    assert heading
    assert table.index("無稽核") < table.index("有稽核")


def test_the_shipped_library_is_the_default(run: Run, silent: Path) -> None:
    (document,) = documents(run("check", silent, "--format", "json"))
    assert len(document["requirements"]) == 32
    assert set(statuses(document).values()) >= {"missing", "not_applicable"}


@pytest.mark.parametrize("name", ["gap.json", "GAP.JSON"])
def test_the_suffix_json_makes_json(check: Run, silent: Path, tmp_path: Path, name: str) -> None:
    ran = check(silent, "-o", tmp_path / name)
    assert (ran.code, ran.out) == (0, "")
    jsonschema.validate(json.loads((tmp_path / name).read_text(encoding="utf-8")), schema())


@pytest.mark.parametrize("name", ["gap.xlsx", "GAP.XLSX"])
def test_the_suffix_xlsx_makes_a_workbook(check: Run, silent: Path, tmp_path: Path, name: str) -> None:
    ran = check(silent, "--output", tmp_path / name)
    assert (ran.code, ran.out) == (0, "")
    assert name in ran.err
    cells = [c.value for sheet in openpyxl.load_workbook(tmp_path / name) for row in sheet for c in row]
    assert "7.9.1" in cells


def test_the_format_may_be_said_instead(check: Run, silent: Path, tmp_path: Path) -> None:
    assert check(silent, "--format", "text", "-o", tmp_path / "gap.txt").out == ""
    assert "7.9.1" in (tmp_path / "gap.txt").read_text(encoding="utf-8")
    check(silent, "--format", "json", "-o", tmp_path / "gap.data")
    assert json.loads((tmp_path / "gap.data").read_text(encoding="utf-8"))["format"] == "clausecheck-report"


def test_a_report_replaces_the_older_one(check: Run, silent: Path, tmp_path: Path) -> None:
    output = tmp_path / "gap.json"
    output.write_text("older", encoding="utf-8")
    assert check(silent, "-o", output).code == 0
    assert output.read_text(encoding="utf-8").startswith("{")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["gap.json", silent.name])


def test_wordings_name_the_parties_as_the_contract_does(check: Run, tmp_path: Path) -> None:
    contract = write_contract(tmp_path / "a.txt", "甲方應付款予乙方。", "乙方應交付予甲方。")
    contract.write_text(contract.read_text(encoding="utf-8").replace("甲方", "晨曦證券"), encoding="utf-8")
    (document,) = documents(check(contract, "--format", "json"))
    wording = document["requirements"][0]["suggested_wording"]
    assert wording == {"zh": "晨曦證券得隨時稽核乙方。", "en": "The Customer may audit the Supplier."}


def test_the_same_call_writes_the_same_bytes(check: Run, audited: Path, silent: Path) -> None:
    assert check(audited, silent, "--format", "json") == check(audited, silent, "--format", "json")


@pytest.mark.parametrize(
    ("organisation", "status"),
    [("1", "missing"), ("2", "not_applicable"), ("F", "not_applicable"), ("f", "not_applicable")],
)
def test_organisation(check: Run, tmp_path: Path, organisation: str, status: str) -> None:
    contract = write_contract(tmp_path / "a.txt", USES_CLOUD)
    (document,) = documents(check(contract, "--organisation", organisation, "--format", "json"))
    assert document["organisation"] == organisation.upper()
    assert statuses(document)["7.9.2"] == status


@pytest.mark.parametrize(
    ("kind", "numbers"), [("contract", ["7.9.1", "7.9.2"]), ("nda", ["7.9.10"]), ("proposal", ["7.9.11"])]
)
def test_document_chooses_the_requirements(check: Run, silent: Path, kind: str, numbers: list[str]) -> None:
    (document,) = documents(check(silent, "--document", kind, "--format", "json"))
    assert list(statuses(document)) == numbers


@pytest.mark.parametrize(
    ("sentences", "options", "status"),
    [
        ([PLAIN], [], "not_applicable"),
        ([PLAIN], ["--has", "cloud"], "missing"),
        ([CLOUD], ["--has", "cloud"], "full"),
        ([USES_CLOUD], [], "missing"),
        ([USES_CLOUD, CLOUD], [], "full"),
        ([USES_CLOUD], ["--no", "cloud"], "not_applicable"),
    ],
)
def test_conditions(check: Run, tmp_path: Path, sentences: list[str], options: list[str], status: str) -> None:
    contract = write_contract(tmp_path / "a.txt", *sentences)
    (document,) = documents(check(contract, *options, "--format", "json"))
    assert statuses(document)["7.9.2"] == status


@pytest.mark.parametrize(
    ("sentences", "on_gap", "on_critical"),
    [([AUDIT], 0, 0), ([AUDIT, USES_CLOUD], 1, 0), ([PLAIN], 1, 1), ([USES_CLOUD, CLOUD], 1, 1)],
)
def test_fail_on(check: Run, tmp_path: Path, sentences: list[str], on_gap: int, on_critical: int) -> None:
    contract = write_contract(tmp_path / "a.txt", *sentences)
    assert check(contract).code == 0
    assert check(contract, "--fail-on", "gap").code == on_gap
    assert check(contract, "--fail-on", "critical").code == on_critical


def test_fail_on_looks_at_every_file_and_still_reports(check: Run, audited: Path, silent: Path, tmp_path: Path) -> None:
    output = tmp_path / "gap.json"
    assert check(audited, silent, "--fail-on", "critical", "-o", output).code == 1
    assert len(json.loads(output.read_text(encoding="utf-8"))["documents"]) == 2


@pytest.mark.parametrize(("language", "found"), [("auto", "zh"), ("zh", "zh"), ("en", "en")])
def test_contract_language(check: Run, silent: Path, language: str, found: str) -> None:
    (document,) = documents(check(silent, "--contract-language", language, "--format", "json"))
    assert document["language"] == found


@pytest.mark.parametrize(("changes", "status"), [("accepted", "full"), ("original", "missing")])
def test_changes(check: Run, tmp_path: Path, changes: str, status: str) -> None:
    inserted = f'<w:ins w:id="1" w:author="法務" w:date="2026-01-01T00:00:00Z">{word_run(AUDIT)}</w:ins>'
    contract = write_docx(tmp_path / "a.docx", para("第一條　目的") + para(PLAIN) + para(inserted))
    (document,) = documents(check(contract, "--changes", changes, "--format", "json"))
    assert document["changes"] == changes
    assert statuses(document)["7.9.1"] == status


def test_together_makes_one_contract(check: Run, tmp_path: Path, silent: Path) -> None:
    annex = tmp_path / "附件一.txt"
    annex.write_text(f"附件一　稽核\n{AUDIT}\n", encoding="utf-8")
    apart = documents(check(silent, annex, "--format", "json"))
    assert [statuses(d)["7.9.1"] for d in apart] == ["missing", "full"]
    (whole,) = documents(check(silent, annex, "--together", "--format", "json"))
    assert statuses(whole)["7.9.1"] == "full"
    assert silent.name in whole["name"]
    assert annex.name in whole["name"]


def test_together_needs_every_part(check: Run, silent: Path, tmp_path: Path) -> None:
    ran = check(silent, tmp_path / "附件.docx", "--together", "-o", tmp_path / "gap.json")
    assert ran.code == 3
    assert "附件.docx" in ran.err
    assert not (tmp_path / "gap.json").exists()


def test_one_unreadable_file_costs_the_others_nothing(check: Run, audited: Path, silent: Path, tmp_path: Path) -> None:
    output, damaged, absent = tmp_path / "gap.json", tmp_path / "壞檔.docx", tmp_path / "沒有.pdf"
    damaged.write_bytes(b"PK\x03\x04 cut off")
    ran = check(audited, damaged, absent, silent, "-o", output)
    assert ran.code == 3
    assert [line[:3] for line in ran.err.splitlines()] == ["錯誤："] * 2
    assert damaged.name in ran.err.splitlines()[0]
    assert absent.name in ran.err.splitlines()[1]
    made = json.loads(output.read_text(encoding="utf-8"))["documents"]
    assert [d["name"] for d in made] == [audited.name, silent.name]


def test_the_first_fault_gives_the_exit_code(check: Run, silent: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.xyz"
    other.write_bytes(b"words")
    assert check(silent, other, tmp_path / "absent.txt", "--fail-on", "gap").code == 4


def test_nothing_is_written_when_nothing_was_read(check: Run, tmp_path: Path) -> None:
    ran = check(tmp_path / "absent.docx", "-o", tmp_path / "gap.xlsx")
    assert (ran.code, ran.out) == (3, "")
    assert not (tmp_path / "gap.xlsx").exists()


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ([], "FILES"),
        (["{file}", "--has", "weather"], "cloud"),
        (["{file}", "--no", "weather"], "weather"),
        (["{file}", "--has", "cloud", "--no", "cloud"], "擇一"),
        (["{file}", "-o", "gap.pdf"], "gap.pdf"),
        (["{file}", "--format", "xlsx"], "-o"),
        (["{file}", "--format", "pdf"], "text、json、xlsx"),
        (["{file}", "--organisation", "3"], "1、2、F"),
        (["{file}", "--outptu", "a.json"], "--output"),
        (["{file}", "-o"], "-o"),
        (["{file}", "-o", "{file}", "--format", "json"], "受檢核"),
    ],
)
def test_wrong_use_is_told_on_one_line(check: Run, silent: Path, args: list[str], word: str) -> None:
    before = silent.read_bytes()
    ran = check(*(a.replace("{file}", str(silent)) for a in args))
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("錯誤：")
    assert ran.err.count("\n") == 1
    assert word in ran.err
    assert "--help" in ran.err
    assert silent.read_bytes() == before


def test_a_wrong_library_is_no_fault_of_the_file(run: Run, silent: Path, tmp_path: Path) -> None:
    ran = run("check", silent, "--library", tmp_path / "none")
    assert ran.code == 7
    assert "找不到條款庫資料夾" in ran.err
    assert ran.err.count("\n") == 1


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("inside")


def test_a_fault_of_the_program_is_confessed(
    check: Run, audited: Path, silent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clausecheck.checker, "check_document", _broken)
    ran = check(audited, silent)
    assert ran.code == 70
    assert [line[:3] for line in ran.err.splitlines()] == ["錯誤："] * 2
    assert "RuntimeError" in ran.err
    assert "--debug" in ran.err
    assert audited.name in ran.err
    assert "Traceback" not in ran.err


def test_a_fault_in_one_file_costs_the_others_nothing(
    check: Run, audited: Path, silent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clausecheck.checker.check_document
    broken = lambda document, **more: (_broken if document.name == silent.name else real)(document, **more)  # noqa: E731
    monkeypatch.setattr(clausecheck.checker, "check_document", broken)
    ran = check(silent, audited, "--format", "json")
    assert ran.code == 70
    assert [d["name"] for d in documents(ran)] == [audited.name]


def test_debug_shows_where_and_keeps_the_exit_code(run: Run, tmp_path: Path) -> None:
    absent = tmp_path / "absent.pdf"
    quiet = run("check", absent)
    assert quiet.code == 3
    assert "Traceback" not in quiet.err
    for loud in (run("check", absent, "--debug"), run("--debug", "check", absent)):
        assert loud.code == 3
        assert "Traceback" in loud.err
        assert loud.err.endswith(quiet.err)


def test_a_console_that_lacks_characters_still_gets_its_report(
    run: Run, check: Run, silent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del run
    for form in ("text", "json"):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
        assert check(silent, "--format", form).code == 0
        assert b"7.9.1" in raw.getvalue()
        if form == "json":
            assert json.loads(raw.getvalue().decode("utf-8"))["documents"][0]["name"] == silent.name
