"""The mandate of MINUSMA as tables that a lawyer can read and edit: one row, one test.

A blank cell asks for nothing there: no place named, nobody named, not owed yet, no ceiling.
"""

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from drawdown.files import read_mission
from drawdown.mandate.life_cycle import begins, ceilings_on, events_to, stage_on
from drawdown.mandate.obligations import owed_on
from drawdown.mandate.place import place_of
from drawdown.mandate.verdict import judge
from drawdown.mission.vocabulary import column

MINUSMA = read_mission(files("drawdown") / "missions" / "minusma").mission


def table(name):
    with (Path(__file__).parent / f"minusma_{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def each(rows, *columns):
    names = [" ".join(row[name] or "anywhere" for name in columns) for row in rows]
    return pytest.mark.parametrize("row", rows, ids=names)


VERDICTS, OBLIGATIONS, LIFE_CYCLE = table("verdicts"), table("obligations"), table("life_cycle")


@each(VERDICTS, "date", "place", "function")
def test_verdict(row):
    place = place_of(MINUSMA, row["place"]) if row["place"] else None
    assert (place is None) == (row["place"] is None)
    found = judge(MINUSMA, row["function"], date.fromisoformat(row["date"]), place, row["who"])
    assert found.verdict == row["expected"]
    looked = next(looked for looked in found.trace if looked.authority == row["authority"])
    assert looked.applies == (row["expected"] != "not_allowed")
    assert looked.reference.startswith(row["reference"])
    assert row["why"] in looked.why
    assert bool(found.conditions) == (row["expected"] == "conditional")


def test_every_function_has_its_rows():
    assert {row["function"] for row in VERDICTS} == set(column("authorities", "function").args)
    assert len(VERDICTS) >= 40


@each(OBLIGATIONS, "date", "obligation")
def test_obligation(row):
    stood = {owed.obligation: owed for owed in owed_on(MINUSMA, date.fromisoformat(row["date"]))}
    if row["expected"] is None:
        assert row["obligation"] not in stood
    else:
        owed = stood[row["obligation"]]
        assert (owed.state, owed.days) == (row["expected"], int(row["days"]))


def test_every_obligation_has_its_rows():
    assert {row["obligation"] for row in OBLIGATIONS} == {owed.id for owed in MINUSMA.obligations}


@each(LIFE_CYCLE, "date", "stage")
def test_stage(row):
    on = date.fromisoformat(row["date"])
    stage, ceilings = stage_on(MINUSMA, on), {row.number_of: row.number for row in ceilings_on(MINUSMA, on)}
    assert stage.stage == row["stage"]
    assert stage.until == (date.fromisoformat(row["until"]) if row["until"] else None)
    assert ceilings == {kind: int(row[kind]) for kind in ("military", "police") if row[kind]}
    suspended = row["rotations_suspended"]
    assert stage.rotations_suspended_since == (date.fromisoformat(suspended) if suspended else None)
    events = events_to(MINUSMA, on)
    assert (not events) if row["reference"] is None else row["reference"] in events[-1].reference


def test_the_mission_begins_with_its_resolution():
    assert begins(MINUSMA) == date(2013, 4, 25)


def test_votes_are_told_where_they_were_not_unanimous():
    renewed = next(event for event in events_to(MINUSMA, date(2022, 7, 1)) if "2640" in event.reference)
    assert "2 abstentions (China, Russian Federation)" in renewed.votes
