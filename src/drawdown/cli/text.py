"""Plain text for any terminal: aligned tables, numbers and dates as a planner reads them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

WIDTH = 100


def count(value: float) -> str:
    """A number with its thousands set apart: 12,947."""
    return f"{value:,.0f}"


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: '1 fault', '13 faults', 'no fault'."""
    if number == 1:
        return f"1 {noun}"
    return f"{count(number) if number else 'no'} {nouns or noun + 's' if number else noun}"


def day(value: date | None) -> str:
    """A date with its month by name, so that no reader takes the day for the month: 31 Dec 2023."""
    return "-" if value is None else f"{value.day} {value:%b %Y}"


def dollars(value: float) -> str:
    """Money rounded as far as it can be trusted: $1.24 billion, $3.1 million, $42,000."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"${value / size:,.3g} {word}"
    return f"${value:,.0f}"


def share(part: float, whole: float) -> str:
    """A part of a whole: 71 %."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else "-"


def wrapped(text: str, first: int = 0, others: int | None = None) -> str:
    """A paragraph in lines of at most `WIDTH` characters, the first line and the others indented."""
    indents = " " * first, " " * (first if others is None else others)
    return textwrap.fill(text, WIDTH, initial_indent=indents[0], subsequent_indent=indents[1], break_on_hyphens=False)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> str:
    """Rows in columns, two blanks apart: the first column to the left, the others (numbers) to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        aligned = [text.rjust(width) if numbers else text.ljust(width) for text, width in others]
        return "  ".join([first[0].ljust(first[1]), *aligned]).rstrip()

    return "\n".join(line(cells) for cells in lines)
