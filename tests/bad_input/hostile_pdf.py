"""PDF files made to hurt: loops, floods and lies, written object by object."""

from __future__ import annotations

import zlib
from pathlib import Path

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(content: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object with its dictionary."""
    if packed:
        content, entries = zlib.compress(content, 9), f"{entries}/Filter/FlateDecode"
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def assemble(objects: dict[int, bytes | str], trailer: str = "") -> bytes:
    """A file with these objects by number; 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
    return bytes(out) + f"trailer\n<</Root 1 0 R/Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def one_page(content: bytes, resources: str = "", more: dict[int, bytes | str] | None = None, **page: str) -> bytes:
    """A file of one page; its resources may name further objects from number 10 on."""
    entries = "".join(f"/{key} {value}" for key, value in {"MediaBox": "[0 0 595 842]", **page}.items())
    return assemble({
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R{entries}/Contents 4 0 R/Resources<</Font<</F {FONT}>>{resources}>>>>",
        4: content,
        **(more or {}),
    })  # fmt: skip


def words(text: str = "Article 1 The Supplier shall keep all data confidential.") -> bytes:
    """A content stream that shows a line of text."""
    return stream(f"BT /F 12 Tf 60 700 Td ({text}) Tj ET".encode())


def looping_page_tree() -> bytes:
    """A node of the page tree is its own child."""
    return assemble({
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F {FONT}>>>>>>",
        4: words(),
    })  # fmt: skip


def looping_xref() -> bytes:
    """The cross-reference table names itself as the one before."""
    data = one_page(words())
    start = data.rindex(b"startxref\n") + len(b"startxref\n")
    at = data[start:].split()[0]
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev " + at)


def lying_count(pages: int = 1_000_000_000) -> bytes:
    """The page tree claims pages that are not there."""
    return one_page(words()).replace(b"/Count 1", f"/Count {pages}".encode())


def self_drawing_form() -> bytes:
    """A form draws itself."""
    form = stream(b"/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return one_page(words()[:-10] + b"\nendstream", more={10: form}, Annots="[]").replace(
        b"/Resources<<", b"/Resources<</XObject<</X 10 0 R>>", 1
    )


def multiplying_forms(levels: int = 9, times: int = 10) -> bytes:
    """Each form draws the next ten times: a thousand million drawings in a few kilobytes."""
    objects: dict[int, bytes | str] = {}
    for level in range(levels):
        inner = f"/Resources<</XObject<</X {11 + level} 0 R>>>>"
        objects[10 + level] = stream(b"/X Do " * times, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{inner}")
    objects[10 + levels] = stream(b"0 0 1 1 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(stream(b"/X Do"), "/XObject<</X 10 0 R>>", objects)


def huge_picture(side: int = 1_000_000) -> bytes:
    """A picture of a million million pixels that takes a few bytes, over a page with words."""
    kind = f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 8"
    content = b"q 500 0 0 50 0 0 cm /I Do Q BT /F 12 Tf 60 700 Td (Article 1 The Supplier keeps data.) Tj ET"
    return one_page(stream(content), "/XObject<</I 10 0 R>>", {10: stream(bytes(1000), kind, packed=True)})


def flood_of_words(count: int = 50_000) -> bytes:
    """A content stream that unpacks to very many characters."""
    return one_page(stream(b"BT /F 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaa)Tj " * (count // 24) + b"ET", packed=True))


def flood_of_zeros(megabytes: int = 40) -> bytes:
    """A content stream that unpacks a thousandfold and shows nothing."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    return one_page(stream(packed, "/Filter/FlateDecode"))


def nested_arrays(depth: int = 100_000) -> bytes:
    """A dictionary entry of arrays within arrays."""
    return one_page(words(), f"/Deep {'[' * depth}{']' * depth}")


def many_pages(count: int = 10_000, claimed: int | None = None) -> bytes:
    """Pages without number, each with words of its own; the page tree may claim another count."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(count))
    objects: dict[int, bytes | str] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {count if claimed is None else claimed}>>",
    }
    for number in range(10, 10 + 2 * count, 2):
        entries = f"/MediaBox[0 0 595 842]/Contents {number + 1} 0 R/Resources<</Font<</F {FONT}>>>>"
        objects[number] = f"<</Type/Page/Parent 2 0 R{entries}>>"
        objects[number + 1] = words(f"Article {number // 2 - 4} The Supplier keeps record {number * 7}.")
    return assemble(objects)


def rights_managed() -> bytes:
    """Encrypted by Microsoft's rights management."""
    objects: dict[int, bytes | str] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: "<</Filter/MicrosoftIRMServices/V 0/MicrosoftIRMVersion 2/PublishLicense(x)>>",
    }
    return assemble(objects, "/Encrypt 4 0 R/ID[<00><00>]")


def write_bytes(path: Path, data: bytes) -> Path:
    """Writes the file and gives its path."""
    path.write_bytes(data)
    return path
