"""Take the README's pictures anew: ``python docs/pictures/take.py`` in the checkout, with playwright and chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ARTICLE = "examples/articles/peti-kemas-amunisi.txt"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RULE = "rules/iran-arms-export.html"
PICTURES = {"report.png": (1180, 1530), "catalogue.png": (1180, 900)}


def main() -> None:
    """Check one sample article, write the catalogue, and take a picture of the report and of one rule beside this file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {"report.png": Path(folder) / "report.html", "catalogue.png": Path(folder) / "catalogue" / RULE}
        run("check", ARTICLE, "--html", pages["report.png"])
        run("rules", "catalogue", Path(folder) / "catalogue", "--no-coverage")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (width, height) in PICTURES.items():
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            tab.goto(pages[name].as_uri())
            tab.screenshot(path=HERE / name)
        browser.close()


def run(*words: str | Path) -> None:
    """Run the program in the checkout."""
    program = Path(sys.executable).parent / "sanctions"
    subprocess.run([program, *words], check=True, cwd=HERE.parent.parent, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    main()
