from drawdown.mission.checks import what_ifs as w
from drawdown.mission.tables import WhatIf
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import faults_in, small_mission


def asking(*cells, name="Otherwise"):
    """The small mission with one what-if of cells (table, row, column, value)."""
    rows = [
        WhatIf(id=f"o{number}", what_if="o", name=name, table=table, row=row, column=column, value=value)
        for number, (table, row, column, value) in enumerate(cells)
    ]
    return small_mission(what_ifs=tuple(rows))


APPLIED, SOUND, NAMED = w.what_ifs_can_be_applied, w.what_ifs_leave_the_mission_sound, w.what_ifs_have_one_name
TRUCKS = ("lift", "trucks", "count")
CASES = (
    Case(APPLIED, asking(("lorries", "trucks", "count", "9")), "fault what_ifs[0].table", "no table `lorries`"),
    Case(APPLIED, asking(("what_ifs", "o0", "value", "9")), "fault what_ifs[0].table", "no table `what_ifs`"),
    Case(APPLIED, asking(("lift", "trucks", "cuont", "9")), "fault what_ifs[0].column", "lift has no column `cuont`"),
    Case(APPLIED, asking(("lift", "trucks", "id", "lorries")), "fault what_ifs[0].column", "no column `id` that can"),
    Case(APPLIED, asking((*TRUCKS, "many")), "fault what_ifs[0].value", "`count` of lift is not: Input should be"),
    Case(APPLIED, asking((*TRUCKS, "9.5")), "fault what_ifs[0].value", "`count` of lift is not"),
    Case(APPLIED, asking((*TRUCKS, "-9")), "fault what_ifs[0].value", "greater than or equal to 0"),
    Case(APPLIED, asking((*TRUCKS, None)), "fault what_ifs[0].value", "`count` of lift cannot be blank"),
    Case(
        APPLIED, asking((*TRUCKS, "9"), (*TRUCKS, "8")), "fault what_ifs[1].column", "changes count of `trucks` twice"
    ),
    Case(APPLIED, asking(("lift", "turcks", "count", "9")), "fault what_ifs[0].row", "no row `turcks`, and a new one"),
    Case(APPLIED, asking(("phases", "Three!", "name", "x")), "fault what_ifs[0].row", "no id for a new row"),
    Case(APPLIED, asking(("mission", "large", "pace", "1")), "fault what_ifs[0].row", "own row is `small`"),
    Case(APPLIED, asking(("clearances", "flights_ask", "to_date", "soon")), "fault what_ifs[0].value", "valid date"),
    Case(APPLIED, asking(("clearances", "flights_ask", "to_date", "1700000000")), "fault what_ifs[0].value", "a valid"),
    Case(APPLIED, asking(("legs", "post_camp", "eod", "maybe")), "fault what_ifs[0].value", "valid boolean"),
    Case(APPLIED, asking(("plan", "plan", "shift_days", "1.5")), "fault what_ifs[0].value", "not a whole number"),
    Case(APPLIED, asking(("plan", "plan", "shift_days", None)), "fault what_ifs[0].value", "not a whole number"),
    Case(APPLIED, asking(("plan", "plan", "shift_days", "365")), "fault what_ifs[0].value", "more than the 364 days"),
    Case(APPLIED, asking(("plan", "plan", "days", "1")), "fault what_ifs[0].column", "a plan has no column `days`"),
    Case(APPLIED, asking(("plan", "balanced", "shift_days", "1")), "fault what_ifs[0].row", "there is one plan"),
    Case(
        SOUND,
        asking((*TRUCKS, "30"), ("legs", "post_camp", "clearance_class", "north")),
        "fault what_ifs[1].value",
        "with `o`, clearance_class of legs: no clearance has the class `north`",
    ),
    Case(
        SOUND,
        asking(("units", "company", "site", "past")),
        "fault what_ifs[0].value",
        "site of units: `past` is not in",
    ),
    Case(
        NAMED,
        small_mission(what_ifs=(*asking((*TRUCKS, "30")).what_ifs, *asking((*TRUCKS, "40"), name="Else").what_ifs)),
        "warning what_ifs[1].name",
        "other rows of `o` have the name `Otherwise`",
    ),
    Case(
        NAMED,
        small_mission(
            what_ifs=[
                WhatIf(id=x, what_if=x, name="Same", table="plan", row="plan", column="shift_days", value="1")
                for x in "ab"
            ]
        ),
        "warning what_ifs[1].name",
        "`a`, `b` are printed with the same name",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(w.CHECKS, CASES)


def test_a_new_row_with_all_that_it_needs_is_sound():
    """A second permission for flights, by a row that the mission has not."""
    cells = {"clearance_class": "flights", "mode": "air", "area": "All", "state": "open", "from_date": "2025-09-24"}
    assert faults_in(asking(*(("clearances", "opened", column, value) for column, value in cells.items()))) == []


def test_what_is_wrong_with_the_mission_itself_is_not_told_of_its_what_ifs():
    broken = asking((*TRUCKS, "30")).model_copy(update={"courses": ()})
    assert [fault.spot.table for fault in faults_in(broken)] == ["courses"]
