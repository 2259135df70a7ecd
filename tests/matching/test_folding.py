from __future__ import annotations

import pytest

from clausecheck.document import Party
from clausecheck.matching.folding import BOTH, CUSTOMER, SUPPLIER, fold_text

ENGLISH = (Party("customer", "Larch Ltd", ("Larch Ltd", "You")), Party("supplier", "Wren Ltd", ("Wren Ltd", "we", "I")))
CHINESE = (Party("customer", "旭日", ("旭日", "您")), Party("supplier", "莊", ("我", "本公司")))


def shown(text: str, parties: tuple[Party, ...]) -> str:
    folded = fold_text(text, parties)
    return folded.text.replace(CUSTOMER, "C").replace(SUPPLIER, "S").replace(BOTH, "B")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("We won't tell anyone.", "S will not tell anyone."),
        ("We’ll help; you can't ask us.", "S will help; C cannot ask S."),
        ("Your box, not ours.", "C's box, not S's."),
        ("It isn't ours and we don't want it.", "it is not S's and S do not want it."),
        ("You've paid, you're free, it's over.", "C have paid, C are free, it is over."),
        ("I'll do it, and I may ask. Article I. Term", "S will do it, and S may ask. article i. term"),
        ("in the US, tell us", "in the us, tell S"),
        ("Either of us may stop.", "B may stop."),
    ],
)
def test_english_pronouns_and_contractions(text: str, folded: str) -> None:
    assert shown(text, ENGLISH) == folded


def test_chinese_pronouns() -> None:
    text = "我會修，我國法令，自我檢查，我們一起。您們與您，日本公司與本公司"
    assert shown(text, CHINESE) == "S会修,我国法令,自我检查,我们一起。C与C,日本公司与S"


def test_nobody_is_called_by_pronouns_that_no_side_bears() -> None:
    assert shown("we and you", ()) == "B"
    assert shown("we tell you", ()) == "we tell you"


@pytest.mark.parametrize(
    "text", ["We won't tell your staff.", "you can't; we're done, it's ours", "「我」會交付您們。"]
)
def test_places_lead_back_to_the_source(text: str) -> None:
    folded = fold_text(text, ENGLISH + CHINESE)
    places = list(folded.offsets)
    assert places == sorted(places)
    assert places[-1] == len(text) - 1
    word = folded.text.index(SUPPLIER)
    assert text[places[word] :].lower().startswith(("we", "我"))
