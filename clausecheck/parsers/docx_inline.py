"""The words of one paragraph: runs and all that Word wraps around them.

Every element that is not known is looked into, so that a new wrapper cannot make a clause vanish;
text itself stands in w:t and m:t alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml.etree import _Element

from clausecheck.parsers.docx_redlines import KEY
from clausecheck.parsers.docx_styles import Look, Styles, has_ground, run_look
from clausecheck.parsers.docx_symbols import symbol
from clausecheck.parsers.docx_xml import MATH, MC, W14, attribute, children, find, local, number, plain, switch, w

Changes = Literal["accepted", "original"]
Kind = Literal["insertion", "deletion", "move"]

BLANK = "＿＿"
FILL_IN = "＿＿＿"
LONG_PLACEHOLDER = 60  # characters; a prompt is shorter, a clause is longer
CHECKED, UNCHECKED = "☑", "☐"

_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u3000]*")
_SKIPPED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "instrText", "delInstrText",
    "rt", "rubyPr", "tbl", "sectPr", "ffData",
})  # fmt: skip


@dataclass
class Tracked:
    """A tracked change as it is found; `block` is filled in when the blocks stand.

    order   place in the file
    offset  place in the words of its paragraph
    """

    kind: Kind
    author: str
    date: str
    text: str
    order: int
    offset: int = 0
    block: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look."""

    text: str
    look: Look


@dataclass
class Draft:
    """A paragraph while it is read.

    notes     (footnote|endnote, id) of the notes that it refers to
    boxes     contents of its text boxes
    contents  it belongs to a table of contents
    """

    element: _Element
    spans: list[Span] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    changes: list[Tracked] = field(default_factory=list)
    contents: bool = False
    length: int = 0  # of the text while it is read; measuring it at each change would take for ever

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    def joined(self, after: Draft) -> Draft:
        """This paragraph and the next as one, because the mark between them is gone.

        One of which no word is left gives way to the next, and its changes touch no block.
        """
        length = len(self.text)
        blank = not self.text.strip()
        for change in after.changes:
            change.offset += length
        return Draft(
            element=after.element if blank else self.element,
            spans=self.spans + after.spans,
            notes=self.notes + after.notes,
            boxes=self.boxes + after.boxes,
            comments=self.comments + after.comments,
            changes=after.changes if blank else self.changes + after.changes,
            contents=self.contents or after.contents,
        )


@dataclass
class _Field:
    """A complex field: its instruction is not shown, its result is."""

    draft: Draft
    instruction: str = ""
    result: bool = False
    text_form: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    look: Look
    change: tuple[Kind, str, str] | None = None


class InlineReader:
    """Reads paragraphs in the order of the file; fields may run over several of them.

    found  every tracked change so far, in the order of the file
    """

    def __init__(self, styles: Styles, changes: Changes) -> None:
        self._styles = styles
        self._original = changes == "original"
        self._fields: list[_Field] = []
        self.found: list[Tracked] = []

    def paragraph(self, element: _Element, *, shaded: bool = False, placeholder: bool = False) -> Draft:
        """Read a w:p. `shaded`: white words stand on a dark ground; `placeholder`: the words are a prompt."""
        draft = Draft(element, contents=self._in_contents())
        properties = find(element, "pPr")
        style = attribute(find(properties, "pStyle"))
        base = self._styles.paragraph_look(style)
        if shaded or has_ground(properties) or self._styles.has_ground(style):
            base = replace(base, shaded=True)
        self._walk(element, draft, _State(base))
        # A field whose instruction is never closed must not swallow the rest of the contract.
        self._fields = [f for f in self._fields if f.result]
        draft.contents = draft.contents or self._in_contents()
        if placeholder and len(draft.text) <= LONG_PLACEHOLDER and draft.text.strip():
            draft.spans = [Span(BLANK, base)]
        draft.spans = _filled_in(draft.spans)
        return draft

    def track(self, mark: _Element, kind: Kind, text: str, offset: int = 0) -> Tracked:
        """Note a tracked change."""
        author, date = attribute(mark, "author") or "", attribute(mark, "date") or ""
        tracked = Tracked(kind, author, date, text, len(self.found), offset, key=mark.get(KEY) or "")
        self.found.append(tracked)
        return tracked

    def _in_contents(self) -> bool:
        return any(f.result and f.instruction.split()[:1] == ["TOC"] for f in self._fields)

    def _walk(self, element: _Element, draft: Draft, state: _State) -> None:
        for child in children(element):
            name = local(child)
            handler = _HANDLERS.get(name)
            if handler is not None:
                handler(self, child, draft, state)
            elif name not in _SKIPPED:
                self._walk(child, draft, state)

    def _add(self, text: str, draft: Draft, state: _State) -> None:
        if text and all(f.result for f in self._fields):
            draft.spans.append(Span(text, state.look))
            draft.length += len(text)

    def _run(self, element: _Element, draft: Draft, state: _State) -> None:
        properties = find(element, "rPr")
        own = run_look(properties)
        style = attribute(find(properties, "rStyle"))
        if style is not None:
            own = own.over(self._styles.look(style))
        self._walk(element, draft, replace(state, look=own.over(state.look)))

    def _text(self, element: _Element, draft: Draft, state: _State) -> None:
        if element.tag == w("t") or element.tag == f"{{{MATH}}}t" or (element.tag == w("delText") and self._original):
            self._add((element.text or "").replace("\n", " "), draft, state)

    def _break(self, _element: _Element, draft: Draft, state: _State) -> None:
        self._add("\n", draft, state)

    def _tab(self, _element: _Element, draft: Draft, state: _State) -> None:
        self._add("\t", draft, state)

    def _hyphen(self, _element: _Element, draft: Draft, state: _State) -> None:
        self._add("-", draft, state)

    def _symbol(self, element: _Element, draft: Draft, state: _State) -> None:
        self._add(symbol(attribute(element, "font") or "", attribute(element, "char") or ""), draft, state)

    def _changed(self, element: _Element, draft: Draft, state: _State) -> None:
        """w:ins, w:del, w:moveFrom, w:moveTo; what the wanted state does not show is passed over."""
        name = local(element)
        comes = name in ("ins", "moveTo")
        shown = comes != self._original
        kind: Kind = "move" if name.startswith("move") else "insertion" if comes else "deletion"
        if kind != "move" or shown:
            self._note(element, kind, plain(element, deleted=not comes), draft)
        if shown:
            self._walk(element, draft, state)

    def _note(self, element: _Element, kind: Kind, text: str, draft: Draft) -> None:
        """Word splits one change into many runs; neighbours become one again."""
        if not text:
            return
        offset = draft.length
        tracked = self.track(element, kind, text, offset)
        last = draft.changes[-1] if draft.changes else None
        same = last is not None and (last.kind, last.author, last.date) == (kind, tracked.author, tracked.date)
        if last is not None and same and offset in (last.offset, last.offset + len(last.text)):
            last.text += text
            self.found.pop()
        else:
            draft.changes.append(tracked)

    def _control(self, element: _Element, draft: Draft, state: _State) -> None:
        """A content control within a paragraph."""
        properties, content = find(element, "sdtPr"), find(element, "sdtContent")
        box = None if properties is None else properties.find(f"{{{W14}}}checkbox")
        if box is not None:
            checked = box.find(f"{{{W14}}}checked")
            value = "0" if checked is None else str(checked.get(f"{{{W14}}}val") or "1")
            self._add(CHECKED if value in ("1", "true", "on") else UNCHECKED, draft, state)
        elif content is not None and is_placeholder(element):
            self._add(BLANK, draft, state)
        elif content is not None:
            self._walk(content, draft, state)

    def _ruby(self, element: _Element, draft: Draft, state: _State) -> None:
        base = find(element, "rubyBase")
        if base is not None:
            self._walk(base, draft, state)

    def _alternate(self, element: _Element, draft: Draft, state: _State) -> None:
        """Choice, or Fallback where Choice has no words: both hold the same text box."""
        options = [e for e in children(element) if e.tag in (f"{{{MC}}}Choice", f"{{{MC}}}Fallback")]
        chosen = next((e for e in options if plain(e, deleted=True).strip()), options[0] if options else None)
        if chosen is not None:
            self._walk(chosen, draft, state)

    def _box(self, element: _Element, draft: Draft, _state: _State) -> None:
        draft.boxes.append(element)

    def _reference(self, element: _Element, draft: Draft, _state: _State) -> None:
        draft.notes.append((local(element).removesuffix("Reference"), attribute(element, "id") or ""))

    def _comment(self, element: _Element, draft: Draft, _state: _State) -> None:
        draft.comments.append(attribute(element, "id") or "")

    def _instruction(self, element: _Element, _draft: Draft, _state: _State) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _field(self, element: _Element, draft: Draft, state: _State) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            form = find(element, "ffData")
            self._add(_form_value(form), draft, state)
            text_form = find(form, "textInput") is not None
            self._fields.append(_Field(draft, text_form=text_form, at=len(draft.spans)))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.text_form and ended.draft is draft:
                words = "".join(s.text for s in draft.spans[ended.at :])
                if _BLANKS.fullmatch(words):
                    draft.spans[ended.at :] = []
                    draft.length -= len(words)
                    self._add(BLANK, draft, state)


_HANDLERS: dict[str, Callable[[InlineReader, _Element, Draft, _State], None]] = {
    "r": InlineReader._run,
    "t": InlineReader._text,
    "delText": InlineReader._text,
    "br": InlineReader._break,
    "cr": InlineReader._break,
    "tab": InlineReader._tab,
    "ptab": InlineReader._tab,
    "noBreakHyphen": InlineReader._hyphen,
    "sym": InlineReader._symbol,
    "ins": InlineReader._changed,
    "del": InlineReader._changed,
    "moveFrom": InlineReader._changed,
    "moveTo": InlineReader._changed,
    "sdt": InlineReader._control,
    "ruby": InlineReader._ruby,
    "AlternateContent": InlineReader._alternate,
    "txbxContent": InlineReader._box,
    "footnoteReference": InlineReader._reference,
    "endnoteReference": InlineReader._reference,
    "commentReference": InlineReader._comment,
    "instrText": InlineReader._instruction,
    "fldChar": InlineReader._field,
}


def is_placeholder(control: _Element) -> bool:
    """Whether a content control still shows its prompt; a long text is no prompt, whatever the flag says."""
    shows = bool(switch(find(control, "sdtPr", "showingPlcHdr")))
    return shows and len(plain(control, deleted=False)) <= LONG_PLACEHOLDER


def _form_value(form: _Element | None) -> str:
    """The value of a legacy form field that keeps it outside its result."""
    box, choices = find(form, "checkBox"), find(form, "ddList")
    if box is not None:
        checked = switch(find(box, "checked"))
        return CHECKED if (switch(find(box, "default")) if checked is None else checked) else UNCHECKED
    if choices is None:
        return ""
    entries = [attribute(e) or "" for e in choices.findall(w("listEntry"))]
    chosen = number(find(choices, "result"))
    chosen = (number(find(choices, "default")) or 0) if chosen is None else chosen
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _filled_in(spans: list[Span]) -> list[Span]:
    """Underlined stretches of nothing but blanks are lines to fill in."""
    out: list[Span] = []
    stretch: list[Span] = []
    for span in [*spans, None]:
        if span is not None and span.look.underlined:
            stretch.append(span)
            continue
        words = "".join(s.text for s in stretch)
        line = _BLANKS.fullmatch(words) and (len(words) > 1 or "\t" in words) and "\n" not in words
        out += [Span(FILL_IN, stretch[0].look)] if line else stretch
        stretch = []
        if span is not None:
            out.append(span)
    return out
