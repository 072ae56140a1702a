"""Where everything is on a day, as it was known on a day, by a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drawdown.desk.ledgers import SUFFIX, Book, book_of, ledger_place
from drawdown.desk.missions import open_mission
from drawdown.ledger.alerts import Alert
from drawdown.ledger.facts import Facts, recorded_facts
from drawdown.ledger.ledger import open_ledger
from drawdown.ledger.standing import Counted, OnTheWay, Standing, standing
from drawdown.mission.mission import Mission

#: What stands at the place of a ledger where there is none.
OWN = "none here: the mission's own actuals"


@dataclass(frozen=True)
class SiteStanding:
    """A site on that day: people on record, the latest headcount there, items of equipment, vehicles, and its end."""

    site: str
    name: str
    people: int
    counted: Counted | None
    items: int
    vehicles: int
    last_out: date | None
    handed_over: date | None


@dataclass(frozen=True)
class StandingResult:
    """The standing of a mission; see ``docs/standing.md`` for the meaning of each figure.

    ``people``, ``lots`` and ``lift`` say how many of each are where; "" is a place that is not known. ``unknown``
    counts people whose place is not known. ``gone`` are items by what became of them.
    """

    book: Book
    on: date
    known_on: date
    people_remaining: int
    left_total: int
    left_on_record: int
    left_reported: Counted | None
    unknown: int
    sites: tuple[SiteStanding, ...]
    on_the_way: tuple[OnTheWay, ...]
    people: Mapping[str, Mapping[str, int]]
    lots: Mapping[str, Mapping[str, int]]
    lift: Mapping[str, Mapping[str, int]]
    left: Mapping[str, int]
    gone: Mapping[str, Mapping[str, int]]
    alerts: tuple[Alert, ...]


def standing_of(
    reference: str | Path, on: date, known_on: date | None = None, *, ledger: str | None = None
) -> StandingResult:
    """The standing of a mission on a day; ``known_on`` leaves out what was recorded later (if given).

    A mission that has no ledger here, and none is named, stands by its own actuals. Raises `MissionError` if the
    mission cannot be used, `LedgerError` if the ledger cannot be read.
    """
    mission = open_mission(reference)
    name = mission.mission.id
    if mission.actuals and ledger_place(ledger, name) == f"{name}{SUFFIX}" and not Path(f"{name}{SUFFIX}").exists():
        book = Book(name, mission.hash, OWN, "", mission.hash, ())
        return _result(mission, book, standing(mission, Facts.of(recorded_facts(mission)), on, known_on))
    with open_ledger(ledger_place(ledger, name), mission=name, create=False, read_only=True) as found:
        again = found.told_again() if len(found.heads()) > 1 else ()  # one station tells a fact once
        chunks = ([row for row in rows if row[0] not in again] if again else rows for rows in found.bodies())
        stands = standing(mission, Facts.of_chunks(chunks), on, known_on)
        return _result(mission, book_of(found, mission), stands)


def _result(mission: Mission, book: Book, found: Standing) -> StandingResult:
    sites = tuple(
        SiteStanding(
            site=site.id,
            name=site.name,
            people=found.people_at(site.id),
            counted=found.headcounts.get(site.id),
            items=sum(found.lots_at(site.id).values()),
            vehicles=sum(at.get(site.id, 0) for at in found.lift.values()),
            last_out=found.last_out.get(site.id),
            handed_over=found.handed_over.get(site.id),
        )
        for site in mission.sites
    )
    return StandingResult(
        book=book,
        on=found.on,
        known_on=found.known_on,
        people_remaining=found.people_remaining,
        left_total=found.left_total,
        left_on_record=found.left_on_record,
        left_reported=found.left_reported,
        unknown=found.people_at(""),
        sites=sites,
        on_the_way=found.on_the_way,
        people=found.people,
        lots=found.lots,
        lift=found.lift,
        left=found.left,
        gone=found.gone,
        alerts=found.alerts,
    )
