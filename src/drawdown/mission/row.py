"""What every row of every table is made of: frozen, and strict about its values."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# Plans run over decades at most; the bounds keep date arithmetic from overflowing.
FIRST_DATE, LAST_DATE = date(1945, 1, 1), date(2199, 12, 31)

# Longest text and word of a list, in characters.
TEXT_LIMIT, WORD_LIMIT = 4000, 200

ID = r"^[a-z0-9][a-z0-9_-]{0,63}$"
COUNTRY = r"^[A-Z]{3}$"
EXTRA = r"^x_[a-z0-9_]{1,62}$"  # a column of the reader's own
# 29 February is refused because the season would not exist in most years.
MONTH_DAY = r"^(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])$|^(0[469]|11)-(0[1-9]|[12]\d|30)$|^02-(0[1-9]|1\d|2[0-8])$"

#: Characters that some file form cannot carry: controls (but not the line break) and what is no character.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _clean_text(value: str) -> str:
    """Text that every file form can carry: no control characters, no blank ends, not empty."""
    if CONTROL.search(value):
        raise ValueError("contains a control character")
    if not value or value != value.strip():
        raise ValueError("is empty or begins or ends with a blank")
    return value


def _clean_word(value: str) -> str:
    if ";" in value or "\n" in value:
        raise ValueError("a word of a list cannot hold a semicolon or a line break")
    return _clean_text(value)


Id = Annotated[str, Field(pattern=ID)]
Text = Annotated[str, Field(max_length=TEXT_LIMIT), AfterValidator(_clean_text)]
Word = Annotated[str, Field(max_length=WORD_LIMIT), AfterValidator(_clean_word)]
Country = Annotated[str, Field(pattern=COUNTRY)]
Day = Annotated[date, Field(ge=FIRST_DATE, le=LAST_DATE)]
MonthDay = Annotated[str, Field(pattern=MONTH_DAY)]
ExtraName = Annotated[str, Field(pattern=EXTRA)]


def _in_order(extras: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if len(dict(extras)) < len(extras):
        raise ValueError("names a column twice")
    return tuple(sorted(extras))


class Row(BaseModel):
    """One row of a table. ``extras`` keeps the cells of the reader's own columns (``x_...``), by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    extras: Annotated[tuple[tuple[ExtraName, Text], ...], AfterValidator(_in_order)] = ()

    def values(self) -> dict[str, Any]:
        """The row's columns and values, without the extras."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "extras"}
