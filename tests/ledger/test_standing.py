"""The standing, one rule of docs/standing.md at a time; post, camp and base have 120, 510 and 365 people."""

from __future__ import annotations

from datetime import date, timedelta

from drawdown.ledger.facts import Facts
from drawdown.ledger.standing import OnTheWay, standing
from drawdown.mission.tables import Actual
from kit.histories import road_mission
from kit.missions import CESSATION

MISSION = road_mission()


def day(number):
    return CESSATION + timedelta(days=number)


def after(*facts, on=30, known_on=None):
    """The standing after facts given as (day, kind, values); each is recorded on the day it happened."""
    rows = []
    for number, (happened, kind, values) in enumerate(facts):
        recorded = day(values.pop("told", happened))
        rows.append((recorded, Actual(id=f"f{number}", kind=kind, happened=day(happened), **values)))
    return standing(MISSION, Facts.of(rows), day(on), None if known_on is None else day(known_on))


def test_before_anything_happens_all_is_where_the_rows_say():
    found = after()
    assert (found.people_at("post"), found.people_at("camp"), found.people_at("base")) == (120, 510, 365)
    assert found.people_remaining == found.people_in_mission == 995
    assert found.lots_at("post") == {"post_carriers": 6, "post_stores": 8, "post_kitchen": 2}
    assert found.lift["trucks"] == {"camp": 20}
    assert found.open_sites == ("base", "camp", "post")
    assert found.alerts == ()


def test_a_convoy_leaves_is_on_the_way_and_arrives():
    leaves = (3, "departure", {"place": "post", "to": "camp", "unit": "company", "count": 100, "move": "m1"})
    arrives = (6, "arrival", {"place": "camp", "unit": "company", "count": 100, "move": "m1"})
    on_the_way = after(leaves, on=5)
    assert on_the_way.people["company"] == {"post": 20}
    assert on_the_way.on_the_way == (OnTheWay("unit", "company", "post", "camp", 100, day(3), "m1"),)
    assert on_the_way.people_in_mission == 995
    found = after(leaves, arrives)
    assert found.people["company"] == {"post": 20, "camp": 100}
    assert found.on_the_way == ()


def test_who_arrives_at_an_exit_has_left_and_who_arrives_at_a_well_has_not():
    found = after(
        (1, "departure", {"place": "base", "to": "airport", "unit": "staff", "count": 50}),
        (1, "arrival", {"place": "airport", "unit": "staff", "count": 50}),
        (1, "departure", {"place": "base", "to": "well", "unit": "hospital", "count": 10}),
        (1, "arrival", {"place": "well", "unit": "hospital", "count": 10}),
    )
    assert found.left == {"staff": 50}
    assert found.people["hospital"] == {"base": 30, "well": 10}
    assert (found.left_total, found.people_remaining) == (50, 945)


def test_who_departs_for_nowhere_told_has_left_and_may_then_arrive_at_an_exit():
    gone = (2, "departure", {"place": "base", "unit": "staff", "count": 80})
    seen = (4, "arrival", {"place": "airport", "unit": "staff", "count": 80})
    onward = (5, "departure", {"place": "airport", "unit": "staff", "count": 80})
    for facts in ([gone], [gone, seen], [gone, seen, onward]):
        found = after(*[(number, kind, dict(values)) for number, kind, values in facts])
        assert found.left == {"staff": 80}
        assert found.alerts == ()


def test_a_departure_by_a_move_or_leg_goes_where_those_go():
    by_leg = after((1, "departure", {"place": "post", "leg": "post_camp", "unit": "company", "count": 5}))
    assert by_leg.on_the_way[0].to_place == "camp"
    by_move = after((1, "departure", {"place": "post", "move": "m7", "unit": "company", "count": 5}))
    assert (by_move.on_the_way[0].to_place, by_move.on_the_way[0].move) == ("", "m7")
    arrived = after(
        (1, "departure", {"place": "post", "move": "m7", "unit": "company", "count": 5}),
        (1, "arrival", {"place": "base", "move": "m7", "unit": "company", "count": 5}),
    )
    assert arrived.people["company"] == {"post": 115, "base": 5}
    assert arrived.alerts == ()


def test_a_day_has_no_order():
    hop = {"unit": "company", "count": 120}
    found = after(
        (2, "arrival", {"place": "base", **hop}),
        (2, "departure", {"place": "camp", "to": "base", **hop}),
        (2, "arrival", {"place": "camp", **hop}),
        (2, "departure", {"place": "post", "to": "camp", **hop}),
    )
    assert found.people["company"] == {"base": 120}
    assert found.alerts == ()


def test_a_fact_without_a_count_means_all_there_is():
    found = after(
        (2, "departure", {"place": "post", "to": "camp", "unit": "company"}),
        (3, "arrival", {"place": "camp", "unit": "company"}),
        (4, "disposal", {"place": "post", "lot": "post_stores", "disposition": "scrap"}),
        (5, "departure", {"unit": "ordnance"}),
    )
    assert found.people["company"] == {"camp": 120}
    assert found.gone["post_stores"] == {"scrap": 8}
    assert found.left == {"ordnance": 30}
    assert found.alerts == ()


def test_an_arrival_with_no_departure_takes_them_from_where_they_are():
    found = after((3, "arrival", {"place": "camp", "unit": "company", "count": 70}))
    assert found.people["company"] == {"post": 50, "camp": 70}
    assert [alert.kind for alert in found.alerts] == ["never_departed"]


def test_a_departure_of_more_than_are_there_takes_the_largest_first():
    found = after(
        (1, "departure", {"place": "camp", "to": "base", "unit": "battalion", "count": 150}),
        (2, "arrival", {"place": "base", "unit": "battalion", "count": 150}),
        (3, "departure", {"place": "post", "to": "camp", "unit": "battalion", "count": 300}),
        on=5,
    )
    # Of 400, 250 were at the camp: they gave all, the base the other 50.
    assert found.people["battalion"] == {"base": 100}
    (alert,) = found.alerts
    assert (alert.kind, alert.people, alert.where) == ("not_there", 300, "post")
    assert "Camp (250), Base (50)" in alert.message


def test_nothing_is_ever_negative_what_is_missing_comes_from_nowhere():
    found = after((3, "departure", {"place": "post", "unit": "company", "count": 150}))
    assert found.left == {"company": 150}
    assert found.from_nowhere == {("unit", "company"): 30}
    assert found.people_remaining == 995 + 30 - 150
    (alert,) = found.alerts
    assert (alert.kind, alert.severity, alert.people) == ("from_nowhere", "serious", 30)


def test_last_out_leaves_nobody_and_an_arrival_finds_them_again():
    last_out = (4, "last_out", {"place": "post"})
    found = after(last_out)
    assert (found.people_at("post"), found.people_at("")) == (0, 120)
    assert found.last_out == {"post": day(4)}
    assert found.open_sites == ("base", "camp")
    assert [(alert.kind, alert.people) for alert in found.alerts if alert.people] == [("after_last_out", 120)]
    found = after(
        (4, "last_out", {"place": "post"}), (6, "arrival", {"place": "camp", "unit": "company", "count": 120})
    )
    assert found.people["company"] == {"camp": 120}
    assert not [alert for alert in found.alerts if alert.people]


def test_at_handover_goes_what_may_be_handed_over():
    found = after((9, "handover", {"place": "camp"}))
    assert found.gone == {"camp_water": {"hand_over": 2}}
    assert found.lots["camp_stores"] == {"camp": 30}
    assert found.handed_over == {"camp": day(9)}
    assert {alert.kind for alert in found.alerts} == {"handed_over", "left_behind"}


def test_room_is_turned_into_items_and_what_cannot_be_counted_moves_nothing():
    found = after(
        (1, "departure", {"place": "camp", "to": "base", "lot": "plant", "count": 6, "count_of": "teu"}),
        (1, "departure", {"place": "post", "to": "base", "unit": "company", "count": 3, "count_of": "wounded"}),
        on=5,
    )
    assert found.lots["plant"] == {"camp": 2}  # two TEU each
    assert found.people["company"] == {"post": 120}
    assert [alert.kind for alert in found.alerts] == ["not_booked"]


def test_what_happened_until_cessation_is_in_the_rows():
    found = after(
        (0, "departure", {"place": "post", "unit": "company", "count": 20}), (0, "last_out", {"place": "post"})
    )
    assert found.people_at("post") == 120
    assert found.last_out == {}


def test_the_oldest_departure_arrives_first():
    found = after(
        (1, "departure", {"place": "post", "to": "base", "unit": "company", "count": 30}),
        (4, "departure", {"place": "post", "to": "base", "unit": "company", "count": 20}),
        (6, "arrival", {"place": "base", "unit": "company", "count": 35}),
        on=8,
    )
    assert [(row.count, row.since) for row in found.on_the_way] == [(15, day(4))]


def test_steps_and_headcounts_the_latest_counts():
    found = after(
        (1, "inspection", {"place": "post", "step": "clean"}),
        (2, "inspection", {"place": "post", "step": "pack"}),
        (3, "headcount", {"place": "post", "count": 119}),
        (5, "headcount", {"place": "post", "count": 120, "count_of": "military"}),
    )
    assert found.steps["post"] == ("pack", "clean")
    assert found.headcounts == {"post": (day(5), 120, "military")}
    assert [alert.people for alert in found.alerts] == [1]


def test_who_has_left_is_the_best_of_what_was_reported_and_what_is_on_record():
    reported = (5, "headcount", {"count": 200, "count_of": "uniformed", "counted": "left"})
    found = after(reported)
    assert (found.left_total, found.left_on_record, found.people_remaining) == (200, 0, 795)
    found = after(
        (5, "headcount", {"count": 200, "count_of": "uniformed", "counted": "left"}),
        (6, "departure", {"place": "airport", "count": 30}),
        (3, "departure", {"place": "airport", "count": 10}),
    )
    assert found.left == {"": 40}
    assert found.left_total == 230
    # Those of no named unit were in no account.
    assert found.people_in_mission == 995


def test_on_the_last_of_days_all_is_as_after_the_last_fact():
    leaves = (3, "departure", {"place": "camp", "unit": "battalion", "count": 100})
    assert after(leaves, on=(date.max - CESSATION).days).left_total == 100
    assert after((3, "departure", dict(leaves[2])), on=-900).left_total == 0


def test_two_times():
    late = (3, "last_out", {"place": "post", "told": 10})
    assert after((3, "last_out", {"place": "post", "told": 10}), on=5, known_on=5).last_out == {}
    assert after((3, "last_out", {"place": "post", "told": 10}), on=5, known_on=10).last_out == {"post": day(3)}
    assert after(late, on=5).known_on == day(10)


def test_what_was_put_right_before_a_day_counts_on_it_whatever_is_known_later():
    facts = (
        (2, "arrival", {"place": "camp", "unit": "company"}),
        (3, "departure", {"place": "base", "to": "post", "unit": "company", "count": 1, "told": 10}),
        (5, "last_out", {"place": "camp"}),
    )
    found = after(*[(number, kind, dict(values)) for number, kind, values in facts], on=6, known_on=6)
    assert found.people["company"] == {"": 120}
    found = after(*[(number, kind, dict(values)) for number, kind, values in facts], on=6)
    assert found.people["company"] == {"": 119}
    assert found.on_the_way[0].count == 1
