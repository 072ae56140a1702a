import pytest

from drawdown.mission.checks import equipment as e
from drawdown.mission.disposal import NEVER_GIVEN
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, drop, small_mission

SOUND = small_mission()


def lot(name, **values):
    return change(SOUND, "equipment", name, **values)


CASES = (
    Case(e.owners_are_named, lot("post_stores", unit=None), "fault equipment[1].unit", "by no unit"),
    Case(e.owners_are_named, lot("base_cars", asset_group=None), "fault equipment[8].asset_group", "in no asset group"),
    Case(e.lots_are_with_their_unit, lot("post_stores", site="camp"), "warning equipment[1].site", "`company` is at"),
    Case(
        e.dispositions_fit_the_group,
        lot("base_cars", dispositions=("donate",)),
        "fault equipment[8].dispositions",
        "I ",
    ),
    Case(e.something_becomes_of_it, lot("post_stores", dispositions=()), "fault equipment[1].dispositions", "nothing"),
    Case(
        e.something_becomes_of_it,
        lot("post_stores", dispositions=("destroy",)),
        "warning equipment[1].dispositions",
        "only be destroyed",
    ),
    Case(
        e.groups_come_up_in_time,
        change(SOUND, "disposal_groups", "V", offer_days=200),
        "warning disposal_groups[1].offer_days",
        "for 200 days, the deadline is day 183",
    ),
    Case(
        e.items_fit_some_lift,
        lot("plant", tonnes_each=40),
        "warning equipment[7].tonnes_each",
        "40 t) is more than any",
    ),
    Case(
        e.items_fit_some_lift,
        lot("plant", teu_each=3, dispositions=("repatriate", "destroy")),
        "fault equipment[7].tonnes_each",
        "3 TEU",
    ),
    Case(e.carried_things_have_a_size, lot("post_stores", count=0), "warning equipment[1].count", "no items"),
    Case(
        e.carried_things_have_a_size, lot("post_stores", teu_each=0), "warning equipment[1].teu_each", "takes no room"
    ),
    Case(
        e.carried_things_have_a_size,
        lot("post_stores", tonnes_each=0),
        "warning equipment.tonnes_each",
        "1 lot to be carried weigh nothing: `post_stores`",
    ),
    Case(e.lots_have_a_value, lot("post_stores", value_each=0), "warning equipment.value_each", "`post_stores`"),
    Case(e.driven_things_have_seats, lot("base_cars", seats_each=0), "warning equipment[8].seats_each", "its driver"),
    Case(e.driven_things_have_seats, lot("plant", seats_each=2), "warning equipment[7].self_propelled", "has seats"),
    Case(
        e.what_is_handed_over_has_a_taker,
        change(lot("camp_water", dispositions=("hand_over",)), "sites", "camp", becomes="closed"),
        "warning equipment[6].dispositions",
        "goes to nobody",
    ),
    Case(e.vehicles_have_drivers, lot("post_carriers", count=121), "warning sites[2].id", "121 vehicles"),
    Case(e.people_have_life_support, drop(SOUND, "equipment", "post_kitchen"), "warning sites[2].id", "life support"),
    Case(
        e.sites_hold_something, change(SOUND, "units", "company", site="camp"), "warning sites[2].id", "nobody to look"
    ),
    Case(
        e.sites_hold_something,
        drop(
            change(SOUND, "units", "company", site="camp"), "equipment", "post_carriers", "post_stores", "post_kitchen"
        ),
        "warning sites[2].id",
        "neither people nor equipment",
    ),
    *(
        Case(
            e.arms_are_never_given,
            lot("camp_stores", kind=kind, dispositions=("repatriate", given)),
            "fault equipment[5].dispositions",
            f"{kind} may never be sold",
        )
        for kind in sorted(NEVER_GIVEN)
        for given in sorted(e.GIVEN)
    ),
    Case(
        e.arms_are_never_given,
        lot("camp_stores", sensitive=True, dispositions=("sell",)),
        "fault equipment[5].dispositions",
        "sensitive lots may never be sold",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(e.CHECKS, CASES)


@pytest.mark.parametrize("word", ["repatriate", "redeploy", "scrap", "destroy"])
def test_weapons_may_go_home_or_end(word):
    assert not list(e.arms_are_never_given(lot("camp_weapons", dispositions=(word,))))
