"""Which names are one company, and which are not."""

from __future__ import annotations

import itertools

import pytest

from clausecheck.archive.company_names import is_left_blank, name_key
from clausecheck.archive.suppliers import RENAMED, SAME_NAME, Named, resolve

SAME = [
    ("雲程資訊股份有限公司", "雲程資訊有限公司"),
    ("雲程資訊股份有限公司", "雲程資訊（股）公司"),
    ("雲程資訊股份有限公司", "雲程資訊(股)公司"),
    ("雲程資訊股份有限公司", "雲程資訊"),
    ("雲程資訊股份有限公司", "雲程資訊　股份有限公司"),
    ("雲程資訊股份有限公司", "雲 程 資 訊 股份有限公司"),
    ("ＡＢＣ資訊股份有限公司", "ABC資訊股份有限公司"),
    ("abc資訊股份有限公司", "ABC資訊股份有限公司"),
    ("臺灣大哥大股份有限公司", "台灣大哥大股份有限公司"),
    ("鼎峯資訊股份有限公司", "鼎峰資訊股份有限公司"),
    ("雲程資訊股份有限公司", "云程资讯股份有限公司"),
    ("雲程資訊股份有限公司（Yuncheng Information Co., Ltd.）", "雲程資訊股份有限公司"),
    ("Larkspire Software Pte. Ltd.", "LARKSPIRE SOFTWARE PTE LTD"),
    ("Larkspire Software Private Limited", "Larkspire Software Pte. Ltd."),
    ("Brackenfell Systems Co., Ltd.", "Brackenfell Systems Company Limited"),
    ("Quillmark Analytics, Inc.", "Quillmark Analytics Incorporated"),
    ("Quillmark Analytics, L.L.C.", "Quillmark Analytics LLC"),
]
DIFFERENT = [
    ("台灣大哥大股份有限公司", "台灣大股份有限公司"),
    ("雲程資訊股份有限公司", "雲程資訊服務股份有限公司"),
    ("雲程資訊股份有限公司", "雲程科技股份有限公司"),
    ("雲程資訊股份有限公司", "雲澄資訊股份有限公司"),
    ("雲程資訊股份有限公司", "雲程資訊股份有限公司臺中分公司"),
    ("台積電（南京）有限公司", "台積電有限公司"),
    ("鍾氏資訊有限公司", "鐘氏資訊有限公司"),
    ("乾城資訊有限公司", "干城資訊有限公司"),
    ("皇后資訊有限公司", "皇後資訊有限公司"),
    ("中華電信股份有限公司", "中華電子股份有限公司"),
    ("Larkspire Software Inc.", "Larkspire Software Ltd."),
    ("Larkspire Software Pte. Ltd.", "Larkspire Software Ltd."),
    ("Larkspire Software Inc.", "Larkspire Software"),
    ("Cloud Nine Ltd.", "CloudNine Ltd."),
    ("睿棧科技股份有限公司", "Ruizhan Technology Inc."),
    ("第一資訊股份有限公司", "第一資訊股份有限公司第二分公司"),
]
VALID, OTHER = "04595257", "10458575"


def companies(*named: Named, customers: tuple[Named, ...] = ()) -> int:
    return len(set(resolve(named, customers).values()))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name(one: str, other: str) -> None:
    resolved = resolve([Named(one), Named(other)])
    assert resolved[Named(one)] == resolved[Named(other)]
    assert set(resolved[Named(one)].spellings) == {one, other}
    assert not resolved[Named(one)].doubt


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_similar_names_stay_apart(one: str, other: str) -> None:
    assert companies(Named(one), Named(other)) == 2


def test_a_simplified_name_that_fits_two_traditional_ones_joins_neither() -> None:
    named = [Named("鍾氏資訊有限公司"), Named("鐘氏資訊有限公司"), Named("钟氏资讯有限公司")]
    resolved = resolve(named)
    assert len(set(resolved.values())) == 3
    assert {s.doubt for s in resolved.values()} == {SAME_NAME}


def test_the_same_number_joins_other_names_and_says_so() -> None:
    resolved = resolve([Named("雲程資訊股份有限公司", VALID), Named("新雲程科技股份有限公司", VALID)])
    (company,) = set(resolved.values())
    assert company.tax_numbers == (VALID,)
    assert company.doubt == RENAMED


def test_one_name_with_two_numbers_is_two_companies() -> None:
    resolved = resolve([Named("雲程資訊股份有限公司", VALID), Named("雲程資訊有限公司", OTHER), Named("雲程資訊")])
    assert len(set(resolved.values())) == 3
    assert {s.doubt for s in resolved.values()} == {SAME_NAME}


def test_a_name_without_number_joins_the_one_number_of_its_name() -> None:
    assert companies(Named("雲程資訊股份有限公司", VALID), Named("雲程資訊股份有限公司")) == 1


def test_the_number_of_a_customer_joins_nothing() -> None:
    named = Named("雲程資訊股份有限公司", VALID), Named("鐸星系統有限公司", VALID)
    assert companies(*named) == 1
    assert companies(*named, customers=(Named("青山證券股份有限公司", VALID),)) == 2


def test_the_order_of_the_names_makes_no_difference() -> None:
    named = [Named(n) for pair in SAME[:6] + DIFFERENT[:4] for n in pair] + [Named("雲程資訊", VALID)]
    groups = [
        {frozenset(n for n in named if resolved[n] == company) for company in set(resolved.values())}
        for order in itertools.islice(itertools.permutations(named), 0, 200, 50)
        for resolved in [resolve(order)]
    ]
    assert all(g == groups[0] for g in groups)


def test_the_spelling_used_most_is_the_name() -> None:
    named = [Named("雲程資訊（股）公司"), Named("雲程資訊（股）公司"), Named("雲程資訊股份有限公司")]
    (company,) = set(resolve(named).values())
    assert company.name == "雲程資訊（股）公司"


@pytest.mark.parametrize("name", ["", "　", "______資訊股份有限公司", "○○○股份有限公司", "【待填】", "[A]", "\ud800"])
def test_a_blank_names_nobody(name: str) -> None:
    assert is_left_blank(name)
    assert resolve([Named(name)]) == {}


@pytest.mark.parametrize("name", ["公司", "有限公司", "=1+1", "資\ud800訊", "A" * 5000])
def test_odd_names_have_a_key(name: str) -> None:
    assert name_key(name)
