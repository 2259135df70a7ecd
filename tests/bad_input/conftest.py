"""What the tests of bad input share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Ran, Run

HAN = range(0x4E00, 0xA000)


@pytest.fixture
def check(run: Run, small_library: Path) -> Run:
    """`clausecheck check` with the small library; its errors are whole lines in Chinese."""

    def call(*args: str | Path) -> Ran:
        ran = run("check", "--library", small_library, *args)
        for line in ran.err.splitlines():
            assert line.startswith(("錯誤：", "已寫入"))
            assert any(ord(c) in HAN for c in line[3:])
        assert "Traceback" not in ran.out + ran.err
        return ran

    return call
