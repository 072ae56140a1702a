"""How much a plan differs from another, and what that costs."""

from datetime import timedelta

from drawdown.plan.changes import WEIGHTS, ChangeWeights, change_cost, count_changes
from kit.lawful import alter, changed, day, disposal, insert, lawful_plan, move, remove, step

DAY = timedelta(days=1)


def test_equal_plans_differ_by_nothing_whatever_their_moves_are_called(small, lawful):
    renamed = tuple(changed(row, id=f"m{number}") for number, row in enumerate(lawful.moves))
    other = lawful_plan(small, moves=renamed[::-1], name="By machine")
    assert count_changes(small, lawful, other).none
    assert change_cost(small, lawful, other) == 0


def test_every_kind_of_change_is_counted(small, lawful):
    flight, convoy = move(lawful, "post-last"), move(lawful, "camp-convoy-2")
    plan = alter(lawful, "moves", flight, depart=day("07-20"), arrive=day("07-20"))
    plan = alter(plan, "moves", convoy, lots={"plant": 5})
    plan = alter(plan, "moves", move(plan, "port-2"), lift={"hauliers": 21})
    plan = remove(plan, "moves", [move(plan, "bus-2")])
    plan = insert(
        plan, "moves", changed(flight, id="extra", origin="camp", destination="base", legs=("camp_base_air",))
    )
    plan = alter(plan, "closures", plan.closure["post"], last_out=day("07-22"))
    plan = alter(plan, "disposals", disposal(plan, "base_stores"), disposition="sell")
    plan = alter(plan, "steps", step(plan, "camp", "hand"), start=day("08-09"), end=day("08-09"))
    found = count_changes(small, lawful, plan)
    assert (found.moves_dated, found.moves_reloaded, found.moves_altered) == (1, 1, 1)
    assert (found.moves_dropped, found.moves_new) == (1, 1)
    assert (found.last_out_days, found.items_ended, found.steps_dated) == (3, 30, 1)
    assert change_cost(small, lawful, plan) == (
        WEIGHTS.moves_dated + WEIGHTS.moves_reloaded + WEIGHTS.moves_altered + WEIGHTS.moves_dropped
        + WEIGHTS.moves_new + 3 * WEIGHTS.last_out_days + 30 * WEIGHTS.items_ended + WEIGHTS.steps_dated
    )  # fmt: skip


def test_weights_are_the_callers(small, lawful):
    plan = alter(lawful, "closures", lawful.closure["post"], last_out=day("07-29"))
    assert change_cost(small, lawful, plan, ChangeWeights(last_out_days=1)) == 10


def test_a_site_that_is_no_longer_closed_counts_to_the_end(small, lawful):
    plan = remove(lawful, "closures", [lawful.closure["post"]])
    assert count_changes(small, lawful, plan).last_out_days == (small.mission.liquidation_end - day("07-19")).days
