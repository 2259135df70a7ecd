"""Files that are not what they seem: refused with a clear word, and before they do harm."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from clausecheck.errors import (
    ClausecheckError,
    NoTextError,
    ProtectedFileError,
    UnreadableFileError,
    UnsupportedFileError,
)
from clausecheck.parsers import docx_inline, docx_package
from clausecheck.parsers.docx import parse_docx
from clausecheck.parsers.limits import MEGABYTE

from .docx_files import para, run, table, write_docx

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


def refused(path: Path, error: type[ClausecheckError], password: str | None = None) -> ClausecheckError:
    with pytest.raises(error) as caught:
        parse_docx(path, password=password)
    assert path.name in caught.value.message
    assert caught.value.advice
    return caught.value


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"\0" * 64, b"PK\x03\x04 cut off", b"just words"])
def test_what_is_no_package_is_unreadable(tmp_path: Path, content: bytes) -> None:
    refused(write(tmp_path / "a.docx", content), UnreadableFileError)


def test_absent_files_and_folders(tmp_path: Path) -> None:
    refused(tmp_path / "absent.docx", UnreadableFileError)
    refused(tmp_path, UnreadableFileError)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"{\\rtf1 x}", b"<html></html>", b"\xef\xbb\xbf<?xml?>"])
def test_other_formats_under_this_name_are_unsupported(tmp_path: Path, content: bytes) -> None:
    refused(write(tmp_path / "a.docx", content), UnsupportedFileError)


def test_a_cut_off_file_is_unreadable(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    refused(write(path, path.read_bytes()[:-40]), UnreadableFileError)


def test_a_damaged_container_is_unreadable(tmp_path: Path) -> None:
    refused(write(tmp_path / "a.doc", OLE + "WordDocument".encode("utf-16-le")), UnreadableFileError)


def test_an_encrypted_file_opens_with_its_password_alone(tmp_path: Path) -> None:
    plain = write_docx(tmp_path / "plain.docx", para("乙方應保密。"))
    _replace(plain, "word/media/image1.png", random.Random(0).randbytes(5000))  # the writer fails on small packages
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt("正確", out)
    assert msoffcrypto.OfficeFile(io.BytesIO(out.getvalue())).is_encrypted()
    path = write(tmp_path / "a.docx", out.getvalue())
    refused(path, ProtectedFileError)
    refused(path, ProtectedFileError, "不對")
    assert parse_docx(path, password="正確").text == "乙方應保密。"
    refused(write(path, out.getvalue()[:3000]), UnreadableFileError, "正確")


@pytest.mark.parametrize(
    ("kind", "word"),
    [("spreadsheetml.sheet.main+xml", "Excel"), ("presentationml.presentation.main+xml", "PowerPoint")],
)
def test_other_office_files_are_named(tmp_path: Path, kind: str, word: str) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"), kind=f"application/vnd.openxmlformats-officedocument.{kind}")
    assert word in refused(path, UnsupportedFileError).message


def test_any_other_archive_is_unsupported(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    refused(path, UnsupportedFileError)


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template", "template.macroEnabledTemplate"])
def test_macro_files_and_templates_are_read(tmp_path: Path, kind: str) -> None:
    path = write_docx(tmp_path / "a.docm", para("甲"), kind=f"application/vnd.ms-word.{kind}.main+xml")
    assert parse_docx(path).text == "甲"


ENTITY = '<!DOCTYPE d [<!ENTITY x "y">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_any_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    path = write_docx(tmp_path / "a.docx", para("A"))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {names}><w:body>{para('A&x;B')}</w:body></w:document>"
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}{body}'
    _replace(path, "word/document.xml", text.encode(encoding))
    assert "DOCTYPE" in refused(path, UnreadableFileError).message


def _replace(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    members[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/bomb.xml", "w") as member:
        for _ in range(24):
            member.write(b"\0" * MEGABYTE)
    tracemalloc.start()
    try:
        refused(path, UnreadableFileError)
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_the_number_of_members_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    monkeypatch.setattr(docx_package, "MAX_MEMBERS", 3)
    refused(path, UnreadableFileError)


@pytest.mark.parametrize("content", [b"<w:document", b"", b"\xff\xfe\x00", b"<a>&undefined;</a>"])
def test_damaged_xml_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    _replace(path, "word/document.xml", content)
    refused(path, UnreadableFileError)


def test_damaged_compression_is_unreadable(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲" * 500))
    raw = bytearray(path.read_bytes())
    at = raw.find(b"word/document.xml") + len("word/document.xml") + 10
    raw[at : at + 20] = b"\xff" * 20
    refused(write(path, bytes(raw)), UnreadableFileError)


def test_a_package_without_a_body_is_unreadable(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    _replace(
        path, "word/document.xml", b"<w:x xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"
    )
    refused(path, UnreadableFileError)


@pytest.mark.parametrize("depth", [60, 1_000, 5_000])
def test_deep_nesting_is_read_or_refused(tmp_path: Path, depth: int) -> None:
    deep = para("<w:smartTag>" * depth + run("深") + "</w:smartTag>" * depth)
    path = write_docx(tmp_path / "a.docx", para("首") + deep)
    if depth < 100:
        assert parse_docx(path).text == "首\n深"
    else:
        refused(path, UnreadableFileError)


@pytest.mark.parametrize("depth", [60, 400])
def test_deeply_nested_tables_are_read_or_refused(tmp_path: Path, depth: int) -> None:
    body = para("深")
    for _ in range(depth):
        body = table((body, "側"))
    path = write_docx(tmp_path / "a.docx", body)
    if depth < 100:
        assert parse_docx(path).text.count("側") == depth
    else:
        refused(path, UnreadableFileError)


def test_a_nesting_too_deep_for_the_walk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setitem(docx_inline._HANDLERS, "r", fail)
    refused(write_docx(tmp_path / "a.docx", para("甲")), UnreadableFileError)


def test_a_file_without_words_has_no_text(tmp_path: Path) -> None:
    refused(write_docx(tmp_path / "a.docx", para("") + para(run("  "))), NoTextError)


def test_names_that_lead_out_of_the_package_write_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = write_docx(folder / "a.docx", para("甲"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("/evil.txt", "x")
    assert parse_docx(path).text == "甲"
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.docx"]


def test_strict_names_are_understood(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("乙方應保密。"))
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    for name, content in members.items():
        content = content.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                  b"http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
        members[name] = content.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                        b"http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert parse_docx(path).text == "乙方應保密。"


def test_other_slashes_and_cases_of_names_are_understood(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para("甲"))
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    raw = {n.replace("word/", "Word\\"): c for n, c in members.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in raw.items():
            archive.writestr(name, content)
    assert parse_docx(path).text == "甲"
