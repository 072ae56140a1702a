"""What the log of a future says, looked up by act, site and pile, and what must add up at its end."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from drawdown.stress.draws import Source, four
from drawdown.stress.laws import log_normal_count, normal
from drawdown.stress.play import Chronicle, play_one
from drawdown.stress.script import Act, Chance, Event, Kind, LotFacts, Script

#: Chances under which vehicles are lost on the road.
ROAD_LOSSES = Chance.ATTACKS | Chance.BREAKDOWNS


class ToldFuture:
    """A future of a script, played with its log."""

    def __init__(self, script: Script, seed: int, future: int, chance: Chance):
        self.script, self.seed, self.future, self.chance = script, seed, future, chance
        self.chronicle: Chronicle = play_one(script, seed, future, int(chance))
        self.block = self.chronicle.block

    def __repr__(self) -> str:
        plan = self.script.plan_hash[:8]
        return f"<future {self.future} of plan {plan}, seed {self.seed}, chance {self.chance!r}>"

    @cached_property
    def rows(self) -> dict[Event, list[tuple[int, int, int]]]:
        """Day and both figures of each row, by event."""
        found = defaultdict(list)
        for day, event, a, b in self.chronicle.events:
            found[event].append((day, a, b))
        return found

    def days(self, event: Event) -> dict[int, int]:
        """The day of an event for each act, run or site that it happened to; it happens to each once."""
        numbers = [a for _, a, _ in self.rows[event]]
        assert len(numbers) == len(set(numbers)), f"{event.name} twice"
        return {a: day for day, a, _ in self.rows[event]}

    def numbers(self, event: Event) -> Counter[int]:
        """The second figures of an event, added up by the first."""
        found: Counter[int] = Counter()
        for _, a, b in self.rows[event]:
            found[a] += b
        return found

    # Accounts

    def somewhere(self, kind: Kind) -> Counter[int]:
        """By owner: what is in piles or on its way at the end."""
        found: Counter[int] = Counter()
        for n, pile in enumerate(self.script.piles):
            if pile.kind == kind:
                found[pile.owner] += self.chronicle.piles[n]
        for n, take in enumerate(self.script.takes):
            if take.kind == kind and take.target >= 0:
                found[self.script.piles[take.target].owner] += self.chronicle.unarrived[n]
        return found

    def ended(self, event: Event, kind: Kind) -> Counter[int]:
        """By owner: what disposals or separations took."""
        found: Counter[int] = Counter()
        for _, act, number in self.rows[event]:
            (take,) = (t for n in self.script.acts[act].takes if (t := self.script.takes[n]).kind == kind)
            found[self.script.piles[take.source].owner] += number
        return found

    def destroyed(self) -> Counter[int]:
        """By lot: what was lost with sites."""
        found: Counter[int] = Counter()
        for _, pile, items in self.rows[Event.DESTROYED]:
            found[self.script.piles[pile].owner] += items
        return found

    def initial(self, kind: Kind) -> Counter[int]:
        """By owner: what there was at cessation (of lots the forecast)."""
        found: Counter[int] = Counter()
        for pile in self.script.piles:
            if pile.kind == kind:
                found[pile.owner] += pile.initial
        return found

    def real(self, lot: LotFacts) -> int:
        """The real number of a lot, drawn as `docs/futures.md` says."""
        count = lot.counts[0]
        if self.chance & Chance.DISPUTES and len(lot.counts) > 1:
            u, *_ = four(self.seed, self.future, int(Source.DISPUTE), (lot.key + 1) % 2**32, 0)
            count = lot.counts[int(u * len(lot.counts))]
        if self.chance & Chance.TURN_IN and lot.forecast:
            u, v, *_ = four(self.seed, self.future, int(Source.TURN_IN), lot.key, 0)
            return log_normal_count(count, self.script.turn_in_spread, normal(u, v))
        return count

    def handed_lots(self) -> set[int]:
        """Lots of which something may have gone with a site that was handed over."""
        sites = [site for _, site, taken in self.rows[Event.HANDED_OVER] if taken]
        return {self.script.piles[pile].owner for site in sites for pile in self.script.sites[site].handed}

    def still_lent(self) -> tuple[int, int]:
        """At most so many vehicles and escorts that alternatives borrowed may be on their way back at the end."""
        vehicles = escorts = 0
        for day, act, _ in self.rows[Event.FLEW_INSTEAD]:
            other = self.script.acts[act].alternative
            if other and not other.way.air and day + 2 * self._longest(other.way) > self.script.days:
                vehicles, escorts = vehicles + other.vehicles, escorts + other.escorts
        return vehicles, escorts

    def _longest(self, way) -> int:
        legs = [self.script.legs[passage.leg] for passage in way.passages]
        return math.ceil(sum(max((*leg.nominal, *leg.contested)) * max(1.0, leg.season_factor) for leg in legs)) + 1

    # Days

    def shut(self, event: Event) -> set[tuple[int, int]]:
        """Class and day of each day of a block (or closing)."""
        return {(number, at) for day, number, last in self.rows[event] for at in range(day, last + 1)}

    def brings_something(self, number: int) -> bool:
        """Whether an act left with people or loads (as planned; some may have been lost or fallen short)."""
        act = self.script.acts[number]
        people = act.people > 0 and number not in self.days(Event.FLEW_INSTEAD)
        return people or (bool(self.loads(act)) and number not in self.days(Event.GAVE_UP))

    def loads(self, act: Act) -> list[int]:
        """The takes of lots of an act."""
        return [n for n in act.takes if self.script.takes[n].kind == Kind.LOT]

    def departures(self) -> Iterator[tuple[int, int, Act]]:
        """Day, number and act of every move that left its own way."""
        for day, number, _ in self.rows[Event.DEPARTED]:
            yield day, number, self.script.acts[number]
