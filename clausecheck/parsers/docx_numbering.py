"""Automatic numbers: what Word shows before a paragraph.

The file keeps list definitions (abstractNum), their uses (num) and paragraphs that name a use and a
level. The counters run per definition: two uses of one definition go on counting, unless the use
says where to start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from clausecheck.parsers.docx_formats import format_number
from clausecheck.parsers.docx_styles import NumberRef, Style, Styles
from clausecheck.parsers.docx_xml import MC, attribute, find, number, switch, w
from clausecheck.text import HAN

LEVELS = 9
BULLET = "・"

_FIELD = re.compile(r"%([1-9])")
_CLOSING = tuple("、，。：；）】》〉」』〕")
_GOES_ON = re.compile(r"[條章節項款目點編、，．.）)]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    restart  the level (from 1) that starts this one anew, 0 never, None any level above
    width    least number of digits of a custom format such as 001
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    suffix: str = "tab"
    restart: int | None = None
    paragraph_style: str | None = None
    width: int = 0


@dataclass(frozen=True)
class ListUse:
    """A num: its definition, the levels as they apply, and levels that it starts itself."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before a paragraph, and how it stands off from the text."""

    text: str
    suffix: str = "tab"

    def before(self, body: str) -> str:
        """The label with the blank that sets it off from `body`; Chinese labels close themselves."""
        if not self.text or self.text == BULLET or self.text.endswith(_CLOSING):
            return self.text
        if self.suffix == "nothing" and _GOES_ON.match(body):
            return self.text
        if not HAN.search(self.text):
            return f"{self.text} "
        return self.text if self.text.endswith(")") else f"{self.text}\u3000"


NO_LABEL = Label("")


class Numbering:
    """The list definitions of a package."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._uses: dict[str, ListUse] = {}
        if root is not None:
            self._read(root)

    def use(self, num_id: str) -> ListUse | None:
        """The use of a list by its number."""
        return self._uses.get(num_id)

    def resolve(self, direct: NumberRef, chain: list[Style]) -> tuple[str, int] | None:
        """The list and level of a paragraph out of its own properties and its styles, if it has one."""
        num_id, level = direct.num_id, direct.level
        if num_id is None:
            num_id = next((s.number.num_id for s in chain if s.number.num_id is not None), None)
            if level is None:
                level = next((s.number.level for s in chain if s.number.level is not None), None)
        use = self._uses.get(num_id or "0")
        if use is None or num_id is None:
            return None
        if level is None:
            level = _linked_level(use, chain)
        return num_id, min(max(level, 0), LEVELS - 1)

    def _read(self, root: _Element) -> None:
        definitions = {attribute(e, "abstractNumId") or "": e for e in root.findall(w("abstractNum"))}
        uses = {attribute(e, "numId") or "": e for e in root.findall(w("num"))}
        for num_id, element in uses.items():
            definition = self._definition(element, definitions, uses)
            if num_id != "0" and definition in definitions:
                self._uses[num_id] = _list_use(definition, definitions[definition], element)

    def _definition(self, use: _Element, definitions: dict[str, _Element], uses: dict[str, _Element]) -> str:
        """The definition of a use; one that only points to a list style is followed to the real one."""
        for _ in range(len(definitions) + 1):
            definition = attribute(find(use, "abstractNumId")) or ""
            link = attribute(find(definitions.get(definition), "numStyleLink"))
            linked = next((s.number.num_id for s in self._styles.chain(link) if s.number.num_id), None)
            if linked is None or linked not in uses:
                break
            use = uses[linked]
        return definition


@dataclass
class Counters:
    """The running numbers of one story (body, one footnote, the text boxes)."""

    numbering: Numbering
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num_id: str, level: int) -> Label:
        """Count one paragraph and tell its label."""
        use = self.numbering.use(num_id)
        if use is None:
            return NO_LABEL
        counts = self._counts.setdefault(use.definition, [None] * LEVELS)
        self._count(use, num_id, level, counts)
        here = use.levels.get(level, Level())
        if here.style == "bullet":
            return Label(BULLET, "nothing")
        return Label(_shown(use, here, counts), here.suffix)

    def _count(self, use: ListUse, num_id: str, level: int, counts: list[int | None]) -> None:
        current = counts[level]
        if level in use.starts and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            counts[level] = use.starts[level]
        elif current is None:
            counts[level] = use.levels.get(level, Level()).start
        else:
            counts[level] = current + 1
        for below in range(level + 1, LEVELS):
            restart = use.levels.get(below, Level()).restart
            if restart is None or level < restart:
                counts[below] = None


def _shown(use: ListUse, here: Level, counts: list[int | None]) -> str:
    def figure(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        level = use.levels.get(at, Level())
        count = counts[at]
        value = level.start if count is None else count
        if level.style in ("none", "bullet"):
            return ""
        style = "decimal" if here.legal else level.style
        return format_number(value, style).rjust(level.width, "0")

    return _FIELD.sub(figure, here.text).strip()


def _linked_level(use: ListUse, chain: list[Style]) -> int:
    for style in chain:
        for index, level in use.levels.items():
            if level.paragraph_style == style.id:
                return index
    return 0


def _list_use(definition: str, element: _Element, use: _Element) -> ListUse:
    levels = {number(e, "ilvl") or 0: _level(e) for e in element.findall(w("lvl"))}
    starts: dict[int, int] = {}
    for override in use.findall(w("lvlOverride")):
        index = number(override, "ilvl") or 0
        own = find(override, "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = number(find(override, "startOverride"))
        if start is not None:
            starts[index] = start
            levels[index] = replace(levels.get(index, Level()), start=start)
    return ListUse(definition, levels, starts)


def _level(element: _Element) -> Level:
    style, width = _style_of(element)
    start = number(find(element, "start"))
    return Level(
        start=0 if start is None else start,  # Word counts from 0 where no start is given
        style=style,
        text=attribute(find(element, "lvlText")) or "",
        legal=bool(switch(find(element, "isLgl"))),
        suffix=attribute(find(element, "suff")) or "tab",
        restart=number(find(element, "lvlRestart")),
        paragraph_style=attribute(find(element, "pStyle")),
        width=width,
    )


def _style_of(element: _Element) -> tuple[str, int]:
    """The number format; a custom one (001, 002, …) hides in alternate content."""
    formats = [element.find(w("numFmt"))]
    formats += element.findall(f"{{{MC}}}AlternateContent//{w('numFmt')}")
    for found in formats:
        style = attribute(found)
        if style == "custom":
            sample = (attribute(found, "format") or "").split(",")[0].strip()
            return "decimal", len(sample) if sample.isdigit() else 0
        if style:
            return style, 0
    return "decimal", 0
