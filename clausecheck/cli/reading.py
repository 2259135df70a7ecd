"""Options on how files are read, shared by the commands that read them: passwords and limits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from clausecheck.parsers.limits import Limits

ENVIRONMENT = "CLAUSECHECK_PASSWORD"
_LONGEST = 4096  # bytes of a password file
_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--password",
        help=f"受保護檔案之密碼；會出現在程序清單中，建議改用 --password-file 或環境變數 {ENVIRONMENT}。"
        "均未提供時，於終端機上詢問。",
    ),
    click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="由此檔之第一行取得密碼（UTF-8）。",
    ),
    click.option("--max-file-mb", type=click.IntRange(min=1), help="單一檔案之大小上限，MB。  [預設：200]"),
    click.option("--max-pages", type=click.IntRange(min=1), help="PDF 之頁數上限。  [預設：3000]"),
    click.option("--max-chars", type=click.IntRange(min=1), help="單一檔案之字數上限。  [預設：2000000]"),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="檢核單一檔案之時間上限，秒。  [預設：300]",
    ),
)


def reading_options(command: _Command) -> _Command:
    """Adds the options; they arrive as the arguments that `limits_of` and `password_of` take."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def limits_of(
    max_file_mb: int | None, max_pages: int | None, max_chars: int | None, time_limit: float | None
) -> Limits:
    """The default limits with those that the user sets."""
    from dataclasses import replace

    from clausecheck.parsers.limits import DEFAULTS

    given = {"file_mb": max_file_mb, "pages": max_pages, "chars": max_chars, "seconds": time_limit}
    return replace(DEFAULTS, **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]


def password_of(password: str | None, password_file: Path | None) -> str | None:
    """The password from the option, the file or the environment, in this order."""
    if password and password_file:
        raise click.UsageError("--password 與 --password-file 請擇一")
    if password_file:
        return _first_line(password_file)
    return password or os.environ.get(ENVIRONMENT) or None


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            line = stream.read(_LONGEST).decode("utf-8-sig").splitlines()[:1]
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"無法讀取密碼檔「{file.name}」，請確認路徑、權限與 UTF-8 編碼") from error
    if not line or not line[0]:
        raise click.UsageError(f"密碼檔「{file.name}」的第一行是空的")
    return line[0]


def ask_passwords(files: Sequence[Path], limits: Limits) -> tuple[tuple[str, str], ...]:
    """Path and password of each protected file, asked for at the terminal; none where there is no terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        return ()
    from clausecheck.parsers import is_protected
    from clausecheck.reports.safe import one_line

    answers = []
    for file in dict.fromkeys(files):
        if is_protected(file, limits):
            question = f"「{one_line(file.name)}」受密碼保護，請輸入密碼"
            answer = click.prompt(question, hide_input=True, err=True, default="", show_default=False)
            answers += [(str(file), answer)] if answer else []
    return tuple(answers)
