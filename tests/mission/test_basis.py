from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawdown.mission.basis import conflicts, count_basis, totals
from drawdown.mission.faults import Spot
from drawdown.mission.tables import Claim
from drawdown.mission.values import number_in, same_value, text_of
from kit.missions import change, drop, small_mission

MISSION = small_mission()


def claim(**values):
    return Claim(id="new", basis="derived", reason="Added up.", **values)


def with_claim(**values):
    return small_mission(claims=(*MISSION.claims, claim(**values)))


def test_conflicts_name_what_was_adopted_and_why():
    strength, wounded = conflicts(MISSION)
    assert strength.topic == "units company strength"
    assert [c.value for c in strength.claims] == ["120", "150"]
    assert (strength.adopted, strength.reason) == ("120", "The briefing counts people.")
    assert (wounded.topic, wounded.adopted) == ("Wounded in June", "3")


def test_claims_that_agree_are_no_conflict():
    agree = change(MISSION, "claims", "wounded_paper", value="3.0")
    assert [conflict.topic for conflict in conflicts(agree)] == ["units company strength"]


def test_without_an_adopted_claim_the_table_speaks():
    undecided = change(MISSION, "claims", "company_strength", adopted=False)
    assert conflicts(undecided)[0].adopted == "120"


def test_claims_of_one_topic_are_compared_whatever_they_point_at():
    mission = with_claim(topic="Wounded in June", table="units", row="staff", column="strength", value="9")
    assert len(conflicts(mission)[1].claims) == 3


@pytest.mark.parametrize(
    ("row", "column", "derived"),
    [("company", "strength", 0), ("staff", "strength", 1), ("staff", "*", 6), ("*", "strength", 8)],
)
def test_a_value_rests_on_its_most_specific_claim(row, column, derived):
    """All values of units are assumed, the strength of the company is reported; a derived claim takes the rest."""
    before, after = count_basis(MISSION), count_basis(with_claim(table="units", row=row, column=column))
    assert (before.reported, before.derived) == (1, 0)
    assert (after.reported, after.derived, after.unfounded) == (1, derived, ())
    assert after.assumed == before.assumed - derived


def test_values_without_any_claim_are_named():
    bare = count_basis(drop(MISSION, "claims", "units_all"))
    assert Spot("units", 1, "strength") in bare.unfounded
    assert Spot("units", 0, "strength") not in bare.unfounded
    assert not any(spot.column in {"id", "name", "note"} for spot in bare.unfounded)


def test_blank_and_default_values_need_no_basis():
    """The company has neither a rear party nor a last day, and its exits are left open."""
    bare = count_basis(drop(MISSION, "claims", "units_all"))
    columns = {spot.column for spot in bare.unfounded if spot.row == 0}
    assert columns == {"contributor", "kind", "site", "armed"}


def test_claims_that_are_not_adopted_found_nothing():
    paper = change(MISSION, "claims", "company_strength", adopted=False)
    assert count_basis(paper).reported == 0


def test_totals_are_those_that_the_council_reads():
    assert totals(MISSION) == (3, 855, 140, 119.0, 51)
    assert totals(MISSION)._fields == ("sites", "uniformed", "civilians", "teu", "vehicles")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "yes"), (False, "no"), (3, "3"), (2.5, "2.5"), (2.0, "2"), (-8.0, "-8"),
        (date(2023, 12, 31), "2023-12-31"), (("people", "equipment"), "people;equipment"), ("x", "x"),
    ],
)  # fmt: skip
def test_values_are_written_as_cells_show_them(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize(("one", "other"), [("1000", "1e3"), ("Yes", "yes"), ("a; b", "B;a"), ("0.1", "0.10")])
def test_values_that_are_the_same(one, other):
    assert same_value(one, other)


@pytest.mark.parametrize(("one", "other"), [("2.40", "-2.40"), ("13,5", "13.5"), ("a", "b"), ("1", "one")])
def test_values_that_are_not(one, other):
    assert not same_value(one, other)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_written_numbers_are_read_back(number):
    assert same_value(text_of(number), repr(number))


@pytest.mark.parametrize("text", ["", "about 5,500", "13,5", "nan", "inf", "1 000"])
def test_a_text_is_not_taken_for_a_number(text):
    assert number_in(text) is None
