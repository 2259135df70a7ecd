"""Reports on the terminal: score, counts, gaps by severity and where they stand; 80 columns are enough."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from clausecheck.findings import Evidence, Finding, Report, Severity, Status
from clausecheck.reports.redlines import NOTHING_TURNED, REDLINES, turned_text
from clausecheck.reports.safe import clean, one_line, shorten, wrapped
from clausecheck.reports.wording import (
    DOUBTFUL,
    ORGANISATION,
    SEVERITY,
    STATUS,
    STATUS_SYMBOL,
    other_notice_lines,
    party_text,
    place_text,
    report_labels,
    status_text,
    term_text,
    unread_lines,
)

_QUOTE = 60  # characters of a passage that are shown
_PASSAGES = 3  # passages of a gap that are shown
_STYLE = {
    Status.FULL: "green",
    Status.PARTIAL: "yellow",
    Status.MISSING: "bright_red",
    Status.CONFLICT: "bold red",
    Status.NOT_APPLICABLE: "dim",
    Status.UNDETERMINED: "magenta",
}


def print_reports(reports: Sequence[Report], console: Console | None = None) -> None:
    """Print every report, and after several of them a table of all."""
    printer = _Printer(console or Console(highlight=False))
    labels = report_labels(reports)
    for report, label in zip(reports, labels, strict=True):
        printer.report(report, label)
    if len(reports) > 1:
        printer.table(reports, labels)


class _Printer:
    """Prints text from contracts: no markup, no control codes, nothing that the terminal cannot encode."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._encoding = console.encoding

    def report(self, report: Report, label: str) -> None:
        self._show(Rule(self._text(one_line(label), "bold"), characters="─" if self._can("─") else "-"))
        self._facts(report)
        self._counts(report)
        self._box("未能讀取之部分", unread_lines(report), "bold red")
        self._box("其他提醒", other_notice_lines(report), "dim")
        self._turned(report)
        for severity in Severity:
            self._gaps(severity, [g for g in report.gaps if g.severity is severity])
        if not report.gaps:
            self._line("未發現缺口。", "green")
        self._line("")

    def table(self, reports: Sequence[Report], labels: Sequence[str]) -> None:
        """One line a contract."""
        table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")
        titles = ("總分", *(STATUS[s] for s in _COUNTED), "缺口", "重大")
        room = max(12, self._console.width - sum(cell_len(t) + 2 for t in titles) - 2)
        table.add_column(self._text("契約"), no_wrap=True)
        for title in titles:
            table.add_column(self._text(title), justify="right", no_wrap=True)
        for report, label in zip(reports, labels, strict=True):
            critical = sum(g.severity is Severity.CRITICAL for g in report.gaps)
            numbers = (report.score, *(report.count(s) for s in _COUNTED), len(report.gaps), critical)
            name = "\n".join(wrapped(self._encodable(one_line(label)), room, cell_len))
            table.add_row(self._text(name), *(str(n) for n in numbers))
        self._show(Rule(self._text(f"契約 {len(reports)} 份", "bold"), characters="─" if self._can("─") else "-"))
        self._show(table)

    def _facts(self, report: Report) -> None:
        organisation = ORGANISATION.get(report.organisation, report.organisation)
        self._pair("檔案", report.name)
        self._pair("當事人", f"{party_text(report, 'customer')}／{party_text(report, 'supplier')}")
        self._pair("期間", term_text(report))
        self._pair("檢核", f"{organisation}；條款庫 {report.library_version}")

    def _counts(self, report: Report) -> None:
        self._pair("總分", f"{report.score}／100")
        counts = self._text("要求    ", "bold")
        for status in Status:
            if report.count(status):
                counts.append_text(self._text(f"{self._symbol(status)} {report.count(status)}  ", _STYLE[status]))
        counts.rstrip()
        self._show(counts)
        excluded = "、".join(f"{f.id} {f.name}" for f in report.findings if f.status is Status.NOT_APPLICABLE)
        if excluded:
            self._pair("不適用", excluded)
        gaps = "，".join(f"{SEVERITY[s]} {n}" for s in Severity if (n := sum(g.severity is s for g in report.gaps)))
        self._pair("缺口", f"{len(report.gaps)} 項" + (f"（{gaps}）" if gaps else ""))

    def _box(self, title: str, lines: Sequence[str], style: str) -> None:
        if lines:
            self._line("")
            self._line(f"！{title}", style)
        for line in lines:
            self._hanging("  ", line, style, style)

    def _turned(self, report: Report) -> None:
        if report.turned is None:
            return
        self._line("")
        self._line(f"{REDLINES}（{len(report.turned)} 項）", "bold")
        for turned in report.turned:
            self._hanging("", turned_text(turned))
        if not report.turned:
            self._line(NOTHING_TURNED)

    def _gaps(self, severity: Severity, gaps: Sequence[Finding]) -> None:
        if gaps:
            self._line("")
            self._line(f"缺口－{SEVERITY[severity]}（{len(gaps)} 項）", "bold")
        for gap in gaps:
            self._gap(gap)

    def _gap(self, gap: Finding) -> None:
        mark = f"〔{DOUBTFUL}〕" if gap.doubtful else ""
        self._hanging("", f"{self._symbol(gap.status)}  {gap.id} {gap.name}{mark}", "", _STYLE[gap.status])
        if gap.why and (gap.status is Status.CONFLICT or not gap.absent):
            self._hanging("   理由  ", gap.why)
        for absent in gap.absent:
            self._hanging("   缺    ", absent)
        passages = _passages(gap)
        for label, passage in passages[:_PASSAGES]:
            self._hanging(f"   {label}  ", place_text(passage) or "（位置不明）")
            self._hanging("         ", f"「{shorten(one_line(passage.text), _QUOTE)}」")
        if len(passages) > _PASSAGES:
            self._hanging("         ", f"（另有 {len(passages) - _PASSAGES} 處）")

    def _pair(self, label: str, text: str) -> None:
        self._hanging(label + " " * (8 - cell_len(label)), text, "bold")

    def _hanging(self, label: str, text: str, label_style: str = "dim", style: str = "") -> None:
        """A label, and a text that keeps its indent when it wraps."""
        indent = cell_len(label)
        lines = wrapped(self._encodable(one_line(text)), self._console.width - indent, cell_len)
        shown = self._text(label, label_style)
        shown.append(("\n" + " " * indent).join(lines), style=style)
        shown.no_wrap, shown.overflow = True, "fold"
        self._show(shown)

    def _symbol(self, status: Status) -> str:
        return status_text(status) if self._can(STATUS_SYMBOL[status]) else STATUS[status]

    def _line(self, text: str, style: str = "") -> None:
        self._show(self._text(text, style))

    def _text(self, text: str, style: str = "") -> Text:
        return Text(self._encodable(clean(text)), style=style, overflow="fold")

    def _encodable(self, text: str) -> str:
        return text.encode(self._encoding, "replace").decode(self._encoding)

    def _can(self, text: str) -> bool:
        return self._encodable(text) == text

    def _show(self, what: RenderableType) -> None:
        self._console.print(what)


_COUNTED = (Status.FULL, Status.PARTIAL, Status.MISSING, Status.CONFLICT, Status.UNDETERMINED)


def _passages(gap: Finding) -> list[tuple[str, Evidence]]:
    """The passages of a gap, or the one closest to what is missing."""
    if gap.evidence:
        return [("見  ", e) for e in gap.evidence]
    return [("近似", gap.nearest)] if gap.nearest else []
