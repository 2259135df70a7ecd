from __future__ import annotations

from pathlib import Path

from clausecheck.document import Document
from clausecheck.parsers.docx import parse_docx

from .docx_files import level, listed, numbering, para, run, write_docx


def mark(name: str, author: str = "王律師", date: str = "2024-05-06T09:00:00Z") -> str:
    return f'w:{name} w:author="{author}" w:date="{date}"'


def ins(words: str, author: str = "王律師") -> str:
    return f"<{mark('ins', author)}>{run(words)}</w:ins>"


def dele(words: str, author: str = "王律師") -> str:
    return f"<{mark('del', author)}><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def both(tmp_path: Path, body: str, lists: str = "") -> tuple[Document, Document]:
    path = write_docx(tmp_path / "a.docx", body, parts={"numbering": lists} if lists else None)
    return parse_docx(path), parse_docx(path, changes="original")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_both_states_and_who_changed_what(tmp_path: Path) -> None:
    changed = run("應於") + dele("七") + ins("三", "李法務") + run("日內通知")
    accepted, original = both(tmp_path, para("首") + para(changed))
    assert texts(accepted) == ["首", "應於三日內通知"]
    assert texts(original) == ["首", "應於七日內通知"]
    for document in (accepted, original):
        assert [(c.kind, c.author, c.date, c.text, c.block) for c in document.changes] == [
            ("deletion", "王律師", "2024-05-06T09:00:00Z", "七", 1),
            ("insertion", "李法務", "2024-05-06T09:00:00Z", "三", 1),
        ]
    (notice,) = accepted.notices
    assert notice.code == "tracked-changes"
    assert "新增 1 處、刪除 1 處" in notice.message
    assert "王律師、李法務" in notice.message
    assert "接受全部修訂後" in notice.message
    assert "修訂前" in original.notices[0].message


def test_one_change_of_many_runs_is_one(tmp_path: Path) -> None:
    accepted, _ = both(tmp_path, para(run("甲") + ins("乙") + ins("丙") + dele("丁") + dele("戊") + run("己")))
    assert [(c.kind, c.text) for c in accepted.changes] == [("insertion", "乙丙"), ("deletion", "丁戊")]


def test_moved_text_stands_in_one_place(tmp_path: Path) -> None:
    body = para(run("甲") + f"<{mark('moveFrom')}>{run('搬移')}</w:moveFrom>")
    body += para(run("乙") + f"<{mark('moveTo')}>{run('搬移')}</w:moveTo>")
    accepted, original = both(tmp_path, body)
    assert texts(accepted) == ["甲", "乙搬移"]
    assert texts(original) == ["甲搬移", "乙"]
    assert [(c.kind, c.text, c.block) for c in accepted.changes] == [("move", "搬移", 1)]
    assert [(c.kind, c.text, c.block) for c in original.changes] == [("move", "搬移", 0)]


def test_an_insertion_that_was_deleted_again_is_in_neither_state(tmp_path: Path) -> None:
    accepted, original = both(tmp_path, para(run("甲") + f"<{mark('ins')}>{run('乙')}{dele('丙', '李')}</w:ins>"))
    assert texts(accepted) == ["甲乙"]
    assert texts(original) == ["甲"]
    assert [(c.kind, c.text) for c in accepted.changes] == [("insertion", "乙"), ("deletion", "丙")]


LISTS = numbering(level(0, "taiwaneseCountingThousand", "第%1條"))
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def test_deleted_and_inserted_paragraphs_do_not_count_in_the_other_state(tmp_path: Path) -> None:
    body = listed("期間") + para(dele("查核"), f"{NUMBERED}<w:rPr><{mark('del')}/></w:rPr>")
    body += para(ins("保密"), f"{NUMBERED}<w:rPr><{mark('ins')}/></w:rPr>") + listed("罰則")
    accepted, original = both(tmp_path, body, LISTS)
    assert texts(accepted) == ["第一條　期間", "第二條　保密", "第三條　罰則"]
    assert texts(original) == ["第一條　期間", "第二條　查核", "第三條　罰則"]
    assert [(c.text, c.block) for c in accepted.changes] == [("查核", None), ("保密", 1)]
    assert [b.place.paragraph for b in accepted.blocks] == [1, 2, 3]


def test_a_deleted_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    accepted, original = both(tmp_path, para("乙方應", f"<w:rPr><{mark('del')}/></w:rPr>") + para("保密") + para("末"))
    assert texts(accepted) == ["乙方應保密", "末"]
    assert texts(original) == ["乙方應", "保密", "末"]


def test_an_inserted_mark_splits_only_the_accepted_state(tmp_path: Path) -> None:
    accepted, original = both(tmp_path, para("甲方得", f"<w:rPr><{mark('ins')}/></w:rPr>") + para("稽核"))
    assert texts(accepted) == ["甲方得", "稽核"]
    assert texts(original) == ["甲方得稽核"]


def test_a_deleted_paragraph_before_a_table_leaves_nothing(tmp_path: Path) -> None:
    body = para(dele("全刪"), f"{NUMBERED}<w:rPr><{mark('del')}/></w:rPr>")
    body += f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr></w:tbl>" + listed("期間")
    accepted, original = both(tmp_path, body, LISTS)
    assert texts(accepted) == ["甲 | 乙", "第一條　期間"]
    assert texts(original) == ["第一條　全刪", "甲 | 乙", "第二條　期間"]


def test_former_paragraph_properties_belong_to_the_original(tmp_path: Path) -> None:
    changed = f"{NUMBERED}<w:pPrChange><w:pPr/></w:pPrChange>"
    added = f'<w:numPr><w:numId w:val="1"/><{mark("ins")}/></w:numPr>'
    accepted, original = both(tmp_path, para("甲", changed) + para("乙", added), LISTS)
    assert texts(accepted) == ["第一條　甲", "第二條　乙"]
    assert texts(original) == ["甲", "乙"]


def test_a_style_separator_joins_heading_and_text(tmp_path: Path) -> None:
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    accepted, _ = both(tmp_path, para("Audit. ", hidden) + para("The customer may audit."))
    assert texts(accepted) == ["Audit. The customer may audit."]
