"""The vocabulary: every column of every table of a mission, as data.

One CSV file a table lies in ``vocabulary/``; each of its rows is one column with its type, unit,
default and meaning. Validation, the reference page, the JSON Schema, the Data Package and the
workbook template all come from here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Table name -> (class name, key column, what the table holds). The order is that of the reference page.
TABLES: dict[str, tuple[str, str, str]] = {
    "mission": ("Header", "id", "The mission itself: its days, its host State and its defaults."),
    "phases": ("Phase", "id", "Named windows with the sites that should be out by their end."),
    "seasons": ("Season", "id", "The season calendar."),
    "courses": ("Course", "id", "Courses of action: the weights of the five measures."),
    "crews": ("Crew", "id", "Crews that close sites."),
    "disposal_groups": ("DisposalGroup", "id", "Asset disposal groups of UN-owned equipment."),
    "sites": ("Site", "id", "Places that the mission holds."),
    "exits": ("Exit", "id", "Where people or cargo leave the mission's care."),
    "units": ("Unit", "id", "Formed units and groups of civilians."),
    "equipment": ("Lot", "id", "Lots: a quantity of one kind of equipment of one owner at one site."),
    "legs": ("Leg", "id", "Links between two places."),
    "lift": ("Lift", "id", "What carries people and equipment."),
    "clearances": ("Clearance", "id", "The host's permissions, by class of moves."),
    "hazards": ("Hazard", "id", "Events counted against what was exposed to them."),
    "authorities": ("Authority", "id", "What the mandate allows, dated and placed."),
    "obligations": ("Obligation", "id", "What the mandate demands by a date."),
    "mandate_events": ("MandateEvent", "id", "The life cycle of the mandate, from its first day to liquidation."),
    "settlements": ("Settlement", "id", "Civilians whom an open site with a capable force covers."),
    "closure_steps": ("ClosureStep", "id", "The steps of closing a site."),
    "sources": ("Source", "id", "Documents."),
    "claims": ("Claim", "id", "What documents say, what is derived, and what is assumed."),
    "what_ifs": ("WhatIf", "id", "What might be otherwise: changes of cells that a stress test compares."),
    "actuals": ("Actual", "id", "What happened (for past missions)."),
}

#: Tables that live inside ``mission.yaml``; every other table is a CSV file of its own.
IN_YAML = ("phases", "seasons", "courses", "crews", "disposal_groups")

#: Tables that may be missing from a folder or workbook (they are then empty).
OPTIONAL = frozenset(TABLES) - {"mission", "sites", "exits", "units", "legs", "lift"}

_KIND = re.compile(r"^(?P<base>[a-z/-]+?)(?:\((?P<args>[^)]*)\))?(?:\[(?P<low>\d*)\.\.(?P<high>\d*)\])?$")
_LISTS = {"choices", "refs", "words"}


@dataclass(frozen=True)
class Column:
    """One column of one table.

    ``base`` is the type without its arguments: id, text, country, date, month-day, yes/no, integer,
    number, share, latitude, longitude, choice, choices, ref, refs or words. ``args`` are the words of a
    choice or the tables of a reference; ``low`` and ``high`` are the bounds of a number, inclusive.
    """

    name: str
    kind: str
    unit: str
    default: str
    required: bool
    meaning: str
    base: str
    args: tuple[str, ...]
    low: float | None
    high: float | None

    @property
    def many(self) -> bool:
        """Whether a cell holds a list (words separated by semicolons)."""
        return self.base in _LISTS


# Bounds by type: (lowest, highest). A billion is far above any count, weight or dollar of one row
# and far below what a 64-bit total can hold.
_BOUNDS: dict[str, tuple[float, float]] = {
    "integer": (0, 1_000_000_000),
    "number": (0, 1_000_000_000_000),
    "share": (0, 1),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
}


def _column(row: dict[str, str]) -> Column:
    match = _KIND.match(row["type"])
    if match is None:
        raise ValueError(f"vocabulary: type {row['type']!r} of column {row['column']!r} is not understood")
    base = match["base"]
    low, high = _BOUNDS.get(base, (None, None))
    return Column(
        name=row["column"],
        kind=row["type"],
        unit=row["unit"],
        default=row["default"],
        required=row["required"] == "yes",
        meaning=row["meaning"],
        base=base,
        args=tuple(match["args"].split("|")) if match["args"] else (),
        low=float(match["low"]) if match["low"] else low,
        high=float(match["high"]) if match["high"] else high,
    )


@cache
def columns(table: str, package: str = "drawdown.mission") -> tuple[Column, ...]:
    """The columns of a table of a package's vocabulary, in the order in which files show them."""
    text = (files(package) / "vocabulary" / f"{table}.csv").read_text(encoding="utf-8")
    return tuple(_column(row) for row in csv.DictReader(text.splitlines()))


@cache
def column(table: str, name: str) -> Column:
    """One column of a table; KeyError if there is none of that name."""
    for item in columns(table):
        if item.name == name:
            return item
    raise KeyError(f"{table}.{name}")
