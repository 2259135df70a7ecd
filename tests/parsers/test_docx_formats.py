from __future__ import annotations

import pytest

from clausecheck.parsers.docx_formats import format_number


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("decimal", 12, "12"),
        ("taiwaneseCounting", 10, "十"),
        ("taiwaneseCounting", 21, "二十一"),
        ("taiwaneseCountingThousand", 11, "十一"),
        ("taiwaneseCountingThousand", 101, "一百零一"),
        ("taiwaneseCountingThousand", 110, "一百一十"),
        ("taiwaneseCountingThousand", 1005, "一千零五"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 30, "三十"),
        ("chineseLegalSimplified", 6, "陆"),
        ("ideographTraditional", 4, "丁"),
        ("ideographTraditional", 11, "11"),
        ("ideographLegalTraditional", 3, "參"),
        ("ideographLegalTraditional", 10, "壹拾"),
        ("ideographLegalTraditional", 25, "貳拾伍"),
        ("ideographDigital", 10, "一〇"),
        ("taiwaneseDigital", 12, "一二"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 49, "xlix"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 26, "z"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("cardinalText", 21, "Twenty-one"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 42, "Forty-second"),
        ("numberInDash", 2, "- 2 -"),
        ("none", 5, ""),
        ("unheardOf", 7, "7"),
    ],
)
def test_a_number_is_written_as_word_writes_it(style: str, value: int, shown: str) -> None:
    assert format_number(value, style) == shown


@pytest.mark.parametrize("style", ["upperRoman", "lowerLetter", "ideographZodiac", "taiwaneseCounting", "cardinalText"])
@pytest.mark.parametrize("value", [-1, 0, 99_999])
def test_numbers_beyond_a_format_do_not_fail(style: str, value: int) -> None:
    assert format_number(value, style)
