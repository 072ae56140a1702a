"""Every action of a plan and every fact of a record gets a verdict, and a violation its days."""

from dataclasses import replace
from datetime import date

import pytest

from drawdown.mandate.judging import DEEDS_OF_FACTS, NEEDS, Judge, action_of, judge_fact, judge_record
from drawdown.mandate.record import standing_facts
from drawdown.mandate.windows import Window
from drawdown.mission.tables import Actual
from drawdown.mission.vocabulary import column
from drawdown.plan.judging import actions, judge_plan, not_covered
from drawdown.plan.replay import replay
from drawdown.plan.verify import RULES
from kit.lawful import alter, day, lawful_plan, move
from kit.missions import change, small_mission

SMALL = small_mission()
PLAN = lawful_plan(SMALL)
#: The authority to withdraw ends in the middle of the camp's last days.
CUT_SHORT = change(SMALL, "authorities", "withdraw", to_date=day("08-06"))


def fact(kind, on, **values):
    return Actual(id=values.pop("id", kind), kind=kind, happened=day(on), **values)


def test_all_that_a_lawful_plan_does_is_covered():
    judged = judge_plan(SMALL, PLAN)
    assert {row.deed for row in judged} == {
        "departure", "arrival", "escort", "disposal", "separation", "step", "handover", "stay",
    }  # fmt: skip
    assert {row.verdict for row in judged} == {"allowed"}
    assert not_covered(SMALL, PLAN) == ()


def test_a_violation_names_the_action_the_place_its_days_and_each_authority_that_fails():
    found = {(row.deed, row.action): row for row in not_covered(CUT_SHORT, PLAN)}
    late = found["departure", "camp-3"]
    assert (late.where, late.bare) == ("Camp", (Window(day("08-07"), day("08-07")),))
    assert late.why.startswith(
        "no authority to move at Camp on 7 August 2025: withdraw ended on 6 August 2025, 1 day before; "
        "liquidate begins on 1 January 2026, 147 days later"
    )
    assert ("departure", "camp-2") not in found  # on the last day
    assert ("escort", "camp-convoy-2") not in found  # securing movements is an authority of its own


def test_a_step_that_lasts_longer_than_its_authority_is_bare_on_its_last_days():
    cut = change(SMALL, "authorities", "withdraw", to_date=day("07-25"))
    step = next(row for row in not_covered(cut, PLAN) if (row.deed, row.action) == ("step", "camp/clean"))
    assert (step.start, step.end, step.bare) == (day("07-24"), day("07-27"), (Window(day("07-26"), day("07-27")),))


def test_people_who_stay_longer_than_any_authority_are_a_violation():
    mission = SMALL
    for name in ("liquidate", "guard_liquidation", "rear_party"):
        mission = change(mission, "authorities", name, to_date=day("2026-01-10"))
    stay = next(row for row in not_covered(mission, PLAN) if row.deed == "stay")
    assert (stay.where, stay.bare) == ("Base", (Window(day("2026-01-11"), day("2026-01-15")),))


def test_a_separation_and_a_handover_need_an_authority_too():
    mission = change(SMALL, "authorities", "rear_party", places=("base",))
    february = day("2026-02-01")
    plan = alter(PLAN, "separations", PLAN.separations[0], place="camp", day=february)
    plan = alter(plan, "closures", plan.closure["camp"], handover=february)
    assert {row.deed: row.where for row in not_covered(mission, plan)} == {"separation": "Camp", "handover": "Camp"}
    broken = {row.action: row.message for row in RULES["authority"].check(replay(mission, plan))}
    assert broken == {
        "national": "no authority to be there at Camp",
        "camp": "no authority to sign the site over at Camp",
    }


def test_what_is_allowed_on_conditions_says_whose():
    narrow = change(SMALL, "authorities", "liquidate", who="Liquidation team")
    rows = {row.action: row for row in judge_plan(narrow, PLAN) if row.deed == "departure"}
    assert (rows["port-3"].verdict, rows["port-3"].authority) == ("conditional", "liquidate")
    assert "only Liquidation team" in rows["port-3"].why
    assert rows["port-2"].verdict == "allowed"


def test_what_lasts_is_only_as_allowed_as_its_least_covered_day():
    narrow = change(SMALL, "authorities", "rear_party", conditions="Until their equipment has left")
    narrow = change(
        change(narrow, "authorities", "liquidate", who="Team"), "authorities", "guard_liquidation", who="Guard"
    )
    stay = next(row for row in judge_plan(narrow, PLAN) if (row.deed, row.where) == ("stay", "Base"))
    assert stay.verdict == "conditional"


def test_the_rules_and_the_verdicts_agree():
    """Two ways to the same answer: what the rules break is what the verdicts do not cover."""
    late = alter(PLAN, "moves", move(PLAN, "camp-last"), depart=day("2026-02-01"), arrive=day("2026-02-01"))
    result = replay(CUT_SHORT, late)
    broken = {row.action for name in ("authority", "authority_to_stay") for row in RULES[name].check(result)}
    assert broken == {row.action for row in not_covered(CUT_SHORT, late)}
    assert "camp-last" in broken


def test_every_action_of_a_plan_is_judged():
    count = len(list(actions(replay(SMALL, PLAN))))
    assert count == len(judge_plan(SMALL, PLAN))
    assert count >= 2 * len(PLAN.moves) + len(PLAN.disposals) + len(PLAN.steps) + len(PLAN.closures)


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (fact("departure", "07-08", place="post", unit="company", count=40), "allowed"),
        (fact("arrival", "2026-02-01", place="camp"), "not_allowed"),
        (fact("arrival", "2026-02-01", place="base"), "allowed"),
        (fact("departure", "2026-02-01", unit="company"), "conditional"),  # somewhere, nobody says where
        (fact("last_out", "2026-02-01", place="camp"), "not_allowed"),
        (fact("handover", "07-19", place="post"), "allowed"),
        (fact("disposal", "2026-07-01", place="base", lot="base_stores"), "not_allowed"),
        (fact("inspection", "07-18", place="post", step="certify"), "allowed"),
        (fact("headcount", "2026-02-01", place="base", count=60), "allowed"),
    ],
    ids=lambda value: f"{value.kind}-{value.happened}-{value.place}" if isinstance(value, Actual) else value,
)
def test_a_fact_has_a_verdict(told, verdict):
    assert judge_fact(SMALL, told).verdict == verdict


@pytest.mark.parametrize(
    "told",
    [
        fact("incident", "07-08", place="post"),
        fact("clearance_refused", "07-08", place="post"),
        fact("correction", "07-08", corrects="x"),
        fact("headcount", "07-08", count=100, counted="left"),
        fact("headcount", "07-08", place="post", count=0),
        fact("departure", "06-30", place="post"),
    ],
    ids=lambda told: f"{told.kind}-{told.happened}-{told.count}",
)
def test_what_is_no_act_of_the_withdrawal_has_none(told):
    assert judge_fact(SMALL, told) is None


def test_a_fact_that_lasts_is_judged_to_its_end():
    told = fact("disposal", "12-30", place="camp", lot="camp_water", until=date(2026, 1, 2))
    assert judge_fact(SMALL, told).bare == (Window(day("2026-01-01"), day("2026-01-02")),)


def test_facts_that_were_corrected_are_left_out_and_come_back_when_the_correction_is():
    late = fact("arrival", "2026-02-01", id="late", place="camp")
    undo = fact("correction", "2026-02-01", id="undo", corrects="late")
    redo = fact("correction", "2026-02-01", id="redo", corrects="undo")
    assert [row.verdict for row in judge_record(SMALL, [late])] == ["not_allowed"]
    assert judge_record(SMALL, [late, undo]) == ()
    assert [row.action for row in judge_record(SMALL, [late, undo, redo, late])] == ["late"]


def test_corrections_that_correct_each_other_come_to_an_end():
    one, other = (fact("correction", "07-08", id=a, corrects=b) for a, b in (("a", "b"), ("b", "a")))
    assert standing_facts([one, other]) == ()


def test_the_mission_s_own_record_is_judged_if_no_other_is_given():
    assert [row.action for row in judge_record(SMALL)] == ["first_convoy"]


def test_every_kind_of_fact_is_an_act_or_named_as_none():
    none = {kind for kind in column("actuals", "kind").args if kind.startswith("clearance_")} | {
        "incident",
        "correction",
    }
    assert set(DEEDS_OF_FACTS) | none == set(column("actuals", "kind").args)
    assert set(DEEDS_OF_FACTS.values()) <= set(NEEDS)


def test_a_place_that_the_mission_does_not_have_is_not_covered_by_what_names_places():
    action = action_of(SMALL, fact("arrival", "2026-02-01", place="camp"))
    judged = Judge(SMALL).judge(replace(action, place="moon"))
    assert (judged.verdict, judged.where) == ("not_allowed", "moon")
