"""Reads a clause library from its folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from clausecheck.errors import LibraryError
from clausecheck.library.schema import Condition, Element, LibraryInfo, Requirement, Rule, Term

Model = TypeVar("Model", bound=BaseModel)
_ADVICE = "請依說明修正該檔後，以 clausecheck library check 再驗一次"


@dataclass(frozen=True)
class Library:
    """All requirements, the concepts that their rules use, and the conditions."""

    info: LibraryInfo
    requirements: tuple[Requirement, ...]
    terms: dict[str, Term]
    conditions: dict[str, Condition]
    fingerprint: str
    folder: Path

    def requirement(self, requirement_id: str) -> Requirement:
        """The requirement with that id; LibraryError if there is none."""
        for requirement in self.requirements:
            if requirement.id == requirement_id:
                return requirement
        raise LibraryError(f"條款庫中沒有要求「{requirement_id}」", "以 clausecheck library list 查看編號")

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Elements that are judged themselves, by "requirement/element"."""
        return {f"{r.id}/{e.id}": e for r in self.requirements for e in r.elements if e.same_as is None}


def default_folder() -> Path:
    """The library that comes with the program: in the wheel, or beside the package in a checkout."""
    packaged = Path(__file__).resolve().parent.parent / "clause_library"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "clause_library"


def load_library(path: str | Path | None = None) -> Library:
    """The library in the folder `path` (default: the one that comes with the program).

    Raises LibraryError, naming file, line and what to mend.
    """
    folder = Path(path) if path else default_folder()
    return _load(folder.resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Library:
    if not folder.is_dir():
        raise LibraryError(f"找不到條款庫資料夾「{folder}」", "請以 --library 指定含 library.yaml 的資料夾")
    _check_names(folder)
    paths = sorted(folder.glob("requirements/*.yaml"), key=_order)
    requirements = [_model(p, Requirement, _read_yaml(p)) for p in paths]
    for requirement, path in zip(requirements, paths, strict=True):
        if requirement.id != path.stem:
            raise LibraryError(f"{path.name}：檔名須與 id「{requirement.id}」相同", _ADVICE)
    library = Library(
        info=_model(folder / "library.yaml", LibraryInfo, _read_yaml(folder / "library.yaml")),
        requirements=tuple(requirements),
        terms=_load_terms(sorted(folder.glob("terms/*.yaml"))),
        conditions=_load_named([folder / "conditions.yaml"], Condition),
        fingerprint=_fingerprint(folder),
        folder=folder,
    )
    _check_references(library)
    return library


def _check_names(folder: Path) -> None:
    """A file that would be passed over in silence is a mistake."""
    for path in sorted((*folder.glob("requirements/*.yml"), *folder.glob("terms/*.yml"))):
        raise LibraryError(f"{path.name}：副檔名須為 .yaml，否則不會讀入", _ADVICE)


def _order(path: Path) -> tuple[int, ...]:
    return tuple(int(n) if n.isdigit() else 10**6 for n in path.stem.split("."))


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except FileNotFoundError as exc:
        raise LibraryError(f"條款庫缺少檔案「{path.name}」", _ADVICE) from exc
    except UnicodeDecodeError as exc:
        raise LibraryError(f"{path.name}：不是 UTF-8 編碼之文字檔", "請以 UTF-8 編碼另存該檔") from exc
    except OSError as exc:
        raise LibraryError(f"無法讀取「{path.name}」", "請確認是檔案而非資料夾，且有讀取權限") from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else ""
        raise LibraryError(f"{path.name} {line}：YAML 格式錯誤（{getattr(exc, 'problem', exc)}）", _ADVICE) from exc


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe loader that refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                problem = "鍵須為文字；內容以 { 或 [ 開頭者請加引號"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"鍵「{key_node.value}」重複", key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


def _model(path: Path, model: type[Model], data: Any, name: str = "") -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as exc:
        raise LibraryError(f"{path.name}：{_explain(exc, name)}", _ADVICE) from exc


def _explain(exc: ValidationError, name: str) -> str:
    first = exc.errors()[0]
    place = ".".join(str(p) for p in (*filter(None, [name]), *first["loc"])) or "（整份檔案）"
    words = {
        "missing": "缺少必要欄位",
        "extra_forbidden": "不認得的欄位（可能拼錯）",
        "string_type": "須為文字",
        "model_type": "須為「欄位: 內容」之形式",
        "tuple_type": "須為清單",
        "too_short": "不得為空",
        "bool_type": "只能是 true 或 false",
        "bool_parsing": "只能是 true 或 false",
        "int_type": "須為整數",
        "int_parsing": "須為整數",
        "literal_error": f"只能是 {first.get('ctx', {}).get('expected', '')}",
        "enum": f"只能是 {first.get('ctx', {}).get('expected', '')}",
    }
    return f"欄位 {place}：{words.get(first['type'], first['msg'].removeprefix('Value error, '))}"


def _load_named(paths: list[Path], model: type[Model]) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for path in paths:
        data = _read_yaml(path) or {}
        if not isinstance(data, dict):
            raise LibraryError(f"{path.name}：最上層須為「名稱: 內容」之形式", _ADVICE)
        for name, value in data.items():
            if name in found:
                raise LibraryError(f"{path.name}：名稱「{name}」重複定義", _ADVICE)
            found[name] = _model(path, model, value, str(name))
    return found


def _load_terms(paths: list[Path]) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for path in paths:
        for name, term in _load_named([path], Term).items():
            if name in terms:
                raise LibraryError(f"{path.name}：名稱「{name}」重複定義", _ADVICE)
            _check_patterns(path, name, term)
            terms[name] = term
    return terms


def _check_patterns(path: Path, name: str, term: Term) -> None:
    for word in (*term.zh, *term.en):
        if len(word) > 1 and word.startswith("/") and word.endswith("/"):
            try:
                _check_pattern(word[1:-1])
            except re.error as exc:
                raise LibraryError(f"{path.name}：概念「{name}」的樣式 {word} 有誤（{exc}）", _ADVICE) from exc


def _check_pattern(pattern: str) -> None:
    """Raises re.error; a pattern is compiled only where reading it does not show all that can be wrong."""
    if "(?<" in pattern:
        re.compile(pattern)
    else:
        _parser.parse(pattern)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def rules_of(element: Element) -> Iterator[Rule]:
    """All rules of an element."""
    yield from (*element.met, *element.topic, *element.open, *element.contradicted)


def is_concept(name: str) -> bool:
    """Whether an alternative of a rule names a concept rather than Chinese words."""
    return name.isascii()


def _check_references(library: Library) -> None:
    for requirement in library.requirements:
        where = f"{requirement.id}.yaml"
        if requirement.when and requirement.when not in library.conditions:
            raise LibraryError(f"{where}：when 所指條件「{requirement.when}」不在 conditions.yaml", _ADVICE)
        for element in requirement.elements:
            if element.same_as and element.same_as not in library.elements:
                raise LibraryError(f"{where}：same_as「{element.same_as}」不存在", _ADVICE)
            _check_concepts(library, where, rules_of(element))
    for name, condition in library.conditions.items():
        _check_concepts(library, f"conditions.yaml（{name}）", iter(condition.rules))


def _check_concepts(library: Library, where: str, rules: Iterator[Rule]) -> None:
    for rule in rules:
        for slot in (*rule.all, *rule.about, *rule.none, *rule.unless):
            for name in slot.split("|"):
                if is_concept(name) and name not in library.terms:
                    raise LibraryError(f"{where}：規則用到未定義的概念「{name}」", "請在 terms/ 中定義，或改正拼字")
