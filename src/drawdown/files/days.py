"""Days as people write them, and the one way in which files write them: ``2023-12-31``."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ]00:00(?::00)?(?:\.0+)?z?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-. ]+([a-z]{3})[a-z]*\.?,?[- ]+(\d{4})", re.ASCII)
_NAMED_DAY = re.compile(r"([a-z]{3})[a-z]*\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?,?[- ]+(\d{4})", re.ASCII)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_LAST_SERIAL = 1_000_000  # far beyond every day of ours, and well within what Python's calendar holds

#: Day 0 of Excel's two calendars. (The first counts a 29 February 1900 that never was; no day of ours is that old.)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def iso_day(text: str) -> date | None:
    """The day that an ISO text names; None if it is no ISO text or no day of the calendar."""
    if not _ISO.fullmatch(text):
        return None
    return _day(*(int(part) for part in text.split("-")))


def serial_day(number: float, epoch: date = EPOCH_1900) -> date | None:
    """The day of an Excel serial number; None if it is not a whole number of days that Python can hold."""
    if not float(number).is_integer() or not 0 < number < _LAST_SERIAL:
        return None
    return epoch + timedelta(days=int(number))


def possible_days(text: str) -> list[date]:
    """The days that a text may mean: one if it can only be read one way, two for ``03/04/2023``, none if unreadable."""
    low = text.strip().lower()
    if match := _YEAR_FIRST.fullmatch(low) or _COMPACT.fullmatch(low):
        found = [_day(int(match[1]), int(match[2]), int(match[3]))]
    elif match := _YEAR_LAST.fullmatch(low):
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        found = [_day(year, two, one), _day(year, one, two)]
    elif match := _DAY_NAMED.fullmatch(low):
        found = [_day(int(match[3]), _MONTHS.get(match[2], 0), int(match[1]))]
    elif match := _NAMED_DAY.fullmatch(low):
        found = [_day(int(match[3]), _MONTHS.get(match[1], 0), int(match[2]))]
    elif _SERIAL.fullmatch(low):
        found = [serial_day(float(low))]
    else:
        found = []
    return list(dict.fromkeys(day for day in found if day is not None))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
