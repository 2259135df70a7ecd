from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.document import Document, join_blocks
from clausecheck.structure import build_contract

from .support import contract, document, find, outline, own


def test_articles_items_and_text() -> None:
    made = contract("""
維護契約
第一條（期間）
一年。
第二條【範圍】
1. 乙方應維護。
(1) 每月一次。
(2) 緊急到場。
2. 其他。
另議。
第三條  費用
免費。
""")
    assert outline(made) == [
        "第一條:期間", "第二條:範圍", "第二條／1.", "第二條／1.／(1)", "第二條／1.／(2)", "第二條／2.", "第三條:費用",
    ]  # fmt: skip
    assert own(made, "第二條／2.") == "2. 其他。\n另議。"
    assert [c.kind for c in made.clauses][:3] == ["preamble", "article", "article"]
    assert [find(made, p).level for p in ("第二條", "第二條／1.", "第二條／1.／(1)")] == [1, 2, 3]


def test_clause_at_and_ancestors() -> None:
    made = contract("契約\n第一條 範圍\n一、甲。\n（一）乙。\n二、丙。\n第二條 其他\n丁。")
    inner = made.clause_at(made.text.index("乙"))
    assert inner is not None
    assert [c.path for c in (inner, *made.ancestors(inner))] == ["第一條／一、／（一）", "第一條／一、", "第一條"]
    assert find(made, "第一條").own_end < find(made, "第一條").end == find(made, "第一條／二、").end


def test_chapters_sections_and_articles_that_run_on() -> None:
    made = contract(
        "契約\n第一章 總則\n第一條 目的\n甲。\n第二章 服務\n第一節 範圍\n第二條 維護\n乙。\n"
        "第二節 驗收\n第三條 驗收\n丙。\n第三章 附則\n第四條 其他\n丁。"
    )
    assert outline(made) == [
        "第一章:總則", "第一章／第一條:目的", "第二章:服務", "第二章／第一節:範圍", "第二章／第一節／第二條:維護",
        "第二章／第二節:驗收", "第二章／第二節／第三條:驗收", "第三章:附則", "第三章／第四條:其他",
    ]  # fmt: skip


def test_levels_follow_the_first_use() -> None:
    made = contract(
        "契約\n壹、標的\n一、如下：\n（一）主機。\n1、兩台。\n2、保固。\n（二）軟體。\n二、地點。\n"
        "貳、價金\n一、總價。\n參、保密\n乙方應保密。"
    )
    assert find(made, "壹、／一、／（一）／2、").level == 4
    assert find(made, "貳、／一、").level == 2
    assert find(made, "參、").level == 1


def test_formal_numerals_over_articles() -> None:
    made = contract(
        "契約\n壹、總則\n第一條　目的\n甲。\n第二條　期間\n乙。\n貳、服務\n第三條　範圍\n丙。\n第四條　費用\n丁。"
    )
    assert [p for p in outline(made) if p.startswith("貳")] == ["貳、:服務", "貳、／第三條:範圍", "貳、／第四條:費用"]


def test_an_earlier_style_closes_a_later_one() -> None:
    made = contract("契約\n第一條 甲\n一、子。\n（一）丑。\n第二條 乙\n（一）寅。\n（二）卯。\n一、辰。\n二、巳。")
    assert [p for p in outline(made) if "第二條" in p] == [
        "第二條:乙",
        "第二條／（一）",
        "第二條／（二）",
        "第二條／一、",
        "第二條／二、",
    ]


def test_inserted_articles() -> None:
    made = contract("契約\n第四條 終止\n甲。\n第四條之一 存續\n乙。\n第四條之二 返還\n丙。\n第五條 附則\n丁。")
    assert outline(made) == ["第四條:終止", "第四條之一:存續", "第四條之二:返還", "第五條:附則"]


def test_references_at_the_beginning_of_a_line_are_text() -> None:
    made = contract("""
契約
第一條 標的
本契約之範圍依第五條及
第三條所定之規格辦理，且乙方應於收受通知後七日內依
第二條約定付款之期限完成交付，逾期者依約計罰。
第二條 付款
依約付款。
第三條 所有權
歸甲方。
第三條第二項之情形，亦同。
""")
    assert outline(made) == ["第一條:標的", "第二條:付款", "第三條:所有權"]
    assert own(made, "第一條").endswith("逾期者依約計罰。")


@pytest.mark.parametrize(
    "line",
    [
        "3.5% 之利息。",
        "2025.1.1 起適用。",
        "12. 月份報表應於次月提供",
        "1.5 小時內回應",
        "Section 7 of this Agreement applies.",
    ],
)
def test_figures_at_the_beginning_of_a_line_are_text(line: str) -> None:
    made = contract(f"契約\n第一條 費用\n乙方應付款。\n{line}\n第二條 其他\n無。")
    assert outline(made) == ["第一條:費用", "第二條:其他"]


def test_table_rows_are_text() -> None:
    made = contract("契約\n第一條 期限\n如下：\n第二條 | 五月\n一、 | 六月\n第二條 其他\n無。")
    assert outline(made) == ["第一條:期限", "第二條:其他"]


def test_a_contract_within_a_table() -> None:
    made = contract("契約\n第一條 | 期間一年。\n第二條 | 費用免收。\n第三條 | 乙方應保密。")
    assert [c.label for c in made.clauses if c.kind == "article"] == ["第一條", "第二條", "第三條"]


def test_several_items_within_a_paragraph_are_not_split() -> None:
    made = contract("契約\n第一條 範圍\n1.1　乙方應為：（a）受理通報；（b）修補程式。\n1.2　其他。")
    assert outline(made) == ["第一條:範圍", "第一條／1.1", "第一條／1.2"]


def test_automatic_numbers() -> None:
    made = contract(
        "契約\n#第一條#　目的\n#一、#　甲。\n#（一）#　子。\n#二、#　乙。\n#第二條#　期間\n#1.#　丙\n#1.1#　丁"
    )
    assert outline(made) == [
        "第一條:目的",
        "第一條／一、",
        "第一條／一、／（一）",
        "第一條／二、",
        "第二條:期間",
        "第二條／1.:丙",
        "第二條／1.／1.1:丁",
    ]


def test_an_automatic_number_counts_out_of_sequence() -> None:
    assert "第一條／四、" in outline(contract("契約\n第一條 甲\n一、子。\n#四、#丑。"))
    assert "第一條／九、" not in outline(contract("契約\n第一條 甲\n一、子。\n九、丑。"))


def test_a_lost_number_does_not_hide_the_next_article() -> None:
    assert outline(contract("契約\n第一條 甲\n子。\n第三條 乙\n丑。\n第四條 丙\n寅。")) == [
        "第一條:甲",
        "第三條:乙",
        "第四條:丙",
    ]


def test_heading_below_its_number() -> None:
    made = contract(
        "AGREEMENT\nARTICLE 1\nDEFINITIONS\nIn this Agreement terms have these meanings.\nARTICLE 2\nTERM\nOne year."
    )
    assert outline(made) == ["ARTICLE 1:DEFINITIONS", "ARTICLE 2:TERM"]
    assert find(made, "ARTICLE 1").kind == "definition"


def test_english_levels() -> None:
    made = contract("""
SERVICES AGREEMENT
RECITALS
A. Customer needs software.
B. Supplier makes it.
1. DEFINITIONS
"Services" means the services.
2. SERVICES
2.1 Scope. The Supplier shall provide:
(a) maintenance;
(i) monthly; and
(ii) yearly;
(b) support.
2.2 Quality
The Supplier shall be careful.
Section 2.1 applies to all.
3. Term. One year.
""")
    assert outline(made) == [
        "1.:DEFINITIONS", "2.:SERVICES", "2.／2.1:Scope", "2.／2.1／(a)", "2.／2.1／(a)／(i)", "2.／2.1／(a)／(ii)",
        "2.／2.1／(b)", "2.／2.2:Quality", "3.:Term",
    ]  # fmt: skip
    assert "B. Supplier makes it." in own(made, "前言")


def test_the_letter_i_after_h() -> None:
    letters = "\n".join(f"({c}) duty {c};" for c in "abcdefghij")
    made = contract(f"AGREEMENT\nArticle 1 Duties\nThe Supplier shall:\n{letters}\nArticle 2 Term\nOne year.")
    assert "Article 1／(i)" in outline(made)
    assert "Article 1／(j)" in outline(made)


@pytest.mark.parametrize("heading", ["名詞定義", "用語與解釋", "定義"])
def test_definitions(heading: str) -> None:
    assert (
        find(contract(f"契約\n第一條　{heading}\n一、「系統」：甲方之系統。\n第二條　期間\n一年。"), "第一條").kind
        == "definition"
    )


@pytest.mark.parametrize("dots", ["……", "........", "…………"])
def test_a_table_of_contents_is_no_structure(dots: str) -> None:
    made = contract(
        f"契約\n目錄\n第一條 目的{dots}1\n第二條 期間{dots}2\n第三條 保密{dots}3\n第一條 目的\n甲。\n"
        f"第二條 期間\n乙。\n第三條 保密\n丙。"
    )
    assert outline(made) == ["第一條:目的", "第二條:期間", "第三條:保密"]
    assert own(made, "第三條") == "第三條保密\n丙。"


def test_contents_without_pages_are_no_structure() -> None:
    made = contract(
        "契約\n第一條 目的\n第二條 期間\n第三條 保密\n第一條 目的\n本契約為維護而訂立。\n"
        "第二條 期間\n一年。\n第三條 保密\n乙方應保密。"
    )
    assert outline(made) == ["第一條:目的", "第二條:期間", "第三條:保密"]


def test_contents_in_english() -> None:
    made = contract(
        "AGREEMENT\nTABLE OF CONTENTS\nPage\n1 Definitions 5\n1.1 “Batch” 5\n2 Fees 6\n2.1 Amount 6\n"
        "1 Definitions\n1.1 “Batch” means a run.\n2 Fees\n2.1 The fee is due."
    )
    assert outline(made)[:2] == ["1:Definitions", "1／1.1"]


def test_blank_lines_to_fill_in_are_no_contents() -> None:
    assert len(outline(contract("契約\n一、姓名：______\n二、電話：______\n三、地址：______\n四、其他\n無。"))) == 4


def test_a_contract_without_numbers() -> None:
    long = "供應商應提供資安顧問服務，包括弱點檢視、訪談與報告撰寫，並於每季末提交書面報告。"
    made = contract(f"顧問服務合約\n合作內容\n{long}\n保密義務\n{long}\n費用\n{long}")
    assert [(c.kind, c.label, c.heading, c.path) for c in made.clauses[1:]] == [
        ("article", "", "合作內容", "合作內容"),
        ("article", "", "保密義務", "保密義務"),
        ("article", "", "費用", "費用"),
    ]


def test_items_begin_anew_under_headings_without_numbers() -> None:
    made = contract(
        "備忘錄\n服務項目\n1. 開發系統。\n2. 維護系統。\n保密\n1. 不得洩漏。\n2. 不得複製。\n期間\n1. 一年。"
    )
    assert outline(made) == [
        "服務項目:服務項目",
        "服務項目／1.",
        "服務項目／2.",
        "保密:保密",
        "保密／1.",
        "保密／2.",
        "期間:期間",
        "期間／1.",
    ]


def test_text_alone_is_preamble() -> None:
    made = contract("這是一段沒有結構的文字。\n還有一段。")
    assert [c.kind for c in made.clauses] == ["preamble"]
    assert made.clauses[0].end == len(made.text)


def test_no_text_at_all() -> None:
    assert build_contract(Document("a.txt", "txt", *join_blocks([]))).clauses == ()


LINES = st.sampled_from(
    """
第一條 目的|第二條（期間）|第三條所定|第一章 總則|一、甲。|二、乙。|（一）丙。|1. 丁。|2. 戊。|1.1 己。|(1) 庚。|第一條
附件一 規格|附件二|立契約書人|甲方：青山證券股份有限公司|目錄|壹、總則|文字。|標題|Article 1 Term|(a) x|(i) y|Exhibit A
第二條 期間……2|IN WITNESS WHEREOF the parties sign|保密切結書|Section 1.1|2. TERM|項目︱金額|文
""".strip()
    .replace("\n", "|")
    .split("|")
).map(lambda line: line.replace("︱", " | "))


@given(st.lists(LINES, min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_clauses_cover_the_text_and_nest(lines: list[str]) -> None:
    made = build_contract(document("\n".join(lines)))
    at = 0
    for clause in made.clauses:
        assert clause.start == at
        assert clause.start < clause.own_end <= clause.end <= len(made.text)
        assert (clause.parent is None) == (clause.level == 1)
        if clause.parent is not None:
            parent = made.clauses[clause.parent]
            assert parent.index < clause.index
            assert parent.level == clause.level - 1
            assert parent.start < clause.start
            assert clause.end <= parent.end
            assert clause.path.startswith(parent.path + "／")
        at = clause.own_end + 1
    assert at == len(made.text) + 1
    assert [c.index for c in made.clauses] == list(range(len(made.clauses)))


def test_clause_numbers_with_hyphens_and_codes() -> None:
    made = contract("契約\n第 1 條 期間\n1-1　一年。\n1-2　得續約。\n第 2 條 費用\n2-1　免費。")
    assert outline(made) == ["第 1 條:期間", "第 1 條／1-1", "第 1 條／1-2", "第 2 條:費用", "第 2 條／2-1"]
    made = contract("協議\n甲部　總則\nA1　本協議自簽署日起生效。\nA2　期間一年。\n乙部　內容\nB1　維護。")
    assert outline(made) == ["甲部:總則", "甲部／A1", "甲部／A2", "乙部:內容", "乙部／B1"]


def test_bare_numbers_with_headings() -> None:
    made = contract("契約\n1　服務\n1.1　提供查詢。\n1.2　提供報表。\n2　期間\n2.1　一年。\n3 個月內未付款者，終止。")
    assert outline(made) == ["1:服務", "1／1.1", "1／1.2", "2:期間", "2／2.1"]


def test_items_that_run_on_through_the_articles() -> None:
    made = contract("契約\n壹、定義\n1. 甲。\n2. 乙。\n貳、委託\n3. 丙。\n4. 丁。\n參、其他\n5. 戊。")
    assert [p for p in outline(made) if p.startswith(("貳", "參"))] == [
        "貳、:委託",
        "貳、／3.",
        "貳、／4.",
        "參、:其他",
        "參、／5.",
    ]


def test_numbered_parties_and_recitals_are_preamble() -> None:
    made = contract(
        """
AGREEMENT
PARTIES
(1) OAK FUTURES CO., LTD., a company of Taiwan (the Client).
(2) PINE LIMITED.
BACKGROUND
(A) The Consultant is a specialist.
(B) The Client wishes to test.
AGREED TERMS
1. Interpretation
1.1 Words.
2. Term
2.1 One year.
3. Fees
3.1 None.
Schedule 1 – The Testing
Part 1 Description
Tests.
Part 2 Report
One report.
"""
    )
    assert [c.path for c in made.clauses if c.level == 1] == ["前言", "1.", "2.", "3.", "Schedule 1"]


def test_parts_within_an_article() -> None:
    made = contract(
        """
AGREEMENT
Article 1 Project
A resort.
Article 2 Work
As follows.
Part 1 Plan
One plan.
Part 2 Design
One design.
Article 3 Fee
None.
"""
    )
    assert outline(made) == [
        "Article 1:Project",
        "Article 2:Work",
        "Article 2／Part 1:Plan",
        "Article 2／Part 2:Design",
        "Article 3:Fee",
    ]


def test_a_long_line_without_final_mark_before_the_first_number() -> None:
    head = "單號：PO-2026-0517　本單經雙方負責人簽名或蓋章後即為雙方之契約，雙方不另行訂立書面契約"
    assert outline(contract(f"採購單\n{head}\n一、基本資料\n如上。\n二、交貨\n五月。")) == [
        "一、:基本資料",
        "二、:交貨",
    ]
