"""`clausecheck archive report|list|show|search|export`: what a scan found."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.findings import Status

if TYPE_CHECKING:
    from clausecheck.archive.facts import Facts
    from clausecheck.archive.state import Archive

_DAY = click.DateTime(["%Y-%m-%d", "%Y/%m/%d"])
_DB = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="契約庫之資料庫檔，例如 archive.sqlite。",
)
_FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="輸出格式。"
)


def _output(help_text: str, *, required: bool) -> Callable[..., Any]:
    return click.option(
        "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=required, help=help_text
    )


def add_result_commands(group: click.Group) -> None:
    """Register the commands."""
    for command in (report_command, list_command, show_command, search_command, export_command):
        group.add_command(command)


@click.command("report")
@_DB
@_output("輸出之活頁簿，例如 portfolio.xlsx。", required=True)
@click.option("--today", type=_DAY, metavar="DATE", help="計算剩餘天數之基準日，例如 2026-12-31；預設為今日。")
@click.option(
    "--concentration",
    type=click.FloatRange(0, 100),
    default=20,
    show_default=True,
    help="供應商契約數占比逾此百分比者，標示集中度過高。",
)
def report_command(db: Path, output: Path, today: datetime | None, concentration: float) -> None:
    """產生契約庫檢核總表（Excel）：總覽、契約矩陣、缺口排序、供應商名冊、到期日、無法判讀、重複檔案。"""
    from clausecheck.archive.portfolio import write_portfolio
    from clausecheck.archive.state import Archive

    _spare(db, output, (".xlsx",))
    with Archive.open(db) as archive:
        day = today.date() if today else date.today()
        write_portfolio(archive.entries(), output, today=day, concentration=concentration, pending=archive.pending())
        _note(archive, output)
    click.echo(f"已寫入契約庫檢核總表：{output}", err=True)


@click.command("list")
@_DB
@click.option("--status", type=click.Choice([str(s) for s in Status]), help="有要求為此狀態之契約。")
@click.option("--requirement", metavar="ID", help="要求編號，例如 7.1.1.8；與 --status 併用則限該項為該狀態。")
@click.option("--supplier", metavar="NAME", help="供應商名稱，任一寫法均可。")
@click.option("--outcome", type=click.Choice([str(o) for o in Outcome]), help="掃描結果。")
@click.option("--expires-before", type=_DAY, metavar="DATE", help="迄日在此日之前之契約。")
@_FORM
def list_command(
    db: Path,
    status: str | None,
    requirement: str | None,
    supplier: str | None,
    outcome: str | None,
    expires_before: datetime | None,
    form: str,
) -> None:
    """列出契約庫之檔案，可依狀態、要求、供應商、結果、到期篩選。"""
    from clausecheck.archive.listing import Sieve, plain, rows, without_end
    from clausecheck.cli.archive_tables import print_files, print_json

    facts = _facts(db)
    if requirement:
        _known(facts, requirement)
    sieve = Sieve(
        Status(status) if status else None,
        requirement,
        supplier,
        Outcome(outcome) if outcome else None,
        expires_before.date() if expires_before else None,
    )
    found = rows(facts, sieve)
    if form == "json":
        print_json([plain(facts, r) for r in found])
    else:
        print_files(facts, found, requirement)
    if expires_before and (unknown := without_end(facts)):
        click.echo(f"另有 {unknown} 份契約未載明迄日，不在篩選之列。", err=True)


@click.command("show")
@click.argument("file")
@_DB
@_output("將該檔之缺口報告寫入此檔（.xlsx）。", required=False)
@_FORM
def show_command(file: str, db: Path, output: Path | None, form: str) -> None:
    """顯示一檔之檢核結果；FILE 為路徑、檔名或 SHA-256 之前數碼。"""
    from clausecheck.archive.state import Archive
    from clausecheck.cli.archive_tables import print_entry, print_json

    with Archive.open(db) as archive:
        entry = _entry(archive, file)
        if output:
            _write_gaps(entry, output, db)
            _note(archive, output)
        elif form == "json":
            print_json(_values(entry))
        else:
            print_entry(entry)


@click.command("search")
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@_DB
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="最多顯示之條款數。")
@_FORM
def search_command(words: tuple[str, ...], db: Path, limit: int, form: str) -> None:
    """於全部契約之條款搜尋文字；數個詞須同時出現，以引號括住者為一詞，繁簡體均可。"""
    from dataclasses import asdict

    from clausecheck.archive.searching import search, words_of
    from clausecheck.archive.state import Archive
    from clausecheck.cli.archive_tables import print_hits, print_json

    wanted = [w for text in words for w in words_of(text)]
    if not wanted:
        raise click.UsageError("請輸入要搜尋之文字")
    with Archive.open(db) as archive:
        hits = search(archive, wanted, limit=limit)
    if form == "json":
        print_json(asdict(hits))
    else:
        print_hits(hits)


@click.command("export")
@_DB
@click.option("--format", "form", type=click.Choice(["csv", "json", "parquet"]), required=True, help="輸出格式。")
@_output("輸出檔。", required=True)
@click.option(
    "--table",
    "what",
    type=click.Choice(["files", "findings"]),
    default="files",
    show_default=True,
    help="files 每檔一列；findings 每份契約之每項要求一列。",
)
def export_command(db: Path, form: str, output: Path, what: str) -> None:
    """匯出全部結果為 CSV（Excel 可直接開啟）、JSON 或 Parquet。"""
    from clausecheck.archive.exporting import export
    from clausecheck.archive.state import Archive

    _spare(db, output, ())
    facts = _facts(db)
    count = export(facts, output, form, what)  # type: ignore[arg-type]
    with Archive.open(db) as archive:
        _note(archive, output)
    click.echo(f"已匯出 {count} 列：{output}", err=True)


def _facts(db: Path) -> Facts:
    from clausecheck.archive.facts import gather
    from clausecheck.archive.state import Archive

    with Archive.open(db) as archive:
        return gather(archive.entries())


def _entry(archive: Archive, wanted: str) -> Entry:
    """The one file meant, with its report."""
    from clausecheck.archive.listing import find

    found = find(list(archive.entries(reports=False)), wanted)
    if not found:
        raise click.UsageError(f"契約庫中沒有「{wanted}」；可用 clausecheck archive list 查看")
    if len({f.sha256 for f in found}) > 1:
        paths = "、".join(f.path for f in found[:5])
        raise click.UsageError(f"「{wanted}」不只一檔（{len(found)} 檔），請指定完整路徑，例如 {paths}")
    return next(e for e in archive.entries() if e.path == found[0].path)


def _values(entry: Entry) -> dict[str, Any]:
    from dataclasses import fields

    return {f.name: getattr(entry, f.name) for f in fields(entry)}


def _write_gaps(entry: Entry, output: Path, db: Path) -> None:
    from clausecheck.reports.excel import write_workbook
    from clausecheck.reports.json_reading import report_from_json

    _spare(db, output, (".xlsx",))
    if entry.report is None:
        raise click.UsageError(f"此檔未能檢核，沒有缺口報告：{entry.reason}")
    write_workbook([report_from_json(entry.report)], output, private=True)
    click.echo(f"已寫入缺口報告：{output}", err=True)


def _known(facts: Facts, requirement: str) -> None:
    known = [a.id for a in facts.requirements]
    if known and requirement not in known:
        raise click.UsageError(f"契約庫之結果中沒有要求「{requirement}」，可用者：{'、'.join(known)}")


def _spare(db: Path, output: Path, suffixes: tuple[str, ...]) -> None:
    """Neither the database nor a contract is a place to write to; a workbook needs its suffix."""
    from clausecheck.archive.state import Archive

    if suffixes and output.suffix.lower() not in suffixes:
        raise click.UsageError(f"輸出檔「{output.name}」之副檔名須為 {'、'.join(suffixes)}")
    if output.exists() and db.exists() and output.samefile(db):
        raise click.UsageError("輸出檔就是契約庫之資料庫，請改用其他檔名")
    with Archive.open(db) as archive:
        sql = "SELECT 1 FROM files WHERE path = ?"
        if archive.connection.execute(sql, (os.fspath(output.absolute()),)).fetchone():
            raise click.UsageError(f"輸出檔「{output.name}」是契約庫中之檔案，請改用其他檔名")


def _note(archive: Archive, output: Path) -> None:
    """No scan takes the output for a contract; a database that a scan holds just now is no reason to fail."""
    with suppress(sqlite3.OperationalError):
        archive.note_output(output)
