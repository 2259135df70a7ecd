"""The DOCX parser: a Word file as Word shows it.

Our own walk over the XML: the usual libraries drop content controls, tracked insertions, text boxes,
notes and every automatic number, and a clause that is there would be reported missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from lxml.etree import _Element

from clausecheck.document import Block, Change, Document, Notice, Part, Place, join_blocks
from clausecheck.errors import NoTextError, UnreadableFileError
from clausecheck.parsers.docx_blocks import Blocks
from clausecheck.parsers.docx_inline import Changes, Kind, Tracked
from clausecheck.parsers.docx_numbering import Counters, Numbering
from clausecheck.parsers.docx_package import REPAIR, Package, open_package
from clausecheck.parsers.docx_redlines import NONE, Redlines, undo
from clausecheck.parsers.docx_styles import Styles
from clausecheck.parsers.docx_walk import Node, StoryReader
from clausecheck.parsers.docx_xml import R, attribute, find, w
from clausecheck.parsers.limits import DEFAULTS, Limits
from clausecheck.parsers.source import Source
from clausecheck.text import canonical

LARGE_PICTURE = 3_600_000  # EMU, 10 cm: large enough to hold a page of text
QUOTED = 5  # how many hidden passages a notice quotes
QUOTE_LENGTH = 40

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_PROPERTIES = {"title": "title", "creator": "author", "created": "created", "modified": "modified",
               "lastModifiedBy": "last_modified_by", "Pages": "pages"}  # fmt: skip
_KINDS: dict[Kind, str] = {"insertion": "新增", "deletion": "刪除", "move": "搬移"}


def parse_docx(
    path: Path | Source,
    *,
    changes: Changes = "accepted",
    password: str | None = None,
    limits: Limits = DEFAULTS,
    without: Set[str] = NONE,
) -> Document:
    """Read a DOCX, DOCM, DOTX or DOTM.

    `changes` chooses the state of tracked changes: all of them accepted, or the text before them;
    `without` names changes (Change.key) that are read as if they had never been made.
    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError and NoTextError.
    """
    package = open_package(path, password, limits)
    try:
        return _Reading(package, changes, without).document()
    except RecursionError as error:
        raise UnreadableFileError(f"「{path.name}」的結構巢狀過深，已拒絕讀取", "請以 Word 另存新檔再檢核") from error


@dataclass
class _Reading:
    """One file while it is read."""

    package: Package
    changes: Changes
    without: Set[str]
    story: StoryReader = field(init=False)
    notes: dict[str, dict[str, _Element]] = field(init=False)

    def __post_init__(self) -> None:
        styles = Styles(self._part("styles"))
        numbering = Numbering(self._part("numbering"), styles)
        self.story = StoryReader(styles, numbering, self.changes, self.package.budget)
        self._mark_changes()
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self._box_counters = Counters(self.story.numbering)

    def document(self) -> Document:
        """The whole file."""
        root = self.package.xml(self.package.main)
        body = find(root, "body")
        if root is None or body is None:
            raise UnreadableFileError(f"「{self.package.name}」缺少本文，檔案不完整", REPAIR)
        blocks = self._blocks()
        # White words are legible on a coloured page.
        blocks.add(self.story.read(body, shaded=find(root, "background") is not None))
        tracked = list(self.story.inline.found)
        asides = [*self._margins(root), *self._comments(blocks)]
        text, placed = join_blocks(blocks.blocks)
        pictures = _large_pictures(root)
        if not text.strip():
            advice = "文件內容是圖片，請提供可選取文字的版本或先做文字辨識" if pictures else "請確認檔案內容"
            raise NoTextError(f"「{self.package.name}」沒有可檢核的文字", advice)
        return Document(
            name=self.package.name,
            format="docx",
            text=text,
            blocks=placed,
            asides=tuple(asides),
            changes=tuple(_change(t) for t in tracked),
            notices=tuple(self._notices(blocks, tracked, asides, pictures)),
            sha256=self.package.sha256,
            properties=self._properties(),
        )

    def _mark_changes(self) -> None:
        numbers = Redlines()
        for root in (self.package.xml(self.package.main), self._part("footnotes"), self._part("endnotes")):
            if root is not None:
                numbers.mark(root)
                undo(root, self.without)

    def _part(self, kind: str) -> _Element | None:
        parts = self.package.related(self.package.main, kind)
        return self.package.xml(parts[0]) if parts else None

    def _blocks(self) -> Blocks:
        return Blocks(note=self._note, box=lambda box: self.story.read(box, self._box_counters, shaded=True))

    def _notes(self, kind: str) -> dict[str, _Element]:
        root = self._part(f"{kind}s")
        found = () if root is None else root.findall(w(kind))
        return {attribute(e, "id") or "": e for e in found if attribute(e, "type") not in _SEPARATORS}

    def _note(self, kind: str, number: str) -> list[Node]:
        # Taken out when read: a note that refers to itself would never end.
        element = self.notes[kind].pop(number, None)
        return [] if element is None else self.story.read(element)

    def _margins(self, root: _Element) -> list[Block]:
        """Headers and footers, each text once."""
        found: dict[tuple[str, str], Block] = {}
        kinds: tuple[tuple[Part, str], ...] = (("header", "headerReference"), ("footer", "footerReference"))
        for part, reference in kinds:
            for element in root.iter(w(reference)):
                name = self.package.target(self.package.main, str(element.get(f"{{{R}}}id") or ""))
                margin = self.package.xml(name) if name else None
                for block in () if margin is None else self._aside(margin, part):
                    found.setdefault((part, block.text), block)
        return list(found.values())

    def _aside(self, element: _Element, part: Part) -> list[Block]:
        blocks = self._blocks()
        blocks.add(self.story.read(element), Place(part=part))
        return blocks.blocks

    def _comments(self, body: Blocks) -> list[Block]:
        root = self._part("comments")
        found = []
        for element in [] if root is None else root.findall(w("comment")):
            words = " ".join(b.text for b in self._aside(element, "comment"))
            author = attribute(element, "author") or "未具名"
            form = canonical(f"{author}：{words}")
            place = Place(part="comment", paragraph=body.comments.get(attribute(element, "id") or ""))
            if words:
                found.append(Block(form.text, -1, place, source=f"{author}：{words}", offsets=form.offsets))
        return found

    def _properties(self) -> dict[str, str]:
        found = {}
        for kind in ("core-properties", "extended-properties"):
            for part in self.package.related("", kind)[:1]:
                root = self.package.xml(part)
                for element in () if root is None else root:
                    key = _PROPERTIES.get(str(element.tag).rpartition("}")[2])
                    if key and (element.text or "").strip():
                        found[key] = (element.text or "").strip()
        return found

    def _notices(self, blocks: Blocks, tracked: list[Tracked], asides: list[Block], pictures: int) -> list[Notice]:
        comments = sum(1 for block in asides if block.place.part == "comment")
        notices = [_unseen_notice(blocks, True), _unseen_notice(blocks, False), self._tracked_notice(tracked)]
        if comments:
            notices.append(Notice("comments", f"文件有註解 {comments} 則，註解不計入契約條款"))
        if self.story.embedded:
            message = f"文件內嵌 {self.story.embedded} 個外部文件（altChunk），其內容未檢核；請以 Word 開啟後另存新檔"
            notices.append(Notice("embedded-content", message))
        if pictures:
            notices.append(Notice("pictures", f"文件有 {pictures} 張大型圖片，圖片中的文字未檢核"))
        return [notice for notice in notices if notice is not None]

    def _tracked_notice(self, tracked: list[Tracked]) -> Notice | None:
        if not tracked:
            return None
        counts = Counter(t.kind for t in tracked)
        parts = "、".join(f"{name} {counts[kind]} 處" for kind, name in _KINDS.items() if counts[kind])
        authors = "、".join(dict.fromkeys(t.author for t in tracked if t.author)) or "未具名"
        state = "接受全部修訂後" if self.changes == "accepted" else "修訂前"
        return Notice("tracked-changes", f"文件有追蹤修訂：{parts}（修訂者：{authors}）；本次以{state}的文字檢核")


def _unseen_notice(blocks: Blocks, hidden: bool) -> Notice | None:
    words = list(dict.fromkeys(text for text, is_hidden in blocks.unseen if is_hidden is hidden))
    if not words:
        return None
    quotes = "、".join(f"「{t[:QUOTE_LENGTH]}{'…' if len(t) > QUOTE_LENGTH else ''}」" for t in words[:QUOTED])
    what = "隱藏文字" if hidden else "白色或極小的文字"
    more = " 等" if len(words) > QUOTED else ""
    return Notice("hidden-text", f"文件含{what} {len(words)} 處：{quotes}{more}；閱讀時看不到，請確認是否屬於契約內容")


def _change(tracked: Tracked) -> Change:
    return Change(tracked.kind, tracked.author, tracked.date, tracked.text, tracked.block, tracked.key)


def _large_pictures(root: _Element) -> int:
    found = 0
    for extent in root.iter(f"{_WP}extent"):
        frame = extent.getparent()
        sides = [str(extent.get(side) or "0") for side in ("cx", "cy")]
        large = all(side.isdigit() and int(side) >= LARGE_PICTURE for side in sides)
        if large and frame is not None and next(frame.iter(_BLIP), None) is not None:
            found += 1
    return found
