"""A mission as it was known on a day: nothing in it that was learnt later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Clearance, Exit, Leg

#: How long a blanket block is taken to last from a day on, where its class does not say: those counted lasted weeks.
BLOCK_DAYS = 14


def known_mission(mission: Mission, day: date) -> Mission:
    """The mission without what was not known by the evening of a day; itself if all of it was.

    Left out are clearances known later, hazards that a document counts over a period that had not ended (those without
    a document are assumptions, and stay), and claims made later. A block that holds is not known to end: it is taken
    to last on for the mean length of its class. Ways that shut before the deadline are not known to until they do. The
    facts of ``actuals`` are a ledger's business, and are left out altogether.

    Files in which nothing is younger than the day are what was known on it: then nothing else is left out, and what
    they say of days to come was announced.
    """
    if day >= last_known(mission):
        return mission.model_copy(update={"actuals": ()})
    hazards = tuple(row for row in mission.hazards if row.to_date <= day or not row.source)
    clearances = tuple(_clearances(mission, day))
    changed: dict[str, Any] = {
        "hazards": hazards,
        "clearances": clearances,
        "legs": tuple(_not_shut(row, day, mission.mission.deadline) for row in mission.legs),
        "exits": tuple(_not_shut(row, day, mission.mission.deadline) for row in mission.exits),
        "actuals": (),
    }
    rows = {table: {row.id for row in changed[table]} for table in ("hazards", "clearances")}
    changed["claims"] = tuple(
        claim
        for claim in mission.claims
        if (claim.as_of is None or claim.as_of <= day) and claim.row in rows.get(claim.table or "", {claim.row})
    )
    return mission.model_copy(update=changed)


def last_known(mission: Mission) -> date:
    """The day of the youngest thing in the mission's files: a claim, a document, a clearance, a fact."""
    days = [claim.as_of for claim in mission.claims] + [source.published for source in mission.sources]
    days += [row.known_on for row in mission.clearances] + [fact.happened for fact in mission.actuals]
    return max((day for day in days if day is not None), default=date.min)


def left_out(mission: Mission, day: date) -> str:
    """What `known_mission` leaves out, and what may be younger than the day but is kept, in words; blank if nothing."""
    known = known_mission(mission, day)
    published = {source.id: source.published for source in mission.sources}
    rows = []
    for table in ("clearances", "hazards", "claims"):
        all_of_it, kept = len(mission.rows(table)), len(known.rows(table))
        rows += [f"{all_of_it - kept} of {all_of_it} rows of {table}"] if kept < all_of_it else []
    later = 0
    for claim in known.claims:
        when = published.get(claim.source or "")
        later += bool(claim.table and claim.adopted and when and when > day)
    said = [f"left out as not known then: {', '.join(rows)}"] if rows else []
    said += [f"kept: {later} figures about the time before that were published later"] if later else []
    return "; ".join(said)


def _clearances(mission: Mission, day: date) -> Iterator[Clearance]:
    """Those known on the day; a block that holds has the end that one would have expected then."""
    lengths = {row.clearance_class: row.block_days for row in mission.clearances if row.block_days}
    for row in mission.clearances:
        if row.known_on is not None and row.known_on > day:
            continue
        if row.state == "blocked" and row.known_on and row.to_date and row.to_date > day:
            expected = round(lengths.get(row.clearance_class, BLOCK_DAYS))
            yield row.model_copy(update={"to_date": day + timedelta(days=expected)})
        else:
            yield row


RowT = TypeVar("RowT", Leg, Exit)


def _not_shut(row: RowT, day: date, deadline: date) -> RowT:
    """A leg or an exit that shuts later is not known to; one that is used to the deadline or longer is."""
    later = row.open_to is not None and day < row.open_to < deadline
    return row.model_copy(update={"open_to": None}) if later else row
