"""What the record tells that was done beside the mandate: in the status, with its days, and an alert of each."""

from datetime import date

import pytest

from drawdown.desk.tracking_keys import tracking_keys
from drawdown.forecast.case import Case
from drawdown.forecast.status import status
from drawdown.forecast.violations import violations
from drawdown.mission.tables import Actual
from kit.lawful import day, lawful_plan
from kit.missions import small_mission

SMALL = small_mission()
PLAN = lawful_plan(SMALL)
FEBRUARY, MARCH = day("2026-02-03"), day("2026-03-01")


def fact(kind, on, **values):
    return Actual(id=values.pop("id", kind), kind=kind, happened=on, **values)


def found(*facts, plan=PLAN, known_on=MARCH):
    return violations(Case(SMALL, plan, tuple((row.happened, row) for row in facts), "record"), MARCH, known_on)


def late_departure(**more):
    """In liquidation nobody may be at the camp any more; at the base they may."""
    return fact("departure", FEBRUARY, place="camp", unit="company", count=40, count_of="people", **more)


def test_a_departure_from_where_nobody_may_be_any_more():
    (row,) = found(late_departure(), late_departure(id="other").model_copy(update={"place": "base"}))
    assert (row.fact, row.what, row.place, row.where) == ("departure", "departure of 40 people", "camp", "Camp")
    assert (row.start, row.end) == (FEBRUARY, FEBRUARY)
    assert row.why.startswith("no authority to move at Camp on 3 February 2026: withdraw ended on 31 December 2025")
    assert row.reference == next(one.reference for one in SMALL.authorities if one.id == "withdraw")


@pytest.mark.parametrize(("on", "covered"), [(day("12-31"), True), (day("2026-01-01"), False)])
def test_a_convoy_that_the_plan_escorts_needs_an_authority_to_escort_it(on, covered):
    """At the base its departure is covered by liquidation; securing movements ends with the deadline."""
    rows = found(fact("departure", on, place="base", move="post-convoy"))
    assert [(row.deed, row.what, row.start) for row in rows] == ([] if covered else [("escort", "escort", on)])
    assert found(fact("departure", on, place="base", move="post-flight-1")) == ()
    assert found(fact("departure", on, place="base", move="post-convoy"), plan=None) == ()


def test_what_lasts_is_told_with_only_the_days_that_nothing_covers():
    (row,) = found(fact("disposal", day("12-30"), place="camp", lot="camp_water", count=2, until=day("2026-01-02")))
    assert (row.start, row.end, row.what) == (day("2026-01-01"), day("2026-01-02"), "disposal of 2 items")
    assert "from 1 January 2026 to 2 January 2026" in row.why


def test_what_was_corrected_or_not_yet_known_is_no_violation():
    late = late_departure()
    correction = fact("correction", MARCH, corrects=late.id)
    assert found(late, correction) == ()
    assert len(found(late, correction, known_on=FEBRUARY)) == 1
    assert found(late, known_on=day("2026-02-02")) == ()


def test_the_status_has_each_with_an_alert_that_names_its_days():
    case = Case(SMALL, PLAN, ((FEBRUARY, late_departure(move="post-convoy")),), "record")
    answer = status(case, MARCH, MARCH)
    assert [row.deed for row in answer.violations] == ["departure", "escort"]
    alerts = {row.kind: row for row in answer.alerts if "not_covered" in row.kind}
    assert set(alerts) == {"not_covered", "escort_not_covered"}  # partners read nothing on escorts
    late = alerts["not_covered"]
    assert (late.severity, late.when, late.where, late.people) == ("serious", FEBRUARY, "Camp", 40)
    assert late.message.startswith(
        "departure of 40 people not covered by the mandate: no authority to move at Camp on 3 F"
    )
    first, _ = tracking_keys(answer)["violations"]
    assert (first["fact"], first["place"], first["from"], first["to"]) == (
        "departure", "camp", "2026-02-03", "2026-02-03",
    )  # fmt: skip


def test_all_that_minusma_did_was_covered(past, minusma):
    end = minusma.mission.liquidation_end
    assert violations(past, end, end) == ()
    kidal = fact("departure", date(2024, 2, 3), place="kidal", count=12, count_of="uniformed")
    (row,) = violations(Case(minusma, None, ((kidal.happened, kidal),), "record"), end, end)
    assert row.where == "Kidal"
    assert "2690-withdraw ended on 31 December 2023, 34 days before" in row.why
