"""The command line: parses, calls and prints, nothing else. Heavy imports stand inside the commands."""

from __future__ import annotations

import sys

import click

from clausecheck import __version__
from clausecheck.cli.check import check_command
from clausecheck.cli.library import library_group
from clausecheck.errors import ClausecheckError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="clausecheck", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="發生錯誤時顯示程式追蹤訊息。")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """依「供應鏈風險管理參考指引」第七條檢核資訊服務供應商契約，列出條款缺口。

    契約不離開本機，執行時不連線下載任何資料。

    \b
    結束代碼：
      0   檢核完成
      1   檢核完成，且 --fail-on 指定之缺口存在
      2   指令用法錯誤
      3   檔案無法讀取（空檔、損毀、過大或含惡意內容）
      4   不支援的檔案類型
      5   檔案受密碼保護
      6   檔案沒有可讀的文字（例如掃描檔）
      7   條款庫有誤
      8   無法寫入輸出檔
      70  程式本身的錯誤
    """
    context.ensure_object(dict)["debug"] = debug


cli.add_command(check_command)
cli.add_command(library_group)


def main() -> None:
    """Entry point; turns errors into one clear line and an exit code."""
    debug = "--debug" in sys.argv
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as exc:
        sys.exit(exc.exit_code)
    except click.ClickException as exc:
        exc.show()
        sys.exit(exc.exit_code)
    except click.Abort:
        click.echo("已中止。", err=True)
        sys.exit(130)
    except ClausecheckError as exc:
        if debug:
            raise
        click.echo(f"錯誤：{exc}", err=True)
        sys.exit(exc.exit_code)
    except Exception as exc:
        if debug:
            raise
        click.echo(f"程式內部錯誤：{type(exc).__name__}（請加上 --debug 取得詳細訊息並回報維護人員）", err=True)
        sys.exit(70)
