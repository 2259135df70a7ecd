"""What turns a clause round or empties it: who acts, releases, weak words, blanks, absent annexes.

The words stand in the library (terms/modifiers.yaml); here is how they act. A word counts as a
release only where it frees the one who is bound: 「甲方得不經通知逕行查核」 frees nobody from the audit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.document import Contract
from clausecheck.matching.folding import BLANK, BOTH, CUSTOMER, SUPPLIER, Folded, fold_term
from clausecheck.matching.passages import Passage
from clausecheck.matching.terms import Index, Spans

_MARKS = {CUSTOMER: "customer", SUPPLIER: "supplier", BOTH: "both"}
_PEOPLE = (
    "人员|受雇人|员工|代表|工程师|分包|下包|复委托|协力|负责人|使用人|代理人|从业|顾问|关系企业|内部稽核|稽核|会计师"
)
_THINGS = (
    "资料|资讯|信息|数据|系统|客户|书面|设备|文件|机房|主机|场所|处所|办公|营业|网路|网络|环境|账号|帐号|资产|秘密"
    "|同意|要求之|指定之"
    "|核准|认可|请求之|所(?!属)"
)
_POSSESSIVE = re.compile(rf"(?:(?:之|的)(?!{fold_term(_PEOPLE)})|(?:{_THINGS}))")
_OBJECT = re.compile(
    r"(?:对|向|予|致|与|经|受|供|给|至|于|在|将|把|之|的|通知|告知|通报|报告|提供|交付|返还|交还|移交|征得|取得|依|按|除)$"
)
_EN_VERB = re.compile(
    r"^(?![ -](?:[a-z-]+ ){0,2}(?:data|information|records?|content|materials?|property|systems?|environments?"
    r"|premises|networks?|equipment"
    r"|assets?|accounts?|documents?|files?|polic(?:y|ies)|requirements?|requests?|infrastructure|software|security"
    r"|services?|identity)\b)"
    r"(?:[^,;.\n]{0,40}?\b(?:shall|must|will|would|should|may|agrees?|undertakes?|needs?|is|are|has|have|warrants?"
    r"|represents?|consents?|do|does|am"
    r"|commits?|acknowledges?|grants?|can|cannot)\b"
    r"| (?:hereby |also |regularly |always )?(?:provide|maintain|operate|appoint|designate|hold|keep|use|make|retain"
    r"|own|give|do|take|follow|process"
    r"|store|ensure|perform|conduct|notify|inform|submit|deliver|carrie|comply|complie|remain|accept|assume|confirm"
    r"|guarantee|certify|bear|pay"
    r"|disclose|encrypt|waive|disclaim|exclude|decline|refuse|reserve|support|offer|restore|monitor|test|permit"
    r"|allow|copy|look|choose|watch|wipe|send|own|agree|want|need)(?:e?s)?\b)",
    re.I,
)
_EN_BY = re.compile(r"\bby\s*$")
_EN_OBJECT = re.compile(
    r"\b(?:to|from|with|against|upon|for|between|let|tells?|gives?|asks?|helps?|shows?|sends?|pays?|notif(?:y|ies)|informs?"
    r"|charges?|bills?|invoices?|allows?|permits?|enables?|allowing|permitting|enabling"
    r"|(?:data|information|records?|systems?|premises|documents|accounts) of)\s*$"
)


_MODAL = {
    "zh": re.compile("(?<![供因反对相适效响])应(?![用变对收付急])|(?<!必)须(?!知)|不得|负有|保证|担保|承诺"),
    "en": re.compile(
        r"\b(?:shall|must|will|agrees?|undertakes?|warrants?)\b"
        r"(?! (?:also |then )?(?:be entitled|have the right|have a right|receive|be credited|be (?:notified|informed"
        r"|given)|own\b))"
    ),
}


@dataclass(frozen=True, slots=True)
class Modified:
    """The modifiers of one passage: spans in its folded text."""

    release: Spans
    weak: Spans
    blank: Spans
    referred: Spans


class Modifiers:
    """Finds the modifiers of a contract's passages."""

    def __init__(self, contract: Contract, folded: Folded, passages: Sequence[Passage], index: Index) -> None:
        self.folded = folded
        self.passages = passages
        self.index = index
        self.references = References(contract)
        self._known: dict[int, Modified] = {}

    def words(self, passage: Passage) -> str:
        return self.folded.text[slice(*passage.folded)]

    def of(self, passage: Passage) -> Modified:
        """The modifiers of a passage."""
        if passage.index not in self._known:
            self._known[passage.index] = self._find(passage)
        return self._known[passage.index]

    def _find(self, passage: Passage) -> Modified:
        at, words = self.index.at[passage.index], self.words(passage)
        excused = at.get("pseudo_release", [])
        release = [s for s in at.get("release", []) if not _inside_any(s, excused)]
        release = [s for s in release if self.actor(passage, s[0]) != "customer"]
        # What the customer may not ask for, the supplier need not do.
        barred = [s for s in at.get("bar", []) if not _inside_any(s, excused)]
        release += [s for s in barred if self.actor(passage, s[0]) == "customer"]
        weak = [s for s in at.get("weak", []) if not _inside_any(s, at.get("pseudo_weak", []))]
        return Modified(
            release=release,
            weak=weak,
            blank=[(i, i + 1) for i, c in enumerate(words) if c == BLANK or (c in _BOXES and i <= _BOX_FIRST)],
            referred=self._referred(words, at),
        )

    def _referred(self, words: str, at: dict[str, Spans]) -> Spans:
        absent = self.references.absent(words)
        return absent + [s for s in at.get("elsewhere", []) if not _inside_any(s, at.get("pseudo_elsewhere", []))]

    def actor(self, passage: Passage, position: int) -> str:
        """Who acts at `position`: customer, supplier, both, or "" where the text does not say."""
        own = _last_actor(self.words(passage), position, passage.language)
        if own:
            return own
        return next((a for a in map(self._subject, self._before(passage)) if a), "")

    def binds_customer_only(self, passage: Passage) -> bool:
        """Whether the duties of a passage are all the customer's."""
        words = self.words(passage)
        found = _MODAL[passage.language].finditer(words)
        bound = {_last_actor(words, m.start(), passage.language) for m in found}
        return bound == {"customer"} and _first_actor(words, passage.language) == "customer"

    def _before(self, passage: Passage) -> list[Passage]:
        before = []
        previous = passage.index - 1
        if (
            previous >= 0
            and self.passages[previous].clause == passage.clause
            and self.passages[previous].kind == "text"
        ):
            before.append(self.passages[previous])
        return before + [self.passages[i] for i in passage.context if self.passages[i].kind == "text"]

    def _subject(self, passage: Passage) -> str:
        words = self.words(passage)
        return _last_actor(words, len(words), passage.language)


def _inside_any(span: tuple[int, int], others: Spans) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _last_actor(words: str, position: int, language: str) -> str:
    if language == "en":
        return _last_actor_en(words, position)
    for i in range(min(position, len(words)) - 1, -1, -1):
        mark = _MARKS.get(words[i])
        if mark and not _POSSESSIVE.match(words, i + 1) and not _OBJECT.search(words[max(0, i - 3) : i]):
            return mark
    return ""


def _first_actor(words: str, language: str) -> str:
    """The first party that the words name as somebody who acts."""
    for i, char in enumerate(words):
        if char in _MARKS and _last_actor(words, i + 1, language) == _MARKS[char]:
            return _MARKS[char]
    return ""


def _is_object_en(words: str, at: int) -> bool:
    """The mark at `at` is acted upon; in 「it is for X to do」 X acts."""
    found = _EN_OBJECT.search(words[max(0, at - 24) : at])
    return found is not None and not (found.group().strip() == "for" and words.startswith(" to ", at + 1))


def _last_actor_en(words: str, position: int) -> str:
    for i in range(min(position, len(words)) - 1, -1, -1):
        mark = _MARKS.get(words[i])
        if not mark or words.startswith(("'s", "'"), i + 1) or _is_object_en(words, i):
            continue
        if _EN_VERB.match(words[i + 1 : max(position, i + 60)]):
            return mark
    after = next((i for i in range(position, len(words)) if words[i] in _MARKS and _EN_BY.search(words[:i])), None)
    return _MARKS[words[after]] if after is not None else ""


_BOXES = "□☐"  # at the beginning of a passage: an option that nobody has chosen yet
_BOX_FIRST = 8
_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛", "一二三四五六七八九十一二三四五六七八")
_DIGITS = {str(n): c for n, c in enumerate("零一二三四五六七八九十", 0)}
_REFERENCE = re.compile(
    r"(附件|附录|附表|附约|附图|附册)(?:第)?([一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己0-9]{1,3}"
    r"|[a-z](?![a-z]))"
    r"|\b(exhibit|annex|appendix|schedule|attachment)s?\s*([0-9]{1,2}|[a-z]|[ivx]{1,4})\b"
)


class References:
    """Resolves references to annexes: is that annex in the file?"""

    def __init__(self, contract: Contract) -> None:
        self.present = {key for a in contract.annexes for key in annex_keys(fold_term(f"{a.label} {a.title}"))}

    def absent(self, words: str) -> Spans:
        """Spans of references to annexes that are not in the file."""
        return [m.span() for m in _REFERENCE.finditer(words) if _key(m) not in self.present]


def annex_keys(words: str) -> set[str]:
    """The annexes that a folded text names, each as kind and number."""
    return {_key(m) for m in _REFERENCE.finditer(words)}


def _key(match: re.Match[str]) -> str:
    kind, number = match.group(1) or match.group(3), match.group(2) or match.group(4)
    number = number.translate(_NUMERALS)
    number = _DIGITS.get(number, number)
    return f"{kind}{number}"
