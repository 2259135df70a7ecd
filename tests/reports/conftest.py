"""Reports built by hand, one ordinary and one whose every text is ugly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from clausecheck.document import Metadata, Notice, Party
from clausecheck.findings import ClauseUse, ElementResult, Evidence, Finding, Report, Severity, State, Status

UGLY_TEXTS = (
    '=HYPERLINK("http://example.invalid","按此")',
    "=廠商應",
    "@SUM(A1)",
    "+886-2-0000-0000",
    "-1",
    "#N/A",
    "#REF!",
    "鐘\x07聲\x00與\x1b[31m紅字\x1b[0m",
    "孤立\ud800代理與\ufffe非字元\uffff",
    "反向\u202e字",
    "第一行\r\n第二行\r第三行\x0b第四行",
    "  前後空白  ",
    "[bold red]不是標記[/bold red]",
    "a&b <c> \"d\" 'e'",
    "罕用字𠮷𡈽",
    "2026-01-31",
    "007",
)


def evidence(text: str, start: int = 0, clause: str = "第十二條／二", **more: object) -> Evidence:
    return Evidence(
        text=text,
        start=start,
        end=start + len(text),
        clause=clause,
        heading="保密義務",
        page=4,
        rule="片語規則",
        **more,
    )  # type: ignore[arg-type]


def finding(number: str, status: Status, severity: Severity = Severity.HIGH, **more: object) -> Finding:
    states = {Status.FULL: State.MET, Status.PARTIAL: State.WEAK, Status.CONFLICT: State.CONTRADICTED}
    passage = (evidence(f"乙方就{number}所定事項應配合甲方辦理。", start=int(number[-1]) * 100),)
    values: dict[str, object] = {
        "id": number,
        "name": f"要求{number}",
        "group": "合約基本要求",
        "severity": severity,
        "status": status,
        "score": {Status.FULL: 100, Status.PARTIAL: 50}.get(status, 0),
        "elements": (
            ElementResult(
                "first", "委託人得稽核", states.get(status, State.UNMET), passage if status in states else ()
            ),
            ElementResult("second", "同意中央銀行亦得為之", State.UNMET, optional=True),
        ),
        "why": "僅約定部分要素。",
        "absent": ("同意中央銀行亦得為之",) if status.is_gap else (),
        "nearest": evidence("雙方應定期召開會議。", 7) if status is Status.MISSING else None,
        "confidence": 0.6,
        "official_text": "對資訊服務供應商之稽核權條款。",
        "wording": {"zh": "乙方同意甲方得隨時稽核。", "en": "The Supplier agrees to audits."},
        "fallback": {"zh": "乙方同意甲方每年得稽核一次。"},
    }
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def ordinary() -> Report:
    """Every status and every severity once at least; an article that serves none; a page unread."""
    return Report(
        path="contracts/維護契約 #1 100%.docx",
        name="維護契約 #1 100%.docx",
        sha256="ab" * 32,
        format="docx",
        language="zh",
        organisation="1",
        document_kind="contract",
        changes="accepted",
        library_version="2026.1",
        library_fingerprint="f00d",
        program_version="0.1.0",
        metadata=Metadata("資訊系統維護契約書", "A-001", "2026-01-01", "", "", "一年", ("新臺幣壹佰萬元整",)),
        parties=(
            Party("customer", "範例證券股份有限公司", ("甲方",)),
            Party("supplier", "示例資訊有限公司", ("乙方",)),
        ),
        annexes=("附件一 服務水準",),
        findings=(
            finding("7.1.1.1", Status.FULL, Severity.LOW),
            finding("7.1.1.2", Status.PARTIAL, Severity.MEDIUM, doubtful=True),
            finding("7.1.1.3", Status.MISSING, Severity.CRITICAL),
            finding("7.1.1.4", Status.CONFLICT, Severity.HIGH, why="契約約定乙方得拒絕稽核。"),
            finding("7.1.1.5", Status.NOT_APPLICABLE, Severity.LOW),
            finding("7.1.1.6", Status.UNDETERMINED, Severity.LOW),
        ),
        score=61,
        clauses=(
            ClauseUse("第一條", "契約期限", "本契約自簽約日起一年。", 0, 1, None, ("7.1.1.1", "7.1.1.2")),
            ClauseUse("第二條", "雜項", "雙方應定期召開會議。", 0, 2, None, ()),
            ClauseUse("第十二條", "保密義務", "雙方約定如下：", 0, 4, None, ()),
            ClauseUse("第十二條／二", "保密義務", "乙方應配合甲方辦理。", 1, 4, None, ("7.1.1.4",)),
        ),
        notices=(
            Notice("page-without-text", "第 3 頁沒有可用之文字", 3),
            Notice("page-without-text", "第 4 頁沒有可用之文字", 4),
            Notice("tracked-changes", "含修訂標記 5 處，已依接受後之文字檢核"),
        ),
        pages=9,
    )


def ugly() -> Report:
    """Each text of UGLY_TEXTS in every field that a contract fills."""
    base, count = ordinary(), len(UGLY_TEXTS)
    statuses = list(Status)
    findings = tuple(
        finding(
            f"7.1.{i + 1}",
            statuses[i % len(statuses)],
            list(Severity)[i % 4],
            name=text,
            why=text,
            absent=(text,),
            nearest=evidence(text),
            wording={"zh": text},
            fallback={"zh": text},
            elements=(ElementResult("e", text, State.MET, (evidence(text, i, clause=text),), text),),
        )
        for i, text in enumerate(UGLY_TEXTS)
    )
    clauses = tuple(ClauseUse(t, t, t, 0, None, 1, (findings[i].id,)) for i, t in enumerate(UGLY_TEXTS))
    return replace(
        base,
        path="壞檔\udcff/=1+1 & 'x'.docx",
        name="=1+1 & 'x'\x1b[2J.docx",
        metadata=Metadata(UGLY_TEXTS[0], UGLY_TEXTS[5], term=UGLY_TEXTS[7], amounts=UGLY_TEXTS),
        parties=(Party("customer", UGLY_TEXTS[0], (UGLY_TEXTS[1],)), Party("supplier", UGLY_TEXTS[5], ())),
        annexes=UGLY_TEXTS,
        findings=findings,
        clauses=clauses,
        notices=tuple(Notice("other", t, blocking=i % 2 == 0) for i, t in enumerate(UGLY_TEXTS)),
        pages=count,
    )


@pytest.fixture
def report() -> Report:
    return ordinary()


@pytest.fixture
def ugly_report() -> Report:
    return ugly()


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return finding
