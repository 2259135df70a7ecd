from __future__ import annotations

import pytest

from clausecheck.document import Block, Metadata, Place
from clausecheck.structure import build_contract
from clausecheck.structure.dates import find_dates, last_day

from .support import contract, document


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("中華民國114年3月1日", "2025-03-01"),
        ("民國 114 年 3 月 1 日", "2025-03-01"),
        ("中華民國一百一十四年三月一日", "2025-03-01"),
        ("一一三年十二月三十一日", "2024-12-31"),
        ("西元2025年1月5日", "2025-01-05"),
        ("2025年1月5日", "2025-01-05"),
        ("二〇二五年一月五日", "2025-01-05"),
        ("114/7/1", "2025-07-01"),
        ("2025-07-01", "2025-07-01"),
        ("114.7.1", "2025-07-01"),
        ("1 January 2025", "2025-01-01"),
        ("the 20th day of March, 2018", "2018-03-20"),
        ("December 3, 2024", "2024-12-03"),
        ("Sept. 3, 2024", "2024-09-03"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert [d.iso for d in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "民國　　年　　月　　日",
        "民國＿＿年＿＿月＿＿日",
        "114年13月40日",
        "2025/99/1",
        "每年三月、六月",
        "10.1.2.3",
        "三年",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_last_day() -> None:
    assert last_day("2025-01-01", years=1) == "2025-12-31"
    assert last_day("2025-03-15", months=6) == "2025-09-14"
    assert last_day("2025-08-31", months=6) == "2026-02-28"
    assert last_day("2024-02-29", years=1) == "2025-02-28"


def metadata(text: str) -> Metadata:
    return contract(text).metadata


HEAD = "資訊系統維護契約書\n甲方：青山證券股份有限公司\n乙方：雲程資訊股份有限公司\n"


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("本契約自民國114年1月1日起至116年12月31日止。", "2025-01-01", "2027-12-31"),
        (
            "自中華民國一百一十四年一月一日零時起算，迄一百一十六年十二月三十一日二十四時止。",
            "2025-01-01",
            "2027-12-31",
        ),
        ("合約期間自2025/1/1起至2025/12/31止。", "2025-01-01", "2025-12-31"),
        ("自民國114年1月1日起生效，為期三年。", "2025-01-01", "2027-12-31"),
        ("自民國114年1月1日起，有效期間十八個月。", "2025-01-01", "2026-06-30"),
        ("自民國114年1月1日起生效。", "2025-01-01", ""),
        ("自民國　年　月　日起至民國　年　月　日止。", "", ""),
        ("乙方應於民國114年1月1日前交付。", "", ""),
        ("自簽約日起一年。", "", ""),
    ],
)
def test_term(sentence: str, start: str, end: str) -> None:
    made = metadata(f"{HEAD}第一條 契約期間\n{sentence}\n第二條 其他\n無。")
    assert (made.start_date, made.end_date) == (start, end)


def test_words_of_the_term() -> None:
    assert (
        metadata(HEAD + "第一條 契約期間\n一、自民國114年1月1日起，為期三年。\n二、另議。\n第二條 其他\n無。").term
        == "自民國114年1月1日起，為期三年"
    )
    assert metadata(HEAD + "第一條 契約期間\n自簽約日起一年。\n第二條 其他\n無。").term == "自簽約日起一年"


def test_term_in_english() -> None:
    made = metadata(
        "AGREEMENT\n"
        "1. Term. This Agreement takes effect on 1 January 2025 and runs for thirty-six (36) months.\n"
        "2. Fees. None."
    )
    assert (made.start_date, made.end_date) == ("2025-01-01", "2027-12-31")
    made = metadata(
        "AGREEMENT\nArticle 1 Term\n"
        "This Agreement commences on 1 April 2025 and ends on 31 March 2026.\nArticle 2 Fees\nNone."
    )
    assert (made.start_date, made.end_date) == ("2025-04-01", "2026-03-31")


def test_title_number_signature_amounts() -> None:
    made = metadata(
        "契約編號：MT-2025-001\n"
        + HEAD
        + "第一條 費用\n總價新臺幣 1,200,000 元整，每月 NT$100,000，逾期每日新臺幣壹仟元。\n第二條 其他\n無。\n"
        "立契約書人\n甲方：青山證券股份有限公司\n中華民國一一三年十二月二十日"
    )
    assert (made.title, made.number, made.signed_date) == ("資訊系統維護契約書", "MT-2025-001", "2024-12-20")
    assert made.amounts == ("新臺幣 1,200,000 元整", "NT$100,000", "新臺幣壹仟元")


def test_number_in_the_page_header() -> None:
    header = Block("採購案號：CL-NET-114-007", -1, Place(part="header"))
    assert (
        build_contract(document(HEAD + "第一條 甲\n無。\n第二條 乙\n無。", (header,))).metadata.number
        == "CL-NET-114-007"
    )


def test_a_tax_number_is_no_contract_number() -> None:
    assert metadata(HEAD + "統一編號：12345678\n第一條 甲\n無。\n第二條 乙\n無。").number == ""


def test_signed_on_the_date_of_the_preamble() -> None:
    assert (
        metadata(
            "LICENSE AGREEMENT\nThis Agreement is entered into as of March 3, 2025 by the parties.\n"
            "1. Term\nOne year.\n2. Fees\nNone."
        ).signed_date
        == "2025-03-03"
    )


def test_nothing_is_made_up() -> None:
    assert metadata("公告\n本日天氣晴。") == Metadata()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("本契約 Agreement 由雙方訂立", "zh"),
        ("This Agreement is made with 燈澳證券 and others in Taiwan", "en"),
        ("", "zh"),
        ("123", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert contract(text).language == language


def test_language_can_be_given() -> None:
    assert build_contract(document("本契約"), "en").language == "en"
