"""Small DOCX files for the tests, written part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_RELATION}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
          "comments": "comments", "header": "hdr", "footer": "ftr"}  # fmt: skip


def run(text: str, properties: str = "") -> str:
    """A w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", properties: str = "") -> str:
    """A w:p; plain words become a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, num: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def table(*rows: tuple[str, ...], properties: str = "") -> str:
    """A w:tbl; a cell is words or whole w:p elements."""
    lines = ""
    for row in rows:
        cells = "".join(f"<w:tc>{c if c.startswith('<') else para(c)}</w:tc>" for c in row)
        lines += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{lines}</w:tbl>"


def level(index: int, style: str, text: str, more: str = "") -> str:
    """A w:lvl that starts at 1."""
    form = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}">{form}</w:lvl>'


def use(num: int, definition: int, override: str = "") -> str:
    """A w:num; `override` replaces something of its first level."""
    inner = f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride>' if override else ""
    return f'<w:num w:numId="{num}"><w:abstractNumId w:val="{definition}"/>{inner}</w:num>'


def style(name: str, content: str = "", *, kind: str = "paragraph", based_on: str = "") -> str:
    """A w:style that is called by its id."""
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{above}{content}</w:style>'


def note(kind: str, number: int, content: str, properties: str = "") -> str:
    """A w:footnote or w:endnote."""
    return f'<w:{kind} {properties} w:id="{number}">{content}</w:{kind}>'


_EXTENT = '<wp:extent cx="5000000" cy="7000000"/>'
PICTURE = f'<w:r><w:drawing><wp:inline>{_EXTENT}<a:blip r:embed="x"/></wp:inline></w:drawing></w:r>'


def numbering(*definitions: str, uses: str = "") -> str:
    """List definitions 1, 2 … and the uses 1, 2 … of them."""
    out = "".join(f'<w:abstractNum w:abstractNumId="{i}">{d}</w:abstractNum>' for i, d in enumerate(definitions, 1))
    for i in range(1, len(definitions) + 1):
        out += use(i, i)
    return out + uses


def write_docx(
    path: Path, body: str, *, parts: dict[str, str] | None = None, kind: str = MAIN, sections: str = ""
) -> Path:
    """Write a DOCX; `parts` are the contents of styles, numbering, footnotes, comments, header ..."""
    relations, overrides = "", f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    files = {}
    for name, content in (parts or {}).items():
        relations += f'<Relationship Id="r_{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        files[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {_NAMES}>{content}</w:{_ROOTS[name]}>"
    files["word/document.xml"] = (
        f"<w:document {_NAMES}><w:body>{body}<w:sectPr>{sections}</w:sectPr></w:body></w:document>"
    )
    files["word/_rels/document.xml.rels"] = _relationships(relations)
    files["_rels/.rels"] = _relationships(
        f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    )
    files["[Content_Types].xml"] = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _relationships(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )
