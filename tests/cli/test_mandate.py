"""`drawdown mandate` as a person types it."""

from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from drawdown import desk
from drawdown.files import write_mission, write_plan
from drawdown.ledger.ledger import open_ledger
from drawdown.mission.tables import Actual
from kit.lawful import lawful_plan
from kit.missions import change, small_mission

KEYS = {"verdict", "trace", "allowed", "ending", "owed"}
EXAMPLE = ("mandate", "minusma", "--on", "2023-10-05", "--function", "respond_to_imminent_threats", "--at", "ber")


def test_the_example_is_answered_no_with_its_trace(run):
    ran = run(*EXAMPLE)
    assert ran.code == 1
    assert "NO, not allowed." in ran.out
    assert "2690-imminent does not apply: ended on 30 September 2023, 5 days before." in ran.out
    assert "adopted 30 June 2023" in ran.out
    assert "15 for, none against, no abstention" in " ".join(ran.out.split())
    assert "no legal advice" in " ".join(ran.out.split())


def test_the_page_on_the_mandate_shows_what_is_really_printed(run):
    page = (Path(__file__).parents[2] / "docs" / "mandate.md").read_text(encoding="utf-8")
    shown = indent(run(*EXAMPLE).out, "    ")
    assert f"    drawdown {' '.join(EXAMPLE)}\n\n{shown}" in page


def test_the_example_as_json(run):
    ran = run(*EXAMPLE, "--json")
    found = ran.json
    assert ran.code == 1
    assert found.keys() >= KEYS
    assert found["verdict"] == "not_allowed"
    assert found["at"] == {"id": "ber", "name": "Ber", "kind": "site"}
    first = found["trace"][0]
    assert first.keys() >= {"authority", "applies", "why", "reference"}
    assert (first["authority"], first["applies"], first["to"]) == ("2690-imminent", False, "2023-09-30")


def test_the_last_day_is_allowed_on_conditions(run):
    ran = run(*EXAMPLE[:3], "2023-09-30", *EXAMPLE[4:])
    assert ran.code == 0
    assert "ONLY ON CONDITIONS." in ran.out
    assert "- Imminent threat of violence to civilians; within capabilities" in ran.out
    assert "(by the record it was left on 13 August 2023)" in ran.out


def test_a_day_lists_what_is_allowed_what_ends_and_what_is_owed(run):
    ran = run("mandate", "minusma", "--on", "2023-09-15")
    words = " ".join(ran.out.split())
    assert ran.code == 0
    assert "Allowed (8):" in words
    assert "Ends within 30 days (2):" in words
    assert "LATE Plan for the transfer of tasks (to the Security Council): due on 15 August 2023" in words
    assert "3 days late" in words
    assert "30 June 2023 The mandate under resolution 2640 (2022) is terminated" in words


def test_a_day_as_json_has_every_key(run):
    found = run("mandate", "minusma", "--on", "2023-09-15", "--json").json
    assert found.keys() >= KEYS
    assert (found["verdict"], found["trace"]) == (None, [])
    assert {row["authority"] for row in found["ending"]} == {"2690-imminent", "2690-humanitarian"}
    assert [row["days"] for row in found["owed"] if row["state"] == "met_late"] == [3]
    assert found["stage"]["stage"] == "drawdown"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2010-01-01", "Where the mission stands: before the mandate. Nothing is allowed."),
        ("2022-08-01", "in operation since 1 July 2013, to 30 June 2023 (333 days left); rotations suspended since 14"),
        ("2022-08-01", "At most 13,289 military (Resolution 2295 (2016)), 1,920 police (Resolution 2295 (2016))."),
        ("2024-02-01", "Where the mission stands: liquidation since 1 January 2024"),
        ("2025-02-01", "OVERDUE Liquidation completed (to the General Assembly)"),
    ],
)
def test_a_day_says_where_the_mission_stands(run, on, words):
    assert words in " ".join(run("mandate", "minusma", "--on", on).out.split())


def test_a_function_that_the_mandate_never_had(run):
    out = run("mandate", "tiny", "--on", "2024-02-10", "--function", "support_humanitarian_delivery").out
    assert "The mandate has no authority for it, on any day." in out


def test_a_notebook_may_give_a_day_as_a_date():
    assert desk.mandate("tiny", on=date(2024, 2, 10), function="withdraw").verdict == "allowed"


def test_a_reform_is_told_side_by_side(run):
    ran = run(*EXAMPLE, "--what-if", "protection-to-december")
    words = " ".join(ran.out.split())
    assert ran.code == 1  # of the mandate as it is
    assert "to_date of 2690-imminent is 2023-12-31 (was 2023-09-30)" in words
    assert "verdict NO, not allowed ONLY ON CONDITIONS" in words
    reform = run(*EXAMPLE, "--what-if", "protection-to-december", "--json").json["reform"]
    assert (reform["verdict"], reform["trace"][0]["applies"]) == ("conditional", True)
    assert reform.keys() >= {*KEYS, "what_if", "name", "changes"}


def test_the_record_of_minusma_is_covered_all_through(run):
    found = run("mandate", "minusma", "--record", "--json").json["record"]
    assert found["actions"] > 30
    assert found["counts"]["not_allowed"] == 0
    assert found["conditional"] == ["liquidation"]


@pytest.fixture
def late(tmp_path):
    """A mission with a what-if in which liquidation no longer reaches the port and the airport, and its plan."""
    mission = small_mission()
    write_mission(mission, tmp_path / "small")
    row = {"table": "authorities", "row": "liquidate", "column": "places", "value": "base"}
    what_if = mission.what_ifs[0].model_copy(update={"id": "cut", "what_if": "cut", "name": "Cut short", **row})
    short = mission.model_copy(update={"what_ifs": (*mission.what_ifs, what_if)})
    write_mission(short, tmp_path / "short")
    write_plan(lawful_plan(short), tmp_path / "plan")
    return tmp_path


def test_a_plan_is_judged_action_by_action_and_beside_its_reform(run, late):
    ran = run("mandate", late / "short", "--plan", late / "plan", "--what-if", "cut", "--json")
    found = ran.json
    assert ran.code == 0
    assert found["plan"]["counts"]["not_allowed"] == 0
    assert found["plan"]["actions"] == found["plan"]["counts"]["allowed"]
    bad = found["reform"]["plan"]["not_covered"]
    bus = next(row for row in bad if (row["deed"], row["action"]) == ("arrival", "last-bus"))
    assert bus["bare"] == [{"from": "2026-01-16", "to": "2026-01-16"}]
    assert found["plan"]["measures"]["protection"]["covered"] > 0
    shown = " ".join(run("mandate", late / "short", "--plan", late / "plan", "--what-if", "cut").out.split())
    assert "16 January 2026, arrival last-bus: no authority to move at Airport on 16 January 2026" in shown
    assert "liquidate holds only at Base, not at Airport" in shown
    assert "civilian-days covered" in shown


def test_a_plan_that_is_not_covered_is_a_no(run, late):
    other = change(small_mission(), "authorities", "liquidate", places=("base",))
    write_mission(other, late / "other")
    ran = run("mandate", late / "other", "--plan", late / "plan", "--changed")
    assert ran.code == 1
    assert "2 not covered." in ran.out


def test_a_plan_of_another_mission_and_one_of_an_older_state_are_refused(run, late):
    other = run("mandate", "tiny", "--plan", late / "plan")
    assert (other.code, other.out) == (2, "")
    assert "is a plan of `small`, not of `tiny`" in other.err
    older = run("mandate", late / "small", "--plan", late / "plan")
    assert older.code == 2
    assert "has changed since the plan was made" in older.err
    assert run("mandate", late / "small", "--plan", late / "plan", "--changed").code == 0


def test_a_ledger_is_judged_without_what_was_corrected(run, small):
    place = small.parent / "small.ledger"
    told = [
        Actual(id="late", kind="arrival", happened=date(2026, 2, 1), place="camp", unit="company", count=9),
        Actual(id="wrong", kind="arrival", happened=date(2026, 2, 2), place="camp", unit="company", count=9),
        Actual(id="undo", kind="correction", happened=date(2026, 2, 2), corrects="wrong"),
    ]
    with open_ledger(place, mission="small") as ledger:
        ledger.append(told, actor="test")
    ran = run("mandate", small, "--ledger", place, "--json")
    assert ran.code == 1
    assert [row["action"] for row in ran.json["record"]["not_covered"]] == ["late"]
    assert run("mandate", small, "--ledger", small.parent / "nowhere.ledger").code == 2


def test_everything_that_makes_no_sense_is_told_at_once(run):
    ran = run(
        "mandate", "minusma", "--on", "5/10/2023", "--function", "respond_to_iminent_threats", "--at", "bre",
        "--who", "gard unit", "--what-if", "protection-to-decembre", "--plan", "nowhere",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    for option in ("--on", "--function", "--at", "--who", "--what-if", "nowhere"):
        assert f"fault    {option}" in ran.err
    assert "did you mean `respond_to_imminent_threats`?" in ran.err
    assert "did you mean `ber`?" in ran.err
    assert "did you mean `Guard unit`?" in ran.err
    assert "did you mean `protection-to-december`?" in ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "no day is named"),
        (("--function", "withdraw"), "no day is named"),
        (("--plan", "nowhere", "--at", "gao"), "no day is named"),
        (("--on", "2023-02-30"), "is no day"),
        (("--on", "20231005"), "is no day"),
        (("--on", ""), "is no day"),
        (("--on", "2023-10-05", "--function", "fly"), "use one of: withdraw, secure_movements"),
        (("--on", "2023-10-05", "--who", " "), "is nobody"),
    ],
)
def test_a_question_that_makes_no_sense(run, args, words):
    ran = run("mandate", "minusma", *args)
    assert ran.code == 2
    assert words in ran.err


@pytest.mark.parametrize("at", ["GAO", "kidal-gao-road", "ménaka", "Port of Dakar"])
def test_places_are_named_as_people_name_them(run, at):
    assert run("mandate", "minusma", "--on", "2023-10-05", "--at", at).code == 0


def test_functions_are_named_with_blanks_or_hyphens_too(run):
    assert run("mandate", "minusma", "--on", "2023-10-05", "--function", "Medical evacuation").code == 0
