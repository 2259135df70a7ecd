"""`clausecheck check`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clausecheck.cli.faults import report, say
from clausecheck.cli.reading import ask_passwords, limits_of, password_of, reading_options
from clausecheck.errors import ClausecheckError, LibraryError

if TYPE_CHECKING:
    from clausecheck.checker import Settings
    from clausecheck.findings import Report
    from clausecheck.library import Library

_FORMATS = click.Choice(["text", "json", "xlsx"])


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--organisation",
    type=click.Choice(["1", "2", "F"], case_sensitive=False),
    default="1",
    show_default=True,
    help="組織類別：1 第一類、2 第二類、F 外資。",
)
@click.option(
    "--document",
    type=click.Choice(["contract", "nda", "proposal"]),
    default="contract",
    show_default=True,
    help="文件種類：契約、保密協議書或建議書。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="輸出檔；副檔名 .xlsx 或 .json 決定格式。")
@click.option("--format", "form", type=_FORMATS, help="輸出格式；未指定時依輸出檔副檔名，否則為 text。")
@click.option("--library", type=click.Path(path_type=Path), help="改用此資料夾之條款庫。")
@click.option(
    "--contract-language", type=click.Choice(["auto", "zh", "en"]), default="auto", show_default=True, help="契約語言。"
)
@click.option(
    "--changes",
    type=click.Choice(["accepted", "original", "both"]),
    default="accepted",
    show_default=True,
    help="追蹤修訂：視為全部接受、還原為修訂前，或兩者均檢核並列出何修訂改變何項結果。",
)
@click.option("--together", is_flag=True, help="各檔合為一份契約（本文在前，附件在後）。")
@click.option("--has", multiple=True, metavar="CONDITION", help="指明契約涉及某條件，例如 cloud、system；可重複。")
@click.option("--no", "lacks", multiple=True, metavar="CONDITION", help="指明契約不涉及某條件；可重複。")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never"]),
    default="auto",
    show_default=True,
    help="掃描頁、影像檔及亂碼頁：辨識其文字，或一律不辨識。",
)
@reading_options
@click.option(
    "--fail-on",
    type=click.Choice(["gap", "critical"]),
    help="有任何缺口（gap）或重大缺口（critical）時，結束代碼為 1。",
)
@click.option("--debug", is_flag=True, hidden=True)
def check_command(
    files: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    fail_on: str | None,
    together: bool,
    library: Path | None,
    debug: bool,
    **options: Any,
) -> None:
    """檢核一份或數份契約，列出缺口；加上 -o gap.xlsx 產生缺口報告。"""
    form = _format(form, output)
    _spare_contracts(files, output)
    settings = _settings(library, **options)
    if not settings.password:
        settings = replace(settings, passwords=ask_passwords(files, settings.limits))
    debug = debug or bool(click.get_current_context().find_root().params.get("debug"))
    reports: list[Report] = []

    def give_up(error: ClausecheckError) -> None:
        say(f"{error}；程式庫未回應，程式結束，其後的檔案未檢核")
        if reports:
            _write(reports, form, output)

    fault = _check_all(reports, files, together, give_up, library=library, settings=settings, debug=debug)
    if reports:
        _write(reports, form, output)
    sys.exit(fault or _exit_code(reports, fail_on))


def _spare_contracts(files: Sequence[Path], output: Path | None) -> None:
    if output and output.exists() and any(f.exists() and f.samefile(output) for f in files):
        raise click.UsageError(f"輸出檔「{output.name}」就是受檢核之契約，請改用其他檔名")


def _format(form: str | None, output: Path | None) -> str:
    suffix = {".xlsx": "xlsx", ".json": "json"}.get(output.suffix.lower()) if output else None
    if output and form is None and suffix is None:
        raise click.UsageError(f"無法由「{output.name}」判斷輸出格式，請用 .xlsx 或 .json 副檔名，或加上 --format。")
    if form == "xlsx" and not output:
        raise click.UsageError("--format xlsx 須同時以 -o 指定輸出檔，例如 -o gap.xlsx。")
    return form or suffix or "text"


def _settings(
    library: Path | None,
    *,
    organisation: str,
    document: str,
    contract_language: str,
    changes: str,
    has: tuple[str, ...],
    lacks: tuple[str, ...],
    password: str | None,
    password_file: Path | None,
    ocr: str,
    **limits: Any,
) -> Settings:
    from clausecheck.checker import Settings
    from clausecheck.library import load_library

    check_conditions(load_library(library), has, lacks)
    return Settings(
        organisation=organisation.upper(),
        document=document,
        language=contract_language,  # type: ignore[arg-type]
        changes=changes,  # type: ignore[arg-type]
        password=password_of(password, password_file),
        limits=limits_of(**limits),
        has=frozenset(has),
        lacks=frozenset(lacks),
        ocr=ocr,  # type: ignore[arg-type]
    )


def check_conditions(library: Library, has: tuple[str, ...], lacks: tuple[str, ...]) -> None:
    """Raises UsageError: a condition that the library does not know, or one stated both ways."""
    known = library.conditions
    for name in (*has, *lacks):
        if name not in known:
            raise click.UsageError(f"不認得的條件「{name}」；可用者：{'、'.join(sorted(known))}。")
    both = sorted(set(has) & set(lacks))
    if both:
        raise click.UsageError(f"條件「{'、'.join(both)}」同時以 --has 與 --no 指明，請擇一")


def _check_all(
    reports: list[Report],
    files: Sequence[Path],
    together: bool,
    give_up: Callable[[ClausecheckError], None],
    *,
    library: Path | None,
    settings: Settings,
    debug: bool,
) -> int:
    """Adds the reports that can be made; gives the exit code of the first fault, 0 without any."""
    from clausecheck.checker import check, check_together
    from clausecheck.cli.guard import guarded

    if together:
        with guarded(files[0].name, settings.limits, give_up):
            reports.append(check_together(files, library=library, settings=settings))
        return 0
    faults: list[int] = []
    for file in files:
        try:
            with guarded(file.name, settings.limits, give_up):
                reports.append(check(file, library=library, settings=settings))
        except LibraryError:
            raise
        except Exception as exc:  # one file must not cost the others their report
            faults.append(report(exc, debug=debug, file=file.name))
    return faults[0] if faults else 0


def _write(reports: Sequence[Report], form: str, output: Path | None) -> None:
    from clausecheck import __version__

    if form == "xlsx" and output:
        from clausecheck.reports.excel import write_workbook

        write_workbook(reports, output)
        click.echo(f"已寫入缺口報告：{output}", err=True)
    elif form == "json":
        from clausecheck.reports.json import dumps, write_json

        if output:
            write_json(reports, output, program_version=__version__)
        else:
            click.echo(dumps(reports, program_version=__version__).encode())  # JSON is UTF-8 whatever the console is
    else:
        _print(reports, output)


def _print(reports: Sequence[Report], output: Path | None) -> None:
    from clausecheck.reports.console import print_reports

    if output is None:
        print_reports(reports)
        return
    from rich.console import Console

    from clausecheck.reports.output import write_whole

    stream = io.StringIO()
    print_reports(reports, Console(file=stream, width=100))
    write_whole(output, stream.getvalue().encode())


def _exit_code(reports: Sequence[Report], fail_on: str | None) -> int:
    gaps = [g for r in reports for g in r.gaps]
    wanted = gaps if fail_on == "gap" else [g for g in gaps if g.severity.value == "critical"] if fail_on else []
    return 1 if wanted else 0
