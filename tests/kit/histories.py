"""Random histories of a small mission: what people might record of it, in order or in a mess.

messy_facts(): anything the table lets one write, about few places and things, so that it collides often
orderly_facts(seed): departures and arrivals that add up to the last person and item
"""

from __future__ import annotations

import random
from datetime import timedelta
from types import SimpleNamespace

from hypothesis import strategies as st

from drawdown.mission import tables as t
from kit.missions import CESSATION, small_mission

DAYS = 12

#: A place on the road that the mission does not hold, so that all kinds of places occur.
WELL = t.Exit(id="well", name="Well", kind="waypoint", country="MLI", lat=13.5, lon=-6.0)


def road_mission():
    """The small mission with a well beside the road."""
    mission = small_mission()
    return mission.model_copy(update={"exits": (*mission.exits, WELL)})


PLACES = ("post", "camp", "base", "airport", "port", "well")
THINGS = (
    {"unit": "company"},
    {"unit": "battalion"},
    {"unit": "staff"},
    {"lot": "post_stores"},
    {"lot": "camp_water"},
    {"lot": "plant"},
    {"lift": "trucks"},
)
KINDS = (
    "departure",
    "arrival",
    "disposal",
    "last_out",
    "handover",
    "headcount",
    "correction",
    "inspection",
    "incident",
)


def _maybe(values, none=1):
    """One of some values or, as often as ``none`` of them, nothing."""
    return st.sampled_from([*values, *([None] * none)])


@st.composite
def a_fact(draw, number, ids, kinds=KINDS, places=PLACES, things=THINGS):  # noqa: PLR0913, PLR0917  what it is about
    """A fact of one of some kinds, with when it was recorded."""
    kind = draw(st.sampled_from(kinds))
    happened = CESSATION + timedelta(days=draw(st.integers(-1, DAYS)))
    values = {"id": f"f{number}", "happened": happened, "kind": kind, "place": draw(_maybe(places))}
    if kind in {"departure", "arrival", "disposal"}:
        values |= draw(_maybe(things)) or {}
        values["move"] = draw(_maybe(["m1", "m2"], 3))
        values["count"] = draw(_maybe([0, 1, 5, 30, 120, 400, 2.5]))
        values["count_of"] = draw(st.sampled_from([None, None, None, "people", "military", "items", "teu", "wounded"]))
    if kind == "departure":
        values["to"] = draw(_maybe(places, 2))
        values["leg"] = draw(_maybe(["post_camp", "base_airport"], 4))
    if kind == "disposal":
        values["disposition"] = draw(_maybe(["scrap", "hand_over"]))
    if kind == "headcount":
        values["place"] = draw(_maybe(places, 4))
        values["count"] = draw(_maybe([0, 30, 120, 555, 1000]))
        values["count_of"] = draw(_maybe(["people", "uniformed", "military", "vehicles"], 3))
        values["counted"] = draw(_maybe(["present", "left"]))
        values["unit"] = draw(_maybe(["company", "staff"], 6))
    if kind == "correction":
        values["corrects"] = draw(st.sampled_from(ids))
    if kind == "inspection":
        values["step"] = draw(st.sampled_from(["pack", "hand"]))
    fact = t.Actual.model_validate({name: value for name, value in values.items() if value is not None})
    return happened + timedelta(days=draw(st.integers(0, 5))), fact


def _some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=4, unique_by=str)


@st.composite
def messy_facts(draw, most=25):
    """A history in no order, with when each fact was recorded; it may contradict itself in any way.

    It is about a few kinds, places and things only, so that they collide.
    """
    ids = [f"f{number}" for number in range(draw(st.integers(1, most)))]
    kinds, places, things = draw(_some(KINDS)), draw(_some(PLACES)), draw(_some(THINGS))
    facts = [draw(a_fact(number, [*ids, "nothing"], kinds, places, things)) for number in range(len(ids))]
    return draw(st.permutations([*facts, *(_spread() if draw(st.booleans()) else ())]))


def _spread():
    """Things that are soon in several places and on several ways, so that what is short has many to take from."""
    for number, (thing, place, goal, count, arrives) in enumerate(
        (
            ({"unit": "battalion"}, "camp", "base", 90, 2),
            ({"unit": "battalion"}, "camp", "post", 120, 2),
            ({"unit": "battalion"}, "camp", "well", 40, 3),
            ({"unit": "battalion"}, "camp", "base", 30, 9),
            ({"unit": "battalion"}, "camp", "post", 20, None),
            ({"lot": "plant"}, "camp", "base", 1, 2),
            ({"lot": "plant"}, "camp", "post", 2, 3),
        )
    ):
        move = {"move": f"m{number % 3}"} if number % 3 else {}
        for kind, day, where in (("departure", 1, {"place": place, "to": goal}), ("arrival", arrives, {"place": goal})):
            if day is not None:
                happened = CESSATION + timedelta(days=day)
                values = {"id": f"s{number}{kind[0]}", "kind": kind, "happened": happened, "count": count}
                yield happened, t.Actual.model_validate({**values, **where, **move, **thing})


def days():
    """A day to ask about."""
    return st.integers(-2, DAYS + 6).map(lambda day: CESSATION + timedelta(days=day))


class _Road(SimpleNamespace):
    """What an orderly history keeps in mind while it is written."""

    def record(self, kind, day, **values):
        happened = CESSATION + timedelta(days=day)
        fact = t.Actual(id=f"o{len(self.facts)}", kind=kind, happened=happened, **values)
        self.facts.append((happened + timedelta(days=self.rng.randint(0, 3)), fact))


def orderly_facts(seed, moves=40):
    """A history that adds up: every departure is of what is there, and everything arrives or is still on the way."""
    road = _Road(rng=random.Random(seed), facts=[])  # noqa: S311  chance, not secrets
    mission = road_mission()
    at = {("unit", row.id): {row.site: row.strength} for row in mission.units}
    at |= {("lot", row.id): {row.site: row.count} for row in mission.equipment}
    coming = []
    day = 1
    for number in range(moves):
        day += road.rng.randint(0, 2)
        for late in [row for row in coming if row[0] <= day]:
            coming.remove(late)
            _, (kind, name), goal, count, move = late
            road.record("arrival", late[0], place=goal, count=count, move=move, **{kind: name})
            if goal in mission.site:
                at[kind, name][goal] = at[kind, name].get(goal, 0) + count
        thing = road.rng.choice(sorted(at))
        # What arrives on a day may leave on the next.
        there = [place for place, count in sorted(at[thing].items()) if count]
        if not there:
            continue
        place = road.rng.choice(there)
        goal = road.rng.choice([one for one in ("post", "camp", "base", "airport") if one != place])
        count = road.rng.randint(1, at[thing][place])
        at[thing][place] -= count
        move = road.rng.choice([None, f"m{number}"])
        road.record("departure", day, place=place, to=goal, count=count, move=move, **{thing[0]: thing[1]})
        coming.append((day + road.rng.randint(0, 4), thing, goal, count, move))
    return road.facts
