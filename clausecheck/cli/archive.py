"""`clausecheck archive`: many contracts at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clausecheck.cli.archive_results import add_result_commands
from clausecheck.cli.usage import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from clausecheck.archive.executors import Executor, Limits
    from clausecheck.archive.judging import Job
    from clausecheck.checker import Settings
    from clausecheck.library import Library

_DB = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="契約庫之資料庫檔，例如 archive.sqlite。",
)
_LIBRARY = click.option("--library", type=click.Path(path_type=Path), help="改用此資料夾之條款庫。")


def _working(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of the commands that judge."""
    options = (
        click.option("--workers", type=click.IntRange(min=1), help="同時檢核之程序數；預設為處理器核心數。"),
        click.option("--scheduler", metavar="ADDRESS", help="改於自有之 Dask 叢集執行，例如 tcp://10.0.0.5:8786。"),
        click.option(
            "--time-limit", type=click.FloatRange(min=1), default=300, show_default=True, help="每檔時間上限（秒）。"
        ),
        click.option(
            "--memory-limit",
            type=click.IntRange(min=512),
            default=2048,
            show_default=True,
            help="每一檢核程序之記憶體上限（MB）。",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group("archive", cls=Commands)
def archive_group() -> None:
    """掃描契約庫：大量契約逐一檢核，結果存於本機之資料庫。"""


add_result_commands(archive_group)


@archive_group.command("scan")
@click.argument("roots", nargs=-1, required=True, metavar="ROOT...")
@_DB
@_LIBRARY
@click.option(
    "--organisation",
    type=click.Choice(["1", "2", "F"], case_sensitive=False),
    default="1",
    show_default=True,
    help="組織類別：1 第一類、2 第二類、F 外資。",
)
@click.option("--has", multiple=True, metavar="CONDITION", help="指明契約涉及某條件，例如 cloud、system；可重複。")
@click.option("--no", "lacks", multiple=True, metavar="CONDITION", help="指明契約不涉及某條件；可重複。")
@click.option(
    "--ocr", type=click.Choice(["auto", "never"]), default="auto", show_default=True, help="掃描頁之文字辨識。"
)
@click.option("--rehash", is_flag=True, help="不以大小與修改時間判斷，逐檔比對內容。")
@click.option("--retry", is_flag=True, help="重試先前失敗、逾時或記憶體不足之檔案。")
@_working
def scan_command(
    roots: tuple[str, ...],
    db: Path,
    library: Path | None,
    organisation: str,
    has: tuple[str, ...],
    lacks: tuple[str, ...],
    ocr: str,
    rehash: bool,
    retry: bool,
    **working: Any,
) -> None:
    """掃描資料夾或儲存體（URL）內之契約；可隨時中止，再次執行即接續，只處理新增或有異動者。"""
    from clausecheck.archive.contents import work_folder
    from clausecheck.archive.judging import Job
    from clausecheck.archive.scanning import scan, writing
    from clausecheck.archive.state import Archive
    from clausecheck.archive.walking import root_of
    from clausecheck.cli.archive_progress import Progress, print_summary
    from clausecheck.library import load_library

    loaded = load_library(library)
    job = Job(str(loaded.folder), loaded.fingerprint, _settings(loaded, organisation, has, lacks, ocr))
    for root in roots:
        root_of(root)
    with Archive.open(db, create=True) as archive, writing(archive), work_folder(archive.path) as folder:
        with Progress() as progress:
            executor = _executor(job, folder, **working)
            try:
                summary = scan(archive, roots, job, executor, folder, rehash=rehash, retry=retry, watcher=progress)
            except KeyboardInterrupt:
                click.echo("已停止；完成之檔案均已儲存，再次執行同一指令即接續。", err=True)
                raise
        print_summary(summary, db)


@archive_group.command("rescan")
@_DB
@_LIBRARY
@_working
def rescan_command(db: Path, library: Path | None, **working: Any) -> None:
    """條款庫修訂後，以已存之文字重新檢核，不再讀檔，並列出各要求之狀態變動。"""
    from clausecheck.archive.contents import work_folder
    from clausecheck.archive.rescanning import changes, jobs, rescan
    from clausecheck.archive.scanning import writing
    from clausecheck.archive.state import Archive
    from clausecheck.cli.archive_progress import Progress, print_changes, print_rescan
    from clausecheck.library import load_library

    loaded = load_library(library)
    with Archive.open(db) as archive, writing(archive), work_folder(archive.path) as folder:
        todo = jobs(archive, loaded)
        with Progress() as progress:
            done = [rescan(archive, job, _executor(job, folder, **working), progress) for job in todo]
        print_rescan(done)
        print_changes([c for job in todo for c in changes(archive, job)], loaded)


def _settings(library: Library, organisation: str, has: tuple[str, ...], lacks: tuple[str, ...], ocr: str) -> Settings:
    from clausecheck.checker import Settings
    from clausecheck.cli.check import check_conditions

    check_conditions(library, has, lacks)
    return Settings(
        organisation=organisation.upper(),
        has=frozenset(has),
        lacks=frozenset(lacks),
        ocr=ocr,  # type: ignore[arg-type]
    )


def _executor(
    job: Job, folder: Path, workers: int | None, scheduler: str | None, time_limit: float, memory_limit: int
) -> Callable[[], Executor]:
    """Makes the executor when there is something to judge: workers take their time to start."""
    from clausecheck.archive.executors import Limits

    limits = Limits(time_limit, memory_limit * 2**20)
    if scheduler:
        return lambda: _cluster(job, scheduler, limits)
    return lambda: _pool(job, workers, limits, folder)


def _pool(job: Job, workers: int | None, limits: Limits, folder: Path) -> Executor:
    import os

    from clausecheck.archive.pool import PoolExecutor

    return PoolExecutor(job, workers or os.cpu_count() or 1, limits, folder)


def _cluster(job: Job, scheduler: str, limits: Limits) -> Executor:
    from clausecheck.archive.cluster import ClusterExecutor

    return ClusterExecutor(job, scheduler, limits)
