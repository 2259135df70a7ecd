"""The same clause twice, one word or number apart: two verdicts (minimal_pairs.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from clausecheck.checker import check_document
from tests.structure.support import document

FRAME = {
    "zh": "資訊服務契約\n立契約書人：{a}（以下簡稱甲方）\n{b}（以下簡稱乙方）\n"
    "第一條　服務內容\n{supplier}應為{customer}維護交易系統，{customer}應按月支付服務費用。\n"
    "第二條　{heading}\n{clause}\n{also}\n",
    "en": "SERVICES AGREEMENT\nThis Agreement is made between {a} (the \"Customer\") and {b} (the \"Supplier\").\n"
    "Article 1 Services\nThe Supplier shall maintain the trading system and the Customer shall pay the monthly fee.\n"
    "Article 2 {heading}\n{clause}\n{also}\n",
}  # fmt: skip
FIRMS = {
    "zh": ("澄岳證券股份有限公司", "霽川資訊股份有限公司"),
    "en": ("Quillon Securities Co., Ltd.", "Tamrin Software Co., Ltd."),
}
PAIRS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "minimal_pairs.yaml").read_text(encoding="utf-8"))


def contract_text(pair: dict[str, Any], side: dict[str, Any]) -> str:
    """The clause as the second article of a short contract."""
    language = pair.get("lang", "zh")
    roles = ("甲方", "乙方")
    swapped = pair.get("swapped", False)
    first, second = FIRMS[language][:: -1 if swapped else 1]
    customer, supplier = roles[:: -1 if swapped else 1]
    return FRAME[language].format(
        a=first, b=second, customer=customer, supplier=supplier,
        heading=pair["heading"], clause=side["clause"], also=side.get("also", ""),
    )  # fmt: skip


def verdict(pair: dict[str, Any], side: dict[str, Any]) -> str:
    """The status of the requirement, or the state of its element, in one of the two contracts."""
    requirement, _, element = pair["key"].partition("/")
    findings = check_document(document(contract_text(pair, side))).findings
    finding = next(f for f in findings if f.id == requirement)
    if not element:
        return finding.status.value
    return next(e.state.value for e in finding.elements if e.id == element)


def expected(side: dict[str, Any]) -> list[str]:
    return side["is"] if isinstance(side["is"], list) else [side["is"]]


def _parameter(number: int, pair: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=pair["xfail"], strict=True)] if "xfail" in pair else []
    return pytest.param(pair, id=f"{number:02}-{pair['key']}-{pair['topic'].replace(' ', '-')}", marks=marks)


@pytest.mark.parametrize("pair", [_parameter(i, p) for i, p in enumerate(PAIRS, start=1)])
def test_one_word_apart(pair: dict[str, Any]) -> None:
    found = {side: verdict(pair, pair[side]) for side in ("one", "other")}
    assert found["one"] in expected(pair["one"]), found
    assert found["other"] in expected(pair["other"]), found


def test_no_two_sides_expect_the_same() -> None:
    assert not [p["topic"] for p in PAIRS if set(expected(p["one"])) & set(expected(p["other"]))]
    assert len(PAIRS) >= 45
