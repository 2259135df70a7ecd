"""What must not change a verdict: how a contract is typed, broken into lines, scripted and names its parties."""

from __future__ import annotations

import pickle
import re
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from clausecheck.checker import check, check_document
from clausecheck.document import Block, Document, Place, join_blocks
from clausecheck.findings import Report, State, Status
from clausecheck.library import load_library
from clausecheck.parsers import parse
from clausecheck.reports.json import dumps
from clausecheck.text import canonical
from tests.parsers.docx_files import para, write_docx
from tests.parsers.docx_files import run as word_run
from tests.parsers.pdf_files import lines_page, wrap
from tests.parsers.pdf_files import write as write_pdf

HAN = "[\u4e00-\u9fff]"
NUMBERS = "一二三四五六七八九十"
NAMES = {"甲方": "甲方", "乙方": "乙方"}
PARTIES = "立契約書人：晨曦證券股份有限公司（以下簡稱{甲方}）、藍海資訊股份有限公司（以下簡稱{乙方}）"
OTHER_NAMES = [("委託人", "受託人"), ("委託人", "受託廠商"), ("晨曦證券", "藍海資訊"), ("本公司", "藍海公司")]
Verdicts = dict[str, tuple[Status, int, tuple[State, ...]]]

few = settings(derandomize=True, max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def sentences() -> tuple[str, ...]:
    """Chinese sentences and clauses of the shipped library, each speaking of 甲方 and 乙方."""
    found: list[str] = []
    for requirement in load_library().requirements:
        for element in requirement.elements:
            kinds = element.examples
            found += [*kinds.met, *kinds.contradicted, *kinds.weak, *kinds.blank, *kinds.near_miss]
        found.append(requirement.wording.zh.replace("{委託人}", "甲方").replace("{受託人}", "乙方"))
    return tuple(s for s in found if re.search("甲方|乙方", s) and len(re.findall(HAN, s)) > 0.7 * len(s))


contracts = st.lists(st.sampled_from(sentences()), min_size=3, max_size=8, unique=True)


def lines_of(articles: Sequence[str], names: dict[str, str] = NAMES) -> list[str]:
    """The lines of a contract with these articles."""
    lines = ["資訊服務委外契約書", PARTIES.replace("{甲方}", names["甲方"]).replace("{乙方}", names["乙方"])]
    for number, article in zip(NUMBERS, articles, strict=False):
        lines += [f"第{number}條　約定事項", *renamed(article, names).split("\n")]
    return lines


def renamed(text: str, names: dict[str, str]) -> str:
    return re.sub("[甲乙]方", lambda m: names[m.group()], text)


def document(lines: Sequence[str]) -> Document:
    """A document with one paragraph a line; a line feed within one is a break inside the paragraph."""
    blocks = []
    for number, line in enumerate(lines, start=1):
        made = canonical(line)
        blocks.append(Block(made.text, -1, Place(paragraph=number), source=line, offsets=made.offsets))
    text, placed = join_blocks(blocks)
    return Document("契約.txt", "txt", text, placed)


def verdicts(report: Report) -> Verdicts:
    return {f.id: (f.status, f.score, tuple(e.state for e in f.elements)) for f in report.findings}


def same_verdicts(lines: Sequence[str], others: Sequence[str]) -> None:
    """Both are judged alike, and every passage shown is in the text where it is said to be."""
    made = document(lines), document(others)
    reports = [check_document(d) for d in made]
    for read, report in zip(made, reports, strict=True):
        assert_evidence(read, report)
    assert verdicts(reports[1]) == verdicts(reports[0])


def assert_evidence(read: Document, report: Report) -> None:
    for finding in report.findings:
        for evidence in (*finding.evidence, *filter(None, [finding.nearest])):
            assert evidence.text
            assert read.text[evidence.start : evidence.end] == evidence.text


def sprinkled(text: str, mark: str, share: int, seed: int) -> str:
    """The text with a mark between some of its neighbouring Chinese characters: about one in `share`."""
    out = text[:1]
    for place, (before, char) in enumerate(pairwise(text)):
        fits = re.match(HAN, before) and re.match(HAN, char)
        out += (mark if fits and (place * 7919 + seed) % share == 0 else "") + char
    return out


@few
@given(contracts, st.integers(1, 6), st.integers(0, 100))
def test_stray_blanks(articles: list[str], share: int, seed: int) -> None:
    lines = lines_of(articles)
    same_verdicts(lines, [sprinkled(line, " ", share, seed) for line in lines])


@few
@given(contracts, st.integers(4, 30), st.integers(0, 100), st.sampled_from(["\n", " \n", "\n ", " \n "]))
def test_line_breaks_inside_a_paragraph_of_word(articles: list[str], share: int, seed: int, mark: str) -> None:
    lines = lines_of(articles)
    broken = [line if line.startswith("第") else sprinkled(line, mark, share, seed) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        body = "".join(para("".join(map(word_line, line.split("\n")))[len(BREAK) :]) for line in broken)
        read = parse(write_docx(Path(folder) / "a.docx", body))
    report = check_document(read)
    assert_evidence(read, report)
    assert verdicts(report) == verdicts(check_document(document(lines)))


BREAK = "<w:r><w:br/></w:r>"


def word_line(line: str) -> str:
    """A break and what stands behind it."""
    return BREAK + word_run(line)


@few
@given(contracts)
def test_half_width_punctuation(articles: list[str]) -> None:
    narrow = str.maketrans("，；：？！（）", ",;:?!()")
    lines = lines_of(articles)
    same_verdicts(lines, [line.translate(narrow) for line in lines])


@few
@given(contracts)
def test_full_width_digits_and_letters(articles: list[str]) -> None:
    wide = {c: c + 0xFEE0 for c in map(ord, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}
    lines = lines_of(articles)
    same_verdicts(lines, [line.translate(wide) for line in lines])


@cache
def simplified(char: str) -> str:
    return str(OpenCC("t2s").convert(char))


@few
@given(contracts)
def test_simplified_characters(articles: list[str]) -> None:
    lines = lines_of(articles)
    same_verdicts(lines, ["".join(map(simplified, line)) for line in lines])


@few
@given(contracts, st.sampled_from(OTHER_NAMES))
def test_names_of_the_parties(articles: list[str], names: tuple[str, str]) -> None:
    same_verdicts(lines_of(articles), lines_of(articles, dict(zip(NAMES, names, strict=True))))


@few
@given(contracts)
def test_two_runs_agree_and_reports_pickle(articles: list[str]) -> None:
    read = document(lines_of(articles))
    first, second = check_document(read), check_document(read)
    assert first == second
    assert dumps([first], program_version="0") == dumps([second], program_version="0")
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_formats_agree(tmp_path: Path, start: int) -> None:
    """The same words as text, Word and PDF file, the latter with hard line ends."""
    lines = lines_of(sentences()[start : start + 60 : 7])
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    write_docx(tmp_path / "a.docx", "".join(para(line) for line in lines))
    printed = [piece for line in lines for piece in wrap(line)]
    write_pdf(tmp_path / "a.pdf", *(lines_page(*printed[i : i + 30]) for i in range(0, len(printed), 30)))
    reports = [check(tmp_path / f"a.{suffix}") for suffix in ("txt", "docx", "pdf")]
    assert verdicts(reports[1]) == verdicts(reports[0])
    assert verdicts(reports[2]) == verdicts(reports[0])


def test_hash_seed_does_not_matter(tmp_path: Path, run_twice: Callable[[Path], list[bytes]]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines_of(sentences()[::40])), encoding="utf-8")
    first, second = run_twice(path)
    assert first == second
    assert first.startswith(b"{")


@pytest.fixture
def run_twice() -> Callable[[Path], list[bytes]]:
    """JSON reports of one file by two processes with different hash seeds."""
    import os
    import subprocess
    import sys

    def call(path: Path) -> list[bytes]:
        command = [sys.executable, "-m", "clausecheck", "check", str(path), "--format", "json"]
        return [
            subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")
        ]

    return call
