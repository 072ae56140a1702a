"""What chance brings in one future: every draw by the name that `docs/futures.md` gives it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TypeVar

from drawdown.stress import laws
from drawdown.stress.draws import Source, four
from drawdown.stress.script import Chance, ClassFacts, LegFacts, LiftFacts, LotFacts, Process, Script, SiteFacts

WORD = 2**32

Number = TypeVar("Number", int, float)


class Luck:
    """One future's draws. What is switched off is as the plan takes it to be."""

    def __init__(self, script: Script, seed: int, future: int, chance: Chance):
        self.script, self.seed, self.future, self.chance = script, seed, future, chance
        # Each is asked for many times, and is the same for the whole future.
        for name in ("figure", "events_rate", "casualties_each", "shared_pace", "refusal", "in_service"):
            setattr(self, name, cache(getattr(self, name)))

    def on(self, chance: Chance) -> bool:
        return bool(self.chance & chance)

    def four(self, source: Source, key: int, n: int = 0) -> tuple[float, float, float, float]:
        return four(self.seed, self.future, int(source), key % WORD, n)

    def figure(self, claims: tuple[Number, ...], key: int) -> Number:
        """One of the claims about a figure; the first is the adopted one."""
        if not self.on(Chance.DISPUTES) or len(claims) == 1:
            return claims[0]
        return claims[math.floor(self.four(Source.DISPUTE, key)[0] * len(claims))]

    # Lots and sites

    def count(self, lot: LotFacts) -> int:
        """How many items a lot really has."""
        claimed = self.figure(lot.counts, lot.key + 1)
        if not (self.on(Chance.TURN_IN) and lot.forecast):
            return claimed
        z = laws.normal(*self.four(Source.TURN_IN, lot.key)[:2])
        return laws.log_normal_count(claimed, self.script.turn_in_spread, z)

    def nobody_takes(self, site: SiteFacts) -> bool:
        return self.on(Chance.HANDOVERS) and self.four(Source.HANDOVER, site.key)[0] < site.no_handover

    # Legs

    def km(self, leg: LegFacts) -> float:
        return self.figure(leg.km, leg.key + 1)

    def days_on(self, leg: LegFacts, day: int, key: int, passage: int) -> float:
        """Days that a convoy with a key, entering on a day, is on a leg, the n-th of its way."""
        nominal = self.figure(leg.nominal, leg.key + 2)
        contested = self.figure(leg.contested, leg.key + 3) if leg.contested else nominal
        days = nominal + self._pace(leg, key, passage) * (contested - nominal)
        return days * leg.season_factor if leg.in_season[min(day, self.script.days)] else days

    def _pace(self, leg: LegFacts, key: int, passage: int) -> float:
        script = self.script
        if not self.on(Chance.PACE):
            return script.pace
        z = laws.normal(*self.four(Source.PACE_MOVE, key, passage)[:2])
        shared = script.pace_shared
        mixed = math.sqrt(shared) * self.shared_pace(self._pace_key(leg)) + math.sqrt(1.0 - shared) * z
        return laws.logit_normal(script.pace, script.pace_spread, mixed)

    def _pace_key(self, leg: LegFacts) -> int:
        return self.script.hazards[leg.hazard].key if leg.hazard >= 0 else leg.key

    def shared_pace(self, key: int) -> float:
        return laws.normal(*self.four(Source.PACE_CLASS, key)[:2])

    # Hazards

    def events_rate(self, process: Process) -> float:
        """Events per unit of exposure."""
        events = self.figure(process.events, process.key + 1)
        return laws.rate(self.seed, self.future, int(Source.HAZARD_RATE), process.key, float(events), process.exposure)

    def casualties_each(self, process: Process) -> float:
        return self.figure(process.casualties, process.key + 2)

    def site_events(self, site: SiteFacts, process: Process) -> Iterator[tuple[int, int]]:
        """The days on which a process strikes a site, each with the casualties that it costs if people are there."""
        gap = 1.0 / self.events_rate(process)
        t, n = 0.0, 0
        while True:
            u = self.four(Source.SITE, site.key + process.key, n)
            t, n = t + laws.exponential(u[0], gap), n + 1
            yield max(1, math.ceil(t)), laws.poisson(u[1], self.casualties_each(process))

    # Clearances, blocks and closings

    def refusal(self, a_class: ClassFacts, day: int) -> float:
        """The chance that a request is refused, by what was true of the class on a day."""
        day = min(day, self.script.days)
        if not self.on(Chance.REFUSALS):
            return 0.0
        if a_class.asked[day] > 0:
            asked, refused = float(a_class.asked[day]), float(a_class.refused[day])
            return laws.share(self.seed, self.future, int(Source.REFUSAL), a_class.key, asked, refused)
        return self.figure(a_class.refusal[day], a_class.key + 1)

    def blocks(self, a_class: ClassFacts) -> list[tuple[int, int]]:
        if not self.on(Chance.BLOCKS) or a_class.blocks_over <= 0:
            return []
        per_day = self._per_day(Source.BLOCK_RATE, a_class.key, a_class.blocks, a_class.blocks_over)
        return self._spans(Source.BLOCK, a_class.key, 1.0 / per_day, a_class.block_days)

    def closings(self, process: Process) -> list[tuple[int, int]]:
        if not self.on(Chance.CLOSINGS):
            return []
        events = self.figure(process.events, process.key + 1)
        per_day = self._per_day(Source.CLOSING_RATE, process.key, events, process.exposure)
        return self._spans(Source.CLOSING, process.key, 1.0 / per_day, process.delay)

    def _per_day(self, source: Source, key: int, events: float, days: float) -> float:
        return laws.rate(self.seed, self.future, int(source), key, float(events), float(days))

    def _spans(self, source: Source, key: int, gap: float, length: float) -> list[tuple[int, int]]:
        """First and last days of what comes and goes, from cessation to the last day."""
        spans: list[tuple[int, int]] = []
        t = 0.0
        while True:
            u = self.four(source, key, len(spans))
            first = math.ceil(t + laws.exponential(u[0], gap))
            if first > self.script.days:
                return spans
            last = first + max(1, math.ceil(laws.exponential(u[1], length))) - 1
            spans.append((first, last))
            t = float(last)

    # Lift

    @cached_property
    def _service(self) -> bool:
        return self.on(Chance.LIFT)

    def in_service(self, lift: LiftFacts, day: int) -> int:
        """Aircraft of a lift that fly on a day."""
        if not self._service:
            return lift.in_service
        drawn = [u for n in range(-(-lift.count // 4)) for u in self.four(Source.AIRCRAFT, lift.key, day * 16 + n)]
        return sum(u < lift.availability for u in drawn[: lift.count])

    def no_show(self, act_key: int, lift: LiftFacts) -> bool:
        return self._service and self.four(Source.NO_SHOW, act_key + lift.key)[0] < lift.no_show
