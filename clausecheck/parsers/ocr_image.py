"""What is done to the image of a page before and after its lines are found: seals, skew, rulings."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from clausecheck.parsers.ocr_engine import Pixels, Quads
from clausecheck.parsers.pdf_drawings import Rule

_SEAL_LEAST = 26.0  # points: smaller than any seal, higher than a line of red text
_SEAL_SHAPE = 3.0  # a seal is no longer than this times its width
_RED = 40  # a red pixel's red is this much above its green and blue
_RULE = 28.0  # points: longer than any stroke of a character
_THICK = 4.0
_SMALLEST, _LARGEST = 3.0, 40.0  # points: the size of characters
_BLANK_SHARE = 0.002  # of a page's pixels: dust and the edge of the paper


def without_seals(image: Pixels, scale: float) -> tuple[Pixels, int]:
    """The image without red seals, and their number; red lines of text stay.

    scale  pixels a point
    """
    import cv2

    red, other = image[..., 0].astype(int), image[..., 1:].astype(int).max(axis=2)
    mask = ((red - other > _RED) & (red > 90)).astype(np.uint8)
    if mask.mean() < 1e-4:
        return image, 0
    joined = cv2.dilate(mask, np.ones((max(3, round(3 * scale)),) * 2, np.uint8))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(joined)
    seals = [i for i in range(1, count) if _is_seal(stats[i], scale)]
    if not seals:
        return image, 0
    inside = [i for i in range(1, count) if any(_holds(stats[s], middles[i]) for s in seals)]  # the words in a ring
    under = np.isin(labels, seals + inside) & (red - other > _RED // 2)
    cleaned = image.copy()
    # ink under a seal is dark in red light too; the seal alone is nearly white in it
    cleaned[under] = np.where(red[under] > 110, 255, red[under])[:, None]
    return cleaned, len(seals)


def _is_seal(stats: Any, scale: float) -> bool:
    small, large = sorted((stats[2] / scale, stats[3] / scale))
    return bool(small >= _SEAL_LEAST and large <= _SEAL_SHAPE * small)


def _holds(stats: Any, point: Any) -> bool:
    x, y, width, height = stats[:4]
    return bool(x <= point[0] <= x + width and y <= point[1] <= y + height)


def dark(image: Pixels, *, specks: bool = False) -> Pixels:
    """1 where there is ink; single specks, and with them the thinnest rules, only if `specks`."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    grey = grey if specks else cv2.medianBlur(grey, 3)
    level, mask = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if level > 235 or level < 20:  # all of one shade: Otsu parts paper from paper
        mask = (grey < 160).astype(np.uint8)
    return np.asarray(mask, np.uint8)


def is_blank(image: Pixels) -> bool:
    """Whether the page is empty but for dust."""
    height, width = image.shape[:2]
    inner = dark(image)[height // 30 : -height // 30, width // 30 : -width // 30]
    return bool(inner.mean() < _BLANK_SHARE)


def skew_of(quads: Quads) -> float:
    """The angle of the lines in radians, positive where they fall to the right."""
    edges = quads[:, 1] - quads[:, 0]
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    heights = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    long = lengths > 5 * heights
    return float(np.median(np.arctan2(edges[long, 1], edges[long, 0]))) if long.sum() >= 3 else 0.0


def straightened(image: Pixels, quads: Quads, angle: float) -> tuple[Pixels, Quads]:
    """Image and lines, turned back by `angle` round the middle."""
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    turned = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    points = np.concatenate([quads, np.ones((*quads.shape[:2], 1))], axis=2) @ matrix.T
    return np.asarray(turned, np.uint8), points.astype(np.float32)


def rules_of(ink: Pixels, scale: float) -> list[Rule]:
    """The ruled lines along both axes, in pixels."""
    import cv2

    found: list[Rule] = []
    length = max(20, round(_RULE * scale))
    for shape, across in (((1, length), (3, 1)), ((length, 1), (1, 3))):
        mended = cv2.dilate(ink, np.ones(across, np.uint8))  # a rule that leans a little steps from row to row
        lines = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        for x, y, width, height, _ in cv2.connectedComponentsWithStats(lines)[2][1:]:
            if min(width, height) <= _THICK * scale + 2:
                found.append(Rule(float(x), float(y), float(x + width), float(y + height)))
    return found


def without_rules(image: Pixels, rules: list[Rule]) -> Pixels:
    """The image with its ruled lines painted over: 「____」 would be read as 「一」."""
    cleaned = image.copy()
    for rule in rules:
        cleaned[int(rule.top) : int(rule.bottom) + 1, int(rule.x0) : int(rule.x1) + 1] = 255
    return cleaned


def unread_share(ink: Pixels, quads: Quads, scale: float) -> tuple[int, float]:
    """Pieces of ink as large as characters outside the lines found: their number and share of all."""
    import cv2

    covered = np.zeros_like(ink)
    cv2.fillPoly(covered, [np.round(q).astype(np.int32) for q in quads], 1)
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = stats[1:, 2:4].max(axis=1) / scale
    pieces = middles[1:][(size >= _SMALLEST) & (size <= _LARGEST)].astype(int)
    outside = sum(not covered[y, x] for x, y in pieces)
    return int(outside), outside / max(1, len(pieces))
