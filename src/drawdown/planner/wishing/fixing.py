"""Moves that are made whatever else is planned: what they use is taken first, what they carry when it is there.

A fixed move may leave out how its vehicles and escorts come to its origin and get home again. Those that stand
elsewhere are brought, and taken home afterwards unless another fixed move needs them where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from drawdown.mission.mission import Mission
from drawdown.plan.model import Move
from drawdown.plan.replay import detachments
from drawdown.planner.construction.board import NOTHING, Board, Load
from drawdown.planner.construction.timetable import Departure, Entry, Timetable
from drawdown.planner.construction.ways import Route, WayFinder

#: Times, as first and last day, in which nobody may arrive at a place.
Shut = Mapping[str, tuple[tuple[int, int], ...]]

Counts = dict[str, int]


class WishedTimetable(Timetable):
    """Departures that do not arrive at an exit while it is shut."""

    def __init__(self, mission: Mission, as_of: int, shut: Shut) -> None:
        super().__init__(mission, as_of)
        self.shut = shut

    def departure(self, route: Route, day: int) -> Departure | None:
        """The departure on a route in the morning of a day, or None if there can be none."""
        found = super().departure(route, day)
        times = self.shut.get(route.destination, ())
        return None if found and any(first <= found.arrive <= last for first, last in times) else found


@dataclass
class Standing:
    """Vehicles or detachments that a fixed move has left at a place, free to leave it from the morning of a day."""

    what: str
    place: str
    ready: int
    count: int


class WishedBoard(Board):
    """A board on which exits may be shut for a while, and on which moves can be fixed before others are planned."""

    def __init__(self, mission: Mission, as_of: int, finder: WayFinder, shut: Shut) -> None:
        super().__init__(mission, as_of, finder)
        self.timetable = WishedTimetable(mission, as_of, shut)
        self.vehicles: list[Standing] = []
        self.detachments: list[Standing] = []
        #: Moves that only take vehicles and escorts home.
        self.homeward: list[Move] = []

    # ---- a move ----------------------------------------------------------------------------------------------------

    def fix(self, move: Move) -> int | None:
        """Take what a move uses and write it; its place among the moves, or None if it cannot be made."""
        mark, standing = self.journal.mark(), ([*self.vehicles], [*self.detachments])
        counts = [one.count for rows in standing for one in rows]
        if (self._fly_fixed(move) if move.mode == "air" else self._drive_fixed(move)) and not self._overdrawn():
            return len(self.moves) - 1
        self.journal.back_to(mark)
        self.vehicles, self.detachments = standing
        for one, count in zip((one for rows in standing for one in rows), counts, strict=True):
            one.count = count
        return None

    def _run(self, move: Move) -> Departure:
        """A move as a departure, as it was wished: whether it is lawful was asked when the wish was read."""
        mission = self.mission
        route = Route(move.origin, move.destination, tuple(mission.leg[i] for i in move.legs))
        entered, _ = mission.journey(route.legs, route.origin, move.depart)
        entries = tuple(Entry(leg.id, place, mission.day(day), leg.headway_days) for leg, place, day in entered)
        lead = None if move.clearance_asked is None else (move.depart - move.clearance_asked).days
        return Departure(route, mission.day(move.depart), mission.day(move.arrive), entries, lead, escortable=True)

    def _fly_fixed(self, move: Move) -> bool:
        run = self._run(move)
        for lift, sorties in move.lift.items():
            self.journal.add(self.free[lift], -sorties, run.day, run.day)
        for place in (move.origin, move.destination):
            self.journal.add(self.slots[place], -sum(move.lift.values()), run.day, run.day)
        short = any(self.free[lift][run.day] < 0 for lift in move.lift)
        short |= any(self.slots[place][run.day] < 0 for place in (move.origin, move.destination))
        self._write_fixed(move, run)
        return not short

    def _drive_fixed(self, move: Move) -> bool:
        run = self._run(move)
        if self._clear(run) is None or not self._assemble(move, run):
            return False
        self._leave(run, move.lift, move.escorts)
        self._write_fixed(move, run)
        return True

    def _write_fixed(self, move: Move, run: Departure) -> None:
        load = Load(dict(move.people), dict(move.lots), dict(move.driven))
        self._write(run, move.mode, dict(move.lift), dict(move.escorts), load)
        self._take_exit(move.destination, run.arrive, load)

    # ---- vehicles and escorts --------------------------------------------------------------------------------------

    def _home(self, what: str) -> str:
        lift = self.mission.lift_by_id.get(what)
        return lift.base if lift else self.mission.unit[what].site

    def _assemble(self, move: Move, run: Departure) -> bool:
        """Bring those vehicles and escorts to a move's origin that are not there; whether all could come."""
        missing: dict[str, tuple[Counts, Counts]] = defaultdict(lambda: ({}, {}))
        for number, (wanted, rows) in enumerate(((move.lift, self.vehicles), (move.escorts, self.detachments))):
            for what, count in wanted.items():
                short = count - _there(rows, what, move.origin, run.day)
                if short > 0 and self._home(what) != move.origin:
                    missing[self._home(what)][number][what] = short
        return all(self._bring(home, run, *counts) for home, counts in sorted(missing.items()))

    def _bring(self, home: str, run: Departure, lift: Counts, escorts: Counts) -> bool:
        """An empty move out from a base, in time to load; whether there is one."""
        by = run.day - self.mission.mission.turnaround_days - 1
        for legs in self.finder.routes(home, run.route.origin, run.route.legs[0].mode):
            out = self._latest(Route(home, run.route.origin, legs), by)
            guards = out and self._guards(out, home, escorts)
            if out and guards is not None:
                self._leave(out, lift, guards or {})
                self._write(out, legs[0].mode, lift, guards or {}, NOTHING)
                return True
        return False

    def _guards(self, run: Departure, home: str, escorts: Counts) -> Counts | None:
        """The escorts of an empty move: those that are to come anyway, or others of its base; None if too few."""
        unit, secured = self.mission.unit, run.day <= self.deadline
        platoons = sum(n for u, n in escorts.items() if unit[u].escort_platoons)
        teams = sum(n for u, n in escorts.items() if unit[u].eod_teams)
        if not secured or (platoons >= run.route.platoons and teams >= int(run.route.mined)):
            return escorts
        return self.escorts.choose(home, (run,), run.day, self.end)

    def _leave(self, run: Departure, lift: Counts, escorts: Counts) -> None:
        """Take vehicles and escorts from a move's origin in its morning, and let them stand at its end afterwards."""
        wait = self.mission.mission.turnaround_days
        for what, count in lift.items():
            rest = count - _take(self.vehicles, what, run.route.origin, run.day, count)
            if rest:
                self.journal.add(self.free[what], -rest, run.day)
            if run.route.destination == self._home(what):
                self.journal.add(self.free[what], count, run.arrive + 1)
            else:
                self.vehicles.append(Standing(what, run.route.destination, run.arrive + 1 + wait, count))
        for what, count in escorts.items():
            rest = count - _take(self.detachments, what, run.route.origin, run.day, count)
            at_base = self.escorts.at_base[what]
            if rest:
                self.journal.add(at_base, -rest, run.day)
            if run.route.destination == self._home(what):
                self.journal.add(at_base, count, run.arrive + 1)
            else:
                self.detachments.append(Standing(what, run.route.destination, run.arrive + 1, count))
            self.journal.add(self.escorts.on_road[what], count, run.day, run.arrive)

    def _overdrawn(self) -> bool:
        """Whether more vehicles, sorties or detachments are out than there are."""
        taken = (*self.free.values(), *self.escorts.at_base.values())
        return any(int(days.min()) < 0 for days in taken)

    def send_home(self) -> None:
        """Take vehicles and escorts home that no fixed move needs any more; those that no road leads home stay."""
        for place, home in sorted({(x.place, self._home(x.what)) for x in (*self.vehicles, *self.detachments)}):
            lift, escorts = (
                [x for x in rows if x.count and (x.place, self._home(x.what)) == (place, home)]
                for rows in (self.vehicles, self.detachments)
            )
            if lift or escorts:
                self._go_home(place, home, lift, escorts)

    def _go_home(self, place: str, home: str, lift: list[Standing], escorts: list[Standing]) -> None:
        mode = self.mission.lift_by_id[lift[0].what].mode if lift else "road"
        ready = max(x.ready for x in (*lift, *escorts))
        for legs in self.finder.routes(place, home, mode):
            run = self._soonest(Route(place, home, legs), ready)
            able = run and all(self._can_escort(x, run) for x in escorts)
            if run and able and self._guards(run, place, _counts(escorts)) == _counts(escorts):
                cargo = _counts(lift), _counts(escorts)
                self._leave(run, *cargo)
                self._write(run, mode, *cargo, NOTHING)
                self.homeward.append(self.moves[-1])
                return

    def _can_escort(self, row: Standing, run: Departure) -> bool:
        """Whether a unit has people enough for its detachments on the road of one more move."""
        unit, escorts = self.mission.unit[row.what], self.escorts
        mornings = escorts.left[unit.id][run.day - 1 : run.arrive]
        road = escorts.on_road[unit.id][run.day : run.arrive + 1]
        free = detachments(unit) * mornings // max(unit.strength, 1) - road
        return run.arrive <= escorts.until[unit.id] and int(free.min()) >= row.count


def _counts(rows: Iterable[Standing]) -> Counts:
    found: Counts = defaultdict(int)
    for row in rows:
        found[row.what] += row.count
    return dict(found)


def _ready(rows: Iterable[Standing], what: str, place: str, day: int) -> Iterator[Standing]:
    return (row for row in rows if row.what == what and row.place == place and row.ready <= day)


def _there(rows: Iterable[Standing], what: str, place: str, day: int) -> int:
    """How many of a thing stand at a place and can leave it on a day."""
    return sum(row.count for row in _ready(rows, what, place, day))


def _take(rows: Iterable[Standing], what: str, place: str, day: int, most: int) -> int:
    """Take up to so many of a thing that stands at a place; the number taken."""
    taken = 0
    for row in _ready(rows, what, place, day):
        count = min(row.count, most - taken)
        row.count, taken = row.count - count, taken + count
    return taken
