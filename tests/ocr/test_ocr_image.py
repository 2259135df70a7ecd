"""Seals, skew, rules and blank pages."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from clausecheck.parsers import ocr_image
from clausecheck.parsers.ocr_engine import Pixels

SCALE = 2.0  # pixels a point


def paper() -> Pixels:
    return np.full((1200, 900, 3), 250, np.uint8)


def test_seal_goes_and_the_ink_under_it_stays() -> None:
    page = paper()
    cv2.circle(page, (400, 400), 60, (210, 30, 40), 6)
    cv2.putText(page, "AGREED", (345, 415), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 3)
    cleaned, seals = ocr_image.without_seals(page, SCALE)
    assert seals == 1
    red = cleaned[..., 0].astype(int) - cleaned[..., 1]
    assert (red > 100).sum() == 0
    assert (cleaned.max(axis=2) < 60).sum() >= 0.9 * (page.max(axis=2) < 60).sum()


def test_line_of_red_text_stays() -> None:
    page = paper()
    cv2.putText(page, "red words are words", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, (210, 30, 40), 2)
    cleaned, seals = ocr_image.without_seals(page, SCALE)
    assert seals == 0
    assert (cleaned == page).all()


def test_rules_are_found_along_both_axes_and_painted_over() -> None:
    page = paper()
    cv2.line(page, (100, 200), (700, 200), (0, 0, 0), 1)
    cv2.line(page, (100, 200), (100, 600), (0, 0, 0), 3)
    cv2.putText(page, "text", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    rules = ocr_image.rules_of(ocr_image.dark(page, specks=True), SCALE)
    assert sorted(r.level for r in rules) == [False, True]
    bare = ocr_image.without_rules(page, rules)
    assert bare[150:250, 150:700].min() > 200
    assert bare[380:405, 300:360].min() < 50


@pytest.mark.parametrize("degrees", [-3.0, 0.0, 2.0])
def test_skew_is_measured_and_undone(degrees: float) -> None:
    slope = np.tan(np.radians(degrees))
    quads = np.array(
        [[[100, y], [700, y + 600 * slope], [700, y + 20 + 600 * slope], [100, y + 20]] for y in range(100, 900, 40)],
        np.float32,
    )
    angle = ocr_image.skew_of(quads)
    assert np.degrees(angle) == pytest.approx(degrees, abs=0.05)
    _, level = ocr_image.straightened(paper(), quads, angle)
    assert ocr_image.skew_of(level) == pytest.approx(0, abs=1e-4)


def test_dust_is_blank_and_a_line_of_text_is_not() -> None:
    page = paper()
    page[::97, ::89] = 0
    assert ocr_image.is_blank(page)
    for y in range(200, 800, 60):
        cv2.putText(page, "This Agreement is made between", (100, y), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    assert not ocr_image.is_blank(page)


def test_ink_outside_the_lines_found_is_counted() -> None:
    page = paper()
    cv2.putText(page, "readable", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    cv2.putText(page, "unfound", (100, 600), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    quads = np.array([[[90, 160], [400, 160], [400, 220], [90, 220]]], np.float32)
    count, share = ocr_image.unread_share(ocr_image.dark(page), quads, SCALE)
    assert 5 <= count <= 8
    assert 0.3 < share < 0.7
