"""The limits that a mission sets, by name: what each says at a place, and how much of it is missing in words.

A limit is a rule of `drawdown.plan.verify` seen from the planner's side: a deadline, the room at an exit, crews. The
relaxation holds them as rows (`rows`); here they have names and sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.planner.relaxation.facts import Facts

#: How an excess is counted: the most at one time, the same more on every day, or all days together.
Sum = Literal["most", "a_day", "days"]


@dataclass(frozen=True)
class Limit:
    """A kind of limit.

    ``rule`` is the rule that judges it, ``noun`` what is missing (singular and plural), ``count`` how that is counted,
    ``says`` states the limit at a place (an id, or "" for the whole mission), ``many`` at several {places} at once,
    and ``lacks`` is the sentence about what is missing, with {place} and {amount}. The order of `LIMITS` is the
    order in which a planner would doubt them.
    """

    name: str
    rule: str
    noun: tuple[str, str]
    count: Sum
    says: Callable[[Facts, str], str]
    lacks: str
    many: str = ""


def day_text(when: date) -> str:
    """A day in words: 31 December 2023."""
    return f"{when.day} {when:%B %Y}"


def place_of(mission: Mission, place: str) -> str:
    """A place by name; the mission where it is none."""
    return mission.place[place].name if place in mission.place else "the mission"


def _site_people(facts: Facts, site: str) -> str:
    return f"the people of {place_of(facts.mission, site)}"


def _deadline(facts: Facts) -> str:
    return day_text(facts.mission.mission.deadline)


def _liquidation(facts: Facts) -> str:
    return day_text(facts.mission.mission.liquidation_end)


def _unit_dates(facts: Facts, site: str) -> str:
    dated = [u for u in facts.mission.units if u.site == site and (u.earliest or u.latest)]
    words = (
        f"{u.name} leaves"
        + (f" not before {day_text(u.earliest)}" if u.earliest else "")
        + (" and" if u.earliest and u.latest else "")
        + (f" not after {day_text(u.latest)}" if u.latest else "")
        for u in dated
    )
    return "; ".join(words)


def _ways_home(facts: Facts, site: str) -> str:
    groups = {k.exits for k in facts.people if k.site == site and not k.separates}
    names = [" or ".join(facts.mission.exit[x].name for x in exits) or "no exit" for exits in sorted(groups)]
    return f"{_site_people(facts, site)} may leave by {'; others by '.join(names)}"


def _steps(facts: Facts, site: str) -> str:
    work = max((start + tail - 1 for start, tail, _ in facts.steps(facts.mission.site[site]).values()), default=0)
    return f"the steps of closing {place_of(facts.mission, site)} take {work} days one after the other"


def _crews(facts: Facts, crew: str) -> str:
    found = next((c for c in facts.mission.crews if c.id == crew), None)
    return f"{found.name}: {found.count} at work at one time" if found else "closure crews are few"


def _exit_people(facts: Facts, place: str) -> str:
    return f"{place_of(facts.mission, place)} takes {facts.mission.exit[place].people_per_day} people a day"


def _exit_equipment(facts: Facts, place: str) -> str:
    return f"{place_of(facts.mission, place)} takes {facts.mission.exit[place].teu_per_day:g} TEU a day"


def _open(facts: Facts, place: str) -> str:
    row = facts.mission.exit[place]
    ends = (f" from {day_text(row.open_from)}" if row.open_from else "") + (
        f" to {day_text(row.open_to)}" if row.open_to else ""
    )
    return f"{row.name} is open only{ends}"


def _yard(facts: Facts, site: str) -> str:
    return f"{place_of(facts.mission, site)} has yards for {facts.mission.site[site].yard_teu:g} TEU"


def _at(text: str) -> Callable[[Facts, str], str]:
    return lambda facts, place: text.format(place=place_of(facts.mission, place))


_PEOPLE, _TEU, _DAYS = ("person", "people"), ("TEU", "TEU"), ("day", "days")

_ALL = (
    Limit("deadline_people", "deadline_people", _PEOPLE, "most",
          lambda f, s: f"{_site_people(f, s)} are out by {_deadline(f)}",
          "{amount} of {place} would still be in the mission after the deadline",
          "the people of {places} are out by the deadline"),
    Limit("deadline_sites", "deadline_people", _DAYS, "days",
          lambda f, s: f"{place_of(f.mission, s)} is left by {_deadline(f)}",
          "{place} would have to stay open {amount} beyond the deadline",
          "{places} are left by the deadline"),
    Limit("unit_dates", "unit_dates", _PEOPLE, "most", _unit_dates,
          "{amount} of {place} could not keep the dates of their units"),
    Limit("exit_capacity_people", "exit_capacity", _PEOPLE, "a_day", _exit_people,
          "{place} is short of room for {amount} a day"),
    Limit("exit_capacity_equipment", "exit_capacity", _TEU, "a_day", _exit_equipment,
          "{place} is short of room for {amount} a day"),
    Limit("open_days", "open_days", ("unit of room", "units of room"), "a_day", _open,
          "{place} would have to be open"),
    Limit("way_home", "way_home", _PEOPLE, "most", _ways_home,
          "{amount} of {place} would need another way home",
          "the people of {places} may leave only by the exits that take them and that their contributors accept"),
    Limit("closure_steps", "closure_steps", _DAYS, "days", _steps,
          "the steps of closing {place} would have to take {amount} less"),
    Limit("closure_crews", "closure_crews", ("crew", "crews"), "a_day", _crews,
          "{place} is short of {amount}"),
    Limit("clean_up_after_emptying", "clean_up_after_emptying", _TEU, "most",
          _at("clean-up of {place} waits until little is left there"),
          "{place} would have to be cleaned up with {amount} too much still there",
          "clean-up of {places} waits until little is left there"),
    Limit("yards", "yard", _TEU, "most", _yard, "the yards of {place} are short of {amount}"),
    Limit("guard", "guard", ("armed person", "armed people"), "most",
          _at("the guards of {place} are kept while anything is left at their sites"),
          "{amount} would be missing from the guards of {place}"),
    Limit("rear_party", "rear_party", _PEOPLE, "most",
          _at("rear parties stay at {place} with their units' equipment"),
          "{amount} would be missing from the rear parties of {place}",
          "rear parties stay at {places} with their units' equipment"),
    Limit("convoys", "convoy_size", _TEU, "a_day",
          _at("convoys, aircraft and the exits at its gate take only so much from {place}"),
          "{place} is short of convoys for {amount} a day",
          "convoys, aircraft and the exits at their gates take only so much from {places}"),
    Limit("lift", "lift_where_used", _TEU, "most",
          _at("the lorries and barges of {place} have so much room"),
          "{place} is short of lift for {amount} at a time"),
    Limit("drivers", "drivers", _TEU, "most", _at("what is driven has a driver among the people of {place}"),
          "{place} is short of drivers for {amount}"),
    Limit("owner_allows", "owner_allows", _TEU, "most",
          _at("owners and disposal groups of the equipment at {place} decide what becomes of it, and when"),
          "{amount} at {place} would have to end otherwise than their owners and disposal groups allow",
          "owners and disposal groups of the equipment at {places} decide what becomes of it, and when"),
    Limit("journey", "travel_time", _PEOPLE, "most", _at("people of {place} are some days on their way to an exit"),
          "{amount} of {place} would have to be at an exit sooner than the quickest way takes",
          "people of {places} are some days on their way to an exit"),
    Limit("travel_time", "travel_time", _TEU, "most", _at("equipment of {place} is some days on its way to an exit"),
          "{amount} of {place} would have to be at an exit sooner than the quickest way takes"),
    Limit("liquidation_people", "liquidation_end", _PEOPLE, "most",
          lambda f, s: f"{_site_people(f, s)} have all left by {_liquidation(f)}",
          "{amount} of {place} would still be there at the end of liquidation",
          "the people of {places} have all left by the end of liquidation"),
    Limit("liquidation_sites", "liquidation_end", ("site", "sites"), "most",
          lambda f, s: f"{place_of(f.mission, s)} is left by {_liquidation(f)}",
          "{place} would still be open at the end of liquidation",
          "{places} are left by the end of liquidation"),
    Limit("liquidation_equipment", "liquidation_end", _TEU, "most",
          lambda f, _: f"all equipment has gone by {_liquidation(f)}",
          "{amount} would still be on the way at the end of liquidation"),
)  # fmt: skip

#: Every limit by its name, in the order in which a planner would doubt them.
LIMITS = {limit.name: limit for limit in _ALL}
