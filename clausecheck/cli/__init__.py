"""The command line: parses, calls and prints, nothing else. Heavy imports stand inside the commands."""

from __future__ import annotations

import io
import sys

import click

from clausecheck import __version__
from clausecheck.cli.archive import archive_group
from clausecheck.cli.check import check_command
from clausecheck.cli.faults import report, say
from clausecheck.cli.library import library_group
from clausecheck.cli.usage import Commands, explain


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
      3   檔案無法讀取（不存在、空檔、損毀、過大、逾時或含惡意內容）
      4   不支援的檔案類型
      5   檔案受密碼或權限管理保護
      6   檔案沒有可讀的文字（例如掃描檔）
      7   條款庫有誤
      8   無法寫入輸出檔
      9   契約庫之資料庫無法使用
      70  程式本身的錯誤
    """
    context.ensure_object(dict)["debug"] = debug


cli.add_command(check_command)
cli.add_command(archive_group)
cli.add_command(library_group)


def main() -> None:
    """Entry point; turns errors into one clear line and an exit code."""
    _forgive_encoding()
    try:
        cli(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as exc:
        exc.show()
        sys.exit(exc.exit_code)
    except click.ClickException as exc:
        say(explain(exc))
        sys.exit(exc.exit_code)
    except click.Abort:
        say("已中止。")
        sys.exit(130)
    except Exception as exc:
        sys.exit(report(exc, debug="--debug" in sys.argv))


def _forgive_encoding() -> None:
    """A console that lacks a character shows another one in its place rather than nothing at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
