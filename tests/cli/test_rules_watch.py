"""``sanctions rules watch`` on a terminal and in a script."""

from __future__ import annotations

import os
from pathlib import Path

from .authoring import Terminal, write_rule
from .conftest import Sanctions


def test_once_is_a_gate(sanctions: Sanctions, tmp_path: Path) -> None:
    path = write_rule(tmp_path / "own")
    done = sanctions("rules", "watch", "--once", path)
    assert done.code == 0, done.out
    assert "6 examples pass" in done.out
    assert "1 file, 0 with something wrong." in done.out
    assert "\x1b" not in done.out
    path.write_text(path.read_text().replace("goods: coal\n", "goods: coall\n"), encoding="utf-8")
    done = sanctions("rules", "watch", "--once", path.parent)
    assert done.code == 1
    assert "did you mean coal?" in done.out
    assert "^^^^^" in done.out


def test_hostile_text_in_a_rule_is_shown_but_not_obeyed(sanctions: Sanctions, tmp_path: Path) -> None:
    path = write_rule(tmp_path / "own")
    path.write_text(path.read_text().replace("the cargo was ore", '"\\e[2J\\u202egnp [bold]x[/]"').replace(
        "but: {goods: iron_ore}, expect: clear", "but: {goods: iron_ore}, expect: violation"), encoding="utf-8")
    done = sanctions("rules", "watch", "--once", path)
    assert done.code == 1
    assert "<U+202E>gnp [bold]x[/]" in done.out
    assert "\x1b" not in done.out


def test_the_screen_is_drawn_anew_with_each_save(tmp_path: Path) -> None:
    path = write_rule(tmp_path / "own")
    good = path.read_text()
    terminal = Terminal("rules", "watch", tmp_path / "own", cwd=tmp_path)
    terminal.wait_for("Waiting for a file to be saved")
    for text, says in ((good.replace("goods: coal\n", "goods: coall\n"), "did you mean coal?"),
                       (good.replace("expect: clear}", "expect: violation}", 1), "wanted violation, got clear"),
                       (good + "\n", "6 examples pass")):
        path.write_text(text, encoding="utf-8")
        terminal.wait_for(says)
        terminal.wait_for("Waiting for a file to be saved")
    assert terminal.raw.count("\x1b[2J") + terminal.raw.count("\x1b[H") >= 4
    os.rename(path, path.with_name("xa-other.yaml"))
    terminal.wait_for("xa-coal-export.yaml: gone")
    terminal.wait_for("Waiting for a file to be saved")
    assert terminal.interrupt() == 0
