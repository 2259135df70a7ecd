"""Starting the program: help, version, and what is not loaded for them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from clausecheck import __version__, errors
from clausecheck.cli import cli
from tests.conftest import Run

HEAVY = ("spacy", "openpyxl", "pdfplumber", "pypdfium2", "numpy", "lxml", "docx", "pydantic", "rich")
_SPY = """
import sys
from clausecheck.cli import main
try:
    main()
finally:
    print("loaded:", *sorted(m for m in sys.modules if "." not in m))
"""


def _python(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"clausecheck {__version__}\n")


def test_python_m_is_the_same_program() -> None:
    ran = _python("-m", "clausecheck", "--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"clausecheck {__version__}\n", "")


def test_python_m_gives_exit_codes_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    ran = _python("-m", "clausecheck", "check", str(tmp_path_factory.mktemp("empty") / "absent.pdf"))
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "找不到檔案" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [["--help"], ["check", "--help"], ["library", "check", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    ran = _python("-c", _SPY, *args)
    loaded = ran.stdout.partition("loaded:")[2].split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)


def test_help_tells_every_exit_code(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 70):
        assert any(line.split()[:1] == [str(code)] for line in ran.out.splitlines())


def test_readme_errors_and_help_agree_on_the_exit_codes(run: Run) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = readme.partition("### 結束代碼")[2].partition("##")[0]
    told = [int(n) for n in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    said = run("--help").out.partition("結束代碼")[2]
    helped = [int(n) for n in re.findall(r"^ +(\d+) ", said, re.MULTILINE)]
    written = [int(n) for n in re.findall(r"^ +(\d+) ", errors.__doc__ or "", re.MULTILINE)]
    assert told == helped == written


def test_every_option_has_a_word_of_help() -> None:
    library = cli.commands["library"]
    commands = [cli, *cli.commands.values(), *getattr(library, "commands", {}).values()]
    for command in commands:
        assert command.help
        for param in command.params:
            if param.param_type_name == "option" and not getattr(param, "hidden", False):
                assert getattr(param, "help", ""), f"{command.name} {param.name}"


def test_no_arguments_show_the_help(run: Run) -> None:
    ran = run()
    assert "Usage" in ran.out + ran.err
    assert "Traceback" not in ran.err
