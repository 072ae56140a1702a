"""An impossible distribution is a fault of `check`, with the file, the line and what to do."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import pytest

import drawdown
from drawdown.files import read_mission
from drawdown.mission.checks import check_mission

TINY = Path(drawdown.__file__).parent / "missions" / "tiny"


def spoilt(folder: Path, table: str, row: str, column: str, value: str) -> str:
    """Change one cell of a copy of the training mission; the place at which a fault should be told."""
    copytree(TINY, folder)
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    line = next(number for number, cells in enumerate(rows) if cells[0] == row)
    rows[line][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return f"{table}.csv:{line + 1}"


IMPOSSIBLE = [
    ("hazards", "ied-north", "events", "-1", "`events` is below 0"),
    ("hazards", "ied-north", "exposure", "", "`exposure` is missing"),
    ("hazards", "ied-north", "exposure", "0", "4 events against an exposure of 0 give no rate"),
    ("hazards", "ied-north", "exposure", "-6000", "`exposure` is below 0"),
    ("hazards", "ied-north", "casualties", "-1.2", "`casualties` is below 0"),
    ("hazards", "ied-north", "rise", "0.5", "`rise` is below 1"),
    ("hazards", "ied-north", "exposure_unit", "days", "a hazard of kind ied counted by days"),
    ("clearances", "ask-road-north", "refusal", "1.2", "`refusal` is above 1"),
    ("clearances", "ask-road-north", "late", "30", "`late` is above 1"),
    ("clearances", "ask-road-north", "late_days", "0", "0.3 of the answers come late, but no day later"),
    ("clearances", "ask-road-north", "blocks_over_days", "0", "1 blocks counted, and blocks_over_days is 0"),
    ("clearances", "ask-air", "refused", "41", "more refused than asked (40)"),
    ("lift", "acacia-hauliers", "no_show", "-0.1", "`no_show` is below 0"),
    ("lift", "acacia-hauliers", "no_show_days", "0", "does not turn up with chance 0.05, but comes no day later"),
    ("lift", "helicopters", "availability", "8", "`availability` is above 1"),
    ("sites", "cedar", "no_handover", "1.01", "`no_handover` is above 1"),
    ("what_ifs", "more-lorries", "value", "-50", "`count` of lift is not: Input should be greater than or equal to 0"),
]


@pytest.mark.parametrize("case", IMPOSSIBLE, ids="-".join)
def test_it_is_told_at_its_line(tmp_path: Path, case: tuple[str, str, str, str, str]) -> None:
    *cell, value, words = case
    where = spoilt(tmp_path / "tiny", *cell, value)
    reading = read_mission(tmp_path / "tiny")
    checked = check_mission(reading.mission) if reading.mission else ()
    found = [*reading.faults, *(fault._replace(where=reading.locate(fault.spot)) for fault in checked)]
    told = [fault for fault in found if fault.severity == "fault" and words in fault.message]
    assert [(fault.where, fault.value) for fault in told] == [(where, value)], found
    assert told[0].remedy
