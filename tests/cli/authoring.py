"""What the tests of the authoring verbs share: a rule of one's own, and a person at a terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


def guide_rule() -> str:
    """The rule that the guide writes."""
    page = (ROOT / "docs/guides/write-a-rule.md").read_text(encoding="utf-8")
    return next(block for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S) if block.startswith("rule: "))


def write_rule(folder: Path, text: str = "", name: str = "xa-coal-export") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text or guide_rule(), encoding="utf-8")
    return path


def _own_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background ignores it
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """``sanctions`` on a pseudo-terminal: wait for words, type answers, read what was printed."""

    def __init__(self, *args: object, cwd: Path) -> None:
        self.master, slave = pty.openpty()
        env = os.environ | {"TERM": "xterm", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "checker.cli.main", *map(str, args)]
        # A session whose terminal this is, so that Ctrl-C reaches the program.
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=env, close_fds=True,
                                        preexec_fn=_own_terminal)
        os.close(slave)
        self.raw = ""
        self._from = 0

    @property
    def printed(self) -> str:
        return _ESCAPES.sub("", self.raw).replace("\r", "")

    def wait_for(self, words: str, seconds: float = 30) -> str:
        """What was printed since the last wait, up to ``words``."""
        end = time.monotonic() + seconds
        while words not in self.printed[self._from:]:
            if time.monotonic() > end or not self._read(max(0.05, end - time.monotonic())):
                raise AssertionError(f"{words!r} was not printed:\n{self.printed}")
        at = self.printed.index(words, self._from) + len(words)
        found, self._from = self.printed[self._from:at], at
        return found

    def _read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the other side is closed
            return False
        self.raw += data.decode("utf-8", "replace")
        return bool(data)

    def answer(self, words: str, text: str) -> None:
        """Wait for ``words`` and type ``text`` and return."""
        self.wait_for(words)
        self.type(f"{text}\n")

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def interrupt(self) -> int:
        """Type Ctrl-C until the program ends; its exit code. One may fall between two looks of the program, as it may for a person."""
        for _ in range(20):
            self.type("\x03")
            while self._read(0.3):
                pass
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=1)
                return self.end()
        raise AssertionError(f"the program does not end:\n{self.printed}")

    def end(self, seconds: float = 30) -> int:
        """Wait for the program to end; its exit code."""
        while self._read(seconds):
            pass
        code = self.process.wait(timeout=seconds)
        os.close(self.master)
        return code
