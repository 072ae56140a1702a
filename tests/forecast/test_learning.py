"""What the record teaches: each rate by hand, and nothing where nothing was seen."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from scipy import stats

from drawdown.forecast.beliefs import believed_rate, believed_share
from drawdown.forecast.learning import learn
from drawdown.mission.tables import Actual
from kit.missions import add, change, faults_in, row_of, small_mission

SINCE = date(2025, 7, 1)
ON = SINCE + timedelta(days=100)
_numbers = count()


def fact(day, kind, recorded=None, **values):
    """A fact of so many days after cessation, recorded on its day if not said otherwise."""
    happened = SINCE + timedelta(days=day)
    row = {"id": f"fact-{next(_numbers)}", "happened": happened, "kind": kind, **values}
    return SINCE + timedelta(days=day if recorded is None else recorded), Actual.model_validate(row)


def lessons(*facts, mission=None, on=ON):
    return learn(mission or small_mission(), facts, SINCE, on)


def clearance(found, name="north_road_ask"):
    return row_of(found.mission, "clearances", name)


def test_nothing_seen_is_nothing_changed():
    mission = small_mission(mission={"pace_spread": 1})
    seen = [fact(10, "headcount", place="camp", count=40, count_of="people"), fact(12, "last_out", place="post")]
    for facts in ([], seen):
        found = lessons(*facts, mission=mission)
        assert found.mission is mission
        assert (found.learnt, found.skipped) == ((), ())


def test_only_what_was_recorded_by_the_day_is_known():
    late = fact(20, "clearance_refused", recorded=150, clearance_class="north_road", count=9)
    in_time = fact(20, "clearance_granted", recorded=30, clearance_class="north_road", count=3)
    by_clock = (datetime(2025, 7, 30, 18, 0), fact(25, "clearance_granted", clearance_class="north_road")[1])  # noqa: DTZ001 - UTC, as the ledger gives it
    before = fact(-5, "clearance_refused", recorded=1, clearance_class="north_road")
    assert lessons(late, in_time, by_clock, before).learnt[0].seen == "0 of 4 requests refused"


# Requests


def test_answers_are_added_to_the_counts_of_their_class():
    mission = change(small_mission(), "clearances", "north_road_ask", asked=40, refused=4)
    found = lessons(
        fact(10, "clearance_refused", clearance_class="north_road", count=5, count_of="requests"),
        fact(11, "clearance_granted", leg="post_camp", count=7, count_of="requests"),
        mission=mission,
    )
    row = clearance(found)
    assert (row.asked, row.refused, row.refusal) == (52, 9, pytest.approx(9 / 52))
    told = found.learnt[0]
    assert (told.what, told.where, told.seen) == ("refusals", "North", "5 of 12 requests refused")
    assert told.before[1] == pytest.approx(4.5 / 41)
    assert told.after[1] == pytest.approx(9.5 / 53)
    assert told.after[0] == pytest.approx(stats.beta(9.5, 43.5).ppf(0.05), rel=1e-3)


def test_a_judged_chance_is_worth_ten_requests_or_so():
    mission = change(small_mission(), "clearances", "north_road_ask", refusal=0.3)
    found = lessons(fact(9, "clearance_granted", clearance_class="north_road", count=10), mission=mission)
    assert found.learnt[0].before[1] == pytest.approx(0.3, abs=0.01)
    row = clearance(found)
    assert (row.asked, row.refused) == (21, 3)
    assert "judgement worth 11 requests" in found.learnt[0].why


@pytest.mark.parametrize("judged", [0.02, 0.05, 0.15, 0.5, 0.9, 1.0])
def test_a_judged_chance_keeps_its_mean(judged):
    mission = change(small_mission(), "clearances", "north_road_ask", refusal=judged)
    told = lessons(fact(9, "clearance_granted", clearance_class="north_road"), mission=mission).learnt[0]
    assert told.before[1] == pytest.approx(judged, abs=0.05)


def test_requests_that_were_neither_refused_nor_left_open_were_granted():
    asked = fact(5, "clearance_asked", clearance_class="flights", count=20)
    refused = fact(6, "clearance_refused", clearance_class="flights", count=8)
    unanswered = fact(7, "clearance_unanswered", clearance_class="flights", count=2)
    assert lessons(asked, refused, unanswered).learnt[0].seen == "8 of 18 requests refused"


def test_refusals_alone_tell_no_share():
    found = lessons(fact(6, "clearance_refused", clearance_class="flights", count=8))
    assert found.learnt == ()
    assert found.skipped == ("refusals without the number of requests of `flights`: 8",)


def test_a_spell_that_the_mission_has_counted_itself_is_not_counted_again():
    spell = {"from_date": SINCE + timedelta(days=20), "to_date": SINCE + timedelta(days=22), "asked": 20, "refused": 18}
    mission = add(small_mission(), "clearances", "flights_ask", id="spell", **spell)
    inside = [fact(21, "clearance_refused", clearance_class="flights", count=18),
              fact(21, "clearance_granted", clearance_class="flights", count=2)]  # fmt: skip
    found = lessons(*inside, fact(50, "clearance_granted", clearance_class="flights", count=6), mission=mission)
    assert found.learnt[0].seen == "0 of 6 requests refused"
    assert clearance(found, "spell") == row_of(mission, "clearances", "spell")
    assert found.skipped == ("answers to requests that the mission's tables have counted already: 2",)


# Blocks


def test_blocks_and_the_days_without_are_counted_on():
    mission = change(small_mission(), "clearances", "north_road_ask", blocks=1, blocks_over_days=900, block_days=30)
    blocked = fact(40, "clearance_blocked", leg="post_camp", until=SINCE + timedelta(days=49))
    found = lessons(blocked, mission=mission)
    row = clearance(found)
    assert (row.blocks, row.blocks_over_days, row.block_days) == (2, 1000, 20)
    told = found.learnt[0]
    assert told.after[1] == pytest.approx(2.5 / 1000 * 91)
    assert told.after[2] == pytest.approx(stats.gamma(2.5).ppf(0.95) / 1000 * 91, rel=1e-3)
    assert "1 in 100 days" in told.seen


def test_quiet_days_count_for_a_class_of_which_the_record_speaks():
    mission = change(small_mission(), "clearances", "north_road_ask", blocks=1, blocks_over_days=900, block_days=30)
    found = lessons(fact(9, "clearance_granted", clearance_class="north_road"), mission=mission)
    assert (clearance(found).blocks, clearance(found).blocks_over_days) == (1, 1000)
    silent = lessons(fact(9, "clearance_granted", clearance_class="flights"), mission=mission)
    assert clearance(silent) == row_of(mission, "clearances", "north_road_ask")


def test_reports_of_one_block_are_one_block_and_one_that_holds_has_not_ended():
    reports = [
        fact(40, "clearance_blocked", leg="post_camp", until=SINCE + timedelta(days=49)),
        fact(45, "clearance_blocked", clearance_class="north_road", until=SINCE + timedelta(days=54)),
        fact(91, "clearance_blocked", clearance_class="north_road", until=SINCE + timedelta(days=300)),
    ]
    row = clearance(lessons(*reports))
    assert (row.blocks, row.blocks_over_days) == (2, 100)
    assert row.block_days == 15 + 10  # 25 days of blocks, of which one has ended
    assert lessons(fact(40, "clearance_blocked", place="camp")).skipped == (
        "blocks that name no class of clearance, or no single one: 1",
    )


# Hazards


def incident(day, **values):
    return fact(day, "incident", **{"leg": "post_camp", "hazard": "ied", **values})


def convoy(day, move, **values):
    return fact(day, "departure", **{"leg": "post_camp", "move": move, "lift": "trucks", "count": 10, **values})


def test_attacks_and_the_kilometres_driven_are_counted_on():
    found = lessons(incident(20), incident(30, count=2, count_of="events"), convoy(20, "one"), convoy(30, "two"))
    row = found.mission.hazards[-1]
    assert (row.hazard_class, row.kind, row.exposure_unit) == ("north_road", "ied", "vehicle_km")
    assert (row.events, row.exposure) == (3, 170 * 20)
    assert (row.delay_days, row.casualties) == (1, pytest.approx(0.8))  # an event still costs what it was said to
    told = found.learnt[0]
    assert told.before[1] == pytest.approx(6.5 / 90_000 * 10_000)
    assert told.after[1] == pytest.approx(9.5 / 93_400 * 10_000)


def test_quiet_kilometres_are_evidence_where_the_record_tells_of_attacks_at_all():
    seen = lessons(incident(20), convoy(20, "one"), *(convoy(day, f"quiet-{day}") for day in range(30, 60)))
    assert seen.learnt[0].after[1] < seen.learnt[0].before[1]
    assert lessons(*(convoy(day, f"quiet-{day}") for day in range(30, 60))).learnt == ()


def test_a_move_is_driven_once_however_many_facts_it_has():
    mission = change(small_mission(), "hazards", "north_ied", exposure_unit="convoy_km")
    facts = [
        convoy(20, "one"), convoy(20, "one", lift=None, unit="company"),
        fact(22, "arrival", leg="post_camp", move="one"),
        fact(40, "departure", leg="post_camp", unit="company"), fact(41, "arrival", leg="post_camp", unit="company"),
        fact(40, "departure", leg="post_camp", lot="post_stores"), convoy(23, "one", lot="post_stores", lift=None),
    ]  # fmt: skip
    assert lessons(incident(20), *facts, mission=mission).mission.hazards[-1].exposure == 2 * 170


def test_casualties_reported_beside_an_event_are_its_own():
    facts = [incident(20, count=2, count_of="events"), incident(20, count=7, count_of="wounded"),
             incident(33, count=1, count_of="killed"), convoy(20, "one"), convoy(33, "two")]  # fmt: skip
    row = lessons(*facts).mission.hazards[-1]
    assert (row.events, row.casualties) == (3, pytest.approx(8 / 3))


def test_sites_are_exposed_until_they_are_left():
    fire = fact(10, "incident", place="camp", hazard="indirect_fire")
    found = lessons(fire, fact(60, "last_out", place="post"))
    rows = {row.hazard_class: row for row in found.mission.hazards[-2:]}
    assert (rows["risky"].events, rows["risky"].exposure) == (1, 100 + 60)
    assert (rows["calm"].events, rows["calm"].exposure) == (0, 100)


def test_a_hazard_that_the_mission_does_not_know_needs_a_whole_unit_of_exposure():
    attack = incident(20, hazard="armed_attack")
    few, many = ([convoy(day, f"move-{day}") for day in range(30, 30 + n)] for n in (3, 60))
    mission = change(small_mission(), "hazards", "north_ied", exposure_unit="convoy_km")
    found = lessons(attack, *few, mission=mission)
    assert found.mission.hazards == mission.hazards
    assert found.skipped == ("incidents new to their class, on less than 1,000 convoy-km: 1",)
    learnt = lessons(attack, *many, mission=mission).learnt[0]
    assert (learnt.before, learnt.after[1]) == ((0, 0, 0), pytest.approx(1.5 / 60 / 170 * 1000))


def test_incidents_that_lack_what_is_needed_are_skipped_and_counted():
    found = lessons(
        incident(5, hazard=None),
        incident(6, hazard=None),
        fact(7, "incident", hazard="ied"),
        incident(8),
        mission=change(small_mission(), "hazards", "north_ied", exposure_unit="convoy_km"),
    )
    assert found.learnt == ()
    assert set(found.skipped) == {
        "incidents that do not say of what kind: 2",
        "incidents that name no leg and no site with a class of hazards: 1",
        "incidents without any convoy-km on record: 1",
    }


def test_days_that_a_documented_row_has_counted_are_not_counted_again():
    counted = {"from_date": SINCE, "to_date": SINCE + timedelta(days=50), "source": "briefing"}
    mission = add(small_mission(), "hazards", "north_ied", id="report", events=1, exposure=1700, **counted)
    judged = {**counted, "to_date": ON, "source": None}
    mission = add(mission, "hazards", "north_ied", id="judged", events=1, exposure=1700, **judged)
    found = lessons(incident(20), incident(70), convoy(20, "one"), convoy(70, "two"), mission=mission)
    assert (found.mission.hazards[-1].events, found.mission.hazards[-1].exposure) == (1, 1700)
    assert found.skipped == ("incidents that the mission's tables have counted already: 1",)


# Pace


def trip(start, end, leg="post_camp", **values):
    values = {"leg": leg, "move": f"{leg}-{start}", **values}
    return [fact(start, "departure", **values), fact(end, "arrival", **values)]


def moved_pace(*trips, **header):
    mission = small_mission(mission={"pace": 0.5, "pace_spread": 1.0, "pace_shared": 0.5, **header})
    return lessons(*(x for pair in trips for x in pair), mission=mission, on=SINCE + timedelta(days=150))


def test_a_slow_trip_slows_the_pace():
    found = moved_pace(trip(100, 102))  # out of the rains: 2.5 days, of which 1 is nominal and 3 contested
    expected = 0.5 * stats.logistic.ppf(0.75)  # the mission's figure and one trip weigh the same
    assert found.mission.mission.pace == pytest.approx(stats.logistic.cdf(expected))
    assert found.learnt[0].before == pytest.approx([stats.logistic.cdf(x * 1.6449) for x in (-1, 0, 1)], abs=1e-4)
    assert found.learnt[0].after[0] > found.learnt[0].before[0]
    assert "trips on record: 1, classes of roads: 1" in found.learnt[0].seen


def test_trips_on_one_class_of_roads_share_half_of_their_luck():
    found = moved_pace(*(trip(day, day + 2) for day in range(80, 120, 4)))
    mean = stats.logistic.ppf(0.75) * (1 / (0.5 + 0.05)) / (1 + 1 / (0.5 + 0.05))
    assert found.mission.mission.pace == pytest.approx(stats.logistic.cdf(mean))


def test_the_season_explains_some_of_the_days():
    rains, dry = moved_pace(trip(20, 22)), moved_pace(trip(100, 102))
    assert rains.mission.mission.pace < dry.mission.mission.pace


def test_a_trip_by_move_takes_the_quickest_road_between_its_ends():
    facts = [fact(100, "departure", move="m", place="post"), fact(105, "arrival", move="m", place="base")]
    found = moved_pace(facts)
    assert "mean pace 0.38" in found.learnt[0].seen  # 5.5 days between 4 and 8


def test_without_spread_or_without_contested_days_no_pace_is_learnt():
    assert moved_pace(trip(100, 102), pace_spread=0).learnt == ()
    assert moved_pace(trip(100, 109, leg="base_port")).learnt == ()
    assert moved_pace([fact(100, "arrival", leg="post_camp", move="m")]).learnt == ()


# Beliefs


@pytest.mark.parametrize(("times", "of"), [(0, 0), (0, 5), (3, 11), (245, 704), (1, 4000), (7, 7)])
def test_beliefs_of_shares_are_those_of_scipy(times, of):
    law = stats.beta(times + 0.5, of - times + 0.5)
    assert believed_share(times, of) == pytest.approx([law.ppf(0.05), law.mean(), law.ppf(0.95)], rel=2e-3)


@pytest.mark.parametrize(("events", "exposure"), [(0, 10), (1, 914), (58, 196_800), (10_000, 3)])
def test_beliefs_of_rates_are_those_of_scipy(events, exposure):
    law = stats.gamma(events + 0.5, scale=100 / exposure)
    assert believed_rate(events, exposure, 100) == pytest.approx([law.ppf(0.05), law.mean(), law.ppf(0.95)], rel=2e-3)


def test_what_was_learnt_is_an_ordinary_mission():
    mission = small_mission(mission={"pace_spread": 1})
    facts = [incident(20), convoy(20, "one"), *trip(70, 72), fact(40, "clearance_blocked", leg="post_camp"),
             fact(41, "clearance_granted", clearance_class="north_road", count=9)]  # fmt: skip
    found = lessons(*facts, mission=mission)
    assert [told.what for told in found.learnt] == ["refusals", "blanket blocks", "IEDs", "pace of convoys"]
    assert found.mission.hash != mission.hash
    assert set(faults_in(found.mission, "fault")) <= set(faults_in(mission, "fault"))
