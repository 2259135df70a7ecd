"""The parties as the contract declares them: full names, labels and what they are called; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clausecheck.document import Block, Clause, Document
from clausecheck.structure.companies import COMPANY_EN, COMPANY_ZH, find_company, trim_company
from clausecheck.structure.roles import ROLE_WORDS_ZH, word_score
from clausecheck.text import HAN

MAX_PREAMBLE = 8000
MAX_NAMED = 12
MAX_NAMING = 2500
MAX_PLAIN = 4
MAX_STARTS = 12
MAX_APPOSITION = 80  # 「，一家依新加坡法律組織並存續之公司」 may stand between a name and its definition
_LABEL = rf"(?:[甲乙丙丁戊]\s?方|{'|'.join(ROLE_WORDS_ZH)})"
_LABEL_EN = (
    r"(?:Party [A-D]|(?:The )?(?:Customer|Client|Licensee|Buyer|Purchaser|Subscriber|Supplier|Vendor|"
    r"(?:Service )?Provider|Licensor|Contractor|Consultant|Seller|Developer))"
)
_LABEL_LINE = re.compile(
    rf"^[\s（(]*(?:立(?:契|合)?約(?:書)?人[\s：:]*)?(?P<label>{_LABEL}|"
    rf"{_LABEL_EN})(?:[（(](?P<second>[^）)]{{2,8}})[）)])?[ \u3000]*(?:[：:|]|\u3000|(?= ))[ \u3000|"
    rf"]*(?P<rest>.*)$",
    re.DOTALL,
)
# 訂戶：松濤證券股份有限公司: any short word before a colon that the text goes on to use.
_ANY_LABEL_LINE = re.compile(
    r"^[\s（(]*(?P<label>[\u4e00-\u9fff]{1,6})[ \u3000]*[：:][ \u3000]*(?P<rest>.*)$", re.DOTALL
)
_NO_LABEL = re.compile("致|人$|名稱|抬頭|受文|副本|製造|原廠|地址|電話|行庫|編號|日期|主旨|契約|銀行|會計師")
LEAST_USED = 3
# 所稱「本公司」，指…股份有限公司
_MEANS = re.compile(r"稱[「『“](?P<alias>[^」』”]{1,8})[」』”][，,]?(?:係)?(?:指|謂)(?P<rest>[^，。；]{4,40})")
_CALLED = "(?:簡稱為?|简称为?|稱為|称为|稱之為|稱做|稱|称|叫做|叫|謂)"
_DEFINED = re.compile(
    r"[（(，,]?[ \u3000]*(?:(?:以下|下面|下|後|於?本(?:契約|合約|約|合同)(?:中|內)?)(?:文|均|簡|一律|"
    r"合|統|皆|並|僅|统)?"
    rf"{_CALLED}|(?:簡稱|简称|稱為|下稱|下称)|(?<=[（(])[^（）()「」]{{1,14}}?{_CALLED}(?=[「『“]))"
    r"(?:為|为|之為|：|:)?[ ]?"
    r"(?P<alias>[「『“\"‘'][^」』”\"’')）]{1,20}[」』”\"’'](?:[或、及][「『“\"][^」』”\"]{1,12}[」』”\"])*|"
    r"[^，。；、（()）「」\s\u3000]{1,12})"
)
_BARE_DEFINED = re.compile(
    r"[（(](?P<alias>[「『“\"][^」』”\"]{2,12}[」』”\"](?:[或、及][「『“\"][^」』”\"]{2,12}[」』”\"])*)[）)]"
)
_QUOTED = re.compile(r"[「『“\"‘']([^」』”\"’']{1,40})[」』”\"’']")
_DEFINED_EN = re.compile(r"[(（](?P<inside>[^()（）]{0,80}?[“\"‘'][^”\"’']{2,40}[”\"’'][^()（）]{0,80})[)）]")
_NO_ALIAS = re.compile(
    r"雙方|双方|當事人|本(?:契約|合約|約|案|系統|服務|合同|协议|系统|服务)|契約|合約|系統$|平台$|"
    r"服務$|資料|人員$|^the$|"
    r"agreement|part(?:y|ies)\b(?! [a-d]\b)|effective date|\bdate\b|term\b|services?$|act$|products?$|"
    r"fees?$|exhibit|schedule|nda$|system$|software$|plan$|shares?$|site$|commission$|data$|"
    r"programs?$|marks?$|purpose$|field$|territory$|property$|code$|projects?$|work$|platform$|"
    r"website$|certificates?$|securities$",
    re.IGNORECASE,
)
_STARTS_EN = re.compile(r"\b(?:by and between|by and among|between|among|made by|entered into by)\b:?", re.IGNORECASE)
_NO_COMPANY = re.compile(r"[您你我請但是否可應於在得多其任何該依如若]|會到|交易所$|結算所$|公會$|基金會$")
_RECITALS = re.compile(r"\b(?:WHEREAS|RECITALS?|Recitals?|BACKGROUND|Background|WITNESSETH|W I T N E S S E T H)\b")
_NO_NAME = re.compile(
    r"(?:whereas|this|the|exhibit|schedule|conditions|section|article|terms|general|each|any|all|such|"
    r"a|an)\b(?! \w+ (?:Ltd|Inc))",
    re.IGNORECASE,
)
_BLANK = re.compile(r"^[\s_○〇\u3000.…・【】\[\]　]*$")


@dataclass(slots=True)
class Named:
    """A party as declared: full name and what it is called."""

    name: str
    aliases: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys([*self.aliases, *self.labels]))


# --- where parties are declared --------------------------------------------------------------


def declaring_blocks(document: Document, clauses: Sequence[Clause]) -> list[Block]:
    """Preamble and signatures, or the beginning of the text when there is neither."""
    spans = [(c.start, c.own_end) for c in clauses if c.kind in ("preamble", "signature")]
    blocks = [b for b in document.blocks if any(s <= b.start <= e for s, e in spans)]
    if not any(_LABEL_LINE.match(b.text) or _DEFINED.search(b.text) or _DEFINED_EN.search(b.text) for b in blocks):
        blocks += [b for b in document.blocks[:30] if b not in blocks]
    return blocks


def declared_parties(blocks: Sequence[Block], text: str) -> list[Named]:
    """Declared parties, those of the preamble first; `text` is that of the whole document."""
    found: list[Named] = []
    for block in blocks:
        if len(found) > MAX_NAMED or (block.start > MAX_PREAMBLE and not (block.is_row or len(block.text) < 200)):
            continue
        found += _in_line(block.text) or _plainly_labelled(block.text, text)
        found += _meant(block.text)
    found += _in_columns([b for b in blocks if b.is_row])
    head = "\n".join(b.text for b in blocks if b.start < MAX_PREAMBLE)
    return found + _in_english(head)


def _in_line(text: str) -> list[Named]:
    if len(re.findall(_LABEL, text)) > 1 and "\u3000" in text and len(text) < 160:
        parts = re.split(rf"[ \u3000]{{1,}}(?={_LABEL}[ \u3000]*[：:])", text)
        if len(parts) > 1:
            return [n for p in parts for n in _in_line(p)]
    labelled = _labelled(text)
    return labelled or _with_definitions(text)


def _labelled(text: str) -> list[Named]:
    """甲方：○○證券股份有限公司（以下簡稱…）"""
    match = _LABEL_LINE.match(text)
    if not match or len(text) > 300:
        return []
    rest = match["rest"]
    name = _leading_company(rest)
    before = re.split("[（(]", rest, maxsplit=1)[0]
    if not name and not _BLANK.match(before) and not (_DEFINED.search(rest) and len(before) <= 30):
        return []
    name = name or ("" if _BLANK.match(before) else before.strip(" \u3000，,：:"))
    if not name and not _DEFINED.search(rest) and not before.strip():
        return []
    labels = [re.sub(r"\s", "", match["label"]) if HAN.match(match["label"]) else match["label"]]
    if match["second"] and not re.search("[稱称章簽签名印]", match["second"]):
        labels.append(match["second"])
    return [Named(name, _aliases_in(rest), labels)]


def _plainly_labelled(line: str, text: str) -> list[Named]:
    """訂戶：○○證券股份有限公司, where the text goes on to speak of the 訂戶."""
    match = _ANY_LABEL_LINE.match(line)
    if not match or len(line) > 120 or _NO_LABEL.search(match["label"]):
        return []
    name = _leading_company(match["rest"])
    if not name or text.count(match["label"]) < LEAST_USED:
        return []
    return [Named(name, _aliases_in(match["rest"]), [match["label"]])]


def _meant(line: str) -> list[Named]:
    """所稱「本公司」，指○○股份有限公司."""
    found = ((m["alias"], _leading_company(m["rest"])) for m in _MEANS.finditer(line))
    return [Named(name, [alias]) for alias, name in found if name]


def _leading_company(rest: str) -> str:
    """The company with which the text begins."""
    head = rest[:60].lstrip(" \u3000：:")
    match = COMPANY_ZH.match(head)
    if match and not re.search("[。；]", match.group()):
        return trim_company(match.group())
    english = COMPANY_EN.match(rest[:90].lstrip())
    return english.group().strip(" ,") if english else ""


def _with_definitions(text: str) -> list[Named]:
    """…公司（以下稱「甲方」）與…公司（以下稱「乙方」）"""
    found, at = [], 0
    bare = (m for m in _BARE_DEFINED.finditer(text) if any(word_score([a]) for a in _clean_aliases(m["alias"])))
    for match in sorted([*_DEFINED.finditer(text), *bare], key=lambda m: m.start()):
        before = text[max(at, match.start() - 140) : match.start()]
        at = match.end()
        aliases = _clean_aliases(match["alias"])
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
    names = [_only_name(companies[-1])]
    for earlier, later in zip(companies[-2::-1], companies[:0:-1], strict=False):
        joint = later.group()[: later.group().find(names[-1])].strip() + text[earlier.end() : later.start()]
        if joint.strip(" \u3000") not in ("、", "及", "與", "暨", "和"):
            break
        names.append(_only_name(earlier))
    return [n for n in reversed(names) if n]


def _only_name(match: re.Match[str]) -> str:
    return trim_company(re.split("[，。：；、]", match.group())[-1])


def _aliases_in(text: str) -> list[str]:
    return [a for m in _DEFINED.finditer(text) for a in _clean_aliases(m["alias"])]


def _clean_aliases(raw: str) -> list[str]:
    quoted = _QUOTED.findall(raw) or [raw]
    cleaned = (re.sub(r"^(?:為|之為)", "", a.strip(" \u3000「」『』“”\"'：:")) for a in quoted)
    return [a for a in cleaned if (len(a) >= 2 or a == "您") and not _NO_ALIAS.search(a) and "指" not in a]


def _in_columns(rows: Sequence[Block]) -> list[Named]:
    """A table whose head names the roles and whose columns hold the companies."""
    found, columns = [], dict[int, str]()
    table: int | None = None
    for block in rows:
        cells = [c.strip() for c in block.text.split("|")]
        if block.place.table != table:
            columns, table = {}, block.place.table
        heads = {
            i: re.sub(r"[\s\u3000]", "", c)
            for i, c in enumerate(cells)
            if re.fullmatch(_LABEL + r"|您|我們|" + _LABEL_EN, re.sub(r"[\s\u3000]", "", c) if HAN.search(c) else c)
        }
        if len(heads) >= 2:
            columns = heads
        for i, label in columns.items():
            name = find_company(cells[i]) if i < len(cells) and len(cells[i]) < 60 else ""
            if name:
                found.append(Named(name, [], [label]))
    return found


def _in_english(text: str) -> list[Named]:
    """Kestrel Analytics Limited, a company … ("Kestrel"), and …"""
    starts = [m.end() for m in _STARTS_EN.finditer(text)][:MAX_STARTS] or [0]
    return max((_defined_after(text, at) for at in starts), key=len)


def _defined_after(text: str, at: int) -> list[Named]:
    """The parties that are defined from `at` on, before the recitals."""
    stop = _RECITALS.search(text, at)
    text = text[: min(at + MAX_NAMING, stop.start() if stop else len(text))]
    found: list[Named] = []
    for match in _DEFINED_EN.finditer(text, at):
        aliases = _clean_english(match["inside"])
        window = _own_line(text[max(at, match.start() - 400) : match.start()])
        if not aliases:
            at = (
                match.end()
                if _QUOTED.search(match["inside"]) and re.search(r"agreement|date", match["inside"], re.I) and not found
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


def _clean_english(inside: str) -> list[str]:
    if re.search(r"collectively|individually|each[, ]+a\b|together", inside, re.IGNORECASE):
        return []
    quoted = (re.sub(r"^the ", "", a.strip(" ,.;"), flags=re.IGNORECASE) for a in _QUOTED.findall(inside))
    return [a for a in quoted if (len(a) >= 2 and a[:1].isupper() and not _NO_ALIAS.search(a)) or HAN.match(a)]


def _english_name(window: str) -> str:
    cut = re.split(r"(?:^|[,;.]? )(?:by and between|between|among|and|AND)\b[: ]+(?=[A-Z])|^[ ,;]*(?:and|AND) ", window)
    for piece in (window.lstrip(" ,;:").removeprefix("and ").removeprefix("AND ").lstrip(), cut[-1].strip(" ,;")):
        match = COMPANY_EN.search(piece)
        if match and match.start() < 40:
            return match.group().strip(" ,")
    head = re.match(r"(?:[A-Z]\.)*[A-Z][\w&’'-]*(?: (?:(?:[A-Z]\.)+|[A-Z&][\w&’'-]*)){0,6}", cut[-1].strip(" ,;"))
    return head.group() if head and not _NO_NAME.match(head.group()) else ""


def _chinese_names(window: str) -> list[str]:
    return [trim_company(re.split("[（(]", m.group())[-1]) for m in COMPANY_ZH.finditer(window)][:1]


# --- companies without a definition ------------------------------------------------------------


def plain_names(blocks: Sequence[Block]) -> list[Named]:
    """Companies that the preamble names without defining how they are called."""
    found: list[str] = []
    for block in blocks:
        text = block.text.strip()
        if block.start <= MAX_NAMING and len(text) <= 300:
            found += [n for m in COMPANY_ZH.finditer(text) if (n := _only_name(m)) and not _NO_COMPANY.search(n)]
            found += _plain_english(text)
    return [Named(n) for n in dict.fromkeys(found)][:MAX_PLAIN]


def _plain_english(text: str) -> list[str]:
    between = re.search(r"\bbetween (.{3,90}?),? and (.{3,90})", text)
    if between:
        return [m.group() for t in between.groups() if (m := COMPANY_EN.match(t))]
    whole = None if re.search(r"(?i)\bbetween\b", text) else COMPANY_EN.fullmatch(text.strip(" ,"))
    return [whole.group()] if whole else []
