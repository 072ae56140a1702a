"""What lift costs, as the measures have it (USD)."""

from __future__ import annotations

from drawdown.stress.script import Alternative, Kind
from kit.plain_futures.claim import Claim
from kit.plain_futures.world import World


def cost_of_lift(world: World, claim: Claim, arrival: int) -> float:
    """USD, as the measures have it."""
    deed, script = claim.deed, world.script
    assert deed.act.way is not None
    km = sum(world.luck.km(script.legs[p.leg]) for p in deed.act.way.passages)
    if deed.flies:
        return sum(_cost_of_sorties(world, lift, n, km) for lift, n in claim.sorties.items())
    days = arrival - world.day + 1
    lift = [(script.lift[load.store.pile.owner], n) for load, n in claim.takings.items() if load.take.kind == Kind.LIFT]
    return sum(n * (facts.usd_day * days + facts.usd_km * km) for facts, n in lift)


def _cost_of_sorties(world: World, lift: int, sorties: int, km: float) -> float:
    facts = world.script.lift[lift]
    return sorties * (facts.usd_day / max(facts.sorties, 1) + facts.usd_km * 2 * km)


def cost_of_loan(world: World, way_out: Alternative, days: int) -> float:
    """Aircraft as on any flight; road lift there and back, some days each way."""
    script = world.script
    km = sum(world.luck.km(script.legs[p.leg]) for p in way_out.way.passages)
    if way_out.way.air:
        return _cost_of_sorties(world, way_out.lift, way_out.sorties, km)
    facts = script.lift[way_out.lift]
    return way_out.vehicles * 2 * (facts.usd_day * days + facts.usd_km * km)
