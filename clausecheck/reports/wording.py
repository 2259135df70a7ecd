"""The words that all outputs share, in Traditional Chinese; no output invents its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clausecheck.document import Notice
from clausecheck.findings import Evidence, Finding, Report, Severity, State, Status

TITLE = "契約條款檢核報告"
BASIS = "依《供應鏈風險管理參考指引》第七條及相關條文檢核"

STATUS = {
    Status.FULL: "符合",
    Status.PARTIAL: "部分符合",
    Status.MISSING: "缺漏",
    Status.CONFLICT: "牴觸",
    Status.NOT_APPLICABLE: "不適用",
    Status.UNDETERMINED: "無法判定",
}
STATUS_SYMBOL = {
    Status.FULL: "●",
    Status.PARTIAL: "◐",
    Status.MISSING: "○",
    Status.CONFLICT: "✕",
    Status.NOT_APPLICABLE: "－",
    Status.UNDETERMINED: "？",
}
STATUS_MEANING = {
    Status.FULL: "各必要要素均已約定於本檔案（含同檔附件）",
    Status.PARTIAL: "已觸及該事項，惟缺必要要素、留白待填，或僅引用未附之文件",
    Status.MISSING: "契約未處理該事項；僅有標題或一語帶過者亦屬之",
    Status.CONFLICT: "契約為相反之約定，例如拒絕稽核、得任意分包",
    Status.NOT_APPLICABLE: "該要求不適用於本契約或本組織",
    Status.UNDETERMINED: "因文字無法讀取而不能判定，不等於缺漏",
}
STATE = {
    State.MET: "已約定",
    State.WEAK: "用語過弱",
    State.BLANK: "留白待填",
    State.REFERRED: "僅引用未附文件",
    State.CONTRADICTED: "相反約定",
    State.UNMET: "未約定",
}
STATE_SYMBOL = {
    State.MET: "●",
    State.WEAK: "◐",
    State.BLANK: "◐",
    State.REFERRED: "◐",
    State.CONTRADICTED: "✕",
    State.UNMET: "○",
}
SEVERITY = {
    Severity.CRITICAL: "重大",
    Severity.HIGH: "高",
    Severity.MEDIUM: "中",
    Severity.LOW: "低",
}
ORGANISATION = {"1": "第一類", "2": "第二類", "F": "外資"}
DOCUMENT_KIND = {"contract": "契約", "nda": "保密協議書", "proposal": "建議書"}
CHANGES = {"accepted": "以接受全部修訂後之文字檢核", "original": "以未接受修訂之原文檢核",
           "both": "以接受全部修訂後之文字檢核，並與修訂前比較"}  # fmt: skip
CHANGES_SHORT = {"accepted": "接受後", "original": "原文", "both": "兩者"}
LANGUAGE = {"zh": "中文", "en": "英文"}
PART = {
    "footnote": "註腳",
    "endnote": "章節附註",
    "textbox": "文字方塊",
    "header": "頁首",
    "footer": "頁尾",
    "comment": "註解",
}
ROLE = {"customer": "委託人", "supplier": "受託廠商"}
DOUBTFUL = "請複核"


def status_text(status: Status) -> str:
    """Symbol and word, so that the status survives a print in grey."""
    return f"{STATUS_SYMBOL[status]} {STATUS[status]}"


def position_text(page: int | None, paragraph: int | None) -> str:
    """第 4 頁, or 第 35 段 where the source has no pages; empty when neither is known."""
    if page is not None:
        return f"第 {page} 頁"
    return f"第 {paragraph} 段" if paragraph is not None else ""


def place_text(evidence: Evidence) -> str:
    """Where a passage stands: clause path, heading, part, page or paragraph."""
    clause = f"{evidence.clause}（{evidence.heading}）" if evidence.clause and evidence.heading else evidence.clause
    pieces = [clause or evidence.heading, PART.get(evidence.part, ""), position_text(evidence.page, evidence.paragraph)]
    return "，".join(p for p in pieces if p)


def number_ranges(numbers: Sequence[int]) -> str:
    """1、3–5 for 5, 3, 4, 1."""
    ordered, runs = sorted(set(numbers)), list[list[int]]()
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def is_unread(notice: Notice) -> bool:
    """Whether the notice says that a part of the file went unread."""
    return notice.blocking or notice.code == "page-without-text"


def unread_lines(report: Report) -> list[str]:
    """What could not be read and what follows from it; empty when all was read."""
    lines = _notice_lines([n for n in report.notices if is_unread(n)])
    undetermined = [f"{f.id} {f.name}" for f in report.findings if f.status is Status.UNDETERMINED]
    if undetermined:
        lines.append(f"因此無法判定之要求 {len(undetermined)} 項：{'、'.join(undetermined)}。")
    return lines


def other_notice_lines(report: Report) -> list[str]:
    """The remaining notices of the reading."""
    return _notice_lines([n for n in report.notices if not is_unread(n)])


def _notice_lines(notices: Sequence[Notice]) -> list[str]:
    """One line a notice; pages without text are gathered into one."""
    empty = [n.page for n in notices if n.code == "page-without-text" and n.page]
    lines = [f"第 {number_ranges(empty)} 頁讀不到文字，該部分未列入檢核。"] if empty else []
    rest = [n for n in notices if not (n.code == "page-without-text" and n.page)]
    return lines + list(dict.fromkeys(_notice_text(n) for n in rest))


def _notice_text(notice: Notice) -> str:
    named = notice.page is None or f"第 {notice.page} 頁" in notice.message
    return notice.message if named else f"第 {notice.page} 頁：{notice.message}"


def report_labels(reports: Sequence[Report]) -> list[str]:
    """A name for each contract: its title, with the file name where titles are absent or repeated."""
    titles = [r.metadata.title.strip() for r in reports]
    often = Counter(titles)
    return [
        title if title and often[title] == 1 else f"{title}（{report.name}）" if title else report.name
        for title, report in zip(titles, reports, strict=True)
    ]


def party_text(report: Report, role: str) -> str:
    """The party's name and how the contract calls it."""
    party = next((p for p in report.parties if p.role == role), None)
    if party is None:
        return "（未能辨識）"
    short = next((a for a in reversed(party.aliases) if a != party.name), "")
    return f"{party.name}（{short}）" if short and party.name else party.name or short


def term_text(report: Report) -> str:
    """The contract's term as far as it is known."""
    metadata = report.metadata
    dates = f"{metadata.start_date or '？'} 至 {metadata.end_date or '？'}"
    known = dates if metadata.start_date or metadata.end_date else ""
    if known and metadata.term:
        return f"{known}（{metadata.term}）"
    return known or metadata.term or "（未能辨識）"


def absent_text(finding: Finding) -> str:
    """What is lacking, one line an element; a conflict says first what is agreed the other way."""
    lines = [f"・{a}" for a in finding.absent]
    if finding.why and (finding.status is Status.CONFLICT or not lines):
        lines.insert(0, finding.why)
    return "\n".join(lines)


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in the contract's language, else in whichever there is."""
    return texts.get(language) or next((texts[k] for k in sorted(texts, reverse=True) if texts[k]), "")
