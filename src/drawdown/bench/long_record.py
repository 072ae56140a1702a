"""A record of any length for a mission: convoys and flights day after day, sites that close, and a few mistakes.

Most of it adds up, as a movement desk's record does. Of a thousand departures and arrivals one is forgotten, and of
a thousand one counts too many; some other facts are taken back later. Same mission, length and seed: same record.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

#: Of so many facts, how many are departures (each has its arrival); the rest is of other kinds.
DEPARTURES = 0.42

#: Things in one convoy: each is a fact of its own.
CONVOY = 6

#: Of so many departures and arrivals one is forgotten, and one counts ten more than there are.
FORGOTTEN = MISCOUNTED = 1000

#: Days before the closure of a site on which nothing sets out for it any more.
RUN_DOWN = 15

OTHERS = ("incident", "headcount", "clearance_asked", "clearance_granted", "inspection", "correction")


class _Record:
    """What the desk knows while it writes."""

    def __init__(self, mission: Mission, entries: int, seed: int) -> None:
        self.mission, self.entries = mission, entries
        self.rng = random.Random(seed)  # noqa: S311  chance, not secrets
        units = [("unit", row.id, row.site, row.strength) for row in mission.units]
        moved = [row for row in mission.equipment if "hand_over" not in row.dispositions]  # others stay
        lots = [("lot", row.id, row.site, row.count) for row in moved]
        lift = [("lift", row.id, row.base, row.count) for row in mission.lift]
        self.at = {(kind, name): {place: count} for kind, name, place, count in (*units, *lots, *lift)}
        self.things = sorted(self.at)
        self.coming: dict[date, list[dict[str, Any]]] = defaultdict(list)
        self.closing = self._closures()
        self.written = 0
        self.harmless: list[str] = []

    def _closures(self) -> dict[str, date]:
        """Sites but those of liquidation, closed one after the other."""
        first, last = self.mission.mission.cessation, self.mission.mission.deadline
        sites = [site.id for site in self.mission.sites if not site.liquidation]
        step = (last - first).days // (len(sites) + 1)
        return {site: first + timedelta(days=step * number) for number, site in enumerate(sites, 1)}

    def fact(self, kind: str, day: date, **values: Any) -> Actual:
        """The next fact, recorded within days."""
        self.written += 1
        name = f"f{self.written}"
        if kind in {"incident", "headcount"}:
            self.harmless.append(name)
        recorded = day + timedelta(days=self.rng.choice((0, 0, 0, 1, 1, 2, 5)))
        return Actual.model_validate({"id": name, "kind": kind, "happened": day, "recorded": recorded, **values})


def long_record(mission: Mission, entries: int, seed: int = 1) -> Iterator[Actual]:
    """So many facts of a mission, with the day on which each was recorded, in the order of the days they happened."""
    record = _Record(mission, entries, seed)
    days = (mission.mission.liquidation_end - mission.mission.cessation).days
    for number in range(1, days + 1):
        day = mission.mission.cessation + timedelta(days=number)
        until = entries * number // days
        yield from _closures(record, day)
        for arrival in record.coming.pop(day, ()):
            yield from _arrival(record, day, arrival)
        while record.written < until:
            departs = record.rng.random() < DEPARTURES / CONVOY / (1 - DEPARTURES)
            yield from _departure(record, day) if departs else _other(record, day)


def _closures(record: _Record, day: date) -> Iterator[Actual]:
    """A site that closes: all its people leave for the nearest liquidation site, then it is left and handed over."""
    for site in [site for site, closes in record.closing.items() if closes == day]:
        goal = next(other.id for other in record.mission.sites if other.liquidation)
        for thing in record.things:
            if count := record.at[thing].get(site):
                yield from _leave(
                    record, day, thing, {"place": site, "to": goal, "count": count, "move": f"close-{site}"}, 4
                )
        yield record.fact("last_out", day, place=site)
        yield record.fact("handover", day, place=site)


def _departure(record: _Record, day: date) -> Iterator[Actual]:
    """A convoy: some of a few things that are at one place, by one move to another place."""
    rng = record.rng
    place, goal = rng.sample([site.id for site in record.mission.sites if _open(record, site.id, day)], 2)
    if there := [thing for thing in record.things if record.at[thing].get(place)]:
        move, days = f"m{record.written}", rng.randint(1, 4)
        for thing in rng.sample(there, min(len(there), CONVOY)):
            count = rng.randint(1, min(record.at[thing][place], 30))
            yield from _leave(record, day, thing, {"place": place, "to": goal, "count": count, "move": move}, days)


def _open(record: _Record, site: str, day: date) -> bool:
    return site not in record.closing or day < record.closing[site] - timedelta(days=RUN_DOWN)


def _leave(record: _Record, day: date, thing: tuple[str, str], values: dict[str, Any], days: int) -> Iterator[Actual]:
    """Something departs and will arrive after so many days; one of many departures is forgotten or miscounted."""
    rng = record.rng
    record.at[thing][values["place"]] -= values["count"]
    told = {**values, thing[0]: thing[1]}
    arrival = {name: value for name, value in told.items() if name != "to"} | {"place": values["to"]}
    record.coming[day + timedelta(days=days)].append(arrival)
    if rng.randrange(FORGOTTEN):
        wrong = 0 if rng.randrange(MISCOUNTED) else 10
        yield record.fact("departure", day, **{**told, "count": values["count"] + wrong})


def _arrival(record: _Record, day: date, values: dict[str, Any]) -> Iterator[Actual]:
    kind = next(kind for kind in ("unit", "lot", "lift") if kind in values)
    at = record.at[kind, values[kind]]
    at[values["place"]] = at.get(values["place"], 0) + values["count"]
    if record.rng.randrange(FORGOTTEN):
        yield record.fact("arrival", day, **values)


def _other(record: _Record, day: date) -> Iterator[Actual]:
    rng, mission = record.rng, record.mission
    site, kind = rng.choice(mission.sites).id, rng.choice(OTHERS)
    if kind == "headcount":
        people = sum(at.get(site, 0) for (what, _), at in record.at.items() if what == "unit")
        yield record.fact(kind, day, place=site, count=people, count_of="people")
    elif kind == "inspection":
        yield record.fact(kind, day, place=site, step=rng.choice(mission.closure_steps).id)
    elif kind == "incident":
        yield record.fact(kind, day, place=site, hazard="ied", count=1, count_of="events")
    elif kind == "correction":
        if record.harmless and not rng.randrange(10):
            yield record.fact(kind, day, corrects=rng.choice(record.harmless), note="Taken back.")
    else:
        yield record.fact(
            kind, day, clearance_class=rng.choice(mission.legs).clearance_class, count=1, count_of="requests"
        )
