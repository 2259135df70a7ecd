"""What one file may cost: every limit refuses with a word on how to raise it, and raising it helps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clausecheck.cli.guard import guarded
from clausecheck.errors import ClausecheckError, UnreadableFileError
from clausecheck.parsers import limits, parse
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits, resident_mb
from tests.bad_input import hostile_pdf
from tests.bad_input.hostile_docx import huge_table, many_paragraphs, many_small_bombs, nested_bomb
from tests.conftest import Run
from tests.small_library import AUDIT, write_contract


@pytest.mark.parametrize(
    ("option", "tight", "loose", "word"),
    [("--max-chars", "50", "50000", "50 字"), ("--time-limit", "0.000001", "300", "秒"),
     ("--max-file-mb", "1", "2", "超過 1 MB")],
)  # fmt: skip
def test_limits_are_told_and_can_be_raised(
    check: Run, tmp_path: Path, option: str, tight: str, loose: str, word: str
) -> None:
    path = write_contract(tmp_path / "a.txt", AUDIT)
    if option == "--max-file-mb":
        path.write_text(path.read_text(encoding="utf-8") + "\n" * (1 << 20), encoding="utf-8")
    ran = check(path, option, tight)
    assert (ran.code, ran.out) == (3, "")
    assert word in ran.err
    assert option in ran.err
    assert check(path, option, loose).code == 0


def test_the_number_of_pages(check: Run, tmp_path: Path) -> None:
    path = hostile_pdf.write_bytes(tmp_path / "a.pdf", hostile_pdf.many_pages(3))
    ran = check(path, "--max-pages", "2")
    assert ran.code == 3
    assert "共 3 頁" in ran.err
    assert "--max-pages" in ran.err
    assert check(path, "--max-pages", "3").code == 0


@pytest.mark.parametrize("option", ["--max-file-mb", "--max-pages", "--max-chars", "--time-limit"])
def test_limits_are_positive(run: Run, option: str) -> None:
    ran = run("check", "a.txt", option, "0")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "大於 0" in ran.err


def refused(path: Path, **bounds: float) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        parse(path, limits=Limits(**bounds))  # type: ignore[arg-type]
    assert path.name in caught.value.message
    assert caught.value.advice
    return caught.value.message


def test_small_bombs_add_up(tmp_path: Path) -> None:
    many_small_bombs(tmp_path / "a.docx", 2)
    assert "惡意" in refused(tmp_path / "a.docx", file_mb=5)


def test_a_nested_bomb_is_not_looked_into(tmp_path: Path) -> None:
    nested_bomb(tmp_path / "a.docx")
    assert AUDIT in parse(tmp_path / "a.docx").text


def test_tables_and_paragraphs_are_counted(tmp_path: Path) -> None:
    huge_table(tmp_path / "table.docx", 100)
    assert "900 格" in refused(tmp_path / "table.docx", cells=900)
    assert len(parse(tmp_path / "table.docx").blocks) == 100
    many_paragraphs(tmp_path / "long.docx", 200)
    assert "1,000 字" in refused(tmp_path / "long.docx", chars=1_000)
    (tmp_path / "table.txt").write_text("甲 | 乙 | 丙\n" * 10, encoding="utf-8")
    assert "5 格" in refused(tmp_path / "table.txt", cells=5)


def test_a_flood_of_words_in_a_page(tmp_path: Path) -> None:
    path = hostile_pdf.write_bytes(tmp_path / "a.pdf", hostile_pdf.flood_of_words())
    assert "10,000 字" in refused(path, chars=10_000)


def test_the_clock_and_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFileError, match="秒"):
        Budget("a", Limits(seconds=0)).look()
    assert resident_mb() > 10 or sys.platform == "win32"
    budget = Budget("a", Limits(memory_mb=100))
    monkeypatch.setattr(limits, "resident_mb", lambda: 1e9)
    monkeypatch.setattr(limits, "_MEASURE_EVERY", 1)
    with pytest.raises(UnreadableFileError, match="記憶體"):
        budget.look()


def test_running_out_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("clausecheck.parsers.plain.decode", fail)
    with pytest.raises(UnreadableFileError, match="記憶體"):
        parse(write_contract(tmp_path / "a.txt", AUDIT))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no timer signals")
def test_what_never_ends_is_stopped() -> None:
    def forever() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # must not keep the stop from going through
                continue

    def never(_: ClausecheckError) -> None:
        raise AssertionError

    with pytest.raises(UnreadableFileError, match=r"「a」的處理超過 0\.1 秒"), guarded("a", Limits(seconds=0.1), never):
        forever()


@pytest.mark.skipif(sys.platform == "win32", reason="the other system library is called otherwise")
def test_a_library_that_does_not_return_ends_the_program_with_what_is_done() -> None:
    program = (
        "import ctypes, clausecheck.cli.guard as g\n"
        "from clausecheck.parsers.limits import Limits\n"
        "g._GRACE = 0.1\n"
        "library = ctypes.CDLL(None)\n"
        "with g.guarded('a', Limits(seconds=0.1), lambda fault: print('wrote', fault.exit_code, flush=True)):\n"
        "    [library.pause() for _ in range(99)]\n"
    )
    # Signals end a pause, so they are kept from the main thread.
    program = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n" + program
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, "wrote 3\n", "")


def test_defaults_are_those_of_the_help(run: Run) -> None:
    said = run("check", "--help").out
    for value in (DEFAULTS.file_mb, DEFAULTS.pages, DEFAULTS.chars, DEFAULTS.seconds):
        assert f"[預設：{value:g}]".replace("2e+06", "2000000") in said
