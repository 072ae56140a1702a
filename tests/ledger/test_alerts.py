"""Alerts: what does not add up, each with its place, day, value and remedy, most consequence first."""

from __future__ import annotations

from datetime import timedelta

from drawdown.ledger.facts import Facts
from drawdown.ledger.standing import standing
from drawdown.mission.tables import Actual
from kit.histories import road_mission
from kit.missions import CESSATION

MISSION = road_mission()


def day(number):
    return CESSATION + timedelta(days=number)


def alerts(*facts, on=20):
    rows = [
        (day(number), Actual(id=f"f{at}", kind=kind, happened=day(number), **values))
        for at, (number, kind, values) in enumerate(facts)
    ]
    return standing(MISSION, Facts.of(rows), day(on)).alerts


def only(*facts, on=20):
    (alert,) = alerts(*facts, on=on)
    return alert


def test_a_headcount_that_disagrees_says_by_how_much():
    alert = only((4, "headcount", {"place": "camp", "count": 480}))
    assert (alert.kind, alert.where, alert.when, alert.people) == ("headcount", "camp", day(4), 30)
    assert alert.message == (
        "480 people were counted at Camp on 5 July 2025; 510 are on record: 30 fewer than the record knows"
    )
    assert not alerts((4, "headcount", {"place": "camp", "count": 510}))


def test_a_headcount_is_held_against_those_it_counts():
    assert not alerts(
        (4, "headcount", {"place": "base", "count": 225, "count_of": "military"}),
        (4, "headcount", {"place": "base", "count": 80, "unit": "staff"}),
        (4, "headcount", {"count": 995}),
        (4, "headcount", {"place": "base", "count": 7, "count_of": "vehicles"}),
    )


def test_a_headcount_is_held_against_the_record_of_its_own_evening():
    leaves = (6, "departure", {"place": "camp", "unit": "battalion", "count": 100})
    assert not alerts((5, "headcount", {"place": "camp", "count": 510}), leaves)
    assert not alerts((6, "headcount", {"place": "camp", "count": 410}), leaves)


def test_two_headcounts_of_one_day_disagree():
    found = alerts(
        (4, "headcount", {"place": "camp", "count": 480}),
        (4, "headcount", {"place": "camp", "count": 510}),
    )
    assert [(alert.kind, alert.people) for alert in found] == [("headcounts", 30)]


def test_reported_as_left_is_not_what_departures_account_for():
    alert = only(
        (4, "departure", {"place": "camp", "unit": "battalion", "count": 100}),
        (6, "headcount", {"count": 340, "counted": "left"}),
    )
    assert (alert.kind, alert.people) == ("left_total", 240)
    assert "340 people are reported to have left" in alert.message
    assert "account for 100" in alert.message


def test_on_the_way_for_too_long():
    # From the post to the camp is three days at worst: eight are allowed.
    leaves = (2, "departure", {"place": "post", "to": "camp", "unit": "company", "count": 100})
    assert not alerts(leaves, on=10)
    alert = only(leaves, on=12)
    assert (alert.kind, alert.severity, alert.where, alert.people, alert.days) == (
        "on_the_way",
        "serious",
        "camp",
        100,
        2,
    )
    of_a_lot = only((2, "departure", {"place": "post", "to": "camp", "lot": "post_stores", "count": 3}), on=11)
    assert (of_a_lot.severity, of_a_lot.usd) == ("warning", 60_000)


def test_two_last_outs_and_two_handovers_that_disagree():
    found = alerts(
        (3, "departure", {"place": "post", "unit": "company"}),
        (4, "last_out", {"place": "post"}),
        (7, "last_out", {"place": "post"}),
        (8, "handover", {"place": "camp"}),
        (9, "handover", {"place": "camp"}),
    )
    said = {alert.kind: alert for alert in found}
    assert (said["last_outs"].where, said["last_outs"].days) == ("post", 3)
    assert (said["handovers"].where, said["handovers"].days) == ("camp", 1)
    assert (said["handed_over"].where, said["handed_over"].people) == ("camp", 510)


def test_equipment_that_is_still_counted_at_a_site_that_was_left():
    found = alerts((3, "departure", {"place": "post", "unit": "company"}), (4, "last_out", {"place": "post"}))
    (alert,) = found
    assert (alert.kind, alert.where, alert.people) == ("left_behind", "post", 0)
    assert alert.usd == 6 * 200_000 + 8 * 20_000 + 2 * 15_000


def test_people_who_come_to_a_site_after_its_last_out():
    found = alerts(
        (3, "departure", {"place": "post", "to": "camp", "unit": "company"}),
        (4, "arrival", {"place": "camp", "unit": "company"}),
        (4, "last_out", {"place": "post"}),
        (6, "departure", {"place": "camp", "to": "post", "unit": "company", "count": 40}),
        (7, "arrival", {"place": "post", "unit": "company", "count": 40}),
    )
    assert (found[0].kind, found[0].where, found[0].people) == ("after_last_out", "post", 40)


def test_facts_that_move_nothing_are_counted():
    alert = only(
        (4, "departure", {"place": "post", "count": 40}),
        (5, "arrival", {"place": "camp"}),
        (6, "departure", {"place": "post", "unit": "company", "count": 0}),
    )
    assert (alert.kind, alert.severity, alert.when) == ("not_booked", "note", day(5))
    assert alert.message.endswith(": 2")


def test_what_a_mission_no_longer_has_is_an_alert_and_no_crash():
    alert = only((4, "departure", {"place": "post", "unit": "stranger", "count": 5}))
    assert "the mission does not have" in alert.message


def test_a_correction_of_nothing_and_corrections_in_a_circle():
    assert only((4, "correction", {"corrects": "lost"})).kind == "correction"
    circle = only((4, "correction", {"corrects": "f1"}), (4, "correction", {"corrects": "f0"}))
    assert circle.message == "f0, f1 correct each other, so none does"


def test_people_come_before_dollars_and_dollars_before_days():
    found = alerts(
        (3, "departure", {"place": "post", "unit": "company", "count": 119}),
        (4, "last_out", {"place": "post"}),
        (4, "last_out", {"place": "post"}),
        (5, "departure", {"place": "camp", "unit": "battalion", "count": 450}),
        (5, "handover", {"place": "camp"}),
        (6, "handover", {"place": "camp"}),
        (6, "correction", {"corrects": "lost"}),
    )
    assert [alert.kind for alert in found] == [
        "handed_over",
        "from_nowhere",
        "after_last_out",
        "left_behind",
        "left_behind",
        "handovers",
        "correction",
    ]
    assert found[0].people > found[1].people > found[2].people
    assert found[3].usd > found[4].usd > 0
    assert all(alert.remedy for alert in found)
