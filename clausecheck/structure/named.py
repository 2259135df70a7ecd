"""A party as a contract declares it, and the words of a definition; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clausecheck.structure.companies import COMPANY_EN, COMPANY_ZH, trim_company

LEAST_USED = 3
PRONOUNS_ZH = "本公司|貴公司|贵公司|敝公司|我們|我们|我方|貴方|我司|您們|您|你們|我"
QUOTED = re.compile(r"[「『“\"‘']([^」』”\"’']{1,40})[」』”\"’']")
_NO_ALIAS = re.compile(
    r"雙方|双方|當事人|本(?:契約|合約|約|案|系統|服務|合同|协议|系统|服务)|契約|合約|系統$|平台$|"
    r"服務$|資料|人員$|^the$|^原[廠厂]|製造商|^第三人|"
    r"agreement|part(?:y|ies)\b(?! [a-d]\b)|effective date|\bdate\b|term\b|services?$|act$|products?$|"
    r"fees?$|exhibit|schedule|nda$|system$|software$|plan$|shares?$|site$|commission$|data$|"
    r"programs?$|marks?$|purpose$|field$|territory$|property$|code$|projects?$|work$|platform$|"
    r"website$|certificates?$|securities$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Named:
    """A party as declared: full name, what it is called, and the person in which it speaks, if it does."""

    name: str
    aliases: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    person: str = ""

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys([*self.aliases, *self.labels]))


def clean_aliases(raw: str) -> list[str]:
    """The words that a definition in Chinese gives, without what names no party."""
    quoted = QUOTED.findall(raw) or [raw]
    cleaned = (re.sub(r"^(?:為|之為)", "", a.strip(" \u3000「」『』“”\"'：:")) for a in quoted)
    return [a for a in cleaned if (len(a) >= 2 or a in ("您", "我")) and not _NO_ALIAS.search(a) and "指" not in a]


def clean_english(inside: str) -> list[str]:
    """The words that a definition in English gives, without articles and what names no party."""
    if re.search(r"collectively|individually|each[, ]+a\b|together(?! with)", inside, re.IGNORECASE):
        return []
    quoted = (re.sub(r"^the ", "", a.strip(" ,.;"), flags=re.IGNORECASE) for a in QUOTED.findall(inside))
    return [a for a in quoted if _names_somebody(a)]


def _names_somebody(word: str) -> bool:
    if word.lower() in ("we", "us", "our", "you", "your", "i", "me", "my"):
        return True
    return bool(len(word) >= 2 and not _NO_ALIAS.search(word) and (word[:1].isupper() or not word.isascii()))


def only_name(match: re.Match[str]) -> str:
    """The company of a match of COMPANY_ZH, without the words before it unless a label stands there."""
    before = match.string[: match.start()].rstrip(" \u3000")
    return trim_company(match.group(), labelled=before.endswith(("：", ":", "|")))


def leading_company(rest: str) -> str:
    """The company with which the text begins, right behind its label."""
    match = COMPANY_ZH.match(rest[:60].lstrip(" \u3000：:"))
    if match and not re.search("[。；]", match.group()):
        return trim_company(match.group(), labelled=True)
    english = COMPANY_EN.match(rest[:110].lstrip())
    return english.group().strip(" ,") if english else ""
