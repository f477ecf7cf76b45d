"""IMO numbers of ships."""

from __future__ import annotations

__all__ = ["check_digit", "imo_number"]

_LENGTH = 7


def check_digit(digits: str) -> str:
    """The last digit that six digits ask for (IMO resolution A.1117(30)): they are weighted from 7 down to 2."""
    return str(sum(int(d) * w for d, w in zip(digits, range(_LENGTH, 1, -1), strict=False)) % 10)


def imo_number(digits: str) -> bool:
    """Whether the last of seven digits is the check digit of the others."""
    return len(digits) == _LENGTH and digits.isdecimal() and check_digit(digits[:-1]) == str(int(digits[-1]))
