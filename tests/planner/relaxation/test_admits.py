"""The relaxation admits every lawful plan, at no more than its cost: so no lawful plan costs less than the bound.

Each plan becomes a point of the relaxation that has to keep every row. That is a sharper question than whether the
bound is below the plan's cost: a row that forbids something lawful is named, however loose the bound is.
"""

import pytest

from drawdown.mission import tables as t
from drawdown.mission.checks import check_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Disposal, StepRun
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.relaxation.bound import lower_bound, relax
from kit.brute_force import best_plan
from kit.five_lines import BASE, GUARDS, LORRY, PORT, ROAD, by_hand, day, five_lines, go, lot
from kit.random_missions import random_mission
from kit.relaxed_point import StrangePlanError, broken_rows, cost, relaxed_point
from kit.tiny_missions import tiny_mission

#: Weights quite unlike those of the random missions: equipment and people weigh more, sites less.
OTHER = t.Course(id="other", name="Other", time=3_000, risk=200_000, equipment=3, protection=2, cost=0.3)

EVERYONE = {"people": {"guards": 4}}


def admitted(mission, plan, **how):
    """Whether a lawful plan is a point of the relaxation, and costs there at most what it costs."""
    assert not verify_plan(mission, plan)
    for course in (mission.courses[0], OTHER):
        model = relax(mission, course, **how)
        point = relaxed_point(model, plan)
        assert broken_rows(model, point) == []
        assert cost(model, point) <= measure_plan(mission, plan).objective(course) * (1 + 1e-9) + 1e-6
    return True


def admits_simple_plan(seed):
    mission = random_mission(seed)
    outcome = plan_simply(mission)
    try:
        return bool(outcome.unmet) or admitted(mission, outcome.plan)
    except StrangePlanError:  # nothing lost: another seed shows another plan
        return True


@pytest.mark.parametrize("seed", range(25))
def test_simple_plans_of_random_missions_are_admitted(seed):
    assert admits_simple_plan(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(25, 300, 25))
def test_simple_plans_of_many_random_missions_are_admitted(first):
    assert all(admits_simple_plan(seed) for seed in range(first, first + 25))


@pytest.mark.parametrize("fine", [None, 0], ids=["by the day", "in long slots"])
@pytest.mark.parametrize("seed", [1, 5, 16, 24, 27, 44, 61, 74, 80, 99])
def test_the_best_plans_of_tiny_missions_are_admitted(seed, fine):
    mission = tiny_mission(seed)
    assert admitted(mission, best_plan(mission), fine=fine)


# ---- what is lawful although one would not think of it ---------------------------------------------------------------


def shown(mission, plan):
    """A mission without faults whose plan is admitted, and costs no less than the bound."""
    assert not [fault for fault in check_mission(mission) if fault.severity == "fault"]
    assert admitted(mission, plan)
    objective = measure_plan(mission, plan).objective(mission.courses[0])
    return lower_bound(mission, mission.courses[0]).value <= objective


#: A border on the way to the port that is not the guards' way home, and has no runway.
BORDER = PORT.model_copy(
    update={"id": "border", "kind": "border", "lat": 13.7, "lon": -5.5, "takes": ("people",), "teu_per_day": 0}
)
HOME = (GUARDS.model_copy(update={"exits": ("port",)}),)

#: A lorry that a plan had better do without, and a bus.
DEAR = LORRY.model_copy(update={"usd_per_km": 100})
BUS = LORRY.model_copy(update={"id": "bus", "kind": "bus", "teu": 0, "tonnes": 0})


def test_a_flight_over_two_legs_is_one_sortie_and_needs_no_runway_on_its_way():
    runway = {"runway_surface": "paved", "runway_m": 2000, "flights_per_day": 4}
    plane = LORRY.model_copy(
        update={"id": "plane", "kind": "aeroplane", "mode": "air", "sorties_per_day": 2, "runway_m": 900, "count": 1}
    )
    legs = (
        t.Leg(id="up", from_place="base", to_place="border", mode="air", km=70, nominal_days=0.1),
        t.Leg(id="down", from_place="border", to_place="port", mode="air", km=70, nominal_days=0.1),
        ROAD,
    )
    mission = five_lines(
        sites=(BASE.model_copy(update=runway),),
        exits=(PORT.model_copy(update=runway), BORDER), units=HOME, legs=legs, lift=(plane, DEAR),
        equipment=(lot("stores"),),
    )  # fmt: skip
    flight = {"mode": "air", "legs": ("up", "down"), "lift": {"plane": 1}}
    with_people = go(1, 1, **flight, **EVERYONE)
    assert shown(mission, by_hand(mission, go(1, 1, **flight, lots={"stores": 1}, id="s"), with_people, out=1))


def test_who_drives_through_an_exit_does_not_leave_there():
    legs = (
        ROAD.model_copy(update={"to_place": "border"}),
        ROAD.model_copy(update={"id": "on", "from_place": "border"}),
    )
    car = lot("car", kind="light_vehicle", self_propelled=True, seats_each=4)
    mission = five_lines(exits=(PORT, BORDER), units=HOME, legs=legs, equipment=(car,), lift=(DEAR,))
    plan = by_hand(mission, go(1, 2, legs=("road", "on"), lift={}, driven={"car": 1}, **EVERYONE), out=1)
    assert shown(mission, plan)


STEPS = (
    t.ClosureStep(id="clean", name="Clean", days=1, moment="before_last_out", max_stock_share=0.0),
    t.ClosureStep(id="certify", name="Certify", days=1, role="environmental_clearance"),
    t.ClosureStep(id="sign", name="Sign over", days=1, after=("certify",), role="handover"),
)
SIGNED = BASE.model_copy(update={"becomes": "civilian_authority"})


def run(step, on):
    return StepRun(site="base", step=step, start=day(on), end=day(on))


def given(on):
    return (Disposal(lot="stores", disposition="hand_over", count=1, place="base", day=day(on)),)


def test_what_contingents_hand_over_needs_no_rear_party_any_more():
    mission = five_lines(
        sites=(SIGNED,), equipment=(lot("stores", dispositions=("hand_over",)),), closure_steps=STEPS[1:],
        lift=(DEAR, BUS), units=(GUARDS.model_copy(update={"rear_party": 2}),),
    )  # fmt: skip
    steps = (run("certify", 1), run("sign", 2))
    plan = by_hand(mission, go(3, 3, lift={"bus": 1}, **EVERYONE), out=3, handover=2, steps=steps, disposals=given(2))
    assert shown(mission, plan)


def test_a_site_may_be_cleaned_up_after_its_handover_if_no_step_says_otherwise():
    stores = lot("stores", dispositions=("hand_over",))
    mission = five_lines(sites=(SIGNED,), equipment=(stores,), closure_steps=STEPS, lift=(DEAR, BUS))
    steps = (run("certify", 1), run("sign", 2), run("clean", 3))
    assert shown(
        mission,
        by_hand(mission, go(3, 3, lift={"bus": 1}, **EVERYONE), out=3, handover=2, steps=steps, disposals=given(2)),
    )


@pytest.mark.parametrize("mode", ["road", "air"])
def test_a_clearance_binds_only_its_own_mode_and_only_where_none_stands_open(mode):
    rows = (
        {"id": "ask", "mode": mode, "state": "ask", "lead_days": 9},
        {"id": "open", "mode": "road", "state": "open"},
    )
    mission = five_lines(
        legs=(ROAD.model_copy(update={"clearance_class": "roads"}),),
        clearances=tuple(
            t.Clearance.model_validate({"clearance_class": "roads", "area": "All", **row}) for row in rows
        ),
    )
    assert shown(mission, by_hand(mission, go(1, 1, **EVERYONE), out=1))


def test_many_small_vehicles_may_carry_many_small_things():
    bikes = LORRY.model_copy(update={"id": "bikes", "teu": 0.05, "count": 40, "seats": 1})
    crates = lot("crates", count=40, teu_each=0.05, tonnes_each=1)
    mission = five_lines(equipment=(crates,), lift=(bikes,))
    assert shown(mission, by_hand(mission, go(1, 1, lift={"bikes": 40}, lots={"crates": 40}, **EVERYONE), out=1))


def test_moves_before_the_day_on_which_a_plan_is_made_are_part_of_it():
    mission = five_lines()
    plan = by_hand(mission, go(1, 1, **EVERYONE), out=1)
    assert admitted(mission, plan, as_of=3)
