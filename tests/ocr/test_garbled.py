"""Text layers that nobody wrote."""

from __future__ import annotations

import pytest

from clausecheck.parsers.pdf_garbled import is_garbled

CONTRACT = "乙方應依甲方之資訊安全政策辦理，於知悉資通安全事件後，應於二十四小時內通報甲方，並提供處理情形。" * 4


def test_contracts_are_no_mojibake() -> None:
    assert not is_garbled(CONTRACT)
    assert not is_garbled("The Supplier shall keep all information of the Customer confidential. " * 5)
    assert not is_garbled("乙方应按照本合同约定提供系统维护服务，并对甲方的资料负有保密义务。" * 5)
    assert not is_garbled("附件一")


@pytest.mark.parametrize(
    "text",
    [
        CONTRACT.encode("big5").decode("latin-1"),
        CONTRACT.encode("utf-8").decode("cp1252", errors="replace"),
        CONTRACT.encode("big5").decode("gb18030", errors="ignore"),
        CONTRACT.encode("big5").decode("shift_jis", errors="ignore"),
        "".join(chr(0x4E00 + (ord(c) * 7919) % 20000) for c in CONTRACT),
        "".join(chr(ord(c) + 1) for c in CONTRACT if "\u4e00" <= c <= "\u9f00"),
        "(cid:12)(cid:345)(cid:6)" * 10,
    ],
)
def test_mojibake_is_known(text: str) -> None:
    assert is_garbled(text)
