"""`--changes both`: which tracked change turns which requirement; verdicts are those of the small library."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from clausecheck.checker import Settings, check, check_together
from clausecheck.findings import Basis, Report, State, Status, Turned
from clausecheck.parsers import parse
from clausecheck.reports.json import schema, to_json
from clausecheck.reports.json_reading import report_from_json
from clausecheck.reports.redlines import turned_text
from tests.conftest import Run
from tests.parsers.docx_files import para, write_docx
from tests.parsers.docx_files import run as run_word
from tests.redlines.files import LEGAL, SALES, added, came, contract, cut, gone, moved_from, moved_to
from tests.small_library import AUDIT, USES_CLOUD

Judge = Callable[..., Report]
BOTH = Settings(changes="both")
FREE = para(run_word("雙方之連絡人變更時，應") + cut("於七日內") + added("儘速", SALES) + run_word("告知他方。"))


@pytest.fixture
def judged(small_library: Path, tmp_path: Path) -> Judge:
    """Checks a contract of the given paragraphs in both states."""

    def check_paragraphs(*paragraphs: str) -> Report:
        path = contract(tmp_path / "契約.docx", *paragraphs)
        return check(path, library=small_library, settings=BOTH)

    return check_paragraphs


def said(report: Report) -> list[str]:
    assert report.turned is not None
    return [turned_text(t) for t in report.turned]


def causes(turned: Turned) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(r.author, [(c.kind, c.text) for c in r.changes]) for r in turned.redlines]


def test_a_deletion_that_costs_the_right_is_named_with_author_day_and_clause(judged: Judge) -> None:
    report = judged(
        "第二條　查核", para(run_word("甲方") + cut("得隨時稽核乙方。") + run_word("應付款。")), "第三條　連絡", FREE
    )
    assert said(report) == [
        "7.9.1 稽核：由「符合」變為「缺漏」，因 拓磐業務部 於 2026-03-02 刪除「得隨時稽核乙方。」（第二條）"
    ]
    (turned,) = report.turned
    assert turned.basis is Basis.ALONE
    assert [(e.before, e.after) for e in turned.elements] == [(State.MET, State.UNMET)]
    assert report.changes == "both"
    assert report.findings[0].status is Status.MISSING


def test_an_insertion_that_adds_a_duty_is_named(judged: Judge) -> None:
    report = judged(FREE, "第二條　查核", came(added(AUDIT)))
    assert said(report) == [f"7.9.1 稽核：由「缺漏」變為「符合」，因 {LEGAL} 於 2026-03-05 新增「{AUDIT}」（第二條）"]


def test_a_change_that_bears_on_nothing_turns_nothing(judged: Judge) -> None:
    assert judged("第二條　查核", AUDIT, FREE).turned == ()


def test_a_clause_deleted_with_its_paragraph_stands_in_the_former_clause(judged: Judge) -> None:
    report = judged(
        "第二條　連絡", FREE, gone(cut("第三條　查核")), gone(cut(AUDIT)), "第三條　其他", "本契約一式二份。"
    )
    (turned,) = report.turned
    assert causes(turned) == [(SALES, [("deletion", AUDIT)])]
    assert (turned.redlines[0].clause, turned.redlines[0].former) == ("第三條", True)
    assert "（原第三條）" in turned_text(turned)


def test_a_move_alone_turns_nothing_and_one_that_splits_a_sentence_does(judged: Judge) -> None:
    whole = judged(
        "第二條　查核", para(moved_from(AUDIT) + run_word("雙方遵守。")), "第三條　其他", para(moved_to(AUDIT))
    )
    assert whole.turned == ()
    split = judged(
        "第二條　查核", para(run_word("甲方得隨時") + moved_from("稽核") + run_word("乙方。")),
        "第三條　其他", para(run_word("本契約一式二份。") + moved_to("稽核")),
    )  # fmt: skip
    (turned,) = split.turned
    assert (turned.before, turned.after, turned.basis) == (Status.FULL, Status.MISSING, Basis.ALONE)
    assert causes(turned) == [(LEGAL, [("move", "稽核")])]


def test_of_two_deletions_of_the_same_right_either_is_named(judged: Judge) -> None:
    """Two clauses gave the right: taking back either deletion gives it back, so both are named."""
    report = judged(
        "第二條　查核", gone(cut(AUDIT)), "第三條　其他", "本契約一式二份。", gone(cut(AUDIT, LEGAL), LEGAL)
    )
    (turned,) = report.turned
    assert [author for author, _ in causes(turned)] == [SALES, LEGAL]
    assert turned.basis is Basis.ALONE


def test_two_insertions_of_the_same_right_are_named_together(judged: Judge) -> None:
    report = judged("第二條　查核", came(added(AUDIT)), "第三條　其他", came(added(AUDIT, SALES), SALES), FREE)
    (turned,) = report.turned
    assert turned.basis is Basis.JOINT
    assert {author for author, _ in causes(turned)} >= {SALES, LEGAL}
    assert "須一併還原" in turned_text(turned)


def test_a_change_that_makes_a_requirement_apply_is_named(judged: Judge) -> None:
    report = judged("第二條　查核", AUDIT, "第三條　系統", came(added(USES_CLOUD)))
    (turned,) = report.turned
    assert (turned.requirement, turned.before, turned.after) == ("7.9.2", Status.NOT_APPLICABLE, Status.MISSING)
    assert causes(turned) == [(LEGAL, [("insertion", USES_CLOUD)])]


def test_among_many_changes_the_place_chooses_those_that_are_tried(judged: Judge) -> None:
    report = judged("第二條　查核", para(cut(AUDIT) + run_word("甲方應付款。")), *([FREE] * 9))
    (turned,) = report.turned
    assert turned.basis is Basis.ALONE
    assert causes(turned) == [(SALES, [("deletion", AUDIT)])]


def test_too_many_changes_in_one_place_are_all_named_and_not_called_tried(judged: Judge) -> None:
    other = "".join(run_word("及") + cut(f"甲{i}") for i in range(7))
    (turned,) = judged("第二條　查核", para(run_word("甲方得隨時") + cut("稽核") + run_word("乙方") + other)).turned
    assert turned.basis is Basis.PLACE
    assert len(turned.redlines) == 8
    assert "依位置推斷，未能驗證，請複核" in turned_text(turned)


def test_what_is_replaced_and_what_replaces_it_are_one_change(tmp_path: Path) -> None:
    path = contract(tmp_path / "契約.docx", FREE)
    (deletion, insertion) = parse(path).changes
    assert deletion.key == insertion.key
    text = parse(path, without={deletion.key}).text
    assert text == parse(path, changes="original").text


def test_a_file_without_tracked_changes_says_so(judged: Judge, small_library: Path, tmp_path: Path) -> None:
    report = judged("第二條　查核", AUDIT)
    assert report.turned is None
    assert "文件沒有追蹤修訂，無從比較修訂前後" in [n.message for n in report.notices]
    plain = tmp_path / "契約.txt"
    plain.write_text(f"資訊服務契約書\n第一條　查核\n{AUDIT}\n", encoding="utf-8")
    report = check(plain, library=small_library, settings=BOTH)
    assert report.turned is None
    assert any("請提供含追蹤修訂之 DOCX" in n.message for n in report.notices)


def test_a_file_that_was_inserted_whole_is_checked(small_library: Path, tmp_path: Path) -> None:
    path = write_docx(tmp_path / "新.docx", came(added(AUDIT)))
    report = check(path, library=small_library, settings=BOTH)
    assert report.turned is None
    assert any(n.code == "no-former-text" for n in report.notices)


def test_files_together_name_the_change_in_the_annex(small_library: Path, tmp_path: Path) -> None:
    main = contract(tmp_path / "本文.docx", FREE)
    annex = contract(tmp_path / "附件.docx", "附件一　查核", para(run_word("雙方同意：") + cut(AUDIT)))
    report = check_together([main, annex], library=small_library, settings=BOTH)
    (turned,) = report.turned or ()
    assert causes(turned) == [(SALES, [("deletion", AUDIT)])]


def test_json_fits_the_schema_and_comes_back(judged: Judge) -> None:
    report = judged("第二條　查核", para(cut(AUDIT) + run_word("甲方應付款。")))
    data = json.loads(json.dumps(to_json([report], program_version="1")))
    jsonschema.validate(data, schema())
    back = report_from_json(data["documents"][0])
    assert [turned_text(t) for t in back.turned or ()] == said(report)


def cells(path: Path, sheet: str) -> Sequence[Sequence[object]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_command_line_prints_and_writes_the_effect(run: Run, small_library: Path, tmp_path: Path) -> None:
    turned = contract(tmp_path / "一.docx", "第二條　查核", para(cut(AUDIT) + run_word("甲方應付款。")))
    same = contract(tmp_path / "二.docx", "第二條　查核", AUDIT, FREE)
    options = ("check", "--library", small_library, "--changes", "both")
    ran = run(*options, turned, same)
    assert ran.code == 0
    assert "追蹤修訂之影響（1 項）" in ran.out
    assert "追蹤修訂未改變任何要求之狀態或要素。" in ran.out
    assert run(*options, turned, same, "-o", tmp_path / "gap.xlsx").code == 0
    rows = cells(tmp_path / "gap.xlsx", "追蹤修訂之影響")[3:]
    assert [row[6] for row in rows] == [SALES, None]
    assert rows[0][8] == f"刪除「{AUDIT}」"
    assert rows[1][5] == "追蹤修訂未改變任何要求之狀態或要素。"
    assert run("check", "--library", small_library, turned, "-o", tmp_path / "plain.xlsx").code == 0
    assert "追蹤修訂之影響" not in openpyxl.load_workbook(tmp_path / "plain.xlsx").sheetnames


def test_the_central_bank_deleted_and_a_duty_to_report_inserted(tmp_path: Path) -> None:
    """With the library that is shipped."""
    authority = para(
        run_word("乙方同意主管機關")
        + cut("及中央銀行")
        + run_word("得就受託事項取得相關資料或報告，並進行金融檢查，或命其限期提供。")
    )
    incident = "乙方發現資通安全事件時，應於一小時內通報甲方。"
    path = contract(
        tmp_path / "契約.docx", "第二條　稽核", "甲方得每年派員至乙方處所查核本契約之執行情形。", authority,
        "第三條　連絡", FREE, came(added("第四條　資通安全事件")), came(added(incident)),
    )  # fmt: skip
    turned = {t.requirement: t for t in check(path, settings=BOTH).turned or ()}
    audit, notice = turned["7.1.1.8"], turned["7.1.1.7"]
    assert turned_text(audit) == (
        "7.1.1.8 稽核權條款：由「符合」變為「部分符合」，因 拓磐業務部 於 2026-03-02 刪除「及中央銀行」（第二條）"
    )
    assert notice.before is Status.MISSING
    assert notice.after is not Status.MISSING
    assert (LEGAL, [("insertion", incident)]) in causes(notice)
    assert not any("儘速" in turned_text(t) for t in turned.values())
