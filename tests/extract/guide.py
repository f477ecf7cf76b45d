"""The small pack that the guide builds, and pieces of packs put into a whole one."""

from __future__ import annotations

import re

from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "guides" / "add-a-language.md"
_BLOCK = re.compile(r"^```yaml\n# my-languages/vi\.yaml\n(.*?)^```$", re.M | re.S)

TEMPLATE = """\
language: vi
title: Vietnamese
actors:
  US: [Mỹ]
"""


def guide_pack() -> str:
    """The pack as it stands at the end of the guide."""
    return "\n".join(_BLOCK.findall(GUIDE.read_text(encoding="utf-8")))


def sections(text: str) -> dict[str, str]:
    """The lines of a pack by section, comments aside."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if re.match(r"[a-z_]+:", line):
            key = line.partition(":")[0]
            found[key] = line
        elif line.strip() and not line.startswith("#"):
            found[key] += "\n" + line
    return found


def assemble(piece: str) -> str:
    """A pack with the sections of ``piece`` in place of those of the template; a piece that names a language is the whole pack."""
    given = sections(piece)
    whole = given if "language" in given else sections(TEMPLATE) | given
    return "\n".join(whole.values()) + "\n"
