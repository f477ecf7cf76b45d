"""Take the README's picture of a report anew: ``python docs/pictures/take.py`` in the checkout, with playwright and chromium."""

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
SIZE = {"width": 1180, "height": 1530}


def main() -> None:
    """Check one sample article, open its report and write ``report.png`` beside this file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        program = Path(sys.executable).parent / "sanctions"
        subprocess.run([program, "check", ARTICLE, "--html", page], check=True, cwd=HERE.parent.parent, stdout=subprocess.DEVNULL)  # noqa: S603
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.screenshot(path=HERE / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
