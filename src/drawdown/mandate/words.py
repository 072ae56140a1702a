"""How dates, spans and lists are said in verdicts. English whatever the machine's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """A date with its month by name: 30 September 2023."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span_words(count: int) -> str:
    """A number of days with its noun: '1 day', '5 days'."""
    return f"{count:,} day" + ("" if count == 1 else "s")


def function_words(function: str) -> str:
    """A function as it is read: ``respond_to_imminent_threats`` is "respond to imminent threats"."""
    words = function.replace("_", " ").replace("protect un", "protect the UN")
    return words.replace("state authority", "State authority").replace("french", "French")


def deed_words(deed: str) -> str:
    """A deed as it is read: ``step`` is "closure step", ``last_out`` "last-out"."""
    return "closure step" if deed == "step" else deed.replace("_", "-")


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names in a row: 'Gao', 'Bamako and Gao', 'Bamako, Gao and Timbuktu'."""
    *first, final = names
    return f"{', '.join(first)} {last} {final}" if first else final
