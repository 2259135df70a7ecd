"""The shared words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clausecheck.document import Metadata, Notice, Party
from clausecheck.findings import Evidence, Report, Severity, State, Status
from clausecheck.reports import wording


def test_every_value_has_words_and_status_symbols_differ() -> None:
    assert set(wording.STATUS) == set(wording.STATUS_SYMBOL) == set(wording.STATUS_MEANING) == set(Status)
    assert set(wording.STATE) == set(wording.STATE_SYMBOL) == set(State)
    assert set(wording.SEVERITY) == set(Severity)
    assert len(set(wording.STATUS_SYMBOL.values())) == len(Status)


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        (Evidence("x", 0, 1, "第三條／二", "保密", 4, 9), "第三條／二（保密），第 4 頁"),
        (Evidence("x", 0, 1, "第三條", "", None, 9, "footnote"), "第三條，註腳，第 9 段"),
        (Evidence("x", 0, 1), ""),
    ],
)
def test_place(evidence: Evidence, place: str) -> None:
    assert wording.place_text(evidence) == place


def test_number_ranges() -> None:
    assert wording.number_ranges([5, 3, 4, 1, 3]) == "1、3–5"
    assert wording.number_ranges([]) == ""


def test_unread_pages_are_gathered_and_undetermined_requirements_named(report: Report) -> None:
    first, second = wording.unread_lines(report)
    assert "第 3–4 頁" in first
    assert "1 項：7.1.1.6" in second
    assert wording.other_notice_lines(report) == ["含修訂標記 5 處，已依接受後之文字檢核"]


def test_a_notice_says_its_page_once() -> None:
    report = Report(*([""] * 12), Metadata(), (), (), (), 0)  # type: ignore[arg-type]
    notices = (Notice("garbled", "文字為亂碼", 2), Notice("garbled", "第 7 頁文字為亂碼", 7))
    lines = wording.other_notice_lines(replace(report, notices=notices))
    assert lines == ["第 2 頁：文字為亂碼", "第 7 頁文字為亂碼"]


def test_labels_tell_contracts_apart(report: Report) -> None:
    same = replace(report, name="b.pdf")
    untitled = replace(report, name="c.pdf", metadata=Metadata())
    labels = wording.report_labels([report, same, untitled])
    assert labels == ["資訊系統維護契約書（維護契約 #1 100%.docx）", "資訊系統維護契約書（b.pdf）", "c.pdf"]
    assert wording.report_labels([report]) == ["資訊系統維護契約書"]


def test_term_and_parties(report: Report) -> None:
    assert wording.term_text(report) == "2026-01-01 至 ？（一年）"
    assert wording.term_text(replace(report, metadata=Metadata())) == "（未能辨識）"
    assert wording.party_text(report, "supplier") == "示例資訊有限公司（乙方）"
    assert wording.party_text(replace(report, parties=(Party("customer", "甲", ()),)), "supplier") == "（未能辨識）"


def test_wording_falls_back_to_the_other_language() -> None:
    assert wording.in_language({"zh": "甲", "en": "A"}, "en") == "A"
    assert wording.in_language({"zh": "甲", "en": ""}, "en") == "甲"
    assert wording.in_language({}, "zh") == ""
