"""What the mandate allows on a day at a place."""

import pytest

from drawdown.mandate.authority import TO_ESCORT, TO_MOVE, TO_STAY, applies, covering
from kit.lawful import day
from kit.missions import drop, row_of, small_mission

SMALL = small_mission()


@pytest.mark.parametrize(
    ("on", "holds"), [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_an_authority_holds_from_its_first_day_to_its_last(on, holds):
    assert applies(row_of(SMALL, "authorities", "liquidate"), day(on), "base") == holds


def test_an_authority_holds_at_its_places_or_if_it_names_none_everywhere():
    assert not applies(row_of(SMALL, "authorities", "liquidate"), day("2026-02-01"), "camp")
    assert applies(row_of(SMALL, "authorities", "withdraw"), day("12-31"), "camp")


@pytest.mark.parametrize(
    ("functions", "on", "place", "found"),
    [
        (TO_MOVE, "12-31", "camp", "withdraw"),
        (TO_MOVE, "2026-01-01", "base", "liquidate"),
        (TO_MOVE, "2026-01-01", "camp", None),
        (TO_ESCORT, "12-31", "camp", "secure_movements"),
        (TO_ESCORT, "2026-01-01", "base", None),
        (TO_STAY, "2026-01-01", "camp", "rear_party"),
        ((), "12-31", "camp", None),
    ],
)
def test_the_first_authority_that_covers_is_named(functions, on, place, found):
    row = covering(SMALL, functions, day(on), place)
    assert (row and row.id) == found


def test_one_of_several_functions_is_enough():
    without = drop(SMALL, "authorities", "secure_movements")
    row = covering(without, TO_ESCORT, day("12-31"), "camp")
    assert row is not None
    assert row.id == "protect_un"
