"""Passwords: from the option, a file, the environment or the terminal; wrong ones; what none opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from clausecheck.parsers import is_protected
from tests.bad_input.files import Make, locked_docx, locked_pdf, pdf_without_text
from tests.conftest import Run
from tests.parsers.pdf_files import lines_page
from tests.parsers.pdf_files import write as write_pdf
from tests.small_library import AUDIT, write_contract

LOCKED = [("locked.docx", locked_docx, "正確"), ("locked.pdf", locked_pdf, "secret")]


@pytest.fixture(params=LOCKED, ids=[name for name, _, _ in LOCKED])
def locked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A protected file and its password."""
    name, make, password = request.param
    make(tmp_path / name)
    return tmp_path / name, password


def test_a_password_opens_and_a_wrong_one_is_told(check: Run, locked: tuple[Path, str]) -> None:
    path, password = locked
    right = check(path, "--password", password)
    assert (right.code, right.err) == (0, "")
    assert "未發現缺口" in right.out
    wrong = check(path, "--password", "dubious")
    assert wrong.code == 5
    assert "不正確" in wrong.err
    assert "dubious" not in wrong.err


def test_a_password_need_not_stand_in_the_command(
    check: Run, locked: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, password = locked
    file = tmp_path / "password.txt"
    file.write_bytes(f"\ufeff{password}\r\nnot this\r\n".encode())
    assert check(path, "--password-file", file).code == 0
    monkeypatch.setenv("CLAUSECHECK_PASSWORD", password)
    assert check(path).code == 0
    file.write_text("dubious", encoding="utf-8")
    assert check(path, "--password-file", file).code == 5  # goes before the environment


def test_wrong_use_of_passwords(run: Run, tmp_path: Path) -> None:
    contract, empty = write_contract(tmp_path / "a.txt", AUDIT), tmp_path / "empty.txt"
    empty.write_bytes(b"\nsecond line")
    for args, word in (
        (["--password", "x", "--password-file", empty], "擇一"),
        (["--password-file", empty], "空的"),
        (["--password-file", tmp_path / "absent.txt"], "無法讀取密碼檔"),
    ):
        ran = run("check", contract, *args)
        assert ran.code == 2
        assert word in ran.err


def test_the_help_warns_of_the_process_list(run: Run) -> None:
    said = "".join(run("check", "--help").out.split())
    assert "程序清單" in said
    assert "CLAUSECHECK_PASSWORD" in said


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which `secret` is typed; gives the questions."""
    questions: list[str] = []

    def answer(question: str, *, hide_input: bool, **_: object) -> str:
        assert hide_input
        questions.append(question)
        return "secret"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", answer)
    return questions


def test_at_a_terminal_each_protected_file_is_asked_for_once(check: Run, tmp_path: Path, asked: list[str]) -> None:
    locked_pdf(tmp_path / "a.pdf")
    locked_docx(tmp_path / "b.docx")
    plain = write_contract(tmp_path / "c.txt", AUDIT)
    ran = check(tmp_path / "a.pdf", plain, tmp_path / "b.docx")
    assert ["a.pdf" in q or "b.docx" in q for q in asked] == [True, True]
    assert ran.code == 5
    assert "b.docx" in ran.err
    assert "不正確" in ran.err
    assert "a.pdf" not in ran.err
    assert check(tmp_path / "a.pdf", plain, "--together").code == 0
    asked.clear()
    assert check(tmp_path / "a.pdf", "--password", "dubious").code == 5
    assert not asked


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_what_is_typed_is_not_shown(tmp_path: Path) -> None:
    import pty

    locked_pdf(tmp_path / "a.pdf")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "clausecheck", "check", str(tmp_path / "a.pdf")])
    shown = b""
    try:
        while "請輸入密碼".encode() not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, b"dubious\n")
        while chunk := os.read(terminal, 1024):
            shown += chunk
    except OSError:  # the other end has closed
        pass
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 5
    assert b"dubious" not in shown
    assert "密碼不正確" in shown.decode()


@pytest.mark.parametrize(("name", "make"), [("a.pdf", pdf_without_text), ("absent.pdf", lambda _: None)])
def test_what_is_not_protected(tmp_path: Path, name: str, make: Make) -> None:
    make(tmp_path / name)
    assert not is_protected(tmp_path / name)


def test_a_file_that_only_forbids_copying_is_read(check: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, lines_page("第一條　稽核", AUDIT), encrypt=StandardEncryption("", "owner", canCopy=0))
    assert not is_protected(path)
    assert check(path).code == 0
