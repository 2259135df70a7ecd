"""Writes a sample text as DOCX: automatic numbering, tables, footnotes, text box, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from markup import Line, Source, Span

_W = nsdecls("w")
_FIXED = datetime(2026, 1, 5, 9, 0, 0)
_ZIP_TIME = (2026, 1, 5, 9, 0, 0)
_KEPT_STYLES = ("Normal", "Title", "Heading1", "TableGrid", "TableNormal", "DefaultParagraphFont")
_UNNEEDED = ("thumbnail", "stylesWithEffects", "webSettings", "theme", "customXml", "fontTable")
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LEVELS_ZH = (("taiwaneseCountingThousand", "第%1條", "space"), ("taiwaneseCountingThousand", "%2、", "nothing"),
              ("taiwaneseCountingThousand", "（%3）", "nothing"))  # fmt: skip
_LEVELS_EN = (("decimal", "%1.", "space"), ("decimal", "%1.%2", "space"), ("lowerLetter", "(%3)", "space"))
_ANNEX_ZH = (("taiwaneseCountingThousand", "%1、", "nothing"), ("taiwaneseCountingThousand", "（%2）", "nothing"))
_ANNEX_EN = (("decimal", "%1", "space"), ("lowerLetter", "(%2)", "space"))


def write_docx(source: Source, path: Path) -> None:
    """Write the text as a DOCX that has the same bytes each time."""
    Writer(source).write(path)


class Writer:
    """One DOCX in the making."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.document = Document()
        self.footnotes: list[str] = []
        self.annexes = 0
        self.changes = 0
        self._slim()
        self._page()
        self._numbering()

    def write(self, path: Path) -> None:
        for line in self.source.lines:
            if line.kind == "table":
                self._table(line)
            elif line.kind == "box":
                self._box(line)
            else:
                self._paragraph(line)
        self._add_footnotes()
        stream = io.BytesIO()
        self.document.save(stream)
        _store(stream, path)

    def _slim(self) -> None:
        """Drop what python-docx's template carries and no sample uses (some 800 KB)."""
        for rels in (self.document.part.rels, self.document.part.package.rels):
            for key in [k for k, r in rels.items() if r.reltype.endswith(_UNNEEDED)]:
                del rels[key]
        styles = self.document.styles.element
        for element in list(styles):
            kept = element.get(qn("w:styleId")) in _KEPT_STYLES
            if element.tag == qn("w:latentStyles") or (element.tag == qn("w:style") and not kept):
                styles.remove(element)
        for style in self.document.styles:
            for name in ("w:link", "w:next"):
                for element in style.element.findall(qn(name)):
                    style.element.remove(element)
        properties = self.document.core_properties
        properties.author, properties.comments, properties.last_modified_by = "clausecheck", "", ""
        properties.created = properties.modified = _FIXED

    def _page(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(11)
        normal.font.name = "Times New Roman"
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "標楷體")
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if self.source.header:
            section.header.paragraphs[0].text = self.source.header
        footer = section.footer.paragraphs[0]
        before, after = ("第 ", " 頁") if self.source.chinese else ("Page ", "")
        footer.text = f"{self.source.footer}　{before}".lstrip("　")
        footer._p.append(parse_xml(f'<w:fldSimple {_W} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        footer.add_run(after)

    def _numbering(self) -> None:
        """List 1 for the main text; each annex has a list of its own."""
        root = self.document.part.numbering_part.element
        for element in list(root):
            root.remove(element)
        main, annex = (_LEVELS_ZH, _ANNEX_ZH) if self.source.chinese else (_LEVELS_EN, _ANNEX_EN)
        count = 1 + sum(line.kind == "annex" for line in self.source.lines)
        for number in range(1, count + 1):
            root.append(_definition(number, main if number == 1 else annex))
        for number in range(1, count + 1):
            root.append(parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))

    def _paragraph(self, line: Line) -> None:
        style = {"title": "Title", "article": "Heading 1", "annex": "Heading 1"}.get(line.kind, "Normal")
        paragraph = self.document.add_paragraph(style=style)
        if line.kind == "annex":
            self.annexes += 1
            paragraph.paragraph_format.page_break_before = True
        if line.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._number(paragraph, line.kind)
        if line.inserted_by:
            mark = f"<w:rPr {_W}>{self._tracked('ins', line.inserted_by)}/></w:rPr>"
            paragraph._p.get_or_add_pPr().append(parse_xml(mark))
        for xml in self._runs(line.spans):
            paragraph._p.append(parse_xml(xml))

    def _number(self, paragraph: object, kind: str) -> None:
        levels = {"item": 0, "subitem": 1} if self.annexes else {"article": 0, "item": 1, "subitem": 2}
        if kind not in levels:
            return
        number = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
        number.get_or_add_ilvl().val = levels[kind]
        number.get_or_add_numId().val = self.annexes + 1

    def _runs(self, spans: Iterable[Span]) -> Iterable[str]:
        for span in spans:
            yield self._run(span)

    def _run(self, span: Span) -> str:
        if span.kind == "fn":
            self.footnotes.append(span.text)
            reference = f'<w:footnoteReference w:id="{len(self.footnotes)}"/>'
            return f'<w:r {_W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{reference}</w:r>'
        if span.kind == "field":
            control = "<w:sdtPr><w:text/></w:sdtPr>"
            return f"<w:sdt {_W}>{control}<w:sdtContent>{_words(span.text)}</w:sdtContent></w:sdt>"
        if span.kind == "insertion":
            return f"{self._tracked('ins', span.author, _W)}>{_words(span.text)}</w:ins>"
        if span.kind == "deletion":
            return f"{self._tracked('del', span.author, _W)}>{_words(span.text, 'delText')}</w:del>"
        return _words(span.text, names=_W)

    def _tracked(self, tag: str, author: str, names: str = "") -> str:
        self.changes += 1
        date = self.source.authors[author]
        return f'<w:{tag} {names} w:id="{self.changes}" w:author={quoteattr(author)} w:date="{date}"'

    def _table(self, line: Line) -> None:
        table = self.document.add_table(rows=len(line.rows), cols=len(line.rows[0]), style="Table Grid")
        for row, words in zip(table.rows, line.rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        self.document.add_paragraph()

    def _box(self, line: Line) -> None:
        """A text box in the two forms that Word writes: the drawing, and VML for old readers."""
        paragraph = self.document.add_paragraph()
        content = f"<w:txbxContent><w:p>{''.join(_words(s.text) for s in line.spans)}</w:p></w:txbxContent>"
        paragraph._p.append(parse_xml(_BOX.replace("CONTENT", content)))

    def _add_footnotes(self) -> None:
        if not self.footnotes:
            return
        notes = "".join(
            f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>{_words(t)}</w:p></w:footnote>'
            for i, t in enumerate(self.footnotes, 1)
        )
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {_W}>{notes}</w:footnotes>'
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob.encode(), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _words(text: str, tag: str = "t", names: str = "") -> str:
    return f'<w:r {names}><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def _definition(number: int, levels: Iterable[tuple[str, str, str]]) -> object:
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{i * 420}" w:firstLine="0"/></w:pPr></w:lvl>'
        for i, (style, text, suffix) in enumerate(levels)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return parse_xml(f'<w:abstractNum {_W} w:abstractNumId="{number}">{kind}{inner}</w:abstractNum>')


def _store(stream: io.BytesIO, path: Path) -> None:
    """Copy the package with fixed times; stored, since the bytes of deflate differ from zlib to zlib."""
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as kept:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0  # else the platform shows in the bytes
            kept.writestr(entry, made.read(name))


_BOX = f"""<w:r {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="900000"/>
<wp:docPr id="1" name="Text Box 1"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>
</wps:spPr><wps:txbx>CONTENT</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>
</w:drawing></mc:Choice>
<mc:Fallback><w:pict>
<v:shape type="#_x0000_t202" style="width:425pt;height:70pt"><v:textbox>CONTENT</v:textbox></v:shape>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
