"""Verify a plan: the second opinion on every plan, whoever made it. No solver is imported here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.plan.model import Disposal, Move, Plan, StepRun
from drawdown.plan.replay import replay
from drawdown.plan.rules import accounts, closing, deadlines, disposal, mandate, movement, people, sites, windows
from drawdown.plan.rules.rule import RULES, Broken, Rule

__all__ = ["RULES", "Broken", "Rule", "verify_plan"]

#: The modules that register the rules, in the order in which a planner reads them.
RULE_MODULES = (accounts, movement, windows, sites, closing, disposal, people, mandate, deadlines)


def _strangers(mission: Mission, move: Move) -> Iterator[str]:
    known = {
        "place": (mission.place, (move.origin, move.destination)),
        "leg": (mission.leg, move.legs),
        "lift": (mission.lift_by_id, move.lift),
        "unit": (mission.unit, (*move.escorts, *move.people)),
        "lot": (mission.lot, (*move.lots, *move.driven)),
    }
    for noun, (table, names) in known.items():
        yield from (f"the mission has no {noun} `{name}`" for name in names if name not in table)


def _outside(mission: Mission, *when: date) -> Iterator[str]:
    for day in when:
        if not 1 <= mission.day(day) <= mission.days:
            yield f"{day} is not between the day after cessation and the end of liquidation"
    if list(when) != sorted(when):
        yield "it ends before it starts"


def _step_faults(mission: Mission, run: StepRun) -> Iterator[str]:
    if run.site not in mission.site:
        yield f"the mission has no site `{run.site}`"
    if run.step not in mission.step:
        yield f"the mission has no closure step `{run.step}`"


def _disposal_faults(mission: Mission, row: Disposal) -> Iterator[str]:
    if row.lot not in mission.lot:
        yield f"the mission has no lot `{row.lot}`"
    if row.place not in mission.site:
        yield f"the mission has no site `{row.place}`"


def _understood(mission: Mission, plan: Plan) -> tuple[Plan, list[Broken]]:
    """The plan without the actions that name what the mission does not have or lie outside its days."""
    faults: list[Broken] = []

    def sound(action: str, start: date, end: date, problems: Iterator[str]) -> bool:
        texts = [*problems, *_outside(mission, start, end)]
        faults.extend(Broken("understood", action, mission.mission.name, start, end, text) for text in texts)
        return not texts

    moves = tuple(m for m in plan.moves if sound(m.id, m.depart, m.arrive, _strangers(mission, m)))
    disposals = tuple(
        d for d in plan.disposals if sound(f"{d.lot}/{d.disposition}", d.day, d.day, _disposal_faults(mission, d))
    )
    separations = tuple(
        s
        for s in plan.separations
        if sound(
            s.unit,
            s.day,
            s.day,
            (
                text
                for known, name in ((mission.unit, s.unit), (mission.site, s.place))
                if name not in known
                for text in [f"the mission has no `{name}`"]
            ),
        )
    )
    steps = tuple(r for r in plan.steps if sound(f"{r.site}/{r.step}", r.start, r.end, _step_faults(mission, r)))
    closures = tuple(
        c
        for c in plan.closures
        if sound(
            c.site,
            c.last_out,
            c.last_out,
            (f"the mission has no site `{x}`" for x in [c.site] if x not in mission.site),
        )
    )
    update = {"moves": moves, "disposals": disposals, "separations": separations, "steps": steps, "closures": closures}
    return plan.model_copy(update=update), faults


def verify_plan(mission: Mission, plan: Plan) -> tuple[Broken, ...]:
    """Every rule that a plan breaks, with the action, the place, the days and a sentence.

    Actions that name things the mission does not have, or days outside it, break the rule ``understood``; the
    other rules judge the plan without them. An empty result means that the plan is lawful.
    """
    known, faults = _understood(mission, plan)
    result = replay(mission, known)
    for rule in RULES.values():
        faults.extend(rule.check(result))
    return tuple(faults)
