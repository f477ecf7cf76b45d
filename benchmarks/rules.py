"""Reading and linting large rule bases, against plain PyYAML on the same files.

    python benchmarks/rules.py --rules 250 500

The rules are copies of the shipped ones under new ids, in a temporary folder. Measured: loading without a cache, loading from the cache
(filled by a load before), linting, and as a baseline ``yaml.load`` of the same files with PyYAML's C loader and with its plain one,
which neither check words nor keep places. The ratios to the C loader say more than the seconds: they depend little on the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from checker.locator import rules_dir
from checker.rulebase.lint.run import lint
from checker.rulebase.loader import load_rulebase
from checker.vocabulary.vocabulary import default_vocabulary


def make_rules(folder: Path, number: int) -> list[Path]:
    """So many rules (or the next whole set of shipped ones cut off), the shared exemptions once."""
    shipped = {path.stem: path for path in sorted((rules_dir() / "un").rglob("*.yaml"))}
    texts = {name: path.read_text(encoding="utf-8") for name, path in shipped.items()}
    shared = {name: text for name, text in texts.items() if re.search("^exemption:", text, re.M)}
    rules = {name: text for name, text in texts.items() if name not in shared}
    ids = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, rules))})(?![\w-])")
    written: list[Path] = []
    for name, text in shared.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for batch in range(-(-number // len(rules))):
        for name, text in rules.items():
            path = folder / f"batch-{batch:03d}" / f"{name}-{batch:03d}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(ids.sub(lambda found, n=batch: f"{found[1]}-{n:03d}", text), encoding="utf-8")  # type: ignore[misc]
            written.append(path)
    for path in written[number:]:  # whole batches are made first, because rules name each other
        path.unlink()
    return sorted(folder.rglob("*.yaml"))


def best(action: Callable[[], object], repeat: int) -> float:
    """Seconds, the best of several runs."""
    found = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        found = min(found, time.perf_counter() - start)
    return found


def measure(number: int, repeat: int) -> None:
    """One size: print the figures."""
    vocabulary = default_vocabulary()
    with tempfile.TemporaryDirectory(prefix="sanctions-bench-") as work:
        folder, cache = Path(work) / "rules", Path(work) / "cache"
        folder.mkdir()
        cache.mkdir(mode=0o700)
        paths = make_rules(folder, number)
        size = sum(path.stat().st_size for path in paths)
        loaded = load_rulebase([folder], vocabulary, cache=cache)  # fills the cache
        rules = len(loaded.rulebase.rules)
        again = load_rulebase([folder], vocabulary, cache=cache)
        assert again.rulebase == loaded.rulebase, "the cache gives other rules"
        fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

        def plain(loader: type) -> None:
            for path in paths:
                yaml.load(path.read_bytes(), Loader=loader)

        baseline = best(lambda: plain(fast), repeat)
        rows = [
            ("yaml.load, C loader (baseline)", baseline),
            ("yaml.load, plain loader", best(lambda: plain(yaml.SafeLoader), 1)),
            ("load, no cache", best(lambda: load_rulebase([folder], vocabulary), repeat)),
            ("load, from the cache", best(lambda: load_rulebase([folder], vocabulary, cache=cache), repeat)),
            ("lint", best(lambda: lint([folder], dt.date(2026, 11, 24).toordinal(), vocabulary=vocabulary), 1)),
        ]
        errors = sum(p.severity == "error" for p in loaded.problems)
    print(f"\n{rules} rules in {len(paths)} files, {size / 1000:,.0f} kB" + (f", {errors} errors" if errors else ""))
    for name, seconds in rows:
        print(f"{name:32} {seconds:8.3f} s {1000 * seconds / rules:8.2f} ms a rule {seconds / baseline:8.2f} x baseline")


def main() -> None:
    """Print the figures for each size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rules", type=int, nargs="+", default=[250, 500])
    options.add_argument("--repeat", type=int, default=3)
    asked = options.parse_args()
    for number in asked.rules:
        measure(number, asked.repeat)


if __name__ == "__main__":
    main()
