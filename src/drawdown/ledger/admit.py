"""Is a fact fit to be recorded? Every reason why not, each with the column, the value and the remedy.

What is refused here could not be understood later: days that cannot be, names that the mission does not have, a kind
without what it needs. Numbers that do not add up are *not* refused: they are what was reported, and the
standing makes alerts of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from drawdown.ledger.kinds import (
    AT_SITES,
    COMMON,
    COUNTED_IN,
    FRACTIONS,
    KINDS,
    MAY_BE_ZERO,
    MAY_LAST,
    THINGS,
    Need,
)
from drawdown.mandate.life_cycle import begins
from drawdown.mission.faults import Fault, Severity, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

#: Unknown names of one column for which the nearest that there is gets looked up. That takes milliseconds each, so
#: that a file of thousands of strangers (another mission's) would be refused in minutes instead of seconds.
_NEAREST = 50


class _Said(NamedTuple):
    """One thing to say of a fact; a column that is None means the fact as a whole."""

    column: str | None
    message: str
    remedy: str
    value: object = ""
    severity: Severity = "fault"


def admit(mission: Mission, fact: Actual, *, today: date) -> tuple[Fault, ...]:
    """Why a fact cannot be recorded in the ledger of a mission, all of it at once; nothing to say if it can.

    Warnings may stand among the faults, or alone: such a fact is recorded.
    """
    return Admission(mission, today)(fact)


class Admission:
    """The same for many facts of one mission: what is known of it is looked up once."""

    def __init__(self, mission: Mission, today: date) -> None:
        self.mission = mission
        self.today = today
        self._remedies: dict[tuple[str, str], str] = {}
        self._looked_up: dict[str, int] = {}

    def __call__(self, fact: Actual) -> tuple[Fault, ...]:
        """See `admit`."""
        parts = (self._days(fact), self._names(fact), _columns(fact), _needs(fact), _count(fact), self._sense(fact))
        return tuple(
            Fault(said.severity, Spot("actuals", None, said.column), str(said.value), said.message, said.remedy)
            for part in parts
            for said in part
        )

    @cached_property
    def _first(self) -> date:
        return begins(self.mission)

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, object]]:
        """What each column may name."""
        mission = self.mission
        classes = {row.clearance_class for table in (mission.clearances, mission.legs) for row in table}
        return {
            "place": mission.place,
            "to": mission.place,
            "leg": mission.leg,
            "unit": mission.unit,
            "lot": mission.lot,
            "lift": mission.lift_by_id,
            "step": mission.step,
            "source": {source.id: source for source in mission.sources},
            "clearance_class": dict.fromkeys(name for name in classes if name),
        }

    def _days(self, fact: Actual) -> Iterator[_Said]:
        today, day = self.today, fact.happened
        if day > today:
            yield _Said("happened", f"lies in the future: today is {today}", "record it when it has happened", day)
        if day < self._first:
            message = f"lies before the mission, which began on {self._first}"
            yield _Said("happened", message, "correct the date", day)
        if fact.recorded and fact.recorded > today:
            message = f"lies in the future: today is {today}"
            yield _Said("recorded", message, "leave it blank to record it as known from today", fact.recorded)
        if fact.recorded and fact.recorded < day:
            yield _Said("recorded", f"lies before the day it happened, {day}", "correct one of them", fact.recorded)
        if fact.until and fact.until < day:
            yield _Said("until", f"lies before the day it happened, {day}", "swap or correct them", fact.until)
        elif fact.until and fact.until > today and fact.kind not in MAY_LAST:
            yield _Said("until", f"lies in the future: today is {today}", "leave it blank while it lasts", fact.until)

    def _names(self, fact: Actual) -> Iterator[_Said]:
        for column, known in self._known.items():
            name = getattr(fact, column)
            if name is not None and name not in known:
                noun = {"to": "place", "clearance_class": "class of clearance"}.get(column, column)
                message = f"is no {noun} of the mission"
                yield _Said(column, message, self._nearest(column, name, known), name)

    def _nearest(self, column: str, name: str, known: Mapping[str, object]) -> str:
        key = (column, name)
        if key not in self._remedies:
            number = self._looked_up[column] = self._looked_up.get(column, 0) + 1
            plain = "use a name that the mission has, or add it to the mission"
            self._remedies[key] = suggest(name, known) if number <= _NEAREST else plain
        return self._remedies[key]

    def _sense(self, fact: Actual) -> Iterator[_Said]:
        """What contradicts itself, or the mission."""
        place, leg, step = fact.place, self.mission.leg.get(fact.leg or ""), self.mission.step.get(fact.step or "")
        if fact.kind in AT_SITES and place in self.mission.exit:
            words = fact.kind.replace("_", "-")
            yield _Said("place", f"is an exit, and a {words} happens at a site", "name the site", place)
        if fact.to and fact.to == place:
            yield _Said("to", "is where it departed from", "name where it went, or leave it blank", fact.to)
        ends = (leg.from_place, leg.to_place) if leg else ()
        if ends and fact.kind in {"departure", "arrival"} and place in self.mission.place and place not in ends:
            remedy = f"name the leg that {'leaves' if fact.kind == 'departure' else 'reaches'} `{place}`"
            yield _Said("leg", f"links `{ends[0]}` and `{ends[1]}`, not `{place}`", remedy, fact.leg)
        site = self.mission.site.get(place or "")
        if step and site and step.site_kinds and site.kind not in step.site_kinds:
            steps = [row.id for row in self.mission.steps_for(site)]
            yield _Said("step", f"is no step of closing a site of kind {site.kind}", suggest(step.id, steps), step.id)
        if fact.counted == "left":
            for column in ("place", "unit"):
                if (value := getattr(fact, column)) is not None:
                    message = "narrows those who have left, who are counted for the whole mission"
                    yield _Said(column, message, "leave it blank, or record departures", value)
        if fact.kind == "correction" and fact.corrects == fact.id:
            yield _Said("corrects", "is the correction itself", "give the id of the fact that was wrong", fact.corrects)


def _columns(fact: Actual) -> Iterator[_Said]:
    """One thing at most, and no value that would be passed over in silence."""
    may = COMMON.union(KINDS[fact.kind].may)
    for column, value in fact.values().items():
        if value is not None and column not in may:
            yield _Said(
                column, f"has no meaning for a fact of kind {fact.kind}", "clear it, or correct the kind", value
            )
    things = [thing for thing in THINGS if getattr(fact, thing) is not None]
    for other in things[1:]:
        message = f"is a second thing beside the {things[0]} `{getattr(fact, things[0])}`"
        yield _Said(other, message, "write one fact for each, with the same `move`", getattr(fact, other))


def _needs(fact: Actual) -> Iterator[_Said]:
    needs = list(KINDS[fact.kind].needs)
    if fact.disposition == "destroy":
        needs.append(Need(("reason",), "does not say why it was destroyed", "give the `reason`"))
    for need in needs:
        if all(getattr(fact, column) is None for column in need.columns):
            if need.firm or fact.source is None:
                yield _Said(None, need.lacks, need.remedy, fact.id)
            else:
                remedy = f"{need.remedy} if the source says so"
                yield _Said(None, f"{need.lacks}: kept for its source, moves no account", remedy, fact.id, "warning")


def _count(fact: Actual) -> Iterator[_Said]:
    count, of = fact.count, fact.count_of
    if count is None:
        if of is not None:
            yield _Said("count", f"is missing, but {of} are to be counted", "give the number, or clear `count_of`")
        return
    if of is None:
        yield _Said("count_of", "is missing: the count does not say what it counts", "give `count_of`, such as people")
    elif not count.is_integer() and of not in FRACTIONS:
        yield _Said("count", f"is no whole number of {of}", f"write {int(count)} or {int(count) + 1}", f"{count:g}")
    if count == 0 and fact.kind not in MAY_BE_ZERO:
        yield _Said("count", "counts nothing", "leave it blank if the number is not known", f"{count:g}")
    thing = next((thing for thing in THINGS if getattr(fact, thing) is not None), None)
    kinds = KINDS[fact.kind].counts
    fits = [word for word in kinds if thing is None or word in COUNTED_IN[thing]] or list(kinds)
    if of is not None and fact.kind != "incident" and fits and of not in fits:
        what = f"the {thing}" if thing else f"a fact of kind {fact.kind}"
        yield _Said("count_of", f"does not count {what}", f"use one of: {', '.join(fits)}", of)
