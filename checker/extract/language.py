"""Which pack reads a text: the declared language, else the script, else a statistical guess among the packs there are."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["UNKNOWN", "detect"]

UNKNOWN = "und"
_SAMPLE = 4000
_LETTERS = 20
_BLOCKS = (
    (0x3040, 0x30FF, "kana"), (0xAC00, 0xD7A3, "hangul"), (0x4E00, 0x9FFF, "han"), (0x0600, 0x06FF, "arabic"),
    (0x0400, 0x04FF, "cyrillic"), (0x0590, 0x05FF, "hebrew"), (0x0900, 0x097F, "devanagari"), (0x0E00, 0x0E7F, "thai"),
    (0x0370, 0x03FF, "greek"),
)
_BY_SCRIPT = {"kana": ("ja",), "hangul": ("ko",), "han": ("zh",), "arabic": ("ar", "fa", "ur"), "cyrillic": ("ru", "uk", "bg"),
              "hebrew": ("he",), "devanagari": ("hi",), "thai": ("th",), "greek": ("el",)}


def detect(text: str, declared: str, codes: Mapping[str, str]) -> str:
    """The pack for a text, or ``und`` when none fits. ``codes``: language code to pack, near relatives included. A declared
    language is believed."""
    code = declared.lower().replace("_", "-").partition("-")[0]
    if code:
        return codes.get(code, UNKNOWN)
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script:
        candidates = [c for c in _BY_SCRIPT[script] if c in codes]
        if len(candidates) == 1:
            return codes[candidates[0]]
        return _guess(sample, codes, frozenset(candidates)) if candidates else UNKNOWN
    return _guess(sample, codes, frozenset())


def _script(sample: str) -> str:
    counts: dict[str, int] = {}
    letters = 0
    for char in sample:
        if not char.isalpha():
            continue
        letters += 1
        point = ord(char)
        for first, last, name in _BLOCKS:
            if first <= point <= last:
                counts[name] = counts.get(name, 0) + 1
                break
    if not letters:
        return ""
    if counts.get("kana", 0) > letters * 0.1:
        return "kana"
    best = max(counts, key=lambda k: counts[k], default="")
    return best if best and counts[best] > letters * 0.4 else ""


def _guess(sample: str, codes: Mapping[str, str], among: frozenset[str]) -> str:
    """The likeliest language of all; a pack is chosen only where its language, or a near relative it names, comes out first."""
    import py3langid

    if sum(c.isalpha() for c in sample) < _LETTERS:
        return UNKNOWN
    clean = sample.encode("utf-8", "replace").decode("utf-8")
    ranked = [str(code) for code, _ in py3langid.rank(clean)]
    if among:
        return next((codes[code] for code in ranked if code in among), UNKNOWN)
    return codes.get(ranked[0], UNKNOWN)
