from __future__ import annotations

import pytest

from clausecheck.structure.annexes import parse_annex_line

from .support import contract, find, own


def annexes(text: str) -> list[tuple[str, str]]:
    return [(a.label, a.title) for a in contract(text).annexes]


BODY = "契約\n第一條 範圍\n乙方應依附件一辦理。\n第二條 其他\n無。\n"


def test_annexes_in_the_file() -> None:
    made = contract(BODY + "附件一：服務項目\n1. 維護主機。\n2. 維護網路。\n附表甲\n設備明細\n項目 | 數量\n主機 | 2")
    assert [(a.label, a.title) for a in made.annexes] == [("附件一", "服務項目"), ("附表甲", "設備明細")]
    assert find(made, "附件一／2.").annex == "附件一"
    assert made.text[made.annexes[0].start : made.annexes[0].end].endswith("2. 維護網路。")


def test_numbering_restarts_in_an_annex() -> None:
    made = contract(BODY + "附件一 保密契約\n第一條 目的\n保密。\n第二條 期間\n三年。\n第三條 其他\n無。")
    assert [c.path for c in made.clauses if c.annex] == ["附件一", "附件一／第一條", "附件一／第二條", "附件一／第三條"]
    assert find(made, "附件一／第一條").level == 2


def test_a_list_of_annexes_is_none() -> None:
    text = (
        "契約\n一、文件\n下列附件為本契約之一部分：\n附件一：需求規格書\n附件二：報價單\n"
        "附件三：切結書\n二、附件\n附件一 需求規格書\n附件二 報價單\n三、其他\n無。\n"
    )
    assert annexes(text) == []
    assert annexes(text + "附件二 報價單\n項目 | 金額\n維護 | 100") == [("附件二", "報價單")]


@pytest.mark.parametrize(
    "line",
    [
        "附件一所列功能，應逐項測試。",
        "附件一、附件二均為本契約之一部分。",
        "附件四由甲方另行交付。",
        "附件一「需求規格」。",
        "Exhibit A is attached.",
        "Exhibits A and B form part of this Agreement.",
    ],
)
def test_running_text_is_no_annex(line: str) -> None:
    assert annexes(f"契約\n第一條 範圍\n如下。\n{line}\n詳細內容另議。\n第二條 其他\n無。") == []


def test_an_annex_without_content_is_none() -> None:
    assert annexes(BODY + "附件一 保密切結書") == []


def test_an_annex_in_the_middle_of_the_contract() -> None:
    made = contract(
        "契約\n第一條 標的\n一、如下表：\n附表一　設備明細\n品名 | 數量\n主機 | 2\n第二條 期限\n"
        "五月。\n附表二　期限表\n階段 | 期限\n一 | 五月\n第三條 其他\n無。"
    )
    assert [c.path for c in made.clauses if c.level == 1] == ["前言", "第一條", "附表一", "第二條", "附表二", "第三條"]


def test_a_paper_behind_the_signatures() -> None:
    made = contract(
        BODY
        + (
            "立契約書人\n甲方：青山證券股份有限公司\n代表人：王一\n保密切結書\n立切結書人受僱於乙方。\n"
            "一、不洩漏。\n二、不複製。"
        )
    )
    assert [(a.label, a.title) for a in made.annexes] == [("附件", "保密切結書")]


def test_annexes_in_english() -> None:
    body = (
        "AGREEMENT\nArticle 1 Scope\nSee Exhibit A.\nArticle 2 Term\nOne year.\n"
        "IN WITNESS WHEREOF the parties have signed.\n"
    )
    text = body + "Exhibit A – Service Description\n1. Hours\nNine to five.\nSCHEDULE 2\nFEES\nUSD 10 a month."
    assert annexes(text) == [("Exhibit A", "Service Description"), ("SCHEDULE 2", "FEES")]


def test_the_filing_number_above_a_contract_is_no_annex() -> None:
    assert annexes("Exhibit 10.3\nAGREEMENT\nArticle 1 Scope\nServices.\nArticle 2 Term\nOne year.") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("附件一　需求規格", ("附件一", "需求規格")),
        ("附件 1：需求規格", ("附件1", "需求規格")),
        ("附件（一）需求規格", ("附件（一）", "需求規格")),
        ("【附件一】需求規格", ("附件一", "需求規格")),
        ("附錄A　名冊", ("附錄A", "名冊")),
        ("附件一（保密切結書）", ("附件一", "保密切結書")),
        ("附件", ("附件", "")),
        ("EXHIBIT B – SERVICE LEVELS", ("EXHIBIT B", "SERVICE LEVELS")),
        ("Annex 1: Fees", ("Annex 1", "Fees")),
        ("附件一所定", None),
        ("Schedule of services", None),
    ],
)
def test_annex_lines(line: str, expected: tuple[str, str] | None) -> None:
    assert parse_annex_line(line) == expected


def test_signature_behind_an_annex() -> None:
    made = contract(
        BODY + "附表甲　設備\n品名 | 數量\n主機 | 2\n立約人\n甲方 | 乙方\n青山證券股份有限公司 | 雲程資訊股份有限公司"
    )
    assert [c.kind for c in made.clauses][-2:] == ["annex", "signature"]
    assert own(made, "簽署欄").startswith("立約人")


def test_signature_of_an_undertaking_stays_in_its_annex() -> None:
    made = contract(BODY + "附件二 保密切結書\n一、不洩漏。\n立切結書人：＿＿＿（簽名）")
    assert own(made, "附件二／一、").endswith("（簽名）")


def test_signature_without_a_head() -> None:
    made = contract(
        BODY + "甲方：榕樹資訊行　負責人：（簽章）\n乙方：青山證券股份有限公司　代表人：（簽章）\n中華民國　年　月　日"
    )
    assert own(made, "第二條") == "第二條其他\n無。"
    assert made.clauses[-1].kind == "signature"


def test_parties_above_the_articles_are_no_signature() -> None:
    made = contract("契約\n立約人\n甲方：青山證券股份有限公司\n代表人：王一\n第一條 範圍\n無。\n第二條 其他\n無。")
    assert [c.kind for c in made.clauses] == ["preamble", "article", "article"]
