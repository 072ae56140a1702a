"""The world of one future: everything that has a state, in a SimPy environment."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import IntEnum

import simpy

from drawdown.stress.script import Chance, Kind, LotFacts, Script
from kit.plain_futures.deed import Deed, hold_of
from kit.plain_futures.luck import Luck
from kit.plain_futures.places import Site, Step
from kit.plain_futures.record import Record
from kit.plain_futures.store import Load, Store

Spans = list[tuple[int, int]]


class Phase(IntEnum):
    """The phases of a day, in order. SimPy's clock counts them: time is day x 4 + phase."""

    DAWN = 0  # sites come under fire
    MORNING = 1  # acts leave
    EVENING = 2  # what is under way arrives
    NIGHT = 3  # sites are closed, and everything is counted


PHASES = len(Phase)


class World:
    """Stores, deeds, sites and steps, and today's use of what is scarce."""

    def __init__(self, script: Script, seed: int, future: int, chance: Chance):
        self.script, self.env, self.record = script, simpy.Environment(), Record(script.days)
        self.luck = Luck(script, seed, future, chance)
        self.stores = [Store(n, pile) for n, pile in enumerate(script.piles)]
        loads = [Load(take, self._store(take.source), self._store(take.target)) for take in script.takes]
        for store in self.stores:
            store.inflow = [loads[n] for n in store.pile.inflow]
        self.deeds = [Deed(n, act, [loads[t] for t in act.takes]) for n, act in enumerate(script.acts)]
        self.open_deeds = self.deeds  # those of which something is left to do
        self.steps = [Step(n, run) for n, run in enumerate(script.runs)]
        self.sites = [Site(n, facts, self) for n, facts in enumerate(script.sites)]
        for deed in self.deeds:
            self._introduce(deed)
        self.holding: list[list[Step]] = [[] for _ in self.deeds]  # steps that hold each act
        for step in self.steps:
            for number in step.run.holds_acts:
                self.holding[number].append(step)
        for site in self.sites:
            for store in site.handed:
                store.promised = True
        self._count_lots()
        self.blocks = [self.luck.blocks(a_class) for a_class in script.classes]
        self.closings = [
            self.luck.closings(script.processes[h.closing]) if h.closing >= 0 else [] for h in script.hazards
        ]
        self.entries: dict[tuple[int, int], set[int]] = defaultdict(set)  # days, by leg and direction
        self.out: Counter[int] = Counter()  # people who have left the mission, by unit
        self.exit_people: Counter[tuple[int, int]] = Counter()  # by exit and day
        self.exit_teu: dict[tuple[int, int], float] = defaultdict(float)
        self.crews: Counter[tuple[int, int]] = Counter()  # crews at work, by kind and day
        self.departures = [self.env.event() for _ in self.deeds]
        self.new_day()

    def new_day(self) -> None:
        """Nothing has been used yet today, and nothing is reserved."""
        self.flown: Counter[int] = Counter()  # sorties by lift
        self.slots: Counter[int] = Counter()  # flights by airfield
        self.needed: Counter[Store] = Counter()  # by store
        self.reserved: Counter[Store] = Counter()

    def _store(self, number: int) -> Store | None:
        return self.stores[number] if number >= 0 else None

    def _introduce(self, deed: Deed) -> None:
        """Tell an act how late its lift is, and the sites whose last people wait for it."""
        deed.hold = hold_of(deed.act, self.luck)
        if deed.act.final >= 0:
            self.sites[deed.act.final].last_acts.append(deed)
        for number in deed.act.holds_out:
            self.sites[number].held_until_gone.append(deed)
        for number in deed.act.holds_in:
            self.sites[number].held_until_in.append(deed)

    def _count_lots(self) -> None:
        """Put the real number of each lot where the forecast was."""
        for store in self.stores:
            if store.pile.kind == Kind.LOT and store.pile.initial:
                store.number = store.initially = self.luck.count(self.script.lots[store.pile.owner])

    # Time

    @property
    def day(self) -> int:
        return int(self.env.now) // PHASES

    def until(self, day: int, phase: Phase) -> simpy.Event:
        """The moment of a phase of a day, which is not yet past."""
        return self.env.timeout(day * PHASES + phase - self.env.now)

    # What is where

    def lot_of(self, thing: Load | Store) -> LotFacts:
        """The lot that is in a store or comes from it."""
        return self.script.lots[(thing.store if isinstance(thing, Load) else thing).pile.owner]

    def free(self, store: Store | None, count: int) -> int:
        """How many an act of now may take from a store; any count where nothing is counted."""
        return count if store is None else max(0, store.number - self.reserved[store])

    def blocked(self, a_class: int, day: int) -> bool:
        """Whether a random block of a class holds on a day."""
        return any(first <= day <= last for first, last in self.blocks[a_class])

    def shut(self, hazard: int, day: int) -> bool:
        """Whether the legs of a hazard class are shut on a day."""
        return any(first <= day <= last for first, last in self.closings[hazard])

    def is_full(self, way_out: int, day: int, people: int, teu: float) -> bool:
        """Whether an exit cannot take people and TEU on a day, beside those who have a place already."""
        used_people, used_teu = self.exit_people[way_out, day], self.exit_teu[way_out, day]
        if used_people == 0 and used_teu == 0:
            return False
        _, most_people, most_teu, _, _ = self.script.exits[way_out]
        return used_people + people > most_people or used_teu + teu > most_teu + 1e-6

    def book(self, way_out: int, day: int, people: int, teu: float) -> None:
        """Give people and TEU their place at an exit on a day (negative: take it back)."""
        self.exit_people[way_out, day] += people
        self.exit_teu[way_out, day] += teu
