"""DOCX and ZIP files made to hurt: bombs, floods and depths."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.parsers.docx_files import level, listed, numbering, para, run, write_docx
from tests.small_library import AUDIT


def replace_member(path: Path, name: str, content: bytes) -> Path:
    """The same package with one member replaced or added."""
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in {**members, name: content}.items():
            archive.writestr(member, data)
    return path


def flood(path: Path, name: str, megabytes: int) -> Path:
    """The same package with a member of zeros."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return path


def bomb(path: Path) -> None:
    """One member of a huge ratio."""
    flood(write_docx(path, para(AUDIT)), "word/media.xml", 32)


def many_small_bombs(path: Path, count: int = 60) -> None:
    """Members that each stay below the ratio's beginning and together are too much."""
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.bin", bytes(7 << 20))


def nested_bomb(path: Path) -> None:
    """A ZIP within a ZIP within the package; nothing looks into it."""
    inner = bytes(1 << 20)
    for depth in range(4):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{depth}-{copy}.zip", inner)
        inner = stream.getvalue()
    replace_member(write_docx(path, para("第一條　稽核") + para(AUDIT)), "word/embeddings/a.zip", inner)


def many_members(path: Path, count: int = 25_000) -> None:
    """A package of very many empty members."""
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(count):
            archive.writestr(f"x/{number}", b"")


def entity_bomb(path: Path) -> None:
    """A billion laughs."""
    entities = '<!ENTITY a0 "甲方">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode().replace(AUDIT, "&a9;")
    replace_member(path, "word/document.xml", f"<!DOCTYPE w [{entities}]>{body}".encode())


def deep(path: Path, depth: int = 5_000) -> None:
    """Elements within elements."""
    write_docx(path, para("<w:smartTag>" * depth + run("深") + "</w:smartTag>" * depth))


def long_paragraph(path: Path, megabytes: int = 100) -> None:
    """One paragraph of a hundred megabytes, of text that packs badly enough to pass for real."""
    write_docx(path, para("@"))
    head, tail = zipfile.ZipFile(path).read("word/document.xml").split(b"@")
    words = "".join(f"甲方得隨時稽核乙方第{n}次。" for n in range(2_000)).encode()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.filelist[:] = [i for i in archive.filelist if i.filename != "word/document.xml"]
        archive.NameToInfo.pop("word/document.xml")
        with archive.open("word/document.xml", "w") as member:
            member.write(head)
            for _ in range(megabytes * (1 << 20) // len(words)):
                member.write(words)
            member.write(tail)


def long_labels(path: Path) -> None:
    """A list whose number is a hundred thousand characters long, used a hundred times."""
    definition = level(0, "decimal", "%1." + "長" * 100_000)
    write_docx(path, "".join(listed("乙") for _ in range(100)), parts={"numbering": numbering(definition)})


def huge_table(path: Path, rows: int = 30_000) -> None:
    """A table of 300,000 cells."""
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>"
    write_docx(path, f"<w:tbl>{row * rows}</w:tbl>")


def many_paragraphs(path: Path, count: int = 300_000) -> None:
    """Paragraphs without number: three million characters."""
    write_docx(path, "<w:p><w:r><w:t>甲方得隨時稽核乙方。</w:t></w:r></w:p>" * count)
