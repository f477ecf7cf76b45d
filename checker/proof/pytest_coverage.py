"""The rule coverage at the end of a pytest run: ``pytest --rule-coverage``.

The controller alone computes it, once, from the reports of the examples that ran, so that it is the same with and without xdist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.model.coverage import LevelName, RuleCoverage
    from checker.model.rule import Rule
    from checker.proof.pytest_plugin import RuleFolders

__all__ = ["CoverageSummary"]

_COLUMNS: tuple[tuple[str, LevelName], ...] = (
    ("lines", "condition"), ("dates", "boundary"), ("exempt.", "exemption"), ("unknown", "unknown"), ("choices", "choice"),
    ("mutants", "mutation"))


class CoverageSummary:
    """Notes which examples ran; at the end covers their rules, prints the table, and holds the gate of ``--rule-coverage-fail-under``.

    Only rules of which an example ran are shown, and only those of which all examples were selected are held to the gate: a narrowed
    run says nothing about the others. ``shown=False`` (nobody asked) only counts the examples that are not confirmed.
    """

    def __init__(self, config: pytest.Config, rules: RuleFolders, shown: bool) -> None:
        self.config = config
        self.rules = rules
        self.shown = shown
        self.fail_under: float | None = config.option.rule_coverage_fail_under
        self.ran: dict[str, set[str]] = {}
        self.covered: list[RuleCoverage] = []
        self.percent: float | None = None
        self.unconfirmed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        path, _, name = report.nodeid.partition("::")
        if name and self.rules.holds((self.config.rootpath / path).resolve()):
            self.ran.setdefault(path, set()).add(name)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self.ran:
            return
        chosen = self._rules()
        self.unconfirmed = sum(not example.confirmed for rule, _ in chosen for example in rule.examples)
        if not self.shown:
            return
        from checker.model.coverage import total_percent
        from checker.proof.coverage import COVERED_STATUSES, cover

        whole: list[RuleCoverage] = []
        for rule, all_ran in chosen:
            if rule.status in COVERED_STATUSES:
                one = cover(self.rules.judge, rule, draft=False)
                self.covered.append(one)
                whole += [one] if all_ran else []
        self.percent = total_percent(whole) if whole else None
        if self._too_little() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _rules(self) -> list[tuple[Rule, bool]]:
        """The rules of which an example ran, and whether all of their examples did."""
        from checker.rulebase.loader import shown_path

        ran = {shown_path(self.config.rootpath / path): names for path, names in self.ran.items()}
        return [(rule, all(example.name in ran[rule.path] for example in rule.examples if example.confirmed))
                for rule in self.rules.loaded.rulebase.tested if rule.path in ran]

    def _too_little(self) -> bool:
        return self.fail_under is not None and self.percent is not None and self.percent < self.fail_under

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.covered:
            terminalreporter.section("rule coverage")
            for line in self._table():
                terminalreporter.write_line(line)
            terminalreporter.write_line(self._total(), red=self._too_little())
        if self.unconfirmed:
            terminalreporter.write_line(f"Examples of rules that are not confirmed, and so were not run: {self.unconfirmed}.")

    def _table(self) -> list[str]:
        rows = [["rule", *(title for title, _ in _COLUMNS), "gate"]]
        for one in self.covered:
            levels = [one.level(name) for _, name in _COLUMNS]
            gate = one.status if not one.gated else "passed" if one.passed else "failed"
            rows.append([one.rule, *(f"{level.covered}/{level.total}" if level.total else "-" for level in levels), gate])
        wide = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        return [f"{row[0]:<{wide[0]}}  " + "  ".join(f"{cell:>{wide[i]}}" for i, cell in enumerate(row[1:-1], 1)) + f"  {row[-1]}"
                for row in rows]

    def _total(self) -> str:
        if self.percent is None:
            return "No rule had all of its examples selected, so no gate was held."
        gate = "" if self.fail_under is None else f" (at least {self.fail_under:g} % wanted)"
        failing = sum(not one.passed for one in self.covered)
        hint = "; `sanctions rules cover ID` shows the missing examples" if failing else ""
        return f"{'FAIL: ' if self._too_little() else ''}{self.percent:.1f} % covered{gate}, rules below a gate: {failing}{hint}"
