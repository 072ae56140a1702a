"""What `status`, `forecast`, `replan` and `hindcast` say to a person: the headline first, names, narrow lines."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from drawdown.cli.text import WIDTH
from drawdown.cli.views.forecast import forecast_text
from drawdown.cli.views.hindcast import hindcast_text
from drawdown.cli.views.replan import replan_text
from drawdown.cli.views.status import alert_lines, status_text
from drawdown.desk.planning import PlanResult, make_plan
from drawdown.desk.replanning import ReplanResult
from drawdown.forecast.answers import Violation
from drawdown.planner.optimise import Effort
from kit.some_standings import ALERTS, STAMP, some_forecast, some_hindcast, some_status

TEXTS = {
    "status": lambda: status_text(some_status()),
    "forecast": lambda: forecast_text(some_forecast()),
    "hindcast": lambda: hindcast_text(some_hindcast()),
}


@pytest.fixture(scope="module")
def replanned(tmp_path_factory):
    """A plan of the tiny mission as if it were a re-plan."""
    out = tmp_path_factory.mktemp("replan")
    plan = make_plan("tiny", out=out / "plan", effort=Effort(0))
    kept = {field.name: getattr(plan, field.name) for field in fields(PlanResult)} | {"changes": ("a later convoy",)}
    return ReplanResult(
        **kept, stamp=STAMP, as_of=date(2024, 3, 8), known_on=date(2024, 3, 9), people_remaining=1100,
        mission_path=Path("out/mission"), kept=("3 moves of the plan have left by the record",),
        estimated=("240 people have left by a reported total only",), alerts=ALERTS[:1],
    )  # fmt: skip


def one_line(text):
    """A text without its line breaks and indents."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_lines_are_narrow_ids_are_not_shown_and_the_ledger_is_named(name):
    said = TEXTS[name]()
    assert max(map(len, said.splitlines())) <= WIDTH
    assert "-id" not in said
    assert "mission 5c215c215c21, plan ab03ab03ab03, ledger e9f7e9f7e9f7 (12 entries)" in said


def test_a_status_begins_with_where_it_stands():
    title, _, _, headline, second, *_ = status_text(some_status()).splitlines()
    assert title == "A mission: status as of 10 Sep 2025"
    assert headline == (
        "660 of 900 people are still to leave: 270 more than planned, 27 days behind the plan. The deadline,"
    )
    assert second == "31 Dec 2025, is in 112 days."


def test_a_status_goes_on_with_people_sites_alerts_equipment_obligations():
    parts = status_text(some_status()).split("\n\n")
    assert [part.split("  ")[0].splitlines()[0] for part in parts[2:]] == [
        "people still to leave", "1 of 3 sites left; by the plan 2", "Alerts: 1 serious, 1 warning, 1 note",
        "equipment", "Obligations: 1 overdue",
    ]  # fmt: skip
    assert any(line.split() == ["Depot", "2", "Sep", "2025", "-", "overdue", "by", "8", "days", "-", "240"]
               for line in parts[3].splitlines())  # fmt: skip
    assert "!  1 Sep 2025  Outposts closed: overdue by 9 days" in parts[6]


def test_a_status_tells_what_the_mandate_does_not_cover_only_if_there_is_any():
    row = Violation(
        "fact-id", "departure", "departure of 40 people", "post-id", "Post", date(2025, 9, 2), date(2025, 9, 2),
        "no authority", "Resolution 1, paragraph 2",
    )  # fmt: skip
    lasting = replace(row, deed="headcount", what="headcount of 9 people", end=date(2025, 9, 4), reference=None)
    said = status_text(replace(some_status(), violations=(row, lasting)))
    assert "Not covered by the mandate: 2 acts on record" in said
    assert "!  2 Sep 2025  Post: departure of 40 people; the nearest authority: Resolution 1, paragraph 2" in said
    assert "! 2 Sep 2025 to 4 Sep 2025  Post: headcount of 9 people; there is no authority for it" in said
    assert "and 2 more; --json has them all" in status_text(replace(some_status(), violations=(row,) * 12))
    assert "mandate" not in status_text(some_status())


def test_what_was_recorded_later_is_said_to_be_left_out():
    later = replace(some_status(), known_on=date(2025, 10, 1))
    assert "status as of 10 Sep 2025, as known on 1 Oct 2025" in status_text(later)


def test_alerts_are_told_in_their_order_the_same_remedy_once():
    said = one_line("\n".join(alert_lines((*ALERTS[:1], *ALERTS))))
    assert "1. SERIOUS Post: 240 are reported" in said
    assert "(140 people)" in said
    assert "4. NOTE a request" in said
    assert said.count("correct the count") == 1
    assert list(alert_lines(())) == ["No alerts: what is recorded adds up."]
    assert list(alert_lines(ALERTS * 4))[-1] == "    and 2 more; --json has them all"


def test_a_forecast_begins_with_the_chance_of_the_deadline_and_says_why_it_moved():
    said = forecast_text(some_forecast())
    assert said.splitlines()[3] == "34 % (31 to 37 %) is the chance that all who leave are out by 31 Dec 2025."
    assert "P50 5 Jan 2026, P80 17 Jan 2026, P95 never" in said
    assert "never: not by the end of liquidation" in said
    assert "Since 15 Aug 2025: P50 20 Dec 2025 -> 5 Jan 2026, chance of the deadline 61 % -> 34 %" in said
    assert "chance of a refusal, Roads, North: 0.1 (0.02 to 0.22) -> 6 of 20 requests refused" in said
    assert "new kind of trouble: nothing known -> 1 in 60 days -> 0.02 (0 to 0.05) a day" in said
    assert "2 incidents name no leg and were not counted" in said


def test_a_forecast_with_nothing_to_say_says_so():
    bare = replace(some_forecast(), fan=(), sites=(), since=None, learnt=(), alerts=(), caveats=())
    said = forecast_text(bare)
    assert "Every site has been left." in said
    assert "The record has taught no rate" in said


def test_a_hindcast_marks_the_best_and_says_where_it_does_worse():
    said = hindcast_text(some_hindcast())
    assert "88 % of what then happened lies inside the 90 % bands (7 of 8), 50 % inside the 50 % bands." in said
    rows = [line.split() for line in said.splitlines()]
    assert ["15", "Aug", "2025", "2", "of", "3", "3", "of", "3", "22.4*", "60.1", "130", "+14.2"] in rows
    assert ["5", "Sep", "2025", "1", "of", "2", "1", "of", "2", "55.2", "40.3*", "160", "-31.0"] in rows
    assert "Of people still to leave, the straight line did better" in said
    assert "What would have been saved: 100 lorries cleared on 24 August." in said
    assert any(row[:6] == ["less", "lost", "$2.7", "million", "$1.1", "million"] for row in rows)


def test_a_replan_says_what_stays_and_what_changes(replanned):
    said = one_line(replan_text(replanned))
    assert "planned anew as of 8 Mar 2024, as known on 9 Mar 2024" in said
    assert "1,100 people are still to leave: out by" in said
    assert "with 1 change of the plan in force." in said
    for part in ("3 moves of the plan have left by the record", "a later convoy", "240 people have left by a reported",
                 "SERIOUS Post", "out/mission (as it stands)"):  # fmt: skip
        assert part in said
    none = replace(replanned, status="infeasible", estimated=("a gap",) * 8)
    assert "No lawful plan was found for what is left" in replan_text(none)
    assert "and 2 more" in replan_text(none)
