"""Makes the sample contracts out of their texts: python sample_contracts/make.py [--to FOLDER]

The files have the same bytes each time, whatever the day and the machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from markup import read_source
from pages import write_pdf
from word import write_docx

HERE = Path(__file__).resolve().parent
FORMATS = {
    "01-trading-maintenance": ("docx",),
    "02-app-development": ("docx",),
    "03-fund-cloud": ("pdf", "docx"),
    "04-onsite-staff": ("docx",),
    "05-surveillance-saas-en": ("pdf",),
    "06-clearing-maintenance-en": ("docx",),
    "07-vendor-paper": ("pdf",),
}
WRITERS = {"docx": write_docx, "pdf": write_pdf}


def make(folder: Path) -> list[Path]:
    """Write every sample into `folder`; returns the files."""
    made = []
    for name, formats in FORMATS.items():
        source = read_source((HERE / "texts" / f"{name}.md").read_text(encoding="utf-8"))
        for suffix in formats:
            path = folder / f"{name}.{suffix}"
            WRITERS[suffix](source, path)
            made.append(path)
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="製作範例契約")
    parser.add_argument("--to", type=Path, default=HERE, help="輸出資料夾，預設為本資料夾")
    make(parser.parse_args().to)
