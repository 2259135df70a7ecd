"""追蹤修訂之影響 in words, for all outputs."""

from __future__ import annotations

from clausecheck.findings import Basis, Redline, Turned
from clausecheck.reports.safe import one_line, shorten
from clausecheck.reports.wording import STATE, STATUS

REDLINES = "追蹤修訂之影響"
NOTHING_TURNED = "追蹤修訂未改變任何要求之狀態或要素。"
UNNAMED = "未具名"
CHANGE = {"insertion": "新增", "deletion": "刪除", "move": "搬移"}
BASIS = {
    Basis.ALONE: "已驗證：單獨還原該修訂，結果即不同",
    Basis.JOINT: "已驗證：須一併還原各該修訂，結果方不同",
    Basis.PLACE: "依位置推斷，未能驗證，請複核",
    Basis.UNKNOWN: "未能指出特定修訂，請複核；定義、當事人、編號或段落之修訂亦可能影響",
}
_QUOTE = 60  # characters of a change that a sentence shows


def turned_text(turned: Turned) -> str:
    """One sentence: what was turned, by which changes, and how that is known where it was not tried."""
    causes = "；".join(_cause(r) for r in turned.redlines)
    because = f"，因 {causes}" if causes else ""
    known = "" if turned.basis is Basis.ALONE else f"（{BASIS[turned.basis]}）"
    return f"{turned.requirement} {turned.name}：{status_turn(turned)}{because}{known}"


def status_turn(turned: Turned) -> str:
    """由「符合」變為「部分符合」, or that the status stays and elements alone were turned."""
    if turned.before is not turned.after:
        return f"由「{STATUS[turned.before]}」變為「{STATUS[turned.after]}」"
    return f"仍為「{STATUS[turned.after]}」，惟{elements_text(turned, '、')}"


def elements_text(turned: Turned, between: str = "\n") -> str:
    """The elements that were turned."""
    return between.join(f"「{e.text}」由{STATE[e.before]}變為{STATE[e.after]}" for e in turned.elements)


def change_text(redline: Redline, length: int | None = None) -> str:
    """刪除「七」、新增「三」."""
    texts = [(CHANGE[c.kind], one_line(c.text).strip()) for c in redline.changes]
    return "、".join(f"{kind}「{shorten(text, length) if length else text}」" for kind, text in texts)


def redline_place(redline: Redline) -> str:
    """The clause, marked where it is one of the original state."""
    return f"原{redline.clause}" if redline.former else redline.clause


def author_text(redline: Redline) -> str:
    """Who made the change."""
    return one_line(redline.author).strip() or UNNAMED


def day_text(redline: Redline) -> str:
    """2026-03-02, empty where the file does not say."""
    return one_line(redline.date)[:10]


def _cause(redline: Redline) -> str:
    day = f"於 {day_text(redline)} " if day_text(redline) else ""
    place = f"（{redline_place(redline)}）" if redline.clause else ""
    return f"{author_text(redline)} {day}{change_text(redline, _QUOTE)}{place}"
