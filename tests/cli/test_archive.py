"""`clausecheck archive` as a user calls it; a real run that is stopped and killed goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.archive.content import content
from tests.archive.support import Place
from tests.conftest import Run
from tests.small_library import AUDIT, TERMS, write_yaml


@pytest.fixture
def place(tmp_path: Path, small_library: Path) -> Place:
    return Place(tmp_path, small_library)


def test_scan_again_and_after_a_change_of_the_library(
    place: Place, run: Run, tmp_path: Path, small_library: Path
) -> None:
    import shutil

    library = Path(shutil.copytree(small_library, tmp_path / "library"))
    place.write("a.txt", AUDIT)
    (place.root / "b.jpg").write_bytes(b"\xff\xd8")
    words = ("archive", "scan", place.root, "--db", place.database, "--library", library, "--workers", "1")
    first = run(*words)
    assert first.code == 0, first.err
    assert "已檢核 1　無法讀取 1" in first.out
    assert AUDIT not in first.out + first.err
    assert "未異動 2" in run(*words).out
    unchanged = run("archive", "rescan", "--db", place.database, "--library", library)
    assert "狀態均無變動" in unchanged.out
    changed = Path(shutil.copytree(library, tmp_path / "changed"))
    write_yaml(changed / "terms" / "words.yaml", {**TERMS, "audit_right": {"zh": ["不得"], "en": ["may"]}})
    rescanned = run("archive", "rescan", "--db", place.database, "--library", changed, "--workers", "1")
    assert "不再符合 1 項" in rescanned.out
    assert "7.9.1　稽核" in rescanned.out
    assert f"{place.root}{os.sep}a.txt" in rescanned.out


def test_wrong_use_is_told(place: Place, run: Run) -> None:
    scan = ("archive", "scan", place.root)
    assert run(*scan).code == 2
    assert run("archive", "scan", place.root / "none", "--db", place.database).code == 3
    assert not place.database.exists()
    assert run("archive", "rescan", "--db", place.database).code == 9
    place.database.write_text("這不是資料庫" * 500, encoding="utf-8")
    ran = run(*scan, "--db", place.database, "--library", place.library)
    assert (ran.code, "不是契約庫" in ran.err) == (9, True)
    assert place.database.read_text(encoding="utf-8").startswith("這不是資料庫")
    assert run(*scan, "--db", place.database, "--library", place.library, "--has", "nothing").code == 2


def _recorded(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:  # not there yet
        return 0
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_stopped_and_then_killed_goes_on_where_it_was(place: Place, tmp_path: Path) -> None:
    for number in range(24):
        place.write(f"{number:02}.txt", AUDIT * (number + 1))
    words = [
        sys.executable, "-m", "clausecheck", "archive", "scan", str(place.root), "--db", str(place.database),
        "--library", str(place.library), "--workers", "1",
    ]  # fmt: skip
    done = 0
    for stop, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        while process.poll() is None and _recorded(place.database) <= done:
            time.sleep(0.02)
        workers = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, stop)
        process.communicate()
        assert process.returncode == code
        assert not psutil.wait_procs(workers, timeout=20)[1]
        done = _recorded(place.database)
        assert 1 <= done < 24
    assert len(place.scan().judged) == 24 - done
    broken, place.database = place.database, tmp_path / "whole.sqlite"
    place.scan()
    assert content(broken) == content(place.database)
