"""With all chance switched off a future is the plan itself, in every event and every figure.

And where chance only delays, what a future did can be written down as a plan again: the verifier, which knows nothing
of futures, finds no rule broken but those that `docs/futures.md` says a future does not keep.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from drawdown.desk import open_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.replay import replay
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.optimise import Effort, optimise
from drawdown.stress.compile import compile_script
from drawdown.stress.compiling.facts import EVER
from drawdown.stress.script import NO_CHANCE, Chance, Event
from kit.random_missions import random_mission
from kit.told_future import ToldFuture

ASK = 1

#: Chances that only delay: nothing is lost, found or drawn anew.
DELAYS = Chance.PACE | Chance.LATENESS | Chance.REFUSALS | Chance.BLOCKS | Chance.LIFT | Chance.CLOSINGS


@cache
def planned(name):
    mission = random_mission(name) if isinstance(name, int) else open_mission(name)
    return mission, plan_simply(mission)


def assert_plan_itself(mission, plan):
    script = compile_script(mission, plan)
    told = ToldFuture(script, 1, 0, NO_CHANCE)
    moves = {move.id: move for move in plan.moves}
    gone, come, started = (told.days(event) for event in (Event.DEPARTED, Event.ARRIVED, Event.STARTED))
    assert {script.acts[n].name: day for n, day in gone.items()} == {i: mission.day(m.depart) for i, m in moves.items()}
    assert {script.acts[n].name: day for n, day in come.items()} == {i: mission.day(m.arrive) for i, m in moves.items()}
    assert {script.runs[n].name: day for n, day in started.items()} == {
        f"{run.site}/{run.step}": mission.day(run.start) for run in plan.steps
    }
    names = [site.name for site in script.sites]
    assert {names[n]: day for n, day in told.days(Event.LAST_OUT).items()} == {
        closure.site: mission.day(closure.last_out) for closure in plan.closures
    }
    assert {names[n]: day for n, day in told.days(Event.HANDED_OVER).items()} == {
        closure.site: mission.day(closure.handover) for closure in plan.closures if closure.handover
    }
    chance = (Event.FLEW_INSTEAD, Event.GAVE_UP, Event.CANCELLED, Event.ATTACKED, Event.HURT, Event.VEHICLES_LOST,
              Event.RESUPPLIED, Event.BLOCKED, Event.SHUT)  # fmt: skip
    assert not [event for event in chance if told.rows[event]]
    block, measures = told.block, measure_plan(mission, plan)
    assert block.remaining[0].tolist() == replay(mission, plan).people_remaining.tolist()
    assert block.out_by[0] == mission.day(measures.time.out_by)
    assert block.cost_usd[0] == pytest.approx(measures.cost.usd)
    assert block.uncovered[0] == measures.protection.possible - measures.protection.covered
    assert not block.delay_days.any()
    return block


@pytest.mark.parametrize("name", ["tiny", "minusma", *range(60)])
def test_a_lawful_plan_is_played_as_it_is(name):
    mission, (plan, unmet) = planned(name)
    if unmet:
        pytest.skip("no lawful plan was found")
    block = assert_plan_itself(mission, plan)
    # What such a plan leaves at a site that is closed, its disposals name; nothing else is lost.
    assert not block.lost_items.any()


@pytest.mark.nightly
def test_an_optimised_plan_is_played_as_it_is():
    mission = open_mission("minusma")
    assert_plan_itself(mission, optimise(mission, effort=Effort(seconds=20)).plan)


def as_plan(mission, plan, told):
    """What a future did, as a plan; None if something had not happened by its end."""
    script, sites = told.script, told.script.sites
    acts = {act.name: n for n, act in enumerate(script.acts)}
    runs = {run.name: n for n, run in enumerate(script.runs)}
    gone = {**told.days(Event.DEPARTED), **told.days(Event.DISPOSED), **told.days(Event.SEPARATED)}
    come, started = told.days(Event.ARRIVED), told.days(Event.STARTED)
    left = {sites[n].name: day for n, day in told.days(Event.LAST_OUT).items()}
    over = {sites[n].name: day for n, day in told.days(Event.HANDED_OVER).items()}
    moves = [acts[move.id] for move in plan.moves]
    if len(gone) < len(acts) or any(n not in come for n in moves) or len(started) < len(runs) or len(left) < len(sites):
        return None

    def date(day):
        return mission.date(int(day))

    def asked(n):
        """Where the plan had nobody to ask, the day that futures take for it if somebody has to be asked now."""
        act = script.acts[n]
        due = any(script.classes[c].state[gone[n]] == ASK for c in act.way.classes)
        return date(max(act.asked, 0)) if due else None

    def ended(row, thing):
        return row.model_copy(update={"day": date(gone[acts[f"{thing}@{row.place}:{row.day}"]])})

    def handed(row):
        return (
            ended(row, row.lot)
            if row.disposition != "hand_over"
            else row.model_copy(update={"day": date(over[row.place])})
        )

    return plan.model_copy(
        update={
            "moves": tuple(
                m.model_copy(
                    update={
                        "depart": date(gone[acts[m.id]]),
                        "arrive": date(come[acts[m.id]]),
                        "clearance_asked": m.clearance_asked or asked(acts[m.id]),
                    }
                )
                for m in plan.moves
            ),
            "disposals": tuple(handed(row) for row in plan.disposals),
            "separations": tuple(ended(row, row.unit) for row in plan.separations),
            "steps": tuple(
                row.model_copy(
                    update={
                        "start": date(started[runs[f"{row.site}/{row.step}"]]),
                        "end": date(started[runs[f"{row.site}/{row.step}"]] + (row.end - row.start).days),
                    }
                )
                for row in plan.steps
            ),
            "closures": tuple(
                row.model_copy(
                    update={
                        "last_out": date(left[row.site]),
                        "handover": date(over[row.site]) if row.site in over else None,
                    }
                )
                for row in plan.closures
            ),
        }
    )


def patient(script):
    """A script whose moves neither give up their loads nor look for another way: all that is planned is moved."""
    acts = tuple(replace(act, give_up=EVER, alternative=None) for act in script.acts)
    return replace(script, acts=acts)


#: Rules that chance itself breaks: convoys are faster or slower than the plan may count on, and so meet on legs that
#: they come to later; on some days more aircraft fly than it may count on.
BY_CHANCE = {"travel_time", "headway", "sorties"}

#: Rules that a future that runs late breaks, as `docs/futures.md` says under "What is counted".
BY_LATENESS = {
    "yard", "life_support", "authority", "authority_to_stay", "escort", "lift_in_service", "unit_dates",
    "deadline_people", "deadline_equipment", "liquidation_end",
}  # fmt: skip

#: Rules that a future does not look after where what the plan does on one day comes apart: a step from its site's last
#: people, a rear party from its equipment, two sites that share aircraft, a unit's people from its escorts.
COME_APART = {"handover_near_last_out", "rear_party", "casevac", "detachments_in_strength"}


@pytest.mark.parametrize("name", ["tiny", "minusma", *range(12)])
def test_the_verifier_finds_no_other_rule_broken_in_a_future(name):
    mission, (plan, unmet) = planned(name)
    script = patient(compile_script(mission, plan))
    for future in range(3):
        bent = as_plan(mission, plan, ToldFuture(script, 3, future, DELAYS))
        if bent is not None and not unmet:
            broken = {row.rule for row in verify_plan(mission, bent)}
            assert broken <= BY_CHANCE | BY_LATENESS | COME_APART
