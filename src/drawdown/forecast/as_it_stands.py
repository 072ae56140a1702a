"""What is left of a mission on a day, as a mission of its own: planned, verified and played like any other.

Its day of cessation is that day, its units and lots are where the standing has them, and what has happened is gone from
it. What a record does not say is estimated, always in the same way, and told: see `Estimated`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from drawdown.ledger.standing import Standing
from drawdown.mission.mission import Mission
from drawdown.mission.tables import ClosureStep, Exit, Leg, Lift, Lot, Site, Unit
from drawdown.mission.what_if import change_of, what_ifs
from drawdown.plan.model import Move

#: Where people stand: unit -> place -> heads.
Places = dict[str, dict[str, int]]
RowT = TypeVar("RowT", Site, Leg, ClosureStep)


@dataclass(frozen=True)
class Part:
    """A row of the mission as it stands, and the unit or lot of the mission that it is (a part of) at a place."""

    id: str
    of: str
    place: str
    count: int


@dataclass(frozen=True)
class Estimated:
    """What was estimated because the record does not say it.

    ``left`` people have left by a reported total, without a departure that names them; they are taken from units whose
    site has been left and from the hubs. ``moved`` people, ``lots`` were at sites that have been left, without an
    arrival elsewhere; they are taken to be at the hub. ``abandoned`` lots went with a site or were left there.
    """

    left: int
    moved: int
    lots: int
    abandoned: int

    @property
    def words(self) -> tuple[str, ...]:
        """What was estimated, a line each."""
        said = (
            (self.left, "people have left by a reported total only; they are taken from units drawn in to hubs"),
            (self.moved, "people of sites that were left are taken to be at the hub"),
            (self.lots, "lots of sites that were left are taken to be at the hub"),
            (self.abandoned, "lots that may go with a site are taken to have stayed with one that was left"),
        )
        return tuple(f"{count:,} {words}" for count, words in said if count)


@dataclass(frozen=True)
class AsItStands:
    """A mission of what is left, with what its units and lots were called before."""

    mission: Mission
    units: tuple[Part, ...]
    lots: tuple[Part, ...]
    lift: tuple[Part, ...]
    left: int
    """People who have left, of those who leave the mission."""
    estimated: Estimated


def as_it_stands(mission: Mission, standing: Standing, came_in: Iterable[Move] = ()) -> AsItStands:
    """The mission of what is left in the evening of the standing's day, once what is under way has come in.

    ``came_in`` are the moves that this took (see `drawdown.forecast.under_way.come_in`): yards get room for what
    stands in them too early by that.
    """
    return _Standing(mission, standing, came_in).made()


class _Standing:
    """One standing, on its way to be a mission."""

    def __init__(self, mission: Mission, standing: Standing, came_in: Iterable[Move]) -> None:
        self.mission, self.standing = mission, standing
        self.early: dict[str, float] = defaultdict(float)
        for move in came_in:
            for name, count in (*move.lots.items(), *move.driven.items()):
                self.early[move.destination] += count * mission.lot[name].teu_each
        self.left_sites = {site.id for site in mission.sites if site.id in standing.last_out}
        self.held = [site.id for site in mission.sites if site.id not in self.left_sites]
        self.equipment: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for lot in mission.equipment:
            for place, count in standing.lots.get(lot.id, {}).items():
                if lot.unit:
                    self.equipment[lot.unit][self.stand(place, lot.site)] += count * (lot.teu_each or 1)
        # Whom a contributor wants home sooner than a move can be cleared goes as soon as it can: a plan has no choice.
        self.notice = timedelta(days=max((row.lead_days for row in mission.clearances), default=0) + 1)

    def hub(self, place: str) -> str:
        """The place itself if it has not been left, else the first hub above it, else the first site that is held."""
        if place in self.mission.exit:
            return place
        site = self.mission.site.get(place)
        seen: set[str] = set()
        while site is not None and site.id in self.left_sites and site.id not in seen:
            seen.add(site.id)
            site = self.mission.site.get(site.hub or "")
        return site.id if site is not None and site.id not in self.left_sites else next(iter(self.held), place)

    def outside(self, place: str) -> bool:
        """Whether who is at a place has left the mission: at an exit, but not at a waypoint."""
        way_out = self.mission.exit.get(place)
        return way_out is not None and way_out.kind != "waypoint"

    def stand(self, place: str, home: str) -> str:
        """Where people or items are taken to stand: at a site. Where theirs is not known, or on the road, at home."""
        return self.hub(place if place in self.mission.site else home)

    def made(self) -> AsItStands:
        people, moved = self._people()
        taken = self._take_unnamed(people)
        units = [*self._units(people)]
        lots, lot_parts, carried, abandoned = self._lots({part.id for part, _ in units} | {p.of for p, _ in units})
        lift = [*self._lift()]
        mission = self._mission(tuple(row for _, row in units), lots, tuple(row for _, row in lift))
        left = sum(unit.strength for unit in self.mission.units if not unit.separates) - sum(
            part.count for part, row in units if not row.separates
        )
        estimated = Estimated(taken, moved, carried, abandoned)
        unit_parts, lift_parts = tuple(part for part, _ in units), tuple(part for part, _ in lift)
        return AsItStands(mission, unit_parts, lot_parts, lift_parts, left, estimated)

    def _people(self) -> tuple[Places, int]:
        """Where people stand, at places that are held, and how many had to be put there."""
        found: Places = defaultdict(lambda: defaultdict(int))
        moved = 0
        home = {unit.id: unit.site for unit in self.mission.units}
        where = [(unit, place, n) for unit, places in self.standing.people.items() for place, n in places.items()]
        for unit, place, count in where:
            if self.outside(place):
                continue
            moved += count if place in self.left_sites else 0
            found[unit][self.stand(place, home[unit])] += count
        return found, moved

    def _take_unnamed(self, people: Places) -> int:
        """Take those who have left by a reported total only; returns how many."""
        here = sum(sum(places.values()) for places in people.values())
        named = sum(unit.strength for unit in self.mission.units) - here
        todo = taken = max(0, self.standing.left_total - named)
        leaving = [unit for unit in self.mission.units if not unit.separates]
        for group in self._who_left(leaving):
            todo -= _take(people, group, todo)
        return taken - todo

    def _who_left(self, leaving: Iterable[Unit]) -> Iterator[dict[str, int]]:
        """Groups of units (with those whom each can spare) by how likely it is that they are the ones who left."""
        spare = {unit.id: unit.strength - unit.rear_party - unit.stays for unit in leaving}
        closed = {unit.id for unit in leaving if unit.site in self.left_sites}
        hubs = {site.hub or site.id for site in self.mission.sites}
        yield {name: n for name, n in spare.items() if name in closed}
        yield {u.id: spare[u.id] for u in leaving if u.id not in closed and u.site in hubs}
        yield {u.id: spare[u.id] for u in leaving if u.id not in closed and u.site not in hubs}
        yield {unit.id: unit.strength for unit in leaving}

    def _units(self, people: Places) -> Iterator[tuple[Part, Unit]]:
        """The rows of units, a row for each place where one stands.

        Those still at home keep the unit's name, escorts and rear party; if there are none, those with its equipment.
        """
        on = self.standing.on
        for unit in self.mission.units:
            its = self.equipment[unit.id]
            at = sorted(
                ((place == unit.site, its[place], n, place) for place, n in people[unit.id].items() if n > 0),
                reverse=True,
            )
            total = sum(n for *_, n, _ in at)
            rear, stays = min(unit.rear_party, total), min(unit.stays, max(0, total - unit.rear_party))
            for number, (*_, count, place) in enumerate(at):
                change: dict[str, Any] = {"site": place, "strength": count}
                if unit.latest is not None and unit.latest <= on + self.notice:
                    change["latest"] = None
                if unit.stays_at in self.left_sites:
                    change["stays_at"] = self.hub(unit.stays_at)
                change |= {"rear_party": min(rear, count), "stays": min(stays, count - min(rear, count))}
                platoons = min(unit.escort_platoons, count)
                change |= {"escort_platoons": platoons, "eod_teams": min(unit.eod_teams, count - platoons)}
                rear, stays = rear - change["rear_party"], stays - change["stays"]
                if number:
                    name = f"{unit.name} ({self.mission.place[place].name})"
                    change |= {"id": _part(unit.id, place), "name": name, "escort_platoons": 0, "eod_teams": 0}
                row = unit.model_copy(update=change)
                yield Part(row.id, unit.id, place, count), row

    def _lots(self, units: set[str]) -> tuple[tuple[Lot, ...], tuple[Part, ...], int, int]:
        rows: list[Lot] = []
        parts: list[Part] = []
        carried = abandoned = 0
        for lot in self.mission.equipment:
            at: dict[str, int] = defaultdict(int)
            for place, count in sorted(self.standing.lots.get(lot.id, {}).items()):
                if self.outside(place) or not count:
                    continue
                if place in self.left_sites and "hand_over" in lot.dispositions:
                    abandoned += 1
                    continue
                carried += place in self.left_sites
                at[self.stand(place, lot.site)] += count
            for number, (count, place) in enumerate(sorted(((n, p) for p, n in at.items()), reverse=True)):
                change: dict[str, Any] = {"site": place, "count": count}
                if place != lot.site:
                    change["life_support"] = False  # nobody lives by it where it only passes
                if lot.unit and lot.unit not in units:
                    change |= {"unit": None, "owner": "contractor"}
                if number:
                    name = f"{lot.name} ({self.mission.place[place].name})"
                    change |= {"id": _part(lot.id, place), "name": name}
                row = lot.model_copy(update=change)
                rows.append(row)
                parts.append(Part(row.id, lot.id, place, count))
        return tuple(rows), tuple(parts), carried, abandoned

    def _mission(self, units: tuple[Unit, ...], lots: tuple[Lot, ...], lift: tuple[Lift, ...]) -> Mission:
        old, on = self.mission, self.standing.on
        since = old.mission.prepared_from or old.mission.cessation
        passed = (on - old.mission.cessation).days
        armed: dict[str, int] = defaultdict(int)
        room: dict[str, float] = defaultdict(float)
        for unit in units:
            armed[unit.site] += unit.strength if unit.armed else 0
        for lot in lots:
            room[lot.site] += lot.count * lot.teu_each
        changed: dict[str, Any] = {
            "mission": old.mission.model_copy(
                update={
                    "id": f"{old.mission.id}-{on}",
                    "name": f"{old.mission.name}, as it stood on {on}",
                    "cessation": on,
                    "prepared_from": since,
                }
            ),
            "disposal_groups": tuple(
                row.model_copy(update={"offer_days": max(0, row.offer_days - passed)}) for row in old.disposal_groups
            ),
            "sites": tuple(self._site(old.site[name], armed[name], room[name]) for name in self.held),
            "exits": (*old.exits, *(_waypoint(old, old.site[name]) for name in sorted(self.left_sites))),
            "units": units,
            "equipment": lots,
            "lift": lift,
            "actuals": (),
        }
        return _consistent(old.model_copy(update=changed))

    def _site(self, site: Site, armed: int, teu: float) -> Site:
        """A site that is held. What is there is there: its guard is no larger, and its yard no smaller."""
        first = sum(unit.strength for unit in self.mission.units if unit.site == site.id)
        change: dict[str, Any] = {"guard": min(site.guard, armed), "people_at_start": max(first, site.people_at_start)}
        if site.yard_teu:
            change["yard_teu"] = math.ceil(max(site.yard_teu, teu) + self.early[site.id])
        if site.hub in self.left_sites:
            above = self.hub(str(site.hub))
            change["hub"] = above if above != site.id else None
        if done := self.standing.steps.get(site.id, ()):
            change["steps_done"] = tuple(dict.fromkeys((*site.steps_done, *done)))
        return site.model_copy(update=change)

    def _lift(self) -> Iterator[tuple[Part, Lift]]:
        """The rows of lift, a row for each place where some of it stands; the largest part keeps the name."""
        for lift in self.mission.lift:
            at: dict[str, int] = defaultdict(int)
            for place, count in self.standing.lift.get(lift.id, {}).items():
                at[self._base(lift, place)] += count
            for number, (count, place) in enumerate(sorted(((n, p) for p, n in at.items() if n > 0), reverse=True)):
                change: dict[str, Any] = {"count": count, "base": place}
                if number:
                    name = f"{lift.name} ({self.mission.place[place].name})"
                    change |= {"id": _part(lift.id, place), "name": name}
                row = lift.model_copy(update=change)
                yield Part(row.id, lift.id, place, count), row

    def _base(self, lift: Lift, place: str) -> str:
        """Where lift stands: aircraft are at home every evening, and nothing stands at a site that has been left."""
        return self.hub(lift.base if lift.mode == "air" or not place else place)


def _part(name: str, place: str) -> str:
    return f"{name}-at-{place}"


def _take(people: Places, spare: Mapping[str, int], wanted: int) -> int:
    """Take people from some units, each in proportion to whom it can spare; returns how many were taken."""
    room = {name: max(0, min(n, sum(people[name].values()))) for name, n in spare.items()}
    total = sum(room.values())
    wanted = min(wanted, total)
    if wanted <= 0:
        return 0
    exact = {name: wanted * n / total for name, n in room.items()}
    share = {name: int(n) for name, n in exact.items()}
    rest = wanted - sum(share.values())
    for name in sorted(room, key=lambda one: (share[one] - exact[one], one))[:rest]:
        share[name] += 1
    for name, count in share.items():
        todo = count
        here = people[name]
        for _, place in sorted((-n, place) for place, n in here.items()):
            gone = min(todo, here[place])
            here[place] -= gone
            todo -= gone
    return wanted


def _waypoint(mission: Mission, site: Site) -> Exit:
    """A site that has been left: a place on the road."""
    return Exit(
        id=site.id, name=site.name, kind="waypoint", country=mission.mission.host, lat=site.lat, lon=site.lon, takes=()
    )


def _consistent(mission: Mission) -> Mission:
    """Sound again: nothing in it refers to what is over or gone, or asks for what is not there any more.

    Where escorts, ordnance teams or enabling units have left, what remains goes without: a plan has no choice.
    """
    platoons, teams = (sum(getattr(u, name) for u in mission.units) for name in ("escort_platoons", "eod_teams"))
    enabled = {function for unit in mission.units for function in unit.enables}
    hazards = {row.hazard_class for row in mission.hazards}
    phases = tuple(row for row in mission.phases if row.to_date >= mission.mission.cessation)
    ids = {row.id for row in phases}
    changed: dict[str, Any] = {
        "phases": phases,
        "sites": tuple(_without(_without(row, "phase", ids), "hazard_class", hazards) for row in mission.sites),
        "legs": tuple(
            _without(row, "hazard_class", hazards).model_copy(
                update={"escort_platoons": min(row.escort_platoons, platoons), "eod": row.eod and teams > 0}
            )
            for row in mission.legs
        ),
        "closure_steps": tuple(_without(row, "needs", enabled) for row in mission.closure_steps),
        # Claims are about the mission as it was; those about ways and chances still hold.
        "claims": tuple(row for row in mission.claims if row.table in {"legs", "exits", "hazards", "clearances"}),
    }
    found = mission.model_copy(update=changed)
    kept = {name for name in what_ifs(found) if not change_of(found, name).faults}
    return found.model_copy(update={"what_ifs": tuple(cell for cell in found.what_ifs if cell.what_if in kept)})


def _without(row: RowT, column: str, known: Collection[str]) -> RowT:
    """A row without a reference to what is not known any more."""
    value = getattr(row, column)
    return row if value is None or value in known else row.model_copy(update={column: None})
