"""Price of the whole contract, renewal and 統一編號: read where they stand plainly, else left open."""

from __future__ import annotations

import pytest

from clausecheck.structure.tax_numbers import is_tax_number

from .support import contract

HEAD = "資訊系統維護契約書\n甲方：青山證券股份有限公司\n乙方：雲程資訊股份有限公司\n"
HEAD_EN = "SERVICES AGREEMENT\n"


def _metadata(sentence: str, heading: str = "費用"):  # type: ignore[no-untyped-def]
    return contract(f"{HEAD}第一條 {heading}\n{sentence}\n第二條 其他\n無。").metadata


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("契約總價為新臺幣九百六十萬元整，含營業稅。", "新臺幣九百六十萬元整"),
        ("契約價金總額：新臺幣 1,200,000 元，分四期給付。", "新臺幣 1,200,000 元"),
        ("總價（含稅）計新臺幣壹佰萬元整。每逾一日罰新臺幣壹仟元。", "新臺幣壹佰萬元整"),
        ("契約總價為NT$1,200,000。契約總價為NT$1,200,000元，已如前述。", "NT$1,200,000"),
        ("契約總價為新臺幣一百万元整。", "新臺幣一百万元整"),
        ("第一期總價為新臺幣一百萬元；第二期總價為新臺幣二百萬元。", ""),
        ("每月服務費用總額為新臺幣八萬元。", ""),
        ("契約總價每年新臺幣八萬元。", ""),
        ("契約金額為新臺幣八萬元／月。", ""),
        ("賠償總額以新臺幣五百萬元為上限。", ""),
        ("投保之契約金額為新臺幣五百萬元之責任保險。", ""),
        ("逾期違約金以總價百分之二十為上限，即新臺幣十萬元。", ""),
        ("契約總價為新臺幣　　　元整。", ""),
        ("每月維護費新臺幣三十八萬元。", ""),
    ],
)
def test_value(sentence: str, value: str) -> None:
    assert _metadata(sentence).value == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The total contract price is NT$2,400,000, payable in four instalments.", "NT$2,400,000"),
        ("The Contract Price: USD 148,000.", "USD 148,000"),
        ("The total fees for the Services shall be US$90,000 per year.", ""),
        ("The aggregate liability under this Agreement shall be US$90,000.", ""),
        ("The annual total fees are US$90,000.", ""),
    ],
)
def test_value_in_english(sentence: str, value: str) -> None:
    made = contract(f"{HEAD_EN}1. Fees\n{sentence}\n2. Other\nNone.\n3. End\nNone.")
    assert made.metadata.value == value


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("雙方得於期滿六十日前以書面議定續約。", True),
        ("期滿前三十日未以書面表示不續約者，本契約自動延長一年。", True),
        ("本合约期满，双方可协商续约。", True),
        ("本契約自民國114年1月1日起至116年12月31日止。", False),
        ("履約期限因不可抗力得展延十日。", False),
        ("網域及憑證應於到期前完成續約。", False),
        ("保固期間應延長一個月。", False),
    ],
)
def test_renewal(sentence: str, found: bool) -> None:
    assert _metadata(sentence, "契約期間").renewal == (sentence if found else "")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("This Agreement renews for successive periods of twelve months unless notice is given.", True),
        ("Either Party may propose renewal six months before expiry.", True),
        ("The Supplier renews its certificates during the term.", False),
        ("The time for delivery may be extended for ten days.", False),
    ],
)
def test_renewal_in_english(sentence: str, found: bool) -> None:
    made = contract(f"{HEAD_EN}1. Term\n{sentence}\n2. Other\nNone.\n3. End\nNone.")
    assert made.metadata.renewal == (sentence if found else "")


@pytest.mark.parametrize(
    ("number", "valid"),
    [("04595257", True), ("10458575", True), ("12345678", False), ("00000000", False), ("1234567", False)],
)
def test_check_digit(number: str, valid: bool) -> None:
    assert is_tax_number(number) is valid


def _numbers(text: str) -> dict[str, str]:
    return {p.role: p.tax_number for p in contract(text).parties}


def test_tax_numbers_of_the_signature() -> None:
    text = (
        f"{HEAD}第一條 甲\n無。\n第二條 乙\n無。\n立契約書人\n甲方：青山證券股份有限公司\n統一編號：04595257\n"
        "地址：臺北市\n乙方：雲程資訊股份有限公司\n代表人：林一\n統一編號：10458575"
    )
    assert _numbers(text) == {"customer": "04595257", "supplier": "10458575"}


@pytest.mark.parametrize(
    "end",
    [
        "統一編號：12345678",  # fails its check digit
        "乙方：雲程資訊股份有限公司\n統一編號：10458575\n乙方\n統一編號：04595257",  # two of one party
        "甲方：青山證券股份有限公司　乙方：雲程資訊股份有限公司\n統一編號：10458575",  # side by side
        "甲方：青山證券股份有限公司 | 乙方：雲程資訊股份有限公司\n統一編號：04595257 | 統一編號：10458575",
        "甲方\n統一編號：10458575\n乙方\n統一編號：10458575",  # claimed by both
        "身分證統一編號：A123456789",
    ],
)
def test_doubtful_tax_numbers_are_left_open(end: str) -> None:
    assert _numbers(f"{HEAD}第一條 甲\n無。\n第二條 乙\n無。\n立契約書人\n{end}")["supplier"] == ""
