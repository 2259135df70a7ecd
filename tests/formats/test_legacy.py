"""DOC, ODT and RTF: converted where LibreOffice is, refused with advice where it is not."""

from __future__ import annotations

import hashlib
import http.server
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clausecheck.errors import NoTextError, UnreadableFileError, UnsupportedFileError
from clausecheck.parsers import legacy, libreoffice, parse
from clausecheck.parsers.libreoffice import find_soffice
from clausecheck.parsers.limits import Limits
from tests.bad_input.ole_files import write_ole
from tests.conftest import Run
from tests.parsers.docx_files import level, listed, numbering, para, write_docx

needs_office = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
RTF = r"{\rtf1\ansi\ansicpg950 \u31532?\u19968?\u26781? \u31293?\u26680?\par keep data\par}"


def _converted(source: Path, form: str, folder: Path) -> Path:
    profile = (folder / "profile").as_uri()
    command = [
        find_soffice() or "",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        form,
        str(source),
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    return folder / source.with_suffix(f".{form}").name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract as DOCX, ODT, DOC and RTF."""
    made = tmp_path_factory.mktemp("legacy")
    definition = level(0, "taiwaneseCountingThousand", "第%1條")
    body = listed("稽核") + para("甲方得隨時稽核乙方。") + listed("保密") + para("乙方應保守秘密。")
    docx = write_docx(made / "a.docx", body, parts={"numbering": numbering(definition)})
    for form in ("odt", "doc"):
        _converted(docx, form, made)
    (made / "a.rtf").write_text(RTF, encoding="ascii")
    return made


@needs_office
@pytest.mark.parametrize("form", ["doc", "odt"])
def test_old_formats_read_as_the_new_one(folder: Path, form: str) -> None:
    path = folder / f"a.{form}"
    before = set(os.listdir(tempfile.gettempdir()))
    document = parse(path)
    assert document.text == parse(folder / "a.docx").text
    assert document.text.startswith("第一條")
    assert (document.name, document.format) == (path.name, form)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.notices[0].code == "converted"
    assert "LibreOffice" in document.notices[0].message
    assert not [n for n in set(os.listdir(tempfile.gettempdir())) - before if n.startswith("clausecheck-")]


@needs_office
def test_rtf_whatever_its_name(folder: Path) -> None:
    path = folder / "b\n.doc"
    path.write_bytes((folder / "a.rtf").read_bytes())
    document = parse(path)
    assert document.format == "rtf"
    assert document.text.splitlines()[0].replace("\u3000", "") == "第一條稽核"


@needs_office
def test_the_report_says_that_the_file_was_converted(run: Run, folder: Path, small_library: Path) -> None:
    ran = run("check", folder / "a.odt", "--library", small_library)
    assert ran.code == 0
    assert "轉換" in ran.out


@pytest.fixture
def requests() -> Iterator[tuple[int, list[str]]]:
    """The port of a server on this machine, and what is asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()


@needs_office
def test_nothing_in_a_file_makes_the_converter_call_out(
    folder: Path, tmp_path: Path, requests: tuple[int, list[str]]
) -> None:
    port, asked = requests
    with zipfile.ZipFile(folder / "a.odt") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    link = f'xlink:href="http://127.0.0.1:{port}/x" xlink:type="simple"'
    picture = f'<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image {link}/></draw:frame></text:p>'
    section = f'<text:section text:name="s"><text:section-source {link}/></text:section>'
    content = members["content.xml"].replace(b"</office:text>", f"{picture}{section}</office:text>".encode())
    assert content != members["content.xml"]
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**members, "content.xml": content}.items():
            archive.writestr(name, data)
    assert "稽核" in parse(path).text
    assert not asked


def test_without_libreoffice_the_advice_is_clear(
    tmp_path: Path, run: Run, small_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "find_soffice", lambda: None)
    (tmp_path / "a.rtf").write_text(RTF, encoding="ascii")
    write_ole(tmp_path / "a.doc", {"WordDocument": b"\xec\xa5\xc1\x00"})
    for name in ("a.rtf", "a.doc"):
        ran = run("check", tmp_path / name, "--library", small_library)
        assert ran.code == 4
        assert "本機未安裝 LibreOffice" in ran.err
        assert "另存為 DOCX" in ran.err


@needs_office
def test_a_file_that_the_converter_cannot_read(tmp_path: Path) -> None:
    write_ole(tmp_path / "a.doc", {"WordDocument": b"\xec\xa5\xc1\x00" + b"x" * 5000})
    with pytest.raises((UnreadableFileError, NoTextError), match=r"a\.doc"):
        parse(tmp_path / "a.doc")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize(("script", "word"), [("sleep 60 & sleep 60", "秒"), ("exit 1", "無法轉換")])
def test_a_converter_that_hangs_or_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, word: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    for module in (legacy, libreoffice):
        monkeypatch.setattr(module, "find_soffice", lambda: str(program))
    (tmp_path / "a.rtf").write_text(RTF, encoding="ascii")
    with pytest.raises(UnreadableFileError, match=word):
        parse(tmp_path / "a.rtf", limits=Limits(seconds=0.5))
    group = int((tmp_path / "pid").read_text())
    for _ in range(100):  # the killed ones may still be on their way out
        if not _alive(group):
            break
        time.sleep(0.1)
    assert not _alive(group)


def _alive(group: int) -> list[str]:
    words = ["ps", "-o", "stat=", "-g", str(group)]
    states = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()
    return [state for state in states if not state.startswith("Z")]


def test_a_converter_that_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (legacy, libreoffice):
        monkeypatch.setattr(module, "find_soffice", lambda: str(tmp_path))
    monkeypatch.setattr(libreoffice, "_bounded", lambda command, _: command)
    (tmp_path / "a.rtf").write_text(RTF, encoding="ascii")
    with pytest.raises(UnsupportedFileError, match="無法啟動"):
        parse(tmp_path / "a.rtf")
