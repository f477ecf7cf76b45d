"""The pages of a busy night: how long they take to write, how large they are, how soon a browser shows them.

    python benchmarks/pages.py [--cases 500] [--no-browser]

The night is put together by ``tests/night/story.py``: every case is told at length in a script whose letters take three bytes, and there
are 41 sources. The first page also pays for compiling the templates. The browser is Chromium; name another one with ``CHROMIUM=/path``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from checker.report.nightly_html import night_page  # noqa: E402
from checker.report.nightly_write import render  # noqa: E402
from checker.vocabulary.vocabulary import default_vocabulary  # noqa: E402
from tests.night.story import busy  # noqa: E402

LOADED = """() => { const n = performance.getEntriesByType('navigation')[0];
  return [performance.getEntriesByName('first-contentful-paint')[0].startTime, n.loadEventEnd]; }"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--no-browser", action="store_true")
    told = parser.parse_args()
    vocabulary, nightly = default_vocabulary(), busy(told.cases)
    begun = time.perf_counter()
    night_page(nightly, vocabulary)
    print(f"the page of the night, templates compiled: {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    files = render(nightly, vocabulary)
    print(f"all {len(files):,} files: {time.perf_counter() - begun:.2f} s, {sum(map(len, files.values())):,} bytes")
    for name, data in files.items():
        if not name.startswith("cases/C-"):
            print(f"  {len(data):>12,}  {name}")
    pages = [len(data) for name, data in files.items() if name.startswith("cases/C-")]
    print(f"  {max(pages):>12,}  the largest page of a case")
    if not told.no_browser:
        show(files["index.html"])


def show(page: bytes) -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "index.html"
        path.write_bytes(page)
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for turn in ("first", "second", "third"):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(path.as_uri())
            tab.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
            paint, loaded = tab.evaluate(LOADED)
            print(f"chromium, {turn} time: first words after {paint / 1000:.2f} s, whole after {loaded / 1000:.2f} s")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
