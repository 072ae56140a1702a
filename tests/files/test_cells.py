"""What a cell's text means, and what a reader is told when it means nothing."""

from __future__ import annotations

from datetime import date

import pytest

from drawdown.files.cells import Refused, reader
from drawdown.mission.vocabulary import Column, column


def read(where: str, text: str) -> object:
    return reader(column(*where.split(".")))(text)


def refusal(where: str, text: str) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read(where, text)
    return refused.value.message, refused.value.remedy


@pytest.mark.parametrize(
    ("where", "text", "value"),
    [
        ("sites.id", "gao-1_b", "gao-1_b"),
        ("sites.name", "NO", "NO"),
        ("sites.lat", "-7.5", -7.5),
        ("sites.lat", ".5", 0.5),
        ("legs.km", "1e3", 1000.0),
        ("sites.guard", "12", 12),
        ("sites.guard", "12.0", 12),
        ("sites.liquidation", "YES", True),
        ("sites.liquidation", "False", False),
        ("units.latest", "2023-12-31", date(2023, 12, 31)),
        ("seasons.from_day", "06-15", "06-15"),
        ("exits.country", "SEN", "SEN"),
        ("exits.takes", "people; equipment;", ("people", "equipment")),
        ("exits.takes", ";", ()),
        ("units.exits", "dakar;cotonou", ("dakar", "cotonou")),
        ("mission.last_resort_reasons", "no lift; unsafe, really", ("no lift", "unsafe, really")),
    ],
)
def test_what_is_well_written_is_read(where, text, value):
    assert read(where, text) == value
    assert type(read(where, text)) is type(value)


@pytest.mark.parametrize(
    ("where", "text", "remedy"),
    [
        ("sites.lat", "1,5", "write 1.5"),
        ("legs.km", "1,234", "write 1234 or 1.234"),
        ("legs.km", "1,234,567.5", "write 1234567.5"),
        ("legs.km", "1.234.567,5", "write 1234567.5"),
        ("legs.km", "12 000", "write 12000"),
        ("legs.km", "12\u202f000", "write 12000"),
        ("legs.km", "12'000", "write 12000"),
        ("sites.lat", "\u22127.5", "write -7.5"),
        ("legs.km", "1200 km", "write 1200; the unit is km"),
        ("sites.lat", "16\u00b016'N", "write decimal degrees, such as 16.27; south and west are negative"),
        ("legs.km", "far", "write a number such as 12 or 0.5; the unit is km"),
        ("legs.km", "nan", "write a number such as 12 or 0.5; the unit is km"),
        ("legs.km", "\u0661\u0662", "write a number such as 12 or 0.5; the unit is km"),
        ("legs.km", "9" * 5000, "shorten it"),
        ("lift.availability", "85 %", "write 0.85"),
        ("lift.availability", "85", "write 0.85 for 85 %"),
        ("sites.guard", "12.5", "write 12 or 13"),
        ("sites.guard", "-1", "correct the number"),
        ("sites.guard", "1e400", "correct the number"),
        ("closure_steps.days", "0", "correct the number"),
    ],
)
def test_a_number_that_is_written_otherwise_is_not_guessed(where, text, remedy):
    assert refusal(where, text)[1] == remedy


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("31/12/2023", "write 2023-12-31"),
        ("12/31/2023", "write 2023-12-31"),
        ("31.12.2023", "write 2023-12-31"),
        ("2023/12/31", "write 2023-12-31"),
        ("2023-7-1", "write 2023-07-01"),
        ("20231231", "write 2023-12-31"),
        ("2023-12-31T00:00:00", "write 2023-12-31"),
        ("31 Dec 2023", "write 2023-12-31"),
        ("31st December, 2023", "write 2023-12-31"),
        ("Dec 31, 2023", "write 2023-12-31"),
        ("45108", "write 2023-07-01"),
        ("03/04/2023", "write 2023-04-03 or 2023-03-04"),
        ("04/04/2023", "write 2023-04-04"),
        ("2023-13-01", "write year, month and day, such as 2023-12-31"),
        ("2023-02-30", "write year, month and day, such as 2023-12-31"),
        ("soon", "write year, month and day, such as 2023-12-31"),
        ("\u0662\u0660\u0662\u0663-12-31", "write year, month and day, such as 2023-12-31"),
        ("1944-12-31", "correct the year"),
        ("2923-12-31", "correct the year"),
    ],
)
def test_only_an_iso_text_is_a_date(text, remedy):
    assert refusal("units.latest", text)[1] == remedy


@pytest.mark.parametrize(
    ("where", "text", "remedy"),
    [
        ("sites.id", "Gao Camp", "write `gao-camp`"),
        ("sites.id", "M\u00e9naka", "write `menaka`"),
        ("sites.hub", "\u063a\u0627\u0648", "use up to 64 lower-case letters, digits, hyphens and underscores"),
        ("exits.country", "sen", "write SEN"),
        ("exits.country", "Senegal", "write its ISO 3166-1 alpha-3 code, such as MLI"),
        ("sites.liquidation", "oui", "write yes or no"),
        ("seasons.from_day", "15 June", "write month and day, such as 06-15"),
        ("seasons.from_day", "2023-06-15", "write 06-15"),
        ("seasons.from_day", "02-29", "write 02-28 or 03-01"),
        ("legs.mode", "raod", "did you mean `road`?"),
        ("legs.mode", "Road", "did you mean `road`?"),
        ("exits.takes", "people,equipment", "separate its words by semicolons: people; equipment"),
        ("exits.takes", "peple", "did you mean `people`?"),
        ("units.exits", "dakar, cotonou", "separate its words by semicolons: dakar; cotonou"),
        ("sites.name", "tab\there", "replace it by a blank or a line break"),
        ("sites.name", "x" * 4001, "shorten it and keep the rest in a document of its own"),
        ("mission.last_resort_reasons", "two\nlines", "separate words by semicolons"),
    ],
)
def test_a_word_that_is_none_comes_with_what_to_write(where, text, remedy):
    assert refusal(where, text)[1] == remedy


def test_a_hostile_number_takes_no_time():
    wide: Column = column("legs", "km")
    with pytest.raises(Refused):
        reader(wide)("9" * 100_000 + "x")
