"""The library that comes with the program, and what a library with a mistake is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from clausecheck.assess import settle, status_of
from clausecheck.errors import LibraryError
from clausecheck.findings import State, Status
from clausecheck.library import Library, load_library
from clausecheck.library_check import check_library, contract_of
from clausecheck.matching.pipeline import Matcher, matcher_for
from tests.conftest import Run
from tests.small_library import TERMS, requirement, write_library, write_yaml

# 第七條 of the guideline: number, name and the official words that tell it from the others.
ARTICLE_7 = {
    "7.1.1.1": ("合約期限", "合約期限。"),
    "7.1.1.2": ("服務範圍", "服務範圍。"),
    "7.1.1.3": ("服務交付日期", "服務交付日期。"),
    "7.1.1.4": ("服務水準要求", "服務水準要求。"),
    "7.1.1.5": ("服務變更規範", "服務變更規範。"),
    "7.1.1.6": ("服務驗收之標準", "服務驗收之標準。"),
    "7.1.1.7": ("資通安全事件處置程序", "當發生資安事故時，受託廠商應主動、即時通知委託人"),
    "7.1.1.8": ("稽核權條款", "主管機關及中央銀行得取得相關資料或報告，及進行金融檢查，或得命令其於限期內提供"),
    "7.1.1.9": ("合約轉讓或同意分包之規範", "合約轉讓或同意分包之規範。"),
    "7.1.1.10": ("保密義務條款", "保密義務條款。"),
    "7.1.1.11": ("罰則與損害賠償條款", "罰則與損害賠償條款。"),
    "7.1.1.12": ("爭議處理程序", "爭議處理程序。"),
    "7.1.1.13": ("違約處理條款", "違約處理條款。"),
    "7.1.1.14": ("合約終止規範", "合約終止之重大事由，應包括主管機關通知依契約終止或解約之條款"),
    "7.1.1.15": ("合約終止後之處理", "合約終止後之處理。"),
    "7.1.1.16": ("保固", "保固。"),
    "7.1.1.17": ("權利及責任", "權利及責任。"),
    "7.1.2.1": ("智慧財產權", "資訊委外服務或產品之智慧財產權"),
    "7.1.2.2": ("分包許可與分包計畫", "如允許，資訊服務供應商應提供分包計畫並經組織同意後始可進行"),
    "7.1.2.3": ("Security by design", "機敏資料保護、授權與認證、安全性更新"),
    "7.1.2.4": ("Privacy by design", "納入隱私保護機制(Privacy by design)之要求"),
    "7.1.3": ("系統開發維護監控之防護基準", "「證券暨期貨市場各服務事業資通系統安全防護基準參考指引」"),
    "7.1.4": ("雲端運算服務管控", "「證券期貨市場相關公會新興科技資訊安全管控指引」"),
    "7.1.5.1": ("資安要求與法規遵循", "個人資料保護法與其他相關法規遵循與保密義務"),
    "7.1.5.2": ("雙方資安角色與責任", "雙方之資安角色與責任"),
    "7.1.5.3": ("安全性檢測證明", "無惡意程式及後門程式，其放置於網際網路之程式應通過程式碼掃描或黑箱測試"),
    "7.1.5.4": ("第三方元件揭露", "第三方程式元件之來源與授權證明"),
    "7.1.5.5": ("限期提供資訊", "能於組織要求期限內提供"),
    "7.1.5.6": ("變更或事件之處置程序", "服務變更或資通安全事件之資訊服務供應商處置程序"),
    "7.1.5.7": ("資料區隔與加密", "有明確區隔，並應予以加密保護"),
    "7.1.5.8": ("資安及品質證照", "應取得之資安及品質證照"),
    "7.2": ("保密切結", "簽約程序中確認資訊服務供應商保密切結事宜之完成度"),
}
FIRST_CLASS_ONLY = {"7.1.2.3", "7.1.2.4", "7.1.5.7", "7.1.5.8"}
CONDITIONAL = {"7.1.3": "system", "7.1.4": "cloud"}

# A wording that rightly meets another requirement too, because the two ask for the same thing.
RELATED = {
    ("7.1.2.3", "7.1.1.2"): "單獨一條說明設計之範圍者，近於服務範圍之說明",
    ("7.1.1.7", "7.1.5.6"): "事件處置程序即供應商之處置程序之一",
    ("7.1.5.6", "7.1.1.5"): "變更時之處置程序即服務變更規範",
    ("7.1.5.6", "7.1.1.7"): "事件時限期提出改善報告亦為通報",
    ("7.1.1.5", "7.1.5.6"): "服務變更規範含供應商之處置程序",
    ("7.1.2.2", "7.1.1.9"): "分包之許可與限制即同意分包之規範",
    ("7.1.5.1", "7.1.1.10"): "含保密義務",
    ("7.1.1.14", "7.1.1.13"): "終止事由以違約限期改正未果為其一",
    ("7.1.1.11", "7.1.1.13"): "違約金即違約之處理",
    ("7.1.5.2", "7.1.1.17"): "雙方資安權責之分工即權利及責任",
    ("7.1.5.2", "7.1.5.6"): "受託人負責資安事件之通報與處理",
    ("7.1.1.17", "7.1.1.13"): "委託人得要求改善，可歸責者應負賠償責任",
    ("7.1.1.16", "7.1.1.4"): "瑕疵修復之時限可量測",
    ("7.1.2.3", "7.1.5.6"): "安全性更新之測試與安裝程序",
}  # fmt: skip


@cache
def shipped() -> Library:
    return load_library()


def test_the_shipped_library_passes_its_own_check() -> None:
    problems, count = check_library(shipped())
    assert count > 4 * len(ARTICLE_7)
    assert "\n".join(map(str, problems)) == ""


def test_every_point_of_article_7_is_there_with_its_official_words() -> None:
    found = {r.id: r for r in shipped().requirements if r.id.startswith("7.")}
    assert list(found) == list(ARTICLE_7)
    for number, (name, words) in ARTICLE_7.items():
        assert found[number].name == name
        assert words in found[number].text
        assert found[number].document == "contract"


def test_whom_and_when_the_points_bind() -> None:
    for number in ARTICLE_7:
        found = shipped().requirement(number)
        assert found.applies == (("1",) if number in FIRST_CLASS_ONLY else ("1", "2", "F"))
        assert found.when == CONDITIONAL.get(number, "")


def test_every_judged_element_has_examples_of_both_kinds() -> None:
    for key, element in shipped().elements.items():
        assert len(element.examples.met) >= 2, key
        assert element.examples.near_miss, key
        assert element.absent, key


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", list(ARTICLE_7))
def test_a_wording_meets_its_own_requirement_and_no_unrelated_one(number: str, language: str) -> None:
    text = getattr(shipped().requirement(number).wording, language)
    parties = {"{委託人}": "甲方", "{受託人}": "乙方", "{customer}": "the Customer", "{supplier}": "the Supplier"}
    for placeholder, name in parties.items():
        text = text.replace(placeholder, name)
    assert number in _full(text)
    # The scorer has learned whole contracts, the rules know no context: a lone clause must mislead both.
    both = _full(text) & _full(text, Matcher(shipped()))
    assert {other for other in both - {number} if (number, other) not in RELATED} == set()


def _full(text: str, matcher: Matcher | None = None) -> set[str]:
    matcher = matcher or matcher_for(str(shipped().folder), shipped().fingerprint)
    matches = matcher.match(contract_of(text))
    states = settle(matches.hits, matches.likely)
    full = set()
    for number in ARTICLE_7:
        asked = shipped().requirement(number)
        own = {e.id: states.get(e.same_as or f"{number}/{e.id}", State.UNMET) for e in asked.elements}
        full |= {number} if status_of(asked, own) is Status.FULL else set()
    return full


def test_a_contract_of_nothing_to_the_point_meets_nothing() -> None:
    assert _full("本契約一式二份，由雙方各執一份為憑。\n本契約之標題僅供參考，不影響條文之解釋。") == set()


def test_adding_a_requirement_is_adding_a_file(run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(shipped().folder, tmp_path / "library")
    # Words of its own need no file of terms; the English wording quotes them.
    added = requirement("7.9.1", "櫻花樹清冊", "櫻花樹清冊", "乙方應備置櫻花樹清冊。", "{supplier} keeps 櫻花樹清冊.")
    write_yaml(folder / "requirements" / "7.9.1.yaml", added)
    listed = run("library", "list", "--library", folder)
    assert listed.code == 0
    assert "7.9.1" in listed.out
    assert "櫻花樹清冊" in run("library", "show", "7.9.1", "--library", folder).out
    checked = run("library", "check", "7.9.1", "--library", folder)
    assert (checked.code, checked.out) == (0, "已檢驗 5 個例句與建議條文，0 處有問題。\n")
    contract = tmp_path / "a.txt"
    contract.write_text("第一條　標的\n乙方應備置櫻花樹清冊。\n", encoding="utf-8")
    assert "7.9.1" in run("check", contract, "--library", folder, "--format", "json").out


Damage = Callable[[Path], object]


def _change(file: str, /, **changes: object) -> Damage:
    """Sets keys of a file; None takes a key away."""

    def damage(folder: Path) -> None:
        path = folder / file
        data = {**yaml.safe_load(path.read_text(encoding="utf-8")), **changes}
        write_yaml(path, {k: v for k, v in data.items() if v is not None})

    return damage


def _text(name: str, words: str) -> Damage:
    return lambda folder: (folder / name).write_text(words, encoding="utf-8")


def _add(name: str, words: str) -> Damage:
    return lambda folder: (folder / name).open("a", encoding="utf-8").write(words)


def _element(**changes: object) -> Damage:
    return _change("requirements/7.9.1.yaml", elements=[{"id": "only", "text": "約定稽核", **changes}])


ONE = "requirements/7.9.1.yaml"
DAMAGES: list[tuple[str, Damage, list[str]]] = [
    ("unknown key", _change(ONE, severty="high"), ["7.9.1.yaml", "severty", "不認得的欄位"]),
    ("unknown key below", _element(ment=[]), ["7.9.1.yaml", "elements.0.ment", "不認得的欄位"]),
    ("missing field", _change(ONE, severity=None), ["7.9.1.yaml", "severity", "缺少必要欄位"]),
    ("missing wording", _change(ONE, wording={"zh": "甲"}), ["7.9.1.yaml", "wording.en", "缺少必要欄位"]),
    ("wrong value", _change(ONE, severity="awful"), ["7.9.1.yaml", "severity", "只能是"]),
    ("wrong class", _change(ONE, applies=["3"]), ["7.9.1.yaml", "applies", "只能是"]),
    ("wrong kind", _change(ONE, name=["a"]), ["7.9.1.yaml", "name", "須為文字"]),
    ("no elements", _change(ONE, elements=[]), ["7.9.1.yaml", "elements", "不得為空"]),
    ("same element twice", _change(ONE, elements=[{"id": "a", "text": "a"}] * 2), ["7.9.1.yaml", "重複"]),
    ("bad element id", _change(ONE, elements=[{"id": "A b", "text": "a"}]), ["7.9.1.yaml", "要素代號"]),
    ("absent gate", _change(ONE, gate="none"), ["7.9.1.yaml", "gate", "none"]),
    ("rule without words", _element(met=[{"about": ["secret"]}]), ["7.9.1.yaml", "all"]),
    ("unknown concept", _element(met=[{"all": ["audit_rihgt"]}]), ["7.9.1.yaml", "audit_rihgt", "未定義"]),
    ("unknown alternative", _element(met=[{"all": ["secret|secrte"]}]), ["7.9.1.yaml", "secrte"]),
    ("unknown none", _element(met=[{"all": ["secret"], "none": ["nothng"]}]), ["7.9.1.yaml", "nothng"]),
    ("unknown same_as", _element(same_as="7.9.9/only"), ["7.9.1.yaml", "7.9.9/only"]),
    ("unknown condition", _change(ONE, when="weather"), ["7.9.1.yaml", "weather", "conditions.yaml"]),
    ("wrong file name", lambda f: (f / ONE).rename(f / "requirements" / "7.9.3.yaml"), ["7.9.3.yaml", "7.9.1"]),
    ("number that YAML shortens", _change(ONE, id=7.1), ["7.9.1.yaml", "7.1"]),
    ("suffix yml", lambda f: (f / ONE).rename(f / "requirements" / "7.9.1.yml"), ["7.9.1.yml", ".yaml"]),
    ("duplicate key", _add(ONE, "name: 又一個\n"), ["7.9.1.yaml", "第 ", "name", "重複"]),
    ("broken YAML", _text(ONE, "id: [7.9.1\nname: a\n"), ["7.9.1.yaml", "第 ", "YAML"]),
    ("open placeholder", _text(ONE, "{委託人}: 得稽核\n{受託人}\n"), ["7.9.1.yaml", "YAML"]),
    ("list as key", _text(ONE, "? [a, b]\n: c\n"), ["7.9.1.yaml", "YAML", "引號"]),
    ("tag that runs code", _text(ONE, "!!python/object/apply:os.getcwd []\n"), ["7.9.1.yaml", "YAML"]),
    ("empty file", _text(ONE, ""), ["7.9.1.yaml", "整份檔案"]),
    ("a list instead", _text(ONE, "- a\n"), ["7.9.1.yaml", "整份檔案"]),
    ("not UTF-8", lambda f: (f / ONE).write_bytes("名稱: 甲".encode("big5")), ["7.9.1.yaml", "UTF-8"]),
    ("bad regex", _change("terms/words.yaml", secret={"zh": ["/(保密/"]}), ["words.yaml", "secret", "樣式"]),
    ("empty term", _change("terms/words.yaml", secret={}), ["words.yaml", "secret", "中文或英文"]),
    ("unknown key of a term", _change("terms/words.yaml", secret={"tw": ["a"]}), ["words.yaml", "secret.tw"]),
    ("term twice in a file", _add("terms/words.yaml", "secret: {zh: [甲]}\n"), ["words.yaml", "secret", "重複"]),
    ("term in two files", lambda f: shutil.copy(f / "terms/words.yaml", f / "terms/z.yaml"), ["z.yaml", "重複"]),
    ("list of terms", _text("terms/words.yaml", "- secret\n"), ["words.yaml", "名稱"]),
    ("unknown key of a condition", _change("conditions.yaml", cloud={"nam": "a"}), ["conditions.yaml", "cloud.n"]),
    ("no conditions", lambda f: (f / "conditions.yaml").unlink(), ["conditions.yaml", "缺少檔案"]),
    ("no library.yaml", lambda f: (f / "library.yaml").unlink(), ["library.yaml", "缺少檔案"]),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "words"), [d[1:] for d in DAMAGES], ids=[d[0] for d in DAMAGES])
def test_a_mistake_is_told_with_its_file(run: Run, tmp_path: Path, damage: Damage, words: list[str]) -> None:
    folder = write_library(tmp_path / "library")
    damage(folder)
    with pytest.raises(LibraryError) as caught:
        load_library(folder)
    assert [w for w in words if w not in caught.value.message] == []
    assert caught.value.advice
    ran = run("library", "check", "--library", folder)
    assert ran.code == 7
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_the_undamaged_library_is_right(tmp_path: Path) -> None:
    library = load_library(write_library(tmp_path / "library"))
    assert set(library.terms) == set(TERMS)
    assert [r.id for r in library.requirements] == ["7.9.1", "7.9.2", "7.9.10", "7.9.11"]


def test_the_fingerprint_follows_the_contents_alone(tmp_path: Path) -> None:
    one, two = (load_library(write_library(tmp_path / name)) for name in ("one", "two"))
    assert one.fingerprint == two.fingerprint
    for path in (changed := write_library(tmp_path / "three")).rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_library(changed).fingerprint == one.fingerprint
    _change("library.yaml", version="10")(other := write_library(tmp_path / "four"))
    assert load_library(other).fingerprint != one.fingerprint
