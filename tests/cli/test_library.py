"""`clausecheck library`, the tool of those who write requirements."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import Run
from tests.small_library import AUDIT, REQUIREMENTS, write_library, write_yaml


@pytest.fixture
def broken_library(tmp_path: Path) -> Path:
    """The small library with an example that its rule does not find and one that it should not."""
    folder = write_library(tmp_path / "library")
    path = folder / "requirements" / "7.9.1.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["elements"][0]["examples"] = {"met": [AUDIT, "甲方有查帳之權。"], "near_miss": ["甲方得隨時稽核自己。"]}
    write_yaml(path, data)
    return folder


def test_list_names_every_requirement_in_the_order_of_the_numbers(run: Run, small_library: Path) -> None:
    ran = run("library", "list", "--library", small_library)
    assert (ran.code, ran.err) == (0, "")
    places = [ran.out.index(f" {r['id']} ") for r in REQUIREMENTS]
    assert places == sorted(places)
    for said in ("9.9", "稽核", "測試要求", "重大", "第一類", "外資"):
        assert said in ran.out


def test_list_loses_nothing_in_a_narrow_window(
    run: Run, small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(small_library, tmp_path / "library")
    path = folder / "requirements" / "7.9.2.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    write_yaml(path, {**data, "name": "名稱甚長之要求[red]一二三四五六七八九十末"})
    monkeypatch.setenv("COLUMNS", "60")
    out = run("library", "list", "--library", folder).out
    assert "…" not in out
    assert "末" in out
    assert "red" in out


def test_show_tells_all_of_a_requirement(run: Run, small_library: Path) -> None:
    ran = run("library", "show", "7.9.1", "--library", small_library)
    assert (ran.code, ran.err) == (0, "")
    for said in (
        "7.9.1",
        "稽核",
        "第七條",
        "應約定稽核。",
        "約定稽核",
        "{委託人}得隨時稽核{受託人}。",
        "may audit",
        "不宜退讓",
    ):
        assert said in ran.out


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_number_is_told(run: Run, small_library: Path, command: str) -> None:
    ran = run("library", command, "7.9", "--library", small_library)
    assert (ran.code, ran.out) == (7, "")
    assert "「7.9」" in ran.err
    assert ran.err.count("\n") == 1


def test_check_counts_what_it_ran(run: Run, small_library: Path) -> None:
    whole, one = (run("library", "check", *i, "--library", small_library) for i in ([], ["7.9.1"]))
    assert (whole.code, whole.out) == (0, "已檢驗 20 個例句與建議條文，0 處有問題。\n")
    assert (one.code, one.out) == (0, "已檢驗 5 個例句與建議條文，0 處有問題。\n")


def test_check_names_file_and_sentence(run: Run, broken_library: Path) -> None:
    ran = run("library", "check", "--library", broken_library)
    assert ran.code == 7
    assert "7.9.1.yaml" in ran.out
    assert "甲方有查帳之權。" in ran.out
    assert "甲方得隨時稽核自己。" in ran.out
    assert AUDIT not in ran.out
    assert "2 處有問題" in ran.out
    assert run("library", "check", "7.9.2", "--library", broken_library).code == 0


def test_a_wording_that_misses_its_own_requirement_is_named(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "library")
    path = folder / "requirements" / "7.9.1.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["wording"] = {"zh": "雙方應誠信履約。", "en": "{supplier} pays {audience}."}
    write_yaml(path, data)
    ran = run("library", "check", "7.9.1", "--library", folder)
    assert ran.code == 7
    assert "wording.zh" in ran.out
    assert "wording.en" in ran.out
    assert "佔位符" in ran.out


@pytest.mark.parametrize("command", [["list"], ["show", "7.9.1"], ["check"]])
def test_an_absent_library_is_told(run: Run, tmp_path: Path, command: list[str]) -> None:
    ran = run("library", *command, "--library", tmp_path / "none")
    assert (ran.code, ran.out) == (7, "")
    assert "找不到條款庫資料夾" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("args", [["library", "lint"], ["library", "show"], ["library", "show", "1", "2"], ["libary"]])
def test_wrong_use_is_told_on_one_line(run: Run, args: list[str]) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("錯誤：")
    assert ran.err.count("\n") == 1
