"""Scans made from the pages of a PDF: rendering, what scanners do to a page, and the scan as a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Pixels = NDArray[np.uint8]
Effect = Callable[[Pixels], Pixels]


def rendered(pdf: Path, dpi: int) -> Iterator[Pixels]:
    """The pages in RGB."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[..., :3].copy()
    document.close()


def scan(pages: Iterable[Pixels], dpi: int, target: Path) -> Path:
    """A PDF of images without a text layer."""
    canvas = Canvas(str(target), invariant=True)
    for page in pages:
        height, width = page.shape[:2]
        size = width * 72 / dpi, height * 72 / dpi
        canvas.setPageSize(size)
        stream = io.BytesIO()
        Image.fromarray(page).save(stream, "PNG")
        canvas.drawImage(ImageReader(stream), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return target


def plain(page: Pixels) -> Pixels:
    """The page as it is."""
    return page


def skewed(degrees: float) -> Effect:
    """The page laid askew on the glass."""

    def turn(page: Pixels) -> Pixels:
        height, width = page.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        return np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=(255, 255, 255)), np.uint8)

    return turn


def turned(quarters: int) -> Effect:
    """The page put in sideways or upside down."""
    return lambda page: np.ascontiguousarray(np.rot90(page, quarters))


def noisy(page: Pixels) -> Pixels:
    """Grey paper, grain, specks and a soft lens; the same each time."""
    random = np.random.default_rng(7)
    soft = cv2.GaussianBlur(page, (3, 3), 0.8).astype(np.float32) * 0.88 + 12
    grain = soft + random.normal(0, 14, page.shape[:2])[..., None]
    specks = random.random(page.shape[:2]) < 0.0015
    grain[specks] = 40
    return np.clip(grain, 0, 255).astype(np.uint8)


def jpeg(quality: int) -> Effect:
    """Compression as scanners set it to save room."""

    def squeeze(page: Pixels) -> Pixels:
        stream = io.BytesIO()
        Image.fromarray(page).save(stream, "JPEG", quality=quality)
        return np.asarray(Image.open(stream).convert("RGB"), np.uint8)

    return squeeze


def sealed(page: Pixels) -> Pixels:
    """Two red seals over the text: a round one of 4 cm and a square one of 2 cm."""
    stamp = np.full_like(page, 255)
    height, width = page.shape[:2]
    centimetre = height / 29.7
    middle = int(width * 0.6), int(height * 0.35)
    for ring in (2.0, 1.2):
        cv2.circle(stamp, middle, int(ring * centimetre), (210, 30, 40), max(2, int(0.1 * centimetre)))
    cv2.putText(stamp, "SEAL OF ACME", (middle[0] - int(1.7 * centimetre), middle[1]), cv2.FONT_HERSHEY_DUPLEX,
                centimetre / 60, (210, 30, 40), max(2, int(0.08 * centimetre)))  # fmt: skip
    corner = int(width * 0.25), int(height * 0.6)
    far = corner[0] + int(2 * centimetre), corner[1] + int(2 * centimetre)
    cv2.rectangle(stamp, corner, far, (210, 30, 40), max(2, int(0.12 * centimetre)))
    for i in range(1, 4):
        y = corner[1] + int(i * 0.5 * centimetre)
        cv2.line(stamp, (corner[0], y), (far[0], y), (210, 30, 40), max(2, int(0.12 * centimetre)))
    return np.minimum(page, stamp)


def grey(page: Pixels) -> Pixels:
    """A scan without colour."""
    shades = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return np.ascontiguousarray(np.repeat(shades[..., None], 3, axis=2))
