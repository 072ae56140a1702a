"""The text of a cell becomes a value of its column, or is refused with what to write instead.

Nothing is guessed: ``1,5`` is not 1.5 and ``03/04/2023`` is no day. One small reader for each type of column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from drawdown.files.days import iso_day, possible_days
from drawdown.mission.faults import suggest
from drawdown.mission.row import CONTROL, COUNTRY, FIRST_DATE, ID, LAST_DATE, MONTH_DAY, TEXT_LIMIT, WORD_LIMIT
from drawdown.mission.vocabulary import Column

#: A list with no words in it, where a blank cell would mean the column's default.
EMPTY_LIST = ";"

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_GROUPED_BY_COMMA = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_GROUPED_BY_POINT = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_NUMBER_AND_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\W\d_][^\d]*)", re.ASCII)
_NUMBER_LIMIT = 64  # characters; longer numbers are mistakes
_YES, _NO = {"yes", "true"}, {"no", "false"}


class Refused(ValueError):  # noqa: N818 - it is what has happened to the cell
    """A cell that cannot be read as its column's type."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def reader(column: Column) -> Callable[[str], object]:
    """The function that reads the cells of a column (stripped, not blank); it raises `Refused`."""
    if column.many:
        return partial(_words, column)
    return partial(_READERS[column.base], column)


def plain_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Text as it is, if every file form can carry it; raises `Refused` if not."""
    if control := CONTROL.search(text):
        name = "a tab" if control[0] == "\t" else f"the control character U+{ord(control[0]):04X}"
        raise Refused(f"contains {name}", "replace it by a blank or a line break")
    if len(text) > limit:
        raise Refused(f"is longer than {limit:,} characters", "shorten it and keep the rest in a document of its own")
    return text


def _text(_: Column, text: str) -> str:
    return plain_text(text)


def _id(_: Column, text: str) -> str:
    if re.fullmatch(ID, text):
        return text
    ascii_text = unicodedata.normalize("NFKD", text[:200].lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_]+", "-", ascii_text).strip("-_")[:64]
    rule = "use up to 64 lower-case letters, digits, hyphens and underscores"
    raise Refused("is not an id", f"write `{slug}`" if slug else rule)


def _country(_: Column, text: str) -> str:
    if re.fullmatch(COUNTRY, text):
        return text
    fixed = text.upper()
    remedy = f"write {fixed}" if re.fullmatch(COUNTRY, fixed) else "write its ISO 3166-1 alpha-3 code, such as MLI"
    raise Refused("is not a country code of three capital letters", remedy)


def _date(_: Column, text: str) -> object:
    day = iso_day(text)
    if day is None:
        days = [found.isoformat() for found in possible_days(text)]
        if len(days) > 1:
            raise Refused("can be read as two different days", f"write {days[0]} or {days[1]}")
        raise Refused("is not a date", f"write {days[0]}" if days else "write year, month and day, such as 2023-12-31")
    if not FIRST_DATE <= day <= LAST_DATE:
        raise Refused(f"lies outside {FIRST_DATE} to {LAST_DATE}", "correct the year")
    return day


def _month_day(_: Column, text: str) -> str:
    if re.fullmatch(MONTH_DAY, text):
        return text
    if text == "02-29":
        raise Refused("is a day that most years do not have", "write 02-28 or 03-01")
    days = possible_days(text)
    remedy = f"write {days[0]:%m-%d}" if len(days) == 1 else "write month and day, such as 06-15"
    raise Refused("is not a month and day", remedy)


def _yes_no(_: Column, text: str) -> bool:
    low = text.lower()
    if low in _YES or low in _NO:
        return low in _YES
    raise Refused("is neither yes nor no", "write yes or no")


def _number(column: Column, text: str) -> float:
    if len(text) > _NUMBER_LIMIT:
        raise Refused("is not a number", "shorten it")
    if not _NUMBER.fullmatch(text):
        raise Refused("is not a number", _number_remedy(column, text))
    value = float(text)
    if column.low is not None and value < column.low:
        raise Refused(f"is below {column.low:,.15g}, the least it can be", "correct the number")
    if column.high is not None and value > column.high:
        percent = column.base == "share" and value <= 100  # noqa: PLR2004 - per cent
        remedy = f"write {value / 100:.6g} for {text} %" if percent else "correct the number"
        raise Refused(f"is above {column.high:,.15g}, the most it can be", remedy)
    return value


def _integer(column: Column, text: str) -> int:
    value = _number(column, text)
    if not value.is_integer():
        raise Refused("is not a whole number", f"write {int(value)} or {int(value) + 1}")
    return int(value)


def _number_remedy(column: Column, text: str) -> str:
    unit = f"; the unit is {column.unit}" if column.unit not in {"", "1"} else ""
    bare = re.sub(r"[\s'\u2019_]", "", text).replace("\u2212", "-")  # grouped digits, typeset minus
    if readings := _readings(bare):
        return f"write {' or '.join(readings)}"
    if column.base == "share" and _NUMBER.fullmatch(bare.removesuffix("%")):
        return f"write {float(bare.removesuffix('%')) / 100:.6g}"
    if match := _NUMBER_AND_UNIT.fullmatch(text):
        return f"write {match[1]}{unit}"
    if column.base in {"latitude", "longitude"}:
        return "write decimal degrees, such as 16.27; south and west are negative"
    return f"write a number such as 12{'' if column.base == 'integer' else ' or 0.5'}{unit}"


def _readings(bare: str) -> list[str]:
    """What may be meant by a number that we do not read: 1.5 by ``1,5``, and 1234 or 1.234 by ``1,234``."""
    found = [bare] if _NUMBER.fullmatch(bare) else []
    if _GROUPED_BY_COMMA.fullmatch(bare):
        found.append(bare.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(bare):
        found.append(bare.replace(",", "."))
    if not found and _GROUPED_BY_POINT.fullmatch(bare):
        found.append(bare.replace(".", "").replace(",", "."))
    return found


def _choice(column: Column, text: str) -> str:
    if text not in column.args:
        raise Refused("is not one of the words that this column knows", suggest(text, column.args))
    return text


def _words(column: Column, text: str) -> tuple[object, ...]:
    read = _LIST_ITEMS[column.base]
    words = [word for part in text.split(";") if (word := part.strip())]
    try:
        return tuple(read(column, word) for word in words)
    except Refused as refused:
        parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        if len(parts) > len(words) and column.base != "words" and _all_read(read, column, parts):
            raise Refused("is not a list", f"separate its words by semicolons: {'; '.join(parts)[:200]}") from None
        raise refused from None


def _all_read(read: Callable[[Column, str], object], column: Column, parts: list[str]) -> bool:
    try:
        return all(read(column, part) is not None for part in parts)
    except Refused:
        return False


def _word(_: Column, text: str) -> str:
    if "\n" in text:
        raise Refused("contains a line break", "separate words by semicolons")
    return plain_text(text, WORD_LIMIT)


_READERS: dict[str, Callable[[Column, str], object]] = {
    "id": _id,
    "text": _text,
    "country": _country,
    "date": _date,
    "month-day": _month_day,
    "yes/no": _yes_no,
    "integer": _integer,
    "number": _number,
    "share": _number,
    "latitude": _number,
    "longitude": _number,
    "choice": _choice,
    "ref": _id,
}
_LIST_ITEMS: dict[str, Callable[[Column, str], object]] = {"choices": _choice, "refs": _id, "words": _word}
