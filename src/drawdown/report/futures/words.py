"""Figures of a stress test in words, as a head of mission reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isinf

from drawdown.report.names import MONTHS, days, long_date, number

_NEVER = "not by the end of liquidation"


def percent(share: float) -> str:
    """A share in whole per cent; what is neither none nor all never reads 0 % or 100 %."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1 %"
    if whole == 100 and share < 1:  # noqa: PLR2004  per cent
        return "over 99 %"
    return f"{whole} %"


def points(gained: float) -> str:
    """A difference of chances in percentage points, with its sign."""
    found = f"{100 * gained:+.1f}"
    return "0.0" if float(found) == 0 else found.replace("-", "\N{MINUS SIGN}")


def points_between(low: float, high: float) -> str:
    """An interval of such differences."""
    return f"{points(low)} to {points(high)}"


def days_saved(earlier: int | None) -> str:
    """Days earlier, as a column says it: below 0 are days lost; a dash if one of the dates is beyond the end."""
    if earlier is None:
        return "\N{EN DASH}"
    return "none" if not earlier else days(earlier).replace("-", "\N{MINUS SIGN}")


def by_day(day: date | float | None) -> str:
    """A day of completion in words."""
    return long_date(day) if isinstance(day, date) else _NEVER


def in_time(day: date | float | None, deadline: date) -> bool:
    """Whether a day of completion is known and not after the deadline."""
    return isinstance(day, date) and day <= deadline


def short_day(day: date | float | None) -> str:
    """A day as charts write it: 31 Dec 2023."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if isinstance(day, date) else _NEVER


def iso(day: date | float | None) -> str:
    """A day as tables write it; their captions say of which end they speak."""
    return day.isoformat() if isinstance(day, date) else "not by the end"


def money(usd: float) -> str:
    """US dollars as precisely as a reader needs them: millions with a decimal, thousands, or dollars."""
    size = abs(usd)
    if size >= 999_500:  # noqa: PLR2004  what would read 1,000 thousand
        text = f"{size / 1e6:,.1f} million"
    else:
        text = f"{size:,.0f}" if size < 1000 else f"{1000 * round(size / 1000):,}"  # noqa: PLR2004  a thousand
    return f"\N{MINUS SIGN}{text}" if usd < 0 and text != "0" else text


def amount(value: float) -> str:
    """A mean or a quantile of a count: a decimal below a hundred, where it says something."""
    return number(value) if abs(value) < 100 else f"{value:,.0f}"  # noqa: PLR2004  a hundred


def between(low: float, high: float, form: Callable[[float], str]) -> str:
    """The interval of a change; nothing where it would read 0 to 0."""
    ends = change(low, form), change(high, form)
    return "" if ends == ("0", "0") else " to ".join(ends)


def change(value: float, form: Callable[[float], str]) -> str:
    """A change with its sign, in the words that ``form`` has for its size."""
    size = "\N{INFINITY}" if isinf(value) else form(abs(value))
    return size if size == "0" else ("\N{MINUS SIGN}" if value < 0 else "+") + size
