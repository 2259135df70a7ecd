"""Ends, renewals, sums and the order of the gaps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clausecheck.archive.facts import gather, number_order
from clausecheck.archive.money import Money, read_money
from clausecheck.archive.priority import ranked
from clausecheck.archive.terms import Due, Renewal, days_left, due, renewal_of
from tests.archive.made_entries import TODAY, entry, report, with_statuses


@pytest.mark.parametrize(
    ("words", "currency", "amount"),
    [
        ("新臺幣九百六十萬元整", "TWD", 9_600_000),
        ("新臺幣壹仟零捌拾萬元整", "TWD", 10_800_000),
        ("新臺幣壹佰貳拾萬參仟伍佰元", "TWD", 1_203_500),
        ("NT$1,200,000", "TWD", 1_200_000),
        ("新臺幣138萬元", "TWD", 1_380_000),
        ("新臺幣3億5,000萬元", "TWD", 350_000_000),
        ("148,000 USD", "USD", 148_000),
        ("人民币一百八十五万元", "CNY", 1_850_000),
    ],
)
def test_money(words: str, currency: str, amount: int) -> None:
    assert read_money(words) == Money(currency, Decimal(amount))


@pytest.mark.parametrize("words", ["", "$5,000", "NT$1,2", "新臺幣元整", "一百萬元", "新臺幣零元"])
def test_no_money(words: str) -> None:
    assert read_money(words) is None


@pytest.mark.parametrize(
    ("end", "days", "group"),
    [
        ("2026-10-31", -1, Due.PAST),
        ("2026-11-01", 0, Due.MONTH),
        ("2026-12-01", 30, Due.MONTH),
        ("2026-12-02", 31, Due.QUARTER),
        ("2027-01-30", 90, Due.QUARTER),
        ("2027-04-30", 180, Due.HALF_YEAR),
        ("2027-11-01", 365, Due.YEAR),
        ("2027-11-02", 366, Due.LATER),
        ("", None, Due.UNKNOWN),
        ("民國", None, Due.UNKNOWN),
    ],
)
def test_days(end: str, days: int | None, group: Due) -> None:
    assert days_left(end, date(2026, 11, 1)) == days
    assert due(days) is group


@pytest.mark.parametrize(
    ("words", "renewal"),
    [
        ("期滿前三十日未以書面表示不續約者，本契約自動延長一年。", Renewal.AUTOMATIC),
        ("屆滿前六十日雙方均未表示不續約者，以同一條件延展一年。", Renewal.AUTOMATIC),
        ("It renews for successive periods of twelve months unless notice is given.", Renewal.AUTOMATIC),
        ("本契約期滿不自動續約。", Renewal.AGREED),
        ("不因一造繼續履行而視為默示延展，欲續約者應另以書面為之。", Renewal.AGREED),
        ("雙方得於期滿六十日前以書面議定續約。", Renewal.AGREED),
        ("This Agreement shall not renew automatically.", Renewal.AGREED),
        ("", Renewal.UNSTATED),
    ],
)
def test_renewal(words: str, renewal: Renewal) -> None:
    assert renewal_of(words) is renewal


def test_numbers_are_in_their_order() -> None:
    assert sorted(["7.1.1.10", "7.2", "7.1.1.9", "7.1.1.2"], key=number_order) == [
        "7.1.1.2",
        "7.1.1.9",
        "7.1.1.10",
        "7.2",
    ]


def test_priority_is_the_product_of_its_factors() -> None:
    only = {r["id"]: "full" for r in report()["requirements"]}
    soon = with_statuses(report(supplier=("甲資訊有限公司", ""), end_date="2026-11-20"), only | {"7.1.1.8": "conflict"})
    late = with_statuses(report(supplier=("乙資訊有限公司", ""), end_date="2029-11-20"), only | {"7.1.1.16": "partial"})
    unknown = with_statuses(report(supplier=("甲資訊有限公司", ""), end_date=""), only | {"7.1.1.8": "missing"})
    facts = gather(entry(f"/{n}.docx", r) for n, r in enumerate((soon, late, unknown)))
    points = {g.contract.path: g.points for g in ranked(facts, TODAY)}
    assert points == {"/0.docx": 26.72, "/2.docx": 12.83, "/1.docx": 0.53}
    assert list(points) == ["/0.docx", "/2.docx", "/1.docx"]
