"""Take the README's pictures anew: ``make pictures`` in the checkout, with playwright and chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARTICLE = "examples/articles/peti-kemas-amunisi.txt"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RULE = "rules/iran-arms-export.html"
BEFORE, NIGHT = "2026-11-23", "2026-11-24"
PICTURES = {"nightly.png": (1000, 980), "report.png": (1180, 1530), "catalogue.png": (1180, 900)}


def main() -> None:
    """Run two nights over the samples, the second with an article that came by day, check that article, write the catalogue, and take a
    picture of each beside this file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        examples = Path(folder) / "examples"
        shutil.copytree(ROOT / "examples", examples, ignore=shutil.ignore_patterns("var", "reports", "outbox"))
        pages = {"nightly.png": examples / "nights" / "reports" / NIGHT / "1" / "index.html", "report.png": Path(folder) / "report.html",
                 "catalogue.png": Path(folder) / "catalogue" / RULE}
        article = (Path(folder) / ARTICLE).rename(Path(folder) / "later.txt")
        run("night", "--config", examples / "nights" / "sanctions.toml", "--night", BEFORE)
        article.rename(Path(folder) / ARTICLE)
        run("night", "--config", examples / "nights" / "sanctions.toml", "--night", NIGHT)
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
    subprocess.run([program, *words], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    main()
