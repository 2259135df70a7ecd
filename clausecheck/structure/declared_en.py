"""The parties as an English contract declares them; pure."""

from __future__ import annotations

import re

from clausecheck.structure.companies import COMPANY_EN, COMPANY_ZH, trim_company
from clausecheck.structure.named import QUOTED, Named, clean_english
from clausecheck.structure.roles import word_score

MAX_NAMED = 12
MAX_NAMING = 2500
MAX_STARTS = 12
MAX_BETWEEN = 60  # between a name and its definition, when the name is not the first of its sentence
_QUOTE = r"[“\"‘'][^”\"’']{1,40}[”\"’']"
DEFINED_EN = re.compile(rf"[(（](?P<inside>[^()（）]{{0,80}}?{_QUOTE}[^()（）]{{0,80}})[)）]")
# An English deed may define without quotation marks: (the Client).
_DEFINED_BARE = re.compile(r"\((?P<inside>[Tt]he (?P<word>[A-Z][a-z]+(?: [A-Z][a-z]+)?))\)")
# "we", "us" and "Burrow" mean Burrow Pty Ltd
_MEANS = re.compile(
    rf"(?P<words>{_QUOTE}(?:(?:,| and| or|, and|, or) {_QUOTE})*) (?:each )?"
    r"(?:means?|refers? to|is|are)[ :]+(?:the )?(?=(?P<rest>[^\n]{4,120}))"
)
_STARTS_EN = re.compile(r"\b(?:by and between|by and among|between|among|made by|entered into by)\b:?", re.IGNORECASE)
_RECITALS = re.compile(r"\b(?:WHEREAS|RECITALS?|Recitals?|BACKGROUND|Background|WITNESSETH|W I T N E S S E T H)\b")
_NO_NAME = re.compile(
    r"(?:whereas|this|the|exhibit|schedule|conditions|section|article|terms|general|each|any|all|such|"
    r"a|an)\b(?! \w+ (?:Ltd|Inc))",
    re.IGNORECASE,
)


def in_english(text: str) -> list[Named]:
    """Kestrel Analytics Limited, a company … ("Kestrel"), and …"""
    starts = [m.end() for m in _STARTS_EN.finditer(text)][:MAX_STARTS] or [0]
    return max((_defined_after(text, at) for at in starts), key=len)


def meant_english(text: str) -> list[Named]:
    """Reads "Firm" means Coralstone Securities Co., Ltd."""
    found = []
    for match in _MEANS.finditer(text):
        name = COMPANY_EN.match(match["rest"])
        words = clean_english(match["words"])
        if name and words:
            found.append(Named(name.group().strip(" ,"), words))
    return found


def _defined_after(text: str, at: int) -> list[Named]:
    """The parties that are defined from `at` on, before the recitals."""
    stop = _RECITALS.search(text, at)
    text = text[: min(at + MAX_NAMING, stop.start() if stop else len(text))]
    found: list[Named] = []
    bare = [m for m in _DEFINED_BARE.finditer(text, at) if word_score([m["word"]])]
    for match in sorted([*DEFINED_EN.finditer(text, at), *bare], key=lambda m: m.start()):
        aliases = [match["word"]] if match.re is _DEFINED_BARE else clean_english(match["inside"])
        window = _own_line(text[max(at, match.start() - 400) : match.start()])
        if not aliases:
            at = (
                match.end()
                if QUOTED.search(match["inside"]) and re.search(r"agreement|date", match["inside"], re.I) and not found
                else at
            )
            continue
        at = match.end()
        name = _english_name(window)
        if name and len(found) < MAX_NAMED and not name.lower().startswith(("exhibit", "between")):
            found.append(Named(name, [*aliases, *_chinese_names(window)]))
    return found


def _own_line(window: str) -> str:
    """The last line when it names a company by itself."""
    line = window.rpartition("\n")[2]
    return line if COMPANY_EN.search(line) else window.replace("\n", " ")


def _english_name(window: str) -> str:
    cut = re.split(r"(?:^|[,;.]? )(?:by and between|between|among|and|AND)\b[: ]+(?=[A-Z])|^[ ,;]*(?:and|AND) ", window)
    for piece in (window.lstrip(" ,;:").removeprefix("and ").removeprefix("AND ").lstrip(), cut[-1].strip(" ,;")):
        match = COMPANY_EN.search(piece)
        if match and match.start() < 40:
            return match.group().strip(" ,")
    last = list(COMPANY_EN.finditer(window))
    if last and len(window) - last[-1].end() < MAX_BETWEEN:
        return last[-1].group().strip(" ,")
    head = re.match(r"(?:[A-Z]\.)*[A-Z][\w&’'-]*(?: (?:(?:[A-Z]\.)+|[A-Z&][\w&’'-]*)){0,6}", cut[-1].strip(" ,;"))
    return head.group() if head and not _NO_NAME.match(head.group()) else ""


def _chinese_names(window: str) -> list[str]:
    return [trim_company(re.split("[（(]", m.group())[-1]) for m in COMPANY_ZH.finditer(window)][:1]


def plain_english(text: str) -> list[str]:
    """Companies that a line names as those between whom the contract is made, or that fill it alone."""
    between = re.search(r"\bbetween (.{3,90}?),? and (.{3,90})", text)
    if between:
        return [m.group() for t in between.groups() if (m := COMPANY_EN.match(t))]
    whole = None if re.search(r"(?i)\bbetween\b", text) else COMPANY_EN.fullmatch(text.strip(" ,"))
    return [whole.group()] if whole else []
