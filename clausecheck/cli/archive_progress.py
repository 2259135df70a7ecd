"""How a scan goes on and what came of it, on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from clausecheck.archive.entries import Outcome

if TYPE_CHECKING:
    from clausecheck.archive.rescanning import Change, Rescanned
    from clausecheck.archive.scanning import Summary
    from clausecheck.library import Library

OUTCOMES = {
    Outcome.CHECKED: "已檢核",
    Outcome.REFUSED: "無法讀取",
    Outcome.FAILED: "失敗",
    Outcome.TIMED_OUT: "逾時",
    Outcome.OUT_OF_MEMORY: "記憶體不足",
}


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f} 份／秒")


class Progress:
    """A bar with rate, remaining time and the outcomes so far, on standard error; silent where that is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.bar = Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
            TextColumn("{task.fields[outcomes]}"), console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self.task = self.bar.add_task("尋找檔案", total=None, outcomes="")
        self.outcomes: Counter[Outcome] = Counter()

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def found(self) -> None:
        self.bar.advance(self.task)

    def planned(self, files: int) -> None:
        self.bar.reset(self.task, description="檢核", total=files, outcomes="")

    def done(self, outcome: Outcome | None) -> None:
        if outcome:
            self.outcomes[outcome] += 1
        self.bar.update(self.task, advance=1, outcomes=counts(self.outcomes))


def counts(outcomes: dict[Outcome, int]) -> str:
    """The outcomes that there are, with their numbers."""
    return "　".join(f"{word} {outcomes[o]}" for o, word in OUTCOMES.items() if outcomes.get(o))


def print_summary(summary: Summary, db: Path) -> None:
    judged = counts(summary.judged) or "無"
    click.echo(f"找到 {summary.found} 個檔案（另略過隱藏檔與暫存檔 {summary.skipped} 個）")
    click.echo(f"本次處理：{judged}；內容相同而沿用結果 {summary.linked}；未異動 {summary.unchanged}")
    if summary.vanished:
        click.echo(f"先前有而本次未找到：{summary.vanished}（紀錄保留並標記）")
    others = sum(n for o, n in summary.judged.items() if o is not Outcome.CHECKED)
    if others:
        click.echo(f"有 {others} 個檔案未能檢核，原因及處理方式均已記錄於 {db}")


def print_rescan(done: Sequence[Rescanned]) -> None:
    total: Counter[Outcome] = Counter()
    for one in done:
        total.update(one.judged)
    click.echo(f"重新檢核：{counts(total) or '無（條款庫與前次相同）'}；沿用結果 {sum(d.linked for d in done)}")
    unread = sum(d.unread for d in done)
    if unread:
        click.echo(f"有 {unread} 個檔案沒有此版本程式可用之文字，請執行 clausecheck archive scan")


def print_changes(found: Sequence[Change], library: Library) -> None:
    """Requirement by requirement: which contracts changed their status."""
    from clausecheck.findings import Status
    from clausecheck.reports.safe import one_line
    from clausecheck.reports.wording import STATUS

    names = {r.id: r.name for r in library.requirements}
    words = {"": "（無結果）", **{str(s): STATUS[s] for s in Status}}
    fell = [c for c in found if c.before == "full"]
    rose = [c for c in found if c.after == "full"]
    if not found:
        click.echo("與前一版條款庫相較，各契約之狀態均無變動。")
        return
    click.echo(f"與前一版條款庫相較：不再符合 {len(fell)} 項，成為符合 {len(rose)} 項，其他變動 {_others(found)} 項")
    last = ""
    for change in found:
        if change.requirement != last:
            last = change.requirement
            click.echo(f"{last}　{names.get(last, '（已自條款庫移除）')}")
        click.echo(f"  {words[change.before]} → {words[change.after]}　{one_line(change.path)}")


def _others(found: Sequence[Change]) -> int:
    return sum("full" not in (c.before, c.after) for c in found)
