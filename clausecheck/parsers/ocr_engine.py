"""The recogniser: rapidocr with the models that its own wheel carries.

The paths of the models are given, so that rapidocr never looks for them elsewhere: nothing is
downloaded. One thread for each operation, so that sums are made in one order on any machine.
"""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Quads = NDArray[np.float32]  # (n, 4, 2): corners of each line from its upper left, clockwise

INSTALL = "pip install 'clausecheck[ocr]'"
_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_DETECTED_SIDE = 1280  # pixels of a page's longer side in the search for lines
_here = threading.local()


class Char(NamedTuple):
    """A character: `at` is the place of its middle in the line, 0..1."""

    char: str
    at: float
    confidence: float


def is_available() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


def detect(image: Pixels) -> Quads:
    """The lines of text on an image."""
    engine = _engine()
    engine.text_det = engine._load_det_model()
    found = engine.text_det(image)
    return np.zeros((0, 4, 2), np.float32) if found.boxes is None else np.asarray(found.boxes, np.float32)


def recognise(image: Pixels, quads: Quads) -> list[list[Char]]:
    """The characters of each line."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    if not len(quads):
        return []
    engine = _engine()
    crops = engine.crop_text_regions(image, quads)
    found = engine._load_rec_model()(TextRecInput(img=crops, return_word_box=True))
    return [_chars(text, info) for text, info in zip(found.txts, found.word_results, strict=True)]


def _chars(text: str, info: Any) -> list[Char]:
    """The characters with their places; the recogniser gives none to blanks."""
    columns = iter([column for word in info.word_cols or [] for column in word])
    chars, at = [], 0.0
    for char, confidence in zip(text, info.confs or [], strict=False):
        if not char.isspace():
            at = (next(columns) + 0.5) / max(info.line_txt_len, 1.0)
        chars.append(Char(char, min(at, 1.0), float(confidence)))
    return chars


def _engine() -> Any:
    """The engine of this thread: rapidocr keeps state between its steps."""
    if not hasattr(_here, "engine"):
        _here.engine = _new_engine()
    return _here.engine


def _new_engine() -> Any:
    import cv2
    import onnxruntime
    import rapidocr

    onnxruntime.disable_telemetry_events()
    cv2.setNumThreads(1)
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "Global.log_level": "error",
            "Det.model_path": str(models / _DETECTOR),
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_SIDE,
            "Rec.model_path": str(models / _RECOGNISER),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
