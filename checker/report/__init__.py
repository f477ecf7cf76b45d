"""Reports of a run as HTML, Markdown, CSV and JSON, all from one view. A report shows verdicts and computes none."""

from __future__ import annotations

from checker.report.csv import render_csv
from checker.report.html import render_html
from checker.report.json import render_json
from checker.report.markdown import render_markdown
from checker.report.write import write_report

__all__ = ["render_csv", "render_html", "render_json", "render_markdown", "write_report"]
