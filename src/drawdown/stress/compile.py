"""Take a mission and a plan apart into a script that futures can play."""

from __future__ import annotations

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.stress.compiling import facts
from drawdown.stress.compiling.acts import acts, runs
from drawdown.stress.compiling.index import Index
from drawdown.stress.compiling.order import Ordered
from drawdown.stress.compiling.piles import Piles
from drawdown.stress.compiling.sites import sites
from drawdown.stress.script import Script


def compile_script(mission: Mission, plan: Plan) -> Script:
    """The script of a plan that `verify_plan` finds lawful.

    A plan that breaks rules can be played too, but what it plans against the rules may never happen: a future keeps
    the rules that `docs/futures.md` lists.
    """
    index = Index(mission, plan)
    order, piles, header = Ordered(index), Piles(index), mission.mission
    every = acts(index, order, piles)
    all_piles, takes = piles.finished(order.days)
    return Script(
        mission_hash=mission.hash,
        plan_hash=plan.hash,
        days=mission.days,
        deadline=mission.day(header.deadline),
        pace=header.pace,
        pace_spread=header.pace_spread,
        pace_shared=header.pace_shared,
        turn_in_spread=header.turn_in_spread,
        supply_days=header.supply_days,
        person_day_usd=header.person_day_usd,
        capable_force=header.capable_force,
        piles=all_piles,
        takes=takes,
        acts=every,
        runs=runs(index, order),
        sites=sites(index, piles),
        lots=facts.lots(index),
        legs=facts.legs(index),
        classes=facts.classes(index),
        processes=facts.processes(index),
        hazards=facts.hazards(index),
        lift=facts.lift(index),
        fields=tuple(mission.place[i].flights_per_day for i in index.field),
        exits=facts.exits(index),
        crews=tuple(row.count for row in mission.crews),
        units=tuple((u.id, u.strength, u.armed, "medical" in u.enables, u.rear_party + u.stays) for u in mission.units),
        towns=facts.towns(index),
        protecting=facts.protecting(index),
    )
