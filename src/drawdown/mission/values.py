"""Values as people write them, and whether two of them are the same."""

from __future__ import annotations

import math
from datetime import date


def text_of(value: object) -> str:
    """A value as a cell shows it: blank for none, `yes` and `no`, ISO dates, words joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return ";".join(map(text_of, value))
    return str(value)


def number_in(text: str) -> float | None:
    """The number that a text is, or None; a comma is never a decimal point, so `13,5` is no number."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _words(text: str) -> list[str]:
    return sorted(" ".join(word.split()).casefold() for word in text.split(";"))


def same_value(one: str, other: str) -> bool:
    """Whether two written values are the same: as numbers if both are, else as words in any case and order."""
    a, b = number_in(one), number_in(other)
    if a is not None and b is not None:
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    return _words(one) == _words(other)
