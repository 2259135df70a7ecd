"""Characters of symbol fonts (w:sym), as far as contracts use them; pure."""

from __future__ import annotations

_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0x9F: "・", 0xA1: "○",
              0xA7: "・", 0xA8: "☐", 0xD8: "・", 0xE0: "→", 0xE8: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
              0xFE: "☑"}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x99: "○", 0xA2: "■", 0xA3: "☐"}
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "・", 0xB9: "≠", 0xAE: "→", 0xAC: "←",
           0xD6: "√", 0x2D: "-"}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = 0xF000


def symbol(font: str, code: str) -> str:
    """The character of a symbol font; empty when nobody can tell what it shows."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.strip().lower())
    if table is None:
        value = value - _PRIVATE if _PRIVATE <= value <= _PRIVATE + 0xFF else value
        return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value <= 0x10FFFF else ""
    return table.get(value & 0xFF, "")
