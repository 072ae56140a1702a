"""Deeds: the acts of a plan as a future knows them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drawdown.stress import laws
from drawdown.stress.draws import Source
from drawdown.stress.script import Act, ActKind, Chance, Kind, Way
from kit.plain_futures.luck import Luck
from kit.plain_futures.store import Load

#: So many requests are made at most.
REQUESTS = 32

#: What a convoy or a flight is exposed to: units of exposure of a process.
CONVOY_KM, VEHICLE_KM = 0, 1


@dataclass(frozen=True)
class Answers:
    """What became of the requests for one clearance: the days of the first refusal and of the grant (None: never)."""

    refused: int | None
    granted: int | None


class Deed:
    """A move, a disposal or a separation, and how far it has come."""

    def __init__(self, index: int, act: Act, loads: list[Load]):
        self.index, self.act, self.loads = index, act, loads
        for load in loads:
            load.deed = self
        self.hold = 0  # days that its lift is late
        self.left: int | None = None  # day on which it left its own way (or was done, for one that is no move)
        self.arrived = False
        self.cancelled = False
        self.gave_up = False
        self.people_left = False  # by the alternative
        self.people_arrived = False  # by the alternative
        self.finished = False  # nothing is left to do (but to arrive)
        self.alternative_from: int | None = None  # first day on which the alternative could be used
        self._answers: dict[tuple[int, bool], Answers] = {}

    def __repr__(self) -> str:
        return f"{self.act.kind.name.lower()} {self.act.name}"

    @property
    def is_move(self) -> bool:
        return self.act.kind == ActKind.MOVE

    @property
    def flies(self) -> bool:
        return self.act.way is not None and self.act.way.air

    def of(self, *kinds: Kind) -> list[Load]:
        """Loads of some kinds that have not left."""
        return [load for load in self.loads if load.take.kind in kinds and load.waits]

    @property
    def people(self) -> list[Load]:
        """People who have not left, and the count of those above a guard."""
        return self.of(Kind.PEOPLE, Kind.GUARD)

    @property
    def has_people(self) -> bool:
        return bool(self.of(Kind.PEOPLE))

    @property
    def waiting_lots(self) -> list[Load]:
        return self.of(Kind.LOT)

    @property
    def gone(self) -> bool:
        """Whether nothing of it that matters is still at its place."""
        if self.left is not None or self.cancelled:
            return True
        return not any(load.waits for load in self.loads if load.is_lot or load.take.kind == Kind.PEOPLE)

    @property
    def come_in(self) -> bool:
        """Whether nothing of it that matters is still to come: people and loads, not empty lift."""
        if not self.gone or (self.people_left and not self.people_arrived):
            return False
        return self.arrived or not any(load.taken for load in self._went_its_way())

    def _went_its_way(self) -> list[Load]:
        loads = self.loads if self.left is not None else []
        return [x for x in loads if x.is_lot or (x.take.kind == Kind.PEOPLE and not self.people_left)]

    def answers(self, luck: Luck, number: int, *, alternative: bool) -> Answers:
        """What becomes of its requests for the clearance of a class."""
        found = self._answers.get((number, alternative))
        if found is None:
            found = self._answers[number, alternative] = self._ask(luck, number, alternative=alternative)
        return found

    def _ask(self, luck: Luck, number: int, *, alternative: bool) -> Answers:
        a_class, act = luck.script.classes[number], self.act
        day, as_of = act.asked, act.day
        if alternative:
            assert self.alternative_from is not None
            day = as_of = self.alternative_from
        facts = min(as_of, luck.script.days)
        refused = None
        for n in range(REQUESTS):
            u = luck.four(Source.CLEARANCE, act.key + alternative + a_class.key, n)
            day += a_class.lead[facts]
            if luck.on(Chance.LATENESS) and u[0] < a_class.late[facts]:
                day += math.ceil(laws.exponential(u[1], a_class.late_days[facts]))
            if not u[2] < luck.refusal(a_class, as_of):
                return Answers(refused, day)
            refused = day if refused is None else refused
        return Answers(refused, None)


def hold_of(act: Act, luck: Luck) -> int:
    """Days by which the lift of a move is late: carriers that do not turn up, and what keeps a flight on the ground."""
    lifts = [luck.script.lift[carrier.lift] for carrier in act.carriers]
    late = max((lift.no_show_days for lift in lifts if luck.no_show(act.key, lift)), default=0)
    return late + (_grounded(act, act.way, luck) if act.way and act.way.air else 0)


def _grounded(act: Act, way: Way, luck: Luck) -> int:
    script, days = luck.script, 0.0
    sorties = sum(carrier.count for carrier in act.carriers)
    for n, passage in enumerate(way.passages):
        leg = script.legs[passage.leg]
        for number in script.hazards[leg.hazard].processes if leg.hazard >= 0 else ():
            process = script.processes[number]
            if process.attack or not luck.on(process.chance) or process.per not in {CONVOY_KM, VEHICLE_KM}:
                continue
            exposure = luck.km(leg) * (sorties if process.per == VEHICLE_KM else 1)
            u = luck.four(Source.HOLD, act.key + process.key, n)
            days += laws.poisson(u[0], luck.events_rate(process) * exposure) * process.delay
    return math.ceil(days)
