"""The parties as the contract declares them: full names, labels and what they are called; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clausecheck.document import Block, Clause, Document
from clausecheck.structure.companies import COMPANY_EN, COMPANY_ZH
from clausecheck.structure.declared_en import DEFINED_EN, in_english, meant_english, plain_english
from clausecheck.structure.labelled import (
    LABEL,
    LABEL_LINE,
    PERSON_ZH,
    addressed,
    in_columns,
    labelled,
    plainly_labelled,
)
from clausecheck.structure.named import LEAST_USED, PRONOUNS_ZH, Named, clean_aliases, leading_company, only_name
from clausecheck.structure.roles import word_score
from clausecheck.text import HAN

MAX_PREAMBLE = 8000
MAX_NAMED = 12
MAX_NAMING = 2500
MAX_PLAIN = 4
MAX_APPOSITION = 80  # 「，一家依新加坡法律組織並存續之公司」 may stand between a name and its definition
# 所稱「本公司」，指…股份有限公司; 「機構」：指…股份有限公司
_MEANS = re.compile(r"[「『“](?P<alias>[^」』”]{1,8})[」』”][：:，, ]*(?:係)?(?:指|謂)(?P<rest>[^，。；]{4,40})")
_CALLED = "(?:簡稱為?|简称为?|稱為|称为|稱之為|稱做|稱|称|叫做|叫|謂)"
_DEFINED = re.compile(
    r"[（(，,]?[ \u3000]*(?:(?:以下|下面|下|後|於?本(?:契約|合約|約|合同)(?:中|內)?)(?:文|均|簡|一律|"
    r"合|統|皆|並|僅|统)?"
    rf"{_CALLED}|(?:簡稱|简称|稱為|下稱|下称)|(?<=[（(])[^（）()「」]{{1,14}}?{_CALLED}(?=[「『“]))"
    r"(?:為|为|之為|：|:)?[ ]?"
    r"(?P<alias>[「『“\"‘'][^」』”\"’')）]{1,20}[」』”\"’'](?:[或、及][「『“\"][^」』”\"]{1,12}[」』”\"])*|"
    r"[^，。；、（()）「」\s\u3000]{1,12})"
)
_NO_COMPANY = re.compile(r"[您你我請但是否可應於在得多其任何該依如若的]|^一|會到|交易所$|結算所$|公會$|基金會$")
_BARE_DEFINED = re.compile(
    r"[（(](?P<alias>[「『“\"][^」』”\"]{2,12}[」』”\"](?:[或、及][「『“\"][^」』”\"]{2,12}[」』”\"])*"
    rf"|(?<=[\u4e00-\u9fff.][（(])(?:[甲乙丙]方|{PRONOUNS_ZH}))[）)]"
)
# 本公司（○○股份有限公司）; 我們是○○有限公司
_APPOSED = re.compile(rf"(?P<alias>[甲乙丙]方|{PRONOUNS_ZH})(?:[（(](?:即|係)?|是|即)(?P<rest>[^。；，）)]{{4,40}})")
# 委任人○○股份有限公司（代表人：…）
_ROLE_AND_NAME = re.compile(rf"(?:^|[，、。 \u3000與及和])(?P<alias>{LABEL})(?=[\u4e00-\u9fffA-Z])")
_SIGNER = re.compile(r"^立(?:書|切結書|承諾書|同意書)人[ \u3000：:]+")


# --- where parties are declared --------------------------------------------------------------


def declaring_blocks(document: Document, clauses: Sequence[Clause]) -> list[Block]:
    """Preamble and signatures, or the beginning of the text when there is neither."""
    spans = [(c.start, c.own_end) for c in clauses if c.kind in ("preamble", "signature")]
    blocks = [b for b in document.blocks if any(s <= b.start <= e for s, e in spans)]
    if not any(LABEL_LINE.match(b.text) or _DEFINED.search(b.text) or DEFINED_EN.search(b.text) for b in blocks):
        blocks += [b for b in document.blocks[:30] if b not in blocks]
    return blocks


def declared_parties(blocks: Sequence[Block], text: str) -> list[Named]:
    """Declared parties, those of the preamble first; `text` is that of the whole document."""
    found: list[Named] = []
    for block in blocks:
        if len(found) > MAX_NAMED or (block.start > MAX_PREAMBLE and not (block.is_row or len(block.text) < 200)):
            continue
        found += _in_line(block.text) or plainly_labelled(block.text, text) or addressed(block.text)
        found += _meant(block.text, pronouns_only=True) + _apposed(block.text)
        found += _role_and_name(block.text, text)
    found += in_columns([b for b in blocks if b.is_row], text)
    head = "\n".join(b.text for b in blocks if b.start < MAX_PREAMBLE)
    return found + in_english(head)


def defined_parties(text: str) -> list[Named]:
    """Parties that the article of definitions names: 「機構」：指○○證券股份有限公司."""
    head = text[:MAX_PREAMBLE]
    return [*_meant(head, pronouns_only=False), *meant_english(head)]


def signers(blocks: Sequence[Block]) -> list[Named]:
    """The natural person who signs an undertaking: 立書人　○○○."""
    texts = [b.text[m.end() :] for b in blocks if (m := _SIGNER.match(b.text))]
    return [Named(m.group(), ["本人"]) for t in texts if (m := PERSON_ZH.match(t))]


def _in_line(text: str) -> list[Named]:
    if len(re.findall(LABEL, text)) > 1 and "\u3000" in text and len(text) < 160:
        parts = re.split(rf"[ \u3000]{{1,}}(?={LABEL}[ \u3000]*[：:])", text)
        if len(parts) > 1:
            return [n for p in parts for n in _in_line(p)]
    return labelled(text, _aliases_in) or _with_definitions(text)


def _meant(text: str, *, pronouns_only: bool) -> list[Named]:
    """所稱「本公司」，指○○股份有限公司."""
    found = ((m["alias"], leading_company(m["rest"])) for m in _MEANS.finditer(text))
    return [
        Named(name, [alias])
        for alias, name in found
        if name and (re.fullmatch(PRONOUNS_ZH, alias) or not pronouns_only)
    ]


def _apposed(text: str) -> list[Named]:
    found = ((m["alias"], leading_company(m["rest"])) for m in _APPOSED.finditer(text))
    return [Named(name, [alias]) for alias, name in found if name and not _NO_COMPANY.search(name)]


def _role_and_name(line: str, text: str) -> list[Named]:
    """委任人○○股份有限公司（代表人：…）, where the text goes on to speak of the 委任人."""
    found = []
    for match in _ROLE_AND_NAME.finditer(line):
        name = leading_company(line[match.end() :])
        if name and not _NO_COMPANY.search(name) and text.count(match["alias"]) >= LEAST_USED:
            found.append(Named(name, [match["alias"]]))
    return found


def _with_definitions(text: str) -> list[Named]:
    """…公司（以下稱「甲方」）與…公司（以下稱「乙方」）"""
    found, at = [], 0
    bare = (m for m in _BARE_DEFINED.finditer(text) if any(word_score([a]) for a in clean_aliases(m["alias"])))
    for match in sorted([*_DEFINED.finditer(text), *bare], key=lambda m: m.start()):
        before = text[max(at, match.start() - 140) : match.start()]
        at = match.end()
        aliases = clean_aliases(match["alias"])
        known = any(word_score([a]) for a in aliases)
        names = _names_before(before, MAX_APPOSITION if known else 12) if aliases else []
        found += [Named(name, list(aliases)) for name in names]
        if known and not names and any(HAN.match(a) for a in aliases):
            found.append(Named("", aliases))
    return found


def _names_before(text: str, reach: int) -> list[str]:
    """The companies just before a definition; several of them joined by 、 share it."""
    companies = list(COMPANY_ZH.finditer(text))
    english = [m for m in COMPANY_EN.finditer(text) if not companies or m.start() > companies[-1].end()]
    between = text[(english or companies)[-1].end() :] if english or companies else ""
    if not (english or companies) or len(between) > reach or "。" in between:
        return []
    if english:
        return [english[-1].group().strip(" ,")]
    names = [only_name(companies[-1])]
    for earlier, later in zip(companies[-2::-1], companies[:0:-1], strict=False):
        joint = later.group()[: later.group().find(names[-1])].strip() + text[earlier.end() : later.start()]
        if joint.strip(" \u3000") not in ("、", "及", "與", "暨", "和"):
            break
        names.append(only_name(earlier))
    return [n for n in reversed(names) if n]


def _aliases_in(text: str) -> list[str]:
    return [a for m in _DEFINED.finditer(text) for a in clean_aliases(m["alias"])]


# --- companies without a definition ------------------------------------------------------------


def plain_names(blocks: Sequence[Block]) -> list[Named]:
    """Companies that the preamble names without defining how they are called."""
    found: list[str] = []
    for block in blocks:
        text = block.text.strip()
        if block.start <= MAX_NAMING and len(text) <= 300:
            found += [n for m in COMPANY_ZH.finditer(text) if (n := only_name(m)) and not _NO_COMPANY.search(n)]
            found += plain_english(text)
    return [Named(n) for n in dict.fromkeys(found)][:MAX_PLAIN]
