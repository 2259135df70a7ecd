"""Numbers as Word writes them in lists (ST_NumberFormat); pure."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹貳參肆伍陸柒捌玖"
_FORMAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip


def format_number(value: int, style: str) -> str:
    """A list number in a format of WordprocessingML; what is not known is written in digits."""
    if value < 0:
        return str(value)
    return _FORMATS.get(style, str)(value)


def _counting(value: int) -> str:
    """一 … 九十九; Word writes digit for digit from a hundred on."""
    return _thousands(value) if value < 100 else _digits(value)


def _thousands(value: int) -> str:
    words = _grouped(value, "零" + _DIGITS[1:], "十百千")
    return words.removeprefix("一") if 10 <= value < 20 else words


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(c)] for c in str(value))


def _grouped(value: int, digits: str, units: str) -> str:
    """Chinese numerals with units, up to 9999; 一百零一, 一百一十."""
    if not 0 < value < 10_000:
        return digits[0] if value == 0 else str(value)
    words, gap = "", False
    figures = str(value)
    for place, char in enumerate(figures):
        rest = len(figures) - place - 1
        if char == "0":
            gap = True
            continue
        words += (digits[0] if gap else "") + digits[int(char)] + (units[rest - 1] if rest else "")
        gap = False
    return words


def _formal(value: int) -> str:
    return _grouped(value, _FORMAL, "拾佰仟")


def _formal_simplified(value: int) -> str:
    return _grouped(value, _FORMAL_SIMPLIFIED, "拾佰仟")


def _roman(value: int) -> str:
    if not 0 < value < 32_768:
        return str(value)
    words = ""
    for size, sign in _ROMAN:
        words += sign * (value // size)
        value %= size
    return words


def _letters(value: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _run(first: str, count: int) -> Callable[[int], str]:
    return _one_of("".join(chr(ord(first) + i) for i in range(count)))


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(value))


def _cardinal(value: int) -> str:
    if value < 20:
        return _ONES[value].capitalize()
    if value > 99:
        return str(value)
    ten, one = divmod(value, 10)
    return (_TENS[ten] + (f"-{_ONES[one]}" if one else "")).capitalize()


def _ordinal_text(value: int) -> str:
    words = _cardinal(value).lower()
    if words.isdigit():
        return _ordinal(value)
    head, dash, last = words.rpartition("-")
    last = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return (head + dash + last).capitalize()


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousands,
    "taiwaneseDigital": _digits,
    "ideographDigital": _digits,
    "ideographTraditional": _one_of(_STEMS),
    "ideographLegalTraditional": _formal,
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _run("㊀", 10),
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "chineseLegalSimplified": _formal_simplified,
    "japaneseCounting": _thousands,
    "japaneseLegal": _formal,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_text,
    "none": lambda _: "",
}
