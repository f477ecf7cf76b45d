"""The service and the timer of the guide are sound, in the eyes of systemd itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("systemd-analyze") is None and not os.environ.get("CI"), reason="systemd is not installed")
def test_units(root: Path, tmp_path: Path) -> None:
    for unit in sorted((root / "examples" / "nights" / "systemd").iterdir()):
        told = unit.read_text(encoding="utf-8").replace("/srv/sanctions/.venv/bin/sanctions", sys.executable)
        told = told.replace("/srv/sanctions", str(root)).replace("User=sanctions", "User=daemon")
        (tmp_path / unit.name).write_text(told, encoding="utf-8")
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == ["sanctions-night.service", "sanctions-night.timer"]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *(str(tmp_path / n) for n in names)], capture_output=True, text=True,
                          check=False, timeout=60)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    calendar = next(line for line in (tmp_path / names[1]).read_text().splitlines() if line.startswith("OnCalendar="))
    subprocess.run(["systemd-analyze", "calendar", calendar.partition("=")[2]], check=True, capture_output=True, timeout=60)
