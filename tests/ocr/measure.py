"""Character error rate and time of reading scans, beside tesseract, and the verdicts beside those of the text.

python -m tests.ocr.measure [--pages N] [--only NAME ...] [--no-verdicts] [FILE ...]

Contracts of sample_contracts/ are set as PDF (LibreOffice turns DOCX into PDF in two typefaces;
without it only the PDFs are taken), rendered, spoiled as scanners do, and read by clausecheck's
recogniser and by `tesseract -l chi_tra` (eng for English), each with one thread. A page's own text
layer is the truth; blanks do not count, and both sides are in canonical form.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from rapidfuzz.distance import Levenshtein

from clausecheck.checker import check
from clausecheck.findings import Report
from clausecheck.parsers.ocr import PageReading, read_image
from clausecheck.text import canonical_text
from tests.ocr.scans import Effect, Pixels, grey, jpeg, noisy, plain, rendered, scan, sealed, skewed, turned

SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"
FONTS = ("AR PL UKai TW", "Noto Serif CJK TC")


@dataclass(frozen=True)
class Setting:
    """One way to scan; `bar` is the largest character error rate that will do."""

    name: str
    dpi: int
    effect: Effect
    bar: float


SETTINGS = (
    Setting("150 dpi", 150, plain, 0.01),
    Setting("200 dpi", 200, plain, 0.01),
    Setting("300 dpi", 300, plain, 0.01),
    Setting("200 dpi, askew 1.5°", 200, skewed(1.5), 0.03),
    Setting("200 dpi, askew -3°", 200, skewed(-3), 0.03),
    Setting("150 dpi, grain", 150, noisy, 0.03),
    Setting("200 dpi, grain", 200, noisy, 0.03),
    Setting("200 dpi, JPEG 30, grey", 200, lambda p: jpeg(30)(grey(p)), 0.03),
    Setting("200 dpi, seals", 200, sealed, 0.03),
    Setting("200 dpi, turned 90°", 200, turned(1), 0.01),
    Setting("200 dpi, turned 180°", 200, turned(2), 0.01),
    Setting("200 dpi, all: askew, grain, seals, JPEG", 200, lambda p: jpeg(50)(noisy(skewed(0.8)(sealed(p)))), 0.03),
)


@dataclass
class Total:
    """Errors, characters, pages and seconds."""

    errors: int = 0
    characters: int = 0
    pages: int = 0
    seconds: float = 0.0

    def add(self, read: str, truth: str, seconds: float) -> None:
        self.errors += min(errors(read, truth), len(truth))
        self.characters += len(truth)
        self.pages += 1
        self.seconds += seconds

    def __str__(self) -> str:
        return f"{self.errors / max(1, self.characters):.4f} {self.seconds / max(1, self.pages):5.1f} s"


def errors(read: str, truth: str) -> int:
    """Edits between two texts of a page."""
    return int(Levenshtein.distance(read, truth))


def plain_text(text: str) -> str:
    """Canonical, without blanks and the lines that stand for them."""
    return re.sub(r"[\s_]", "", canonical_text(text))


def sources(folder: Path, files: list[Path]) -> Iterator[Path]:
    """The contracts as PDF, each DOCX in two typefaces."""
    for file in files or sorted(SAMPLES.glob("0*.*")):
        if file.suffix == ".pdf":
            yield file
        elif shutil.which("soffice"):
            for number, font in enumerate(FONTS):
                yield converted(file, font, folder / f"{file.stem}-{number}.docx")


def converted(file: Path, font: str, target: Path) -> Path:
    """The contract set in a typeface, as PDF."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name in ("word/styles.xml", "word/document.xml"):
                data = re.sub(rb'w:eastAsia="(?![a-z]{2}-)[^"]*"', f'w:eastAsia="{font}"'.encode(), data)
            new.writestr(name, data)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(target.parent), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target.with_suffix(".pdf")


def truths(pdf: Path) -> list[str]:
    """The text of each page in the order of its lines."""
    document = pypdfium2.PdfDocument(pdf)
    return [in_rows(page.get_textpage()) for page in document]


def in_rows(textpage: pypdfium2.PdfTextPage) -> str:
    """The text of a page row by row, as a recogniser without columns gives it."""
    boxes = [textpage.get_rect(i) for i in range(textpage.count_rects())]
    pieces = [(-(b[1] + b[3]) / 2, b[0], b[3] - b[1], textpage.get_text_bounded(*b)) for b in boxes]
    return plain_text("".join(text for _, _, text in rows(pieces)))


def rows(pieces: list[tuple[float, float, float, str]]) -> list[tuple[float, float, str]]:
    """(row, left, text) of pieces (middle, left, height, text), in rows from left to right."""
    found: list[tuple[float, float, str]] = []
    row, last = 0.0, float("-inf")
    for middle, left, height, text in sorted(pieces):
        if middle - last > 0.5 * height:
            row, last = row + 1, middle
        found.append((row, left, text))
    return sorted(found)


def read_text(reading: PageReading) -> str:
    """What clausecheck read, row by row."""
    pieces = [((x.top + x.bottom) / 2, x.x0, x.bottom - x.top, x.text) for x in reading.lines]
    return plain_text("".join(text for _, _, text in rows(pieces)))


def tesseract(image: Pixels, dpi: int, language: str, folder: Path) -> str:
    """What tesseract reads; `--psm 1` lets it find the orientation."""
    Image.fromarray(image).save(folder / "page.png")
    command = ["tesseract", str(folder / "page.png"), "-", "-l", language, "--psm", "1", "--dpi", str(dpi)]
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return plain_text(ran.stdout)


def timed(action: object, *args: object) -> tuple[object, float]:
    """A result and the seconds of processor time that it took, children included."""
    before = os.times()
    result = action(*args)  # type: ignore[operator]
    after = os.times()
    return result, sum(after[:4]) - sum(before[:4])


def measure(setting: Setting, pdfs: list[Path], pages: int, folder: Path) -> str:
    """One row of the table: clausecheck's and tesseract's totals."""
    ours, theirs = Total(), Total()
    for pdf in pdfs:
        truth = truths(pdf)
        for number, page in enumerate(rendered(pdf, setting.dpi)):
            if number >= pages:
                break
            image = setting.effect(page)
            reading, seconds = timed(read_image, image, setting.dpi / 72)
            ours.add(read_text(reading), truth[number], seconds)  # type: ignore[arg-type]
            language = "eng" if pdf.stem.endswith("-en") or "-en-" in pdf.stem else "chi_tra"
            if shutil.which("tesseract"):
                text, seconds = timed(tesseract, image, setting.dpi, language, folder)
                theirs.add(str(text), truth[number], seconds)
    held = "holds" if ours.errors <= setting.bar * ours.characters else "MISSED"
    return f"{setting.name:42} {ours.pages:3}  {ours}   {theirs}   bar {setting.bar:.2f} {held}"


def verdicts(setting: Setting, pdfs: list[Path], folder: Path) -> str:
    """How many requirements get the verdict that the text layer gets."""
    same = total = false_full = undetermined = 0
    for pdf in pdfs:
        target = scan(map(setting.effect, rendered(pdf, setting.dpi)), setting.dpi, folder / f"scan-{pdf.name}")
        text, read = check(pdf), check(target)
        for a, b in pairs(text, read):
            total += 1
            same += a == b
            false_full += a != b and b == "full"
            undetermined += b == "undetermined"
            if a != b:
                print(f"      {pdf.stem}: {a} -> {b}", flush=True)
    return (f"{setting.name:42} {same}/{total} = {same / max(1, total):.3f} same; "
            f"{false_full} wrongly full, {undetermined} undetermined")  # fmt: skip


def pairs(text: Report, read: Report) -> list[tuple[str, str]]:
    """The verdicts on each requirement."""
    return [(a.status.value, b.status.value) for a, b in zip(text.findings, read.findings, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=2, help="pages of each contract for the error rates")
    parser.add_argument("--only", nargs="*", help="names of settings")
    parser.add_argument("--verdicts", nargs="*", default=["200 dpi", SETTINGS[-1].name], help="settings to judge under")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pdfs = list(sources(folder, args.files))
        print(f"{'':42} pages  clausecheck       tesseract (CER, CPU seconds a page)")
        for setting in SETTINGS:
            if not args.only or setting.name in args.only:
                print(measure(setting, pdfs, args.pages, folder), flush=True)
        for setting in SETTINGS:
            if setting.name in args.verdicts:
                print(verdicts(setting, pdfs, folder), flush=True)


if __name__ == "__main__":
    main()
