"""Parties behind a label: 甲方：…, order forms, columns of a table, letters and lines of signature; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from clausecheck.document import Block
from clausecheck.structure.companies import COMPANY_EN, find_company
from clausecheck.structure.named import LEAST_USED, PRONOUNS_ZH, Named, leading_company
from clausecheck.structure.roles import ROLE_WORDS_ZH
from clausecheck.text import HAN

LABEL = rf"(?:[甲乙丙丁戊]\s?方|{'|'.join(ROLE_WORDS_ZH)})"
_LABEL_EN = (
    r"(?:Party [A-D]|(?:The )?(?:Customer|Client|Licensee|Buyer|Purchaser|Subscriber|Supplier|Vendor|"
    r"(?:Service )?Provider|Licensor|Contractor|Consultant|Seller|Developer))"
)
_SIGNED_EN = r"(?:(?:Signed|Executed|Agreed|Accepted)(?: by)? )?[Ff]or(?: and on behalf of)? (?:[Tt]he )?"
LABEL_LINE = re.compile(
    rf"^[\s（(]*(?:立(?:契|合)?(?:約|協議|合同)?書?人[\s：:]*)?(?:{_SIGNED_EN})?(?P<label>{LABEL}|"
    rf"{_LABEL_EN})(?:名稱|名称| [Nn]ame)?(?:[（(](?P<second>[^）)]{{2,8}})[）)])?"
    rf"(?:[ /／]{{0,3}}(?P<english>{_LABEL_EN}))?"
    r"[ \u3000]*(?:[：:|]|\u3000|(?= ))[ \u3000|]*(?P<rest>.*)$",
    re.DOTALL,
)
# 訂戶：松濤證券股份有限公司: any short word before a colon or in a cell of its own that the text goes on to use.
_ANY_LABEL_LINE = re.compile(
    r"^[\s（(]*(?P<label>[\u4e00-\u9fff]{1,7}?|[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?:名稱|名称| [Nn]ame)?"
    r"[ \u3000]*[：:|][ \u3000]*(?P<rest>.*)$",
    re.DOTALL,
)
_NO_LABEL = re.compile(
    "致|人$|名稱|抬頭|受文|副本|製造|原廠|地址|電話|行庫|編號|日期|主旨|契約|銀行|會計師|簽|章|寄送|"
    "^(?:To|From|For|Date|Bank|Address|Attention|Attn|Re|Subject|Title|Guarantor|Manufacturer)$"
)
_NO_SECOND = re.compile("[稱称章簽签名印]|統一編號|地址|代表")
# A letter: whom it addresses and who writes it.
_ADDRESSED = re.compile(
    r"^(?:(?P<second>致|給|收信人|收件人|受文者|To|For|Attention)|(?P<first>寄信人|寄件人|發信人|發文者|發文機關|From))"
    r"[ \u3000]*[：:|][ \u3000]*(?P<rest>.{2,120})$"
)
_BLANK = re.compile(r"^[\s_○〇\u3000.…・【】\[\]　]*$")
_SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁"
    "卓馬董温溫唐藍石蔣田康鄒白涂湯尤巫韓龔嚴袁倪阮童歐陽孟古姚姜紀連駱夏馮史賀毛郝安常于陸金任尹程申"
    "陈黄张吴刘杨许郑谢赖苏叶庄吕萧罗简钟卢颜邓马汤韩严冯陆"
)
PERSON_ZH = re.compile(rf"(?:歐陽|司馬|上官|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}(?=$|[（(，,\s\u3000])")
_PERSON_EN = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z’'-]+){1,2}(?=$|,| \()")


def labelled(text: str, aliases_in: Callable[[str], list[str]]) -> list[Named]:
    """甲方：○○證券股份有限公司（以下簡稱…）"""
    match = LABEL_LINE.match(text)
    if not match or len(text) > 300 or re.match(_SIGNED_EN, match["rest"]):
        return []
    rest = match["rest"]
    name = leading_company(rest)
    before = re.split("[（(]", rest, maxsplit=1)[0]
    defined = aliases_in(rest)
    if not name and not _BLANK.match(before):
        if not (defined and len(before) <= 30) and not PERSON_ZH.match(rest):
            return []
        name = person_name(before) or before.strip(" \u3000，,：:")
    if not name and not defined and not before.strip():
        return []
    return [Named(name, [*defined, *_english_after(rest, name)], _labels(match))]


def _labels(match: re.Match[str]) -> list[str]:
    labels = [re.sub(r"\s", "", match["label"]) if HAN.match(match["label"]) else match["label"]]
    if match["second"] and not _NO_SECOND.search(match["second"]):
        labels.append(match["second"])
    return [*labels, match["english"]] if match["english"] else labels


def _english_after(rest: str, name: str) -> list[str]:
    """落霞證券股份有限公司 Afterglow Securities Co., Ltd.: one party in two languages."""
    behind = rest[rest.find(name) + len(name) :].lstrip(" \u3000（(/／") if HAN.search(name) else ""
    match = COMPANY_EN.match(behind)
    return [match.group().strip(" ,")] if match else []


def plainly_labelled(line: str, text: str) -> list[Named]:
    """訂戶：○○證券股份有限公司, where the text goes on to speak of the 訂戶."""
    match = _ANY_LABEL_LINE.match(line)
    if not match or len(line) > 160 or _NO_LABEL.search(match["label"]) or line.count("|") > 1:
        return []
    name = leading_company(match["rest"])
    if not name or text.count(match["label"]) < LEAST_USED:
        return []
    return [Named(name, [], [match["label"]])]


def addressed(line: str) -> list[Named]:
    """Who writes a letter or a quotation, and to whom."""
    match = _ADDRESSED.match(line.strip())
    if not match:
        return []
    name = leading_company(match["rest"]) or find_company(match["rest"]) or person_name(match["rest"])
    return [Named(name, person="second" if match["second"] else "first")] if name else []


def person_name(text: str) -> str:
    """The natural person that a short text names, behind a job title if there is one; else empty."""
    for piece in re.split(r"[ \u3000：:]+", re.split("[（(，]", text, maxsplit=1)[0]):
        if PERSON_ZH.fullmatch(piece):
            return piece
    english = _PERSON_EN.match(text)
    return english.group() if english else ""


def in_columns(rows: Sequence[Block], text: str) -> list[Named]:
    """A table whose head names the roles and whose columns hold the companies."""
    found, columns = [], dict[int, str]()
    table: int | None = None
    for block in rows:
        cells = [c.strip() for c in block.text.split("|")]
        if block.place.table != table:
            columns, table = _other_heads(cells, text), block.place.table
        heads = {i: label for i, c in enumerate(cells) if (label := _role_of(c))}
        if len(heads) >= 2:
            columns = heads
        names = {i: find_company(cells[i]) for i in columns if i < len(cells) and len(cells[i]) < 60}
        if sum(map(bool, names.values())) >= min(2, len(columns)) or all(_role_of(c) for c in columns.values()):
            found += [Named(name, [], [columns[i]]) for i, name in names.items() if name]
    return found


def _role_of(cell: str) -> str:
    label = re.sub(r"[\s\u3000]", "", cell) if HAN.search(cell) else cell
    return label if re.fullmatch(rf"{LABEL}|{PRONOUNS_ZH}|{_LABEL_EN}", label) else ""


def _other_heads(cells: Sequence[str], text: str) -> dict[int, str]:
    """Heads that are no known role words; their columns count where both hold companies."""
    return {
        i: c
        for i, c in enumerate(cells)
        if i and re.fullmatch(r"[\u4e00-\u9fff]{2,6}", c) and text.count(c) > LEAST_USED and not _NO_LABEL.search(c)
    }
