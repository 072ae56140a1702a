"""A what-if changes the mission where its rows say, and nothing else."""

from datetime import date

import pytest

from drawdown.mission.faults import MissionError
from drawdown.mission.tables import WhatIf
from drawdown.mission.what_if import changed_mission, plan_shift, what_ifs
from kit.missions import small_mission


def row(what_if, table, name, column, value=None):
    """A row that asks for one cell to be otherwise."""
    number = f"{what_if}-{table}-{name}-{column}".replace(".", "")
    return WhatIf(
        id=number, what_if=what_if, name=what_if.capitalize(), table=table, row=name, column=column, value=value
    )


MISSION = small_mission(
    what_ifs=(
        row("trucks", "lift", "trucks", "count", "30"),
        row("quiet", "hazards", "north_ied", "events", "0"),
        row("quiet", "legs", "post_camp", "contested_days"),
        row("quiet", "legs", "post_camp", "eod", "no"),
        row("earlier", "mission", "small", "cessation", "2025-06-17"),
        row("earlier", "plan", "plan", "shift_days", "-14"),
        row("strength", "units", "company", "strength", "150"),
        row("exit", "exits", "airport", "takes", "people; equipment"),
        row("exit", "exits", "airport", "teu_per_day", "8"),
        row("opened", "clearances", "opened", "clearance_class", "flights"),
        row("opened", "clearances", "opened", "mode", "air"),
        row("opened", "clearances", "opened", "area", "All"),
        row("opened", "clearances", "opened", "state", "open"),
        row("opened", "clearances", "opened", "from_date", "2025-09-24"),
        row("wrong", "lift", "trucks", "count", "thirty"),
    )
)


def differing(one, other):
    """The tables in which two missions differ."""
    return {table for table in type(one).model_fields if getattr(one, table) != getattr(other, table)}


def test_the_what_ifs_of_a_mission_are_listed_with_the_names_that_are_printed():
    assert list(what_ifs(MISSION)) == ["trucks", "quiet", "earlier", "strength", "exit", "opened", "wrong"]
    assert what_ifs(MISSION)["earlier"] == "Earlier"


def test_a_row_is_replaced_where_it_stands():
    changed = changed_mission(MISSION, "trucks")
    assert [lift.count for lift in changed.lift] == [30, *(lift.count for lift in MISSION.lift[1:])]
    assert changed.lift_by_id["trucks"].tonnes == MISSION.lift_by_id["trucks"].tonnes
    assert differing(changed, MISSION) == {"lift"}
    assert changed.hash != MISSION.hash


def test_several_cells_change_at_once_and_a_blank_clears_one():
    changed = changed_mission(MISSION, "quiet")
    assert changed.hazards[0].events == 0
    assert (changed.leg["post_camp"].contested_days, changed.leg["post_camp"].eod) == (None, False)


def test_a_list_is_words_separated_by_semicolons():
    assert changed_mission(MISSION, "exit").exit["airport"].takes == ("people", "equipment")


def test_a_new_row_comes_last():
    changed = changed_mission(MISSION, "opened")
    assert [clearance.id for clearance in changed.clearances] == ["north_road_ask", "flights_ask", "opened"]
    assert changed.clearances[-1].from_date == date(2025, 9, 24)
    assert changed.clearances[-1].lead_days == 0


def test_the_plan_moves_by_whole_days():
    assert plan_shift(MISSION, "earlier") == -14
    assert plan_shift(MISSION, "trucks") == 0
    assert changed_mission(MISSION, "earlier").days == MISSION.days + 14


def test_claims_about_a_changed_cell_are_left_out():
    """A rival figure must not be drawn in place of the figure that the question sets."""
    changed = changed_mission(MISSION, "strength")
    left = {claim.id for claim in MISSION.claims} - {claim.id for claim in changed.claims}
    assert left == {"company_strength", "company_strength_paper"}


def test_an_unknown_what_if_is_told_with_its_nearest_neighbour():
    with pytest.raises(MissionError, match=r"no what-if `truks`.*did you mean `trucks`") as problem:
        changed_mission(MISSION, "truks")
    assert problem.value.faults[0].value == "truks"
    with pytest.raises(MissionError, match="no what-if `truks`"):
        plan_shift(MISSION, "truks")


def test_a_what_if_that_cannot_be_applied_is_refused():
    with pytest.raises(MissionError, match=r"what_ifs\[14\]\.value: `count` of lift is not"):
        changed_mission(MISSION, "wrong")
