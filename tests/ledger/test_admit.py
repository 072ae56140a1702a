"""What is recorded and what is refused: every reason with its column, the value and the remedy."""

from datetime import date

import pytest

from drawdown.desk.missions import open_mission
from drawdown.ledger.admit import Admission, admit
from drawdown.ledger.kinds import KINDS
from drawdown.mission.tables import Actual
from kit.missions import small_mission

SMALL = small_mission()
TODAY = date(2025, 9, 30)


def fact(kind="departure", **values):
    return Actual.model_validate({"id": "a-fact", "happened": "2025-07-20", "kind": kind, **values})


def said(one, mission=SMALL):
    """What is said of a fact: column, message and remedy of each fault; warnings are marked."""
    faults = admit(mission, one, today=TODAY)
    return [(f.spot.column, ("" if f.severity == "fault" else f"{f.severity}: ") + f.message, f.remedy) for f in faults]


#: One fact of every kind that a station would type.
SOUND = (
    fact("departure", place="post", to="camp", unit="company", count=40, count_of="people", leg="post_camp", move="m1"),
    fact("departure", unit="company"),
    fact("arrival", place="camp", lot="plant", count=2, count_of="items"),
    fact("arrival", place="camp", leg="post_camp"),
    fact("last_out", place="post"),
    fact("handover", place="post"),
    fact("incident", leg="post_camp", hazard="ied", count=3, count_of="wounded"),
    fact("clearance_asked", clearance_class="north_road", count=5, count_of="requests"),
    fact("clearance_granted", place="camp"),
    fact("clearance_refused", leg="post_camp", count=1, count_of="requests"),
    fact("clearance_unanswered", move="m1"),
    fact("clearance_blocked", place="camp", until="2026-01-31"),
    fact("inspection", place="post"),
    fact("disposal", lot="plant", disposition="scrap", count=1.5, count_of="teu"),
    fact("disposal", lot="plant", disposition="destroy", reason="No lorries were cleared."),
    fact("headcount", place="camp", count=0, count_of="people"),
    fact("headcount", count=675, count_of="military", counted="left"),
    fact("correction", corrects="another", note="Counted twice."),
)


@pytest.mark.parametrize("one", SOUND, ids=[f"{number}-{one.kind}" for number, one in enumerate(SOUND)])
def test_what_says_enough_is_recorded(one):
    assert said(one) == []


def test_there_is_a_sound_fact_of_every_kind():
    assert {one.kind for one in SOUND} == set(KINDS)


#: A fact, and what is said of it: the column, the message, and how the remedy begins.
REFUSED = (
    (fact(happened="2025-10-01", unit="company"), "happened", "lies in the future: today is 2025-09-30", "record it"),
    (fact(happened="1999-01-01", unit="company"), "happened", "lies before the mission, which began on", "correct"),
    (fact(recorded="2025-10-02", unit="company"), "recorded", "lies in the future: today is 2025-09-30", "leave it"),
    (fact(recorded="2025-07-19", unit="company"), "recorded", "lies before the day it happened", "correct one"),
    (fact(until="2025-07-19", unit="company"), "until", "lies before the day it happened", "swap"),
    (fact("incident", place="camp", until="2025-10-01"), "until", "lies in the future", "leave it blank"),
    (fact(unit="compani"), "unit", "is no unit of the mission", "did you mean `company`?"),
    (fact(unit="company", place="kamp"), "place", "is no place of the mission", "did you mean `camp`?"),
    (fact(unit="company", to="prt"), "to", "is no place of the mission", "did you mean `port`?"),
    (fact(unit="company", leg="post_kamp"), "leg", "is no leg of the mission", "did you mean `post_camp`?"),
    (fact(lot="plnt"), "lot", "is no lot of the mission", "did you mean `plant`?"),
    (fact(lift="truks"), "lift", "is no lift of the mission", "did you mean `trucks`?"),
    (fact(unit="company", source="papers"), "source", "is no source of the mission", "did you mean `paper`?"),
    (fact("inspection", place="post", step="notifi"), "step", "is no step of the mission", ""),
    (fact("clearance_asked", clearance_class="nord_road"), "clearance_class", "is no class of clearance", "did you"),
    (fact(place="post"), None, "does not say who or what went, or how many", "name a `unit`"),
    (fact(count=10, count_of="people"), None, "does not say from where", "name the `place`"),
    (fact("arrival", unit="company"), None, "does not say where the arrival was", "name the `place`"),
    (fact("last_out"), None, "does not say where the last-out was", "name the `place`"),
    (fact("last_out", place="port"), "place", "is an exit, and a last-out happens at a site", "name the site"),
    (fact("handover", source="paper"), None, "does not say where the handover was", "name the `place`"),
    (fact("headcount", place="camp"), None, "gives no number", "give the `count`"),
    (fact("disposal", place="camp", disposition="scrap"), None, "does not say which lot", "name the `lot`"),
    (fact("disposal", lot="plant"), None, "does not say what became of it", "give the `disposition`"),
    (fact("disposal", lot="plant", disposition="destroy"), None, "does not say why it was destroyed", "give the"),
    (fact("incident", hazard="ied"), None, "does not say where", "name the `place`"),
    (fact("clearance_refused"), None, "does not say what the clearance was for", "name a `clearance_class`"),
    (fact("correction", note="wrong"), None, "does not say which fact it corrects", "give the fact's id"),
    (fact("correction", corrects="b"), None, "does not say why", "say in the `note`"),
    (fact("correction", corrects="a-fact", note="x"), "corrects", "is the correction itself", "give the id"),
    (fact(unit="company", lot="plant"), "lot", "is a second thing beside the unit `company`", "write one fact for"),
    (fact(unit="company", count=3), "count_of", "is missing: the count does not say what it counts", "give"),
    (fact(unit="company", count_of="people"), "count", "is missing, but people are to be counted", "give"),
    (fact(unit="company", count=2.5, count_of="people"), "count", "is no whole number of people", "write 2 or 3"),
    (fact(unit="company", count=0, count_of="people"), "count", "counts nothing", "leave it blank"),
    (fact(unit="company", count=3, count_of="items"), "count_of", "does not count the unit", "use one of: people"),
    (fact("headcount", count=3, count_of="events"), "count_of", "does not count a fact of kind headcount", "use one"),
    (fact("headcount", place="camp", count=3, count_of="people", counted="left"), "place",
     "narrows those who have left", "leave it blank"),
    (fact(unit="company", to="camp", place="camp"), "to", "is where it departed from", "name where it went"),
    (fact(unit="company", place="base", leg="post_camp"), "leg", "links `post` and `camp`, not `base`",
     "name the leg that leaves `base`"),
    (fact("arrival", unit="company", place="base", leg="post_camp"), "leg", "links `post` and `camp`, not `base`",
     "name the leg that reaches `base`"),
    (fact("handover", place="post", hazard="ied"), "hazard", "has no meaning for a fact of kind handover", "clear it"),
)  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=[f"{n}-{column}" for n, (_, column, *_) in enumerate(REFUSED)])
def test_what_could_not_be_understood_is_refused_with_its_remedy(case):
    one, column, message, remedy = case
    ((found, text, way_out),) = said(one)
    assert found == column
    assert text.startswith(message)
    assert way_out.startswith(remedy)


def test_everything_is_said_at_once():
    one = fact(happened="2030-01-01", unit="compani", lot="plant", count=0.5, count_of="people", hazard="ied")
    assert {column for column, *_ in said(one)} == {"happened", "unit", "lot", "count", "hazard"}


def test_the_day_itself_and_the_day_on_which_the_mission_began_are_good_days():
    assert said(fact(happened=TODAY, recorded=TODAY, unit="company")) == []
    assert said(fact(happened="2025-07-01", unit="company")) == []
    assert said(fact("incident", happened=TODAY, until=TODAY, place="camp")) == []


def test_what_a_document_says_is_kept_even_if_it_says_too_little_for_an_account():
    ((_, text, _),) = said(fact(place="post", source="paper"))
    assert text == "warning: does not say who or what went, or how many: kept for its source, moves no account"


def test_a_step_of_another_kind_of_site_is_refused():
    minusma = open_mission("minusma")
    one = fact("inspection", happened="2023-08-20", place="menaka", step="clean-up-outpost")
    ((column, text, remedy),) = said(one, minusma)
    assert (column, text) == ("step", "is no step of closing a site of kind camp")
    assert remedy == "did you mean `clean-up-camp`?"


def test_all_that_happened_to_minusma_is_admitted():
    minusma = open_mission("minusma")
    admission = Admission(minusma, TODAY)
    found = {row.id: admission(row) for row in minusma.actuals}
    assert len(found) == 78
    assert [name for name, faults in found.items() if any(f.severity == "fault" for f in faults)] == []


def test_thousands_of_strangers_are_refused_in_seconds():
    admission = Admission(open_mission("minusma"), TODAY)
    found = [admission(fact(happened="2023-08-01", lot=f"stranger-{number}")) for number in range(5_000)]
    assert all(faults[0].message == "is no lot of the mission" for faults in found)
    assert found[0][0].remedy.startswith(("use one of", "did you mean"))
    assert found[-1][0].remedy == "use a name that the mission has, or add it to the mission"
