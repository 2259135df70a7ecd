"""Names of companies in Chinese and English, their short forms and what the names tell; pure."""

from __future__ import annotations

import re

_SUFFIX_ZH = (
    "股份有限公司|有限公司|無限公司|兩合公司|(?<![貴本該各母子分總之的])公司|工程行|商行|企業社|工作室|"
    "事務所|事务所|實業社|資訊社|工程社|商號|電腦行|资讯行|資訊行|企業行|電器行|"
    "銀行|银行|基金會|基金会|協會|协会|學會|大學|大学|研究院|交易所|結算所|有限合夥|有限合伙"
)
COMPANY_ZH = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9○〇_・&.\- （(）)]{{1,36}}?(?:{_SUFFIX_ZH})(?:股份有限公司|"
    rf"有限公司)?(?:[（(]?(?:臺灣|台灣|臺北|台北|香港|新加坡|日本|美國)?分公司[）)]?)?"
)
_LEAD_ZH = re.compile(
    r"^(?:[\s（()）・\-]+|本(?:契約|合約|協議|約|协议|合同)由|(?:[本貴敝我]公司|我們|您)(?=[（(：:])|係指|指(?!南|標|尖)|"
    r"係由|由|茲?委請|招標機關|得標廠商|訂約[方人]|立(?:契|合)?約(?:書)?人|立(?:協議|切結|同意|"
    r"委託)書?人|簽約人|當事人|茲因|茲有|茲|緣|由|與|与|及|和|暨|受|經|為|向|[甲乙丙丁]方|"
    r"委[託任][人方]|受[託任][人方]|[買賣]方|客戶|廠商|供應商|定作人|承攬人|公司名稱|名稱|公司(?=.)|機關|[12]\.)+"
)
# A name that follows its label at once may itself begin with such a character: 和平島證券.
_LEAD_LABELLED = re.compile(r"^(?:[\s（()）・\-]+|(?:公司)?名稱[：:]?)+")
_SUFFIX_EN = (
    r"(?:Co\.?,? ?Ltd\.?|Company,? Limited|Company,? Ltd\.?|Pte\.? Ltd\.?|Pty\.? Ltd\.?|"
    r"Private Limited|Corporation|Incorporated|Limited|L\.?L\.?C\.?|Inc\.?|Ltd\.?|Corp\.?|"
    r"P\.?L\.?C\.?|GmbH|Bank AG|AG|S\.A\.?|S\.p\.A\.|S\.r\.l\.|Oyj?|(?<=[a-z] )(?:AS|AB|SA|SE|ApS)|KK|"
    r"L\.?L\.?P\.?|L\.?P\.?|B\.V\.?|N\.V\.?|K\.K\.?|Sdn\.? Bhd\.?|Company|Bank|Trust|Association|University)"
)
_BEFORE_ZH = re.compile(
    r"^.*(?:承辦|使用|受[僱雇]於|任職於|服務於|指派至|派駐於?|簽訂|參與|承攬|承接|委託|訂約人|與會|設[於址].*之)(?=.{3})"
)
_SUFFIX_EN = f"(?:{_SUFFIX_EN}|{_SUFFIX_EN.upper()})"
_SECOND_EN = r"(?:Co\.?,? ?Ltd\.?|Ltd\.?|Inc\.?|Limited|L\.?L\.?C\.?|N\.A\.|Corporation|Company|Association)"
_SECOND_EN = f"(?:{_SECOND_EN}|{_SECOND_EN.upper()})"
COMPANY_EN = re.compile(
    rf"[A-Z0-9][\w&.’'\-/]*(?: (?:and |of |the |for |de |"
    rf"& )?[A-Z0-9(&][\w&.’'\-/()]*){{0,9}}?,? {_SUFFIX_EN}(?:,? {_SECOND_EN})?(?![\w])"
)

_FINANCIAL = re.compile(
    r"證券|证券|期貨|期货|投信|投資信託|投资信托|投顧|投資顧問|投资顾问|銀行|金控|金融控股|保險|人壽|產險|票券|信託|資產管理|創投|集保|交易所|"
    r"\b(?:securities|futures|investment|asset management|bank|bancorp|financ\w+|brokerage|capital|"
    r"funds?|trust|insurance)\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"資訊|信息|科技|軟體|软件|系统|数字|数据|网络|网路|电脑|系統|數位|數碼|網路|網通|電腦|工作室|工程|雲端|電子|通訊|電信|資安|設計|人力|"
    r"智能|智慧|數據|資料|整合|網際|程式|"
    r"\b(?:technolog(?:y|ies)|software|systems?|solutions?|analytics|cloud|data|digital|networks?|"
    r"consulting|studio|labs?|tech|information|hosting|computing|it)\b",
    re.IGNORECASE,
)
_GENERIC = (
    "綜合證券|證券投資信託|證券投資顧問|證券|期貨|投資信託|投資顧問|投信|投顧|金融控股|金控|商業銀行|"
    "銀行|人壽保險|保險|資訊服務|資訊系統|資訊整合|資訊人力|資訊工程|資訊科技|資訊|"
    "信息技术|信息|数字科技|软件|系统|数据|网络|证券投资信托|证券|期货|科技|軟體|系統整合|系統|數位|數碼整合|數碼|網路科技|網路|網通|電腦|工程|雲端|電子|通訊|電信|"
    "資安|設計|人力|智能|數據|整合|國際|企業|實業|事業|服務|管理|顧問|開發|技術|安全|股份|台灣|臺灣"
)
_TAIL = re.compile(rf"(?:{_GENERIC})$")
_ENDING_ZH = re.compile(rf"(?:{_SUFFIX_ZH})(?:股份有限公司|有限公司)?(?:[（(]?.{{0,2}}分公司[）)]?)?$")
_PLACE = "路街道巷段大樓號里"
_GENERIC_EN = re.compile(
    r"^(?:securities|investment|trust|futures|asset|management|technolog(?:y|ies)|software|systems?|"
    r"solutions?|analytics|services?|holdings?|group|international|"
    r"co\.?|ltd\.?|inc\.?|corp\.?|corporation|company|limited|llc|plc|of|and|the|&|bank|financial|"
    r"consulting|digital|networks?)[,.]?$",
    re.IGNORECASE,
)


def find_company(text: str) -> str:
    """The first Chinese or English company name in a short text, without words before it; else empty."""
    match = COMPANY_ZH.search(text)
    if match:
        return trim_company(match.group())
    match = COMPANY_EN.search(text)
    return match.group().strip(" ,") if match else ""


def trim_company(name: str, *, labelled: bool = False) -> str:
    """The name without role words or conjunctions in front, and with its brackets balanced.

    labelled: the name follows its label at once, so that a conjunction in front is part of it.
    """
    if labelled:
        name = _LEAD_LABELLED.sub("", name.strip())
    else:
        name = _LEAD_ZH.sub("", _BEFORE_ZH.sub("", _LEAD_ZH.sub("", name.strip())))
    close = max(name.rfind("）"), name.rfind(")"))
    opened = max(name.find("（"), name.find("("))
    if close >= 0 and opened < 0:
        name = name[close + 1 :]
    elif opened >= 0 and close < 0 and not name[:opened].strip():
        name = name[opened + 1 :]
    return name.strip() if len(name.strip()) > 2 else ""


def is_financial(name: str) -> bool:
    """The name is that of a securities firm or another financial institution."""
    return bool(_FINANCIAL.search(name))


def is_technical(name: str) -> bool:
    """The name is that of a firm that supplies IT."""
    stripped = re.sub("投資顧問|綜合證券", "", name)
    return bool(_TECHNICAL.search(stripped))


def short_forms(name: str, text: str) -> list[str]:
    """Shorter names of a company that the text really uses besides the full one."""
    if not name:
        return []
    rest = text.replace(name, "\n")
    forms = _short_chinese(name) if re.search("[\u4e00-\u9fff]", name) else _short_english(name)
    return [f for f in forms if f != name and _is_used(f, rest)]


def _short_chinese(name: str) -> list[str]:
    core = _ENDING_ZH.sub("", name)
    brand, words = core, []
    while (tail := _TAIL.search(brand)) and tail.start() >= 2:
        words.append(tail.group())
        brand = brand[: tail.start()]
    forms = [name.replace("股份", ""), core]
    for word in words:
        forms += [brand + word, brand + word[-2:], brand + word[:2]]
    if "證券投資信託" in core:
        forms.append(brand + "投信")
    if "證券投資顧問" in core:
        forms.append(brand + "投顧")
    forms += [brand + "公司", brand]
    return [f for f in dict.fromkeys(forms) if 2 <= len(f) <= 20]


def _short_english(name: str) -> list[str]:
    words = name.split()
    brand: list[str] = []
    for word in words:
        if brand and _GENERIC_EN.match(word):
            break
        brand.append(word.strip(",."))
    form = " ".join(brand[:3])
    return [form] if len(form) >= 4 and not _GENERIC_EN.match(form) else []


def _is_used(form: str, text: str) -> bool:
    at = text.find(form)
    while at >= 0:
        after = text[at + len(form) : at + len(form) + 1]
        if after not in _PLACE or not after:
            return True
        at = text.find(form, at + 1)
    return False
