"""Verdicts on the small mission: by dates, area, places, role and conditions."""

from datetime import date

import pytest

from drawdown.mandate.day import allowed_on, ending_soon, near_to
from drawdown.mandate.place import place_of
from drawdown.mandate.verdict import judge, roles
from kit.missions import change, small_mission

SMALL = small_mission()
AUGUST = date(2025, 8, 1)


def with_area(area, places=(), **more):
    """The small mission whose authority to withdraw has another area."""
    return change(SMALL, "authorities", "withdraw", area=area, places=places, **more)


def answer(mission, at=None, *, on=AUGUST, who=None, function="withdraw"):
    found = judge(mission, function, on, at and place_of(mission, at), who)
    return found.verdict, found.conditions


YES, NO = ("allowed", ()), ("not_allowed", ())


@pytest.mark.parametrize("place", ["camp", "airport", "village", "camp_base", None])
def test_everywhere_is_everywhere(place):
    assert answer(SMALL, place) == YES


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("post", ("conditional", ("while the mission holds Post",))),
        ("village", ("conditional", ("while the mission holds Post",))),
        ("airport", ("conditional", ("while the mission holds Base",))),
        ("port", NO),
        ("camp_base", NO),
        (None, ("conditional", ("in the immediate vicinity of a site that the mission holds",))),
    ],
)
def test_immediate_vicinity_is_near_a_site_that_is_held(place, found):
    assert answer(with_area("immediate_vicinity"), place) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("camp_base", YES),
        ("camp", YES),
        ("port", YES),
        ("village", ("conditional", ("along the route of a move at Post",))),
        (None, ("conditional", ("along the routes of moves",))),
    ],
)
def test_along_routes_is_on_legs_and_where_they_end(place, found):
    assert answer(with_area("along_routes"), place) == found


@pytest.mark.parametrize(("place", "found"), [("camp", YES), ("base", NO), ("village", NO), ("camp_base", NO)])
def test_sites_are_those_that_are_named(place, found):
    assert answer(with_area("sites", places=("camp",)), place) == found


@pytest.mark.parametrize(
    ("area", "place", "found"),
    [
        ("everywhere", "camp", YES),
        ("everywhere", "base", NO),
        ("everywhere", "village", NO),
        ("along_routes", "camp_base", YES),
        ("along_routes", "base_port", NO),
        ("immediate_vicinity", "camp", ("conditional", ("while the mission holds Camp",))),
        ("immediate_vicinity", "village", NO),
        ("immediate_vicinity", "airport", NO),
    ],
)
def test_places_limit_every_area(area, place, found):
    assert answer(with_area(area, places=("camp",)), place) == found


def test_a_settlement_near_two_sites_needs_one_of_them():
    near = change(with_area("immediate_vicinity"), "sites", "camp", protection_radius_km=200)
    assert answer(near, "village")[1] == ("while the mission holds Camp or Post",)


def test_a_site_that_was_left_by_the_record_is_told():
    fact = {"kind": "last_out", "unit": None, "count": None, "count_of": None, "happened": date(2025, 7, 20)}
    left = change(with_area("immediate_vicinity"), "actuals", "first_convoy", **fact)
    assert answer(left, "post")[1] == ("while the mission holds Post (by the record it was left on 20 July 2025)",)


def test_conditions_of_an_authority_are_told():
    assert answer(with_area("everywhere", conditions="In daylight")) == ("conditional", ("In daylight",))


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (None, ("conditional", ("only Rear parties of contingents",))),
        ("rear parties", YES),
        ("Rear Parties of Contingents", YES),
        ("mission", NO),
    ],
)
def test_an_authority_for_some_is_for_them_alone(who, found):
    assert answer(with_area("everywhere", who="Rear parties of contingents"), "camp", who=who) == found


def test_an_authority_without_conditions_prevails_over_one_with_some():
    row = SMALL.authorities[0].model_copy(update={"id": "narrow", "conditions": "In daylight"})
    assert answer(small_mission(authorities=(row, *SMALL.authorities))) == YES


def test_the_trace_tells_each_authority_and_those_for_other_functions_of_the_family():
    found = judge(SMALL, "liquidate", AUGUST, place_of(SMALL, "camp"))
    assert [(row.authority, row.applies) for row in found.trace] == [
        ("liquidate", False), ("withdraw", False), ("guard_liquidation", False), ("rear_party", False),
    ]  # fmt: skip
    assert found.trace[0].why == (
        "begins on 1 January 2026, 153 days later; holds only at Base, Port and Airport, not at Camp"
    )
    assert found.trace[1].why == "is for another function (withdraw)"


def test_a_function_that_no_authority_has_is_not_allowed():
    assert answer(SMALL, "camp", function="transfer_tasks") == NO


def test_places_are_found_by_name_whatever_the_capitals_and_accents():
    named = change(SMALL, "sites", "camp", name="Ménaka")
    assert place_of(named, "menaka").id == place_of(named, "MÉNAKA ").id == "camp"
    assert place_of(named, "nowhere") is None


def test_what_is_allowed_and_what_of_it_ends_within_thirty_days():
    allowed = allowed_on(SMALL, date(2025, 9, 1))
    assert [row.function for row in allowed] == ["withdraw", "secure_movements", "protect_un", "protect_civilians"]
    assert [(row.function, row.days_left) for row in ending_soon(allowed)] == [("protect_civilians", 29)]
    assert ending_soon(allowed_on(SMALL, date(2025, 8, 30))) == ()


def test_what_is_near_to_a_function_is_told_while_it_holds():
    assert [row.function for row in near_to("liquidate", allowed_on(SMALL, AUGUST))] == ["withdraw"]


def test_roles_are_those_of_the_authorities_and_anybody():
    assert roles(with_area("everywhere", who="Guard unit")) == ("Guard unit", "mission")
