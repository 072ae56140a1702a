"""The five measures of the small plan, worked out by hand."""

import pytest

from drawdown.mission import tables as t
from drawdown.plan.measures import Share, measure_plan, rates
from kit.lawful import alter, day, disposal, move, remove
from kit.missions import add, change

# Day numbers on which the post, the camp and the base are left: they are open on that many mornings.
POST, CAMP, BASE = 18, 38, 199


@pytest.fixture(scope="module")
def measures(small, lawful):
    return measure_plan(small, lawful)


def test_time(measures):
    assert measures.time.last_out == {"post": day("07-19"), "camp": day("08-08"), "base": day("2026-01-16")}
    assert measures.time.out_by == day("12-15"), "national staff are the last who are not named for liquidation"
    assert measures.time.slack_days == 16
    assert measures.time.closed_by == day("2026-01-16")
    assert measures.time.site_days == POST + CAMP + BASE


def test_slack_is_negative_if_people_or_equipment_are_late(small, lawful):
    tight = change(small, "mission", "small", deadline=day("12-01"))
    assert measure_plan(tight, lawful).time.slack_days == -14


def test_out_by_waits_for_the_last_item_at_a_site_that_is_not_named_for_liquidation(small, lawful):
    late = alter(lawful, "disposals", disposal(lawful, "camp_water"), day=day("12-20"))
    assert measure_plan(small, late).time.out_by == day("12-20")


def test_risk_on_the_road_is_vehicle_kilometres_times_the_rate(measures):
    vehicle_km = (6 + 12) * 170 + (36 + 16 + 22) * 640
    assert measures.risk.road_attacks == pytest.approx(vehicle_km * 6 / 90_000)
    assert measures.risk.road_casualties == pytest.approx(vehicle_km * 6 / 90_000 * 0.8)


def test_risk_on_site_is_site_days_times_the_rate(measures):
    assert measures.risk.site_attacks == pytest.approx((POST + CAMP) * 3 / 700), "the base is calm"
    assert measures.risk.site_casualties == pytest.approx((POST + CAMP) * 3 / 700 * 0.5)
    assert measures.risk.casualties == measures.risk.road_casualties + measures.risk.site_casualties


def test_rates_pool_the_periods_of_a_kind_add_the_kinds_and_count_only_attacks_as_attacks(small):
    more = add(small, "hazards", "north_ied", id="later", events=2, exposure=10_000, casualties=1.2)
    more = add(more, "hazards", "north_ied", id="ambush", kind="armed_attack", events=1, exposure=50_000, casualties=2)
    more = add(more, "hazards", "north_ied", id="crash", kind="accident", events=10, exposure=50_000, casualties=0.1)
    attacks, casualties = rates(more)["north_road", "vehicle_km"]
    assert attacks == pytest.approx((6 + 2) / 100_000 + 1 / 50_000)
    assert casualties == pytest.approx((6 * 0.8 + 2 * 1.2) / 100_000 + 2 / 50_000 + 10 * 0.1 / 50_000)


def test_convoy_kilometres_count_a_convoy_once(small, lawful):
    hazard = {
        "hazard_class": "north_road",
        "exposure_unit": "convoy_km",
        "events": 1,
        "exposure": 1_000,
        "casualties": 0,
    }
    more = add(small, "hazards", "north_ied", id="by_convoy", **hazard)
    extra = measure_plan(more, lawful).risk.road_attacks - measure_plan(small, lawful).risk.road_attacks
    assert extra == pytest.approx((2 * 170 + 3 * 640) / 1_000)


def test_equipment(measures):
    assert measures.equipment.shares == {
        "destroy": Share(1, 0.5, 15_000),
        "hand_over": Share(2 + 4, 2 + 4, 2 * 80_000 + 4 * 120_000),
        "repatriate": Share(
            6 + 8 + 1 + 4 + 20 + 30 + 5 + 25 + 30,
            6 * 1.5 + 8 + 0.5 + 4 + 40 + 30 + 10 + 25 * 0.8 + 30,
            6 * 200_000 + 38 * 20_000 + 15_000 + 4 * 500_000 + 20 * 60_000 + 5 * 150_000 + 25 * 12_000 + 30 * 25_000,
        ),
        "scrap": Share(30, 30, 30 * 25_000),
    }
    assert measures.equipment.lost_usd == 15_000


def test_what_nobody_accounts_for_is_lost(small, lawful):
    left = remove(lawful, "moves", [move(lawful, "port-2")])
    assert measure_plan(small, left).equipment.lost_usd == 15_000 + 20 * 60_000


def test_equipment_that_may_not_go_home_is_redeployed(small, lawful):
    elsewhere = change(small, "equipment", "base_cars", dispositions=("redeploy", "scrap"))
    assert measure_plan(elsewhere, lawful).equipment.shares["redeploy"] == Share(25, 25 * 0.8, 25 * 12_000)


def test_protection_counts_civilians_on_each_evening_that_a_capable_force_is_near(measures):
    """The authority lasts to 30 September (day 91). On 12 July (day 11) 84 of the company are left, then 52."""
    assert measures.protection.possible == 8_000 * 91
    assert measures.protection.covered == 8_000 * 11


def test_a_town_is_covered_once_however_many_sites_are_near(small, lawful):
    near = change(small, "sites", "camp", protection_radius_km=200)
    assert measure_plan(near, lawful).protection.covered == 8_000 * 36, "140 of the battalion are left on 6 August"


def test_a_town_far_from_every_site_does_not_count(small, lawful):
    far = t.Settlement(id="far", name="Far", lat=20, lon=0, population=1_000_000)
    more = small.model_copy(update={"settlements": (*small.settlements, far)})
    assert measure_plan(more, lawful).protection == measure_plan(small, lawful).protection


def test_cost_of_lift(measures):
    trucks, hauliers, buses = 2 * (12 * 170 + 48 * 640), 3 * 110 * 1390, 27 * 18
    helicopters, aeroplane = 8 * 9_000 / 2, 9 * 20_000 / 2  # two sorties a day
    assert measures.cost.lift_usd == trucks + hauliers + buses + helicopters + aeroplane


def test_a_sortie_flies_back_empty_a_lorry_is_paid_by_the_day_on_the_road(small, lawful):
    base = measure_plan(small, lawful).cost.lift_usd
    by_km = change(small, "lift", "aeroplane", usd_per_km=1)
    by_day = change(small, "lift", "trucks", usd_per_day=100)
    assert measure_plan(by_km, lawful).cost.lift_usd - base == 2 * (8 * 480 + 475)
    assert measure_plan(by_day, lawful).cost.lift_usd - base == 100 * (6 * 3 + 6 * 3 + 16 * 4 * 3)


def test_cost_of_sites_and_people(measures):
    assert measures.cost.sites_usd == POST * 2_000 + CAMP * 10_000 + BASE * 20_000
    gone = {  # people who leave the mission by the number of the day
        20: 120, 35: 30 + 60, 36: 140, 37: 70, 38: 70, 41: 100 + 20 + 35, 106: 35 + 90 + 60, 167: 60, BASE: 105,
    }  # fmt: skip
    assert measures.cost.people_usd == 90 * sum(number * people for number, people in gone.items())
    assert measures.cost.usd == measures.cost.lift_usd + measures.cost.sites_usd + measures.cost.people_usd


def test_the_objective_is_the_weighted_sum(small, measures):
    assert measures.terms(small.course["balanced"]) == {
        "time": 20_000 * 255,
        "risk": pytest.approx(1_000_000 * measures.risk.casualties),
        "equipment": 15_000,
        "protection": 0.5 * 8_000 * (91 - 11),
        "cost": measures.cost.usd,
    }
    assert measures.objective(small.course["fast"]) == sum(measures.terms(small.course["fast"]).values())
