"""What must give in a plan that breaks rules: gathered by rule and place, in a planner's words."""

from datetime import date

from drawdown.plan.verify import Broken
from drawdown.planner.explain import must_give
from kit.missions import small_mission

SMALL = small_mission()


def broken(rule, action_at, days, by, message="some text"):
    """A breach of an action at a place, from one (month, day) to another."""
    first, last = days
    return Broken(rule, *action_at, date(2025, *first), date(2025, *last), message, by)


def test_shortages_of_one_place_are_one_row_with_the_most_at_one_time():
    rows = [
        broken("escort", ("m1", "Camp - Base"), ((10, 1), (10, 5)), 1),
        broken("escort", ("m2", "Camp - Base"), ((10, 4), (10, 9)), 1),
        broken("escort", ("m3", "Camp - Base"), ((10, 10), (10, 20)), 1),
    ]
    (row,) = must_give(SMALL, rows)
    assert (row.by, row.unit) == (2, "escort platoons")
    assert row.message == "Camp - Base is short of 2 escort platoons, from 1 to 20 October 2025 (20 days)"


def test_units_are_counted_at_the_site_where_they_are_stationed():
    rows = [
        broken("deadline_people", ("battalion", "Battalion"), ((12, 31), (12, 31)), 40),
        broken("deadline_people", ("engineers", "Engineers"), ((12, 31), (12, 31)), 5),
    ]
    (row,) = must_give(SMALL, rows)
    assert (row.where, row.by) == ("Camp", 45)
    assert row.message == (
        "31 December 2025 cannot be met: Camp still has 45 people in the mission, on 31 December 2025"
    )


def test_the_deadline_comes_before_all_else():
    rows = [
        broken("headway", ("m1", "Camp - Base"), ((8, 1), (8, 1)), 1),
        broken("guard", ("camp", "Camp"), ((9, 1), (9, 2)), 10),
        broken("deadline_equipment", ("post", "Post"), ((12, 31), (12, 31)), 3),
    ]
    assert [row.rule for row in must_give(SMALL, rows)] == ["deadline_equipment", "guard", "headway"]


def test_days_apart_are_told_apart_and_many_times_are_counted():
    apart = [broken("guard", ("camp", "Camp"), ((9, day), (9, day)), 1) for day in (1, 5)]
    assert must_give(SMALL, apart)[0].message.endswith("on 1 September 2025 and on 5 September 2025 (2 days)")
    often = [broken("guard", ("camp", "Camp"), ((9, day), (9, day)), 1) for day in (1, 5, 9, 20)]
    assert must_give(SMALL, often)[0].message.endswith("at 4 times from 1 to 20 September 2025 (4 days)")


def test_a_rule_that_counts_nothing_speaks_for_itself():
    rows = [broken("never_given", ("lot/sell", "Camp"), ((9, 1), (9, 1)), 0, "Weapons can never be sold")]
    assert must_give(SMALL, rows)[0].message == "Camp: Weapons can never be sold, on 1 September 2025"


def test_nothing_must_give_where_nothing_is_broken():
    assert must_give(SMALL, ()) == ()
