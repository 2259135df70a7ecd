"""Files that cannot be checked, made on the spot; each maker writes one at a path."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.bad_input.hostile_docx import replace_member
from tests.bad_input.hostile_pdf import write_bytes
from tests.bad_input.ole_files import Tree, write_ole
from tests.parsers.docx_files import para, write_docx
from tests.parsers.pdf_files import grid, lines_page
from tests.parsers.pdf_files import write as write_pdf
from tests.small_library import AUDIT

Make = Callable[[Path], None]
RIGHTS: Tree = {
    "EncryptedPackage": b"x",
    "\x06DataSpaces": {"TransformInfo": {"DRMEncryptedTransform": {"\x06Primary": b"x"}}},
}  # [MS-OFFCRYPTO] 2.2


def holding(content: bytes) -> Make:
    return lambda path: path.write_bytes(content) and None


def ole(tree: Tree) -> Make:
    return lambda path: write_ole(path, tree)


def pdf(make: Callable[[], bytes]) -> Make:
    return lambda path: write_bytes(path, make()) and None


def zipped(members: dict[str, bytes]) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return make


def odf(kind: str, manifest: bytes = b"<manifest/>") -> Make:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mimetype, "content.xml": b"<x/>", "META-INF/manifest.xml": manifest})


epub = zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>"})
iwork = zipped({"Index/Document.iwa": b"x"})


def contracts_zip(path: Path) -> None:
    inner = path.with_suffix(".inner")
    write_docx(inner, para(AUDIT))
    zipped({"合約一.docx": inner.read_bytes()})(path)
    inner.unlink()


def locked_members(path: Path) -> None:
    """The members are marked as encrypted, in their own headers and in the directory."""
    write_docx(path, para(AUDIT))
    data = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    path.write_bytes(bytes(data))


def slides(path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    write_docx(path, para(AUDIT), kind=kind)


def folder(path: Path) -> None:
    path.mkdir()


def absent(path: Path) -> None:
    del path


def cut_docx(path: Path) -> None:
    write_docx(path, para(AUDIT))
    path.write_bytes(path.read_bytes()[:-60])


def torn_docx(path: Path) -> None:
    """A whole directory, but damaged contents."""
    write_docx(path, para(AUDIT * 50))
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 60
    raw[at : at + 40] = bytes(40)
    path.write_bytes(bytes(raw))


def doctype(path: Path) -> None:
    write_docx(path, para(AUDIT))
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode().replace(AUDIT, "甲方&x;")
    replace_member(path, "word/document.xml", f'<!DOCTYPE w [<!ENTITY x "y">]>{body}'.encode())


def locked_docx(path: Path) -> None:
    """The picture is there because the writer fails on small packages."""
    write_docx(path, para("第一條　稽核") + para(AUDIT))
    replace_member(path, "word/media/image1.png", random.Random(0).randbytes(5000))
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("正確", out)
    path.write_bytes(out.getvalue())


def locked_pdf(path: Path) -> None:
    write_pdf(path, lines_page("第一條　稽核", AUDIT), encrypt=StandardEncryption("secret", "owner"))


def cut_pdf(path: Path) -> None:
    write_pdf(path, lines_page("第一條　稽核", AUDIT))
    path.write_bytes(path.read_bytes()[:120])


def pdf_without_pages(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def pdf_without_text(path: Path) -> None:
    write_pdf(path, lambda canvas: grid(canvas, [60, 200], [700, 600]))


def workbook(path: Path) -> None:
    write_docx(path, para(AUDIT), kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
