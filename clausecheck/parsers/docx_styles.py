"""Styles of a DOCX: what a paragraph or run takes over from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from clausecheck.parsers.docx_xml import attribute, find, number, switch, w

_HEADING_NAME = re.compile(r"(heading|標題|标题)\s*[1-9]|title|標題|标题", re.IGNORECASE)
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_TINY = 4  # half points


@dataclass(frozen=True, slots=True)
class Look:
    """What of a run's look bears on its meaning; None is not said.

    hidden      Word does not show it (w:vanish)
    faint       white or tiny: shown, yet nobody sees it
    underlined  blanks with it are a line to fill in
    shaded      on a ground of its own, where white is legible
    """

    hidden: bool | None = None
    faint: bool | None = None
    underlined: bool | None = None
    shaded: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, completed by what lies below it."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.faint if self.faint is None else self.faint,
            below.underlined if self.underlined is None else self.underlined,
            below.shaded if self.shaded is None else self.shaded,
        )


@dataclass(frozen=True, slots=True)
class NumberRef:
    """The list and level that a paragraph or style names; None is not said, list "0" is none."""

    num_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style, without what it inherits."""

    id: str
    name: str
    based_on: str | None
    number: NumberRef
    outline: int | None
    look: Look
    ground: bool


class Styles:
    """All styles of a package."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in [] if root is None else root.findall(w("style")):
            style = _style(element)
            self._styles[style.id] = style
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                self._default = style.id

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        seen = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = style.based_on

    def paragraph_chain(self, style_id: str | None) -> list[Style]:
        """Like `chain`; a paragraph without a known style has the default one."""
        return list(self.chain(style_id if style_id in self._styles else self._default))

    def look(self, style_id: str | None) -> Look:
        """What a run takes over from a character style."""
        return _merged(list(self.chain(style_id)))

    def paragraph_look(self, style_id: str | None) -> Look:
        """What a run takes over from its paragraph's style."""
        return _merged(self.paragraph_chain(style_id))

    def has_ground(self, style_id: str | None) -> bool:
        """Whether a table or paragraph style sets a ground that is not white."""
        return any(style.ground for style in self.chain(style_id))


def is_heading(chain: list[Style]) -> bool:
    """Whether a paragraph with these styles is a heading by the name of one of them."""
    return any(_HEADING_NAME.fullmatch(style.name) for style in chain)


def run_look(properties: _Element | None) -> Look:
    """The look that run properties state themselves."""
    if properties is None:
        return Look()
    colour = (attribute(find(properties, "color")) or "").upper()
    size = number(find(properties, "sz"))
    underline = find(properties, "u")
    faint = True if colour in _WHITE or (size is not None and size <= _TINY) else None
    return Look(
        hidden=switch(find(properties, "vanish")),
        faint=False if faint is None and colour else faint,
        underlined=None if underline is None else attribute(underline) not in (None, "none"),
        shaded=True if has_ground(properties) or find(properties, "highlight") is not None else None,
    )


def has_ground(properties: _Element | None) -> bool:
    """Whether properties of a run, paragraph or cell set a ground that is not white."""
    shading = find(properties, "shd")
    if shading is None:
        return False
    fill = (attribute(shading, "fill") or "auto").upper()
    return fill not in _WHITE | {"AUTO"} or attribute(shading) not in (None, "clear", "nil")


def number_ref(properties: _Element | None) -> NumberRef:
    """The list and level that paragraph properties state themselves."""
    numbering = find(properties, "numPr")
    return NumberRef(attribute(find(numbering, "numId")), number(find(numbering, "ilvl")))


def _style(element: _Element) -> Style:
    paragraph = find(element, "pPr")
    return Style(
        id=attribute(element, "styleId") or "",
        name=attribute(find(element, "name")) or "",
        based_on=attribute(find(element, "basedOn")),
        number=number_ref(paragraph),
        outline=number(find(paragraph, "outlineLvl")),
        look=run_look(find(element, "rPr")),
        ground=any(has_ground(shading.getparent()) for shading in element.iter(w("shd"))),
    )


def _merged(chain: list[Style]) -> Look:
    look = Look()
    for style in chain:
        look = look.over(style.look)
    return look
