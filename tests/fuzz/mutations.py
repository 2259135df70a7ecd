"""Ways to spoil a contract file: its bytes, ZIP members, XML, PDF objects. Each takes its luck from `rng`."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from lxml import etree

Mutation = Callable[[random.Random, bytes], bytes]
ODD_NUMBERS = ("0", "-1", "1", "65536", "2147483648", "-9999999999999", "1e400", "NaN", "9" * 400, "", "x")
ODD_WORDS = (
    "",
    "\u202e",
    "\ud7ff",
    "=1+1",
    "|" * 50,
    "（" * 200,
    "第一條" * 50,
    "甲" * 5_000,
    "\t\n\u2028",
    "%s{0}",
    "\U000e0001",
)
TOKENS = (
    *(b"obj", b"endobj", b"stream", b"endstream", b"xref", b"/Length", b"/Kids", b"<<", b">>", b"BT", b"Tj", b"\x00"),
    *(b"PK\x03\x04", b"PK\x01\x02", b"<w:p>", b"</w:p>", b"&amp;", b"&#0;", b"\xff\xfe"),
)


def flip(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def truncate(rng: random.Random, data: bytes) -> bytes:
    """The end, the beginning or a piece of the middle is gone."""
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:b], data[a:], data[:a] + data[b:]))


def splice(rng: random.Random, data: bytes) -> bytes:
    """A piece doubled, moved, blanked or a token put in."""
    a, b = sorted(rng.randrange(len(data)) for _ in range(2))
    b = min(b, a + 4096)
    piece, at = data[a:b], rng.randrange(len(data))
    what = rng.choice((piece, bytes(len(piece)), rng.choice(TOKENS) * rng.choice((1, 10, 1000))))
    return data[:at] + what + data[at + rng.choice((0, len(what))) :]


def zip_members(rng: random.Random, data: bytes) -> bytes:
    """Members spoiled, dropped, renamed, doubled, and packed again."""
    members = _unzipped(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        name, content = rng.choice(members)
        at = members.index((name, content))
        spoiled = rng.choice((flip, truncate, splice))(rng, content) if content else b"x"
        members[at : at + 1] = rng.choice((
            [(name, spoiled)],
            [],
            [(rng.choice(("../../evil", "/evil", name.upper(), name.replace("/", "\\"))), content)],
            [(name, content), (name, spoiled)],
            [(name, rng.choice(members)[1])],
        ))  # fmt: skip
        if not members:
            break
    return _zipped(rng, members)


def xml_structure(rng: random.Random, data: bytes) -> bytes:
    """Elements of one part dropped, doubled, moved, nested, renamed, and attributes made odd."""
    members = dict(_unzipped(data))
    parts = [n for n in members if n.endswith((".xml", ".rels")) and members[n].lstrip().startswith(b"<")]
    name = rng.choice([*parts, *["word/document.xml"] * len(parts)])
    root = etree.fromstring(members[name])
    for _ in range(rng.choice((1, 3, 10, 60))):
        _spoil_element(rng, [e for e in root.iter() if isinstance(e.tag, str)])
    members[name] = etree.tostring(root)
    return _zipped(rng, list(members.items()))


def _spoil_element(rng: random.Random, elements: Sequence[Any]) -> None:
    element, other = rng.choice(elements), rng.choice(elements)
    parent = element.getparent()
    what = rng.randrange(7)
    if what == 0 and parent is not None:
        parent.remove(element)
    elif what == 1 and parent is not None:
        parent.insert(rng.randrange(len(parent) + 1), etree.fromstring(etree.tostring(element)))
    elif what == 2 and parent is not None and element not in other.iterancestors() and element is not other:
        other.insert(rng.randrange(len(other) + 1), element)
    elif what == 3:
        element.tag = other.tag
    elif what == 4:
        element.text = rng.choice(ODD_WORDS)
    elif what == 5 and parent is not None:
        for _ in range(rng.choice((1, 30))):
            wrapper = etree.SubElement(parent, other.tag, dict(other.attrib))
            wrapper.append(element)
            element = wrapper
    elif element.attrib:
        element.set(rng.choice(list(element.attrib)), rng.choice((*ODD_NUMBERS, *ODD_WORDS)))


def pdf_objects(rng: random.Random, data: bytes) -> bytes:
    """Values of dictionaries dropped or exchanged, streams spoiled, references turned round."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(rng.choice((1, 3, 10, 30))):
            _spoil_object(rng, pdf, rng.choice(objects), rng.choice(objects))
        pdf.save(out, static_id=True, compress_streams=rng.random() < 0.5)
    return out.getvalue()


def _spoil_object(rng: random.Random, pdf: pikepdf.Pdf, target: Any, other: Any) -> None:
    if isinstance(target, pikepdf.Stream) and rng.random() < 0.4:
        content = target.read_bytes()
        target.write(rng.choice((flip, truncate, splice))(rng, content) if content else b"q")
        return
    keys = [k for k in target.keys() if k != "/Length"]  # noqa: SIM118 - a pikepdf object is no mapping
    if not keys:
        return
    key = rng.choice(keys)
    values: tuple[Any, ...] = (
        None, rng.choice((0, -1, 2**31 - 1, 10**9, 0.5)), pikepdf.Name("/Odd"), pikepdf.String("x" * 300),
        pikepdf.Array([target, other] if target.is_indirect and other.is_indirect else []),
        pdf.make_indirect(other) if not other.is_indirect else other, True,
    )  # fmt: skip
    value = rng.choice(values)
    if value is None:
        del target[key]
    else:
        target[key] = value


def pdf_bytes(rng: random.Random, data: bytes) -> bytes:
    """A number in the file's own bytes made odd: lengths, offsets, references."""
    digits = [i for i, c in enumerate(data) if 48 <= c <= 57]
    out = bytearray(data)
    for _ in range(rng.choice((1, 5, 40))):
        out[rng.choice(digits)] = rng.choice(b"0123456789")
    return bytes(out)


def words(rng: random.Random, data: bytes) -> bytes:
    """Lines of a text dropped, doubled, shuffled and made odd, in some encoding."""
    lines = data.decode().splitlines()
    for _ in range(rng.choice((1, 5, 40))):
        at = rng.randrange(len(lines))
        lines[at : at + 1] = rng.choice(([], [lines[at]] * 2, [rng.choice(ODD_WORDS) + lines[at]], [lines[at][::-1]]))
        if not lines:
            return b"\n"
    return "\n".join(lines).encode(rng.choice(("utf-8", "utf-16", "cp950", "gb18030", "utf-8-sig")), "replace")


ANY: tuple[Mutation, ...] = (flip, truncate, splice)
MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    ".docx": (*ANY, zip_members, zip_members, *[xml_structure] * 6),
    ".pdf": (*ANY, pdf_bytes, pdf_bytes, *[pdf_objects] * 5),
    ".md": (*ANY, words, words, words),
}


def mutated(rng: random.Random, suffix: str, data: bytes) -> tuple[str, bytes]:
    """The name of a mutation and what it makes of the data; a second one may follow."""
    mutation = rng.choice(MUTATIONS[suffix])
    made = mutation(rng, data)
    return (f"{mutation.__name__}+flip", flip(rng, made)) if made and rng.random() < 0.1 else (mutation.__name__, made)


def _unzipped(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(i.filename, archive.read(i)) for i in archive.infolist()]


def _zipped(rng: random.Random, members: Sequence[tuple[str, bytes]]) -> bytes:
    """A package written by hand, so that names may repeat and a size may lie."""
    out, directory = bytearray(), bytearray()
    for name, content in members:
        letters, packer = name.encode(), zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        size = len(content) if rng.random() < 0.997 else rng.choice((0, 1, 2**31))
        sizes = zlib.crc32(content), len(packed), size, len(letters), 0
        head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0x21, *sizes)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + letters
        )
        out += b"PK\x03\x04" + head + letters + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\x05\x06" + end
