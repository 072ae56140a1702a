"""Which way equipment should go: read off the network of the mission, quickly, and never in a circle."""

import pytest

from drawdown.desk.missions import open_mission
from drawdown.mission.disposal import may_leave
from drawdown.planner.routing import preferred_ways
from kit.missions import drop


@pytest.fixture(scope="module")
def minusma():
    return open_mission("minusma")


@pytest.fixture(scope="module")
def ways(minusma):
    return preferred_ways(minusma, minusma.course["balanced"])


def test_every_lot_that_may_leave_minusma_is_told_where_to_go(minusma, ways):
    assert ways.status == "optimal"
    assert 0 < ways.bound <= ways.cost
    assert all((lot.site, lot.id) in ways.next_places for lot in minusma.equipment if may_leave(lot))


def test_following_the_first_preference_ends_at_an_exit_that_takes_the_owner(minusma, ways):
    for lot in minusma.equipment:
        if may_leave(lot):
            place, seen = lot.site, []
            while place in minusma.site:
                assert place not in seen, (lot.id, seen)
                seen.append(place)
                place = ways.next_places[place, lot.id][0]
            way_out = minusma.exit[place]
            owner = minusma.unit[lot.unit].contributor if lot.unit else "UN"
            assert "equipment" in way_out.takes
            assert not way_out.contributors or owner in way_out.contributors


def test_armour_of_tessalit_goes_by_road_as_no_aeroplane_lifts_it(ways):
    assert ways.next_places["tessalit", "tessalit-chad-bn2-armour"] == ("aguelhok",)


def test_a_closed_road_is_not_preferred(minusma):
    shut = drop(minusma, "legs", "tessalit-aguelhok-road")
    found = preferred_ways(shut, shut.course["balanced"])
    assert ("tessalit", "tessalit-chad-bn2-armour") not in found.next_places
    assert "aguelhok" not in found.next_places["tessalit", "tessalit-chad-bn2-weapons"]


def test_the_same_mission_gives_the_same_ways(minusma, ways):
    assert preferred_ways(minusma, minusma.course["balanced"]) == ways
