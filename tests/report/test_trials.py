"""Rules on trial stand apart in reports, and rules lead to the catalogue where one is named."""

from __future__ import annotations

import pytest

from checker.model.run import Run
from checker.report.html import render_html
from checker.report.markdown import render_markdown
from checker.report.text import safe_link
from checker.vocabulary.vocabulary import default_vocabulary


def on_trial(run: Run) -> Run:
    from dataclasses import replace

    return replace(run, findings=tuple(replace(f, shadow=True) for f in run.findings))


def test_what_a_rule_on_trial_flags_is_listed_and_counted_nowhere(story: Run) -> None:
    page, text = render_html(on_trial(story), default_vocabulary()), render_markdown(on_trial(story), default_vocabulary())
    assert "Rules on trial" in page
    assert "Rules on trial" in text
    assert "0 findings flagged" in page
    assert 'class="matter"' not in page
    assert "Rules on trial" not in render_html(story, default_vocabulary())


@pytest.mark.parametrize(("address", "link"), [
    ("https://rules.example.org/catalogue/", "https://rules.example.org/catalogue/rules/"), ("../catalogue", "../catalogue/rules/"),
])
def test_rules_lead_to_their_page(story: Run, address: str, link: str) -> None:
    rule = next(f.rule for f in story.findings if f.flagged)
    assert f'href="{link}{rule}.html"' in render_html(story, default_vocabulary(), address)
    assert f"({link}{rule}.html)" in render_markdown(story, default_vocabulary(), address)
    assert f"{rule}.html" not in render_html(story, default_vocabulary())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "/etc", "a b", "data:text/html,x", "https://u@evil.example",
                                     ""])
def test_no_other_address_is_linked(address: str) -> None:
    assert safe_link(address) == ""
