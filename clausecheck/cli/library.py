"""`clausecheck library`: for people who write requirements and do not program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from clausecheck.cli.usage import Commands

_LIBRARY = click.option("--library", "folder", type=click.Path(path_type=Path), help="改用此資料夾之條款庫。")


@click.group("library", cls=Commands)
def library_group() -> None:
    """查看及檢驗條款庫。"""


@library_group.command("list")
@_LIBRARY
def list_command(folder: Path | None) -> None:
    """列出全部要求。"""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from clausecheck.library import load_library
    from clausecheck.reports.wording import SEVERITY

    library = load_library(folder)
    table = Table(title=f"條款庫 {escape(library.info.version)}（{library.fingerprint}）")
    for title in ("編號", "要求", "類別", "嚴重程度", "適用"):
        table.add_column(title, overflow="fold")
    names = {"1": "第一類", "2": "第二類", "F": "外資"}
    for r in library.requirements:
        applies = "、".join(names[a] for a in r.applies)
        condition = f"（{library.conditions[r.when].name}）" if r.when else ""
        table.add_row(r.id, escape(r.name), escape(r.group), SEVERITY[r.severity], escape(applies + condition))
    Console().print(table)


@library_group.command("show")
@click.argument("requirement_id", metavar="ID")
@_LIBRARY
def show_command(requirement_id: str, folder: Path | None) -> None:
    """顯示一項要求之條文、要素、建議條文與替代條文。"""
    from clausecheck.library import load_library

    r = load_library(folder).requirement(requirement_id)
    click.echo(f"{r.id}　{r.name}（{r.article}）\n\n{r.text}\n\n要素：")
    for element in r.elements:
        click.echo(f"  ・{element.text}（{element.id}）")
    for title, wording in (("建議條文", r.wording), ("替代條文", r.fallback)):
        click.echo(f"\n{title}：\n{wording.zh}\n\n{wording.en}")
    if r.note:
        click.echo(f"\n註：{r.note}")


@library_group.command("check")
@click.argument("requirement_id", metavar="[ID]", required=False)
@_LIBRARY
def check_command(requirement_id: str | None, folder: Path | None) -> None:
    """檢驗條款庫：格式、用語與全部例句。"""
    from clausecheck.library import load_library
    from clausecheck.library_check import check_library

    library = load_library(folder)
    if requirement_id:
        library.requirement(requirement_id)
    problems, count = check_library(library, requirement_id)
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"已檢驗 {count} 個例句與建議條文，{len(problems)} 處有問題。")
    sys.exit(7 if problems else 0)
