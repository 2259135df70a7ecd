"""A clause library small enough to know what each contract must give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

AUDIT = "甲方得隨時稽核乙方。"
CLOUD = "乙方應遵循雲端準則。"
USES_CLOUD = "乙方以雲端服務提供系統。"
PARTIES = "立契約書人：範例證券股份有限公司（以下簡稱甲方）與範例資訊股份有限公司（以下簡稱乙方）"

TERMS = {"audit_right": {"zh": ["得隨時稽核"], "en": ["may audit"]},
         "cloud_rule": {"zh": ["雲端準則"], "en": ["cloud rules"]},
         "cloud_word": {"zh": ["雲端服務"], "en": ["cloud service"]},
         "secret": {"zh": ["保守秘密"], "en": ["keep secret"]}}  # fmt: skip
CONDITIONS = {"cloud": {"name": "雲端服務", "text": "服務涉及雲端服務", "rules": [{"all": ["cloud_word"]}]}}


def requirement(number: str, name: str, concept: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    """A requirement of one element, met by one concept."""
    open_zh = zh.replace("甲方", "{委託人}").replace("乙方", "{受託人}")
    element = {"id": "only", "text": f"約定{name}", "met": [{"all": [concept]}], "examples": {"met": [zh]}}
    return {
        "id": number,
        "name": name,
        "article": "第七條",
        "group": "測試要求",
        "text": f"應約定{name}。",
        "applies": ["1", "2", "F"],
        "severity": "critical",
        "elements": [element],
        "wording": {"zh": open_zh, "en": en},
        "fallback": {"zh": open_zh, "en": en},
        **more,
    }


REQUIREMENTS = (
    requirement("7.9.1", "稽核", "audit_right", AUDIT, "{customer} may audit {supplier}.", note="不宜退讓。"),
    requirement("7.9.2", "雲端準則", "cloud_rule", CLOUD, "{supplier} follows the cloud rules.",
                when="cloud", severity="low", applies=["1"]),
    requirement("7.9.10", "保密", "secret", "乙方應保守秘密。", "{supplier} shall keep secret what it learns.",
                document="nda"),
    requirement("7.9.11", "建議書保密", "secret", "乙方應保守秘密。", "{supplier} shall keep secret what it learns.",
                document="proposal"),
)  # fmt: skip


def write_yaml(path: Path, data: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def write_library(folder: Path) -> Path:
    """Writes the library and returns its folder."""
    write_yaml(folder / "library.yaml", {"version": "9.9", "source": "測試"})
    write_yaml(folder / "conditions.yaml", CONDITIONS)
    write_yaml(folder / "terms" / "words.yaml", TERMS)
    for data in REQUIREMENTS:
        write_yaml(folder / "requirements" / f"{data['id']}.yaml", data)
    return folder


def write_contract(path: Path, *sentences: str) -> Path:
    """A plain contract in which each sentence is an article."""
    numbers = "一二三四五六七八九"
    articles = [f"第{numbers[i]}條　約定事項{numbers[i]}\n{s}" for i, s in enumerate(sentences)]
    path.write_text("\n".join(["資訊服務契約書", PARTIES, *articles]) + "\n", encoding="utf-8")
    return path
