"""Chromium for tests of pages, and what is asked of every page: colours that can be read, and no label upon another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["CONTRAST", "browser", "opened"]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    missing = "" if Path(CHROMIUM).exists() else f"no chromium at {CHROMIUM}; name one with CHROMIUM=/path"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed"
    if missing and os.environ.get("CI"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def opened(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(address)
    return page


CONTRAST = """() => {
  const parts = c => { const m = c.match(/[\\d.]+/g).map(Number), unit = c.startsWith('color(') ? 255 : 1;
    return [m[0] * unit, m[1] * unit, m[2] * unit, m[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = el => {
    let bg = [0, 0, 0, 0];
    for (let e = el; e && bg[3] < 1; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c[3] > 0) bg = bg[3] ? over(bg, c) : c;
    }
    return bg;
  };
  // in a picture a text stands on the shapes drawn before it
  const drawn = (el, svg) => {
    let bg = ground(svg);
    const box = el.getBBox(), at = svg.createSVGPoint();
    at.x = box.x + box.width / 2; at.y = box.y + box.height / 2;
    for (const s of svg.querySelectorAll('rect, path, circle, polygon')) {
      const style = getComputedStyle(s);
      if (!(s.compareDocumentPosition(el) & 4) || s.closest('defs') || !style.fill.startsWith('rgb') || !s.isPointInFill(at)) continue;
      const c = parts(style.fill);
      bg = over([c[0], c[1], c[2], c[3] * style.fillOpacity * style.opacity], bg);
    }
    return bg;
  };
  document.querySelectorAll('details').forEach(d => d.open = true);
  const seen = {};
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, el = node.parentElement, svg = el.closest('svg');
    if (!node.data.trim() || !el.getClientRects().length || (svg && el.tagName !== 'text')) continue;
    const bg = svg ? drawn(el, svg) : ground(el), ink = svg ? getComputedStyle(el).fill : getComputedStyle(el).color;
    const a = light(over(parts(ink), bg)), b = light(bg);
    seen[ink + ' on rgb(' + bg.slice(0, 3) + ')'] = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  }
  return seen;
}"""
"""Every pair of text and ground on the page, with its contrast as WCAG 2 computes it. Folded parts are opened."""
