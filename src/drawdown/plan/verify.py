"""Verify a plan: the second opinion on every plan, whoever made it. No solver is imported here."""

from __future__ import annotations

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, replay
from drawdown.plan.rules import accounts, closing, deadlines, disposal, mandate, movement, people, sites, windows
from drawdown.plan.rules import understood as reading
from drawdown.plan.rules.rule import Broken, Rule

__all__ = ["RULES", "RULE_MODULES", "Broken", "Rule", "verify_plan"]

#: The modules of the rules, in the order in which a planner reads them.
RULE_MODULES = (reading, accounts, movement, windows, sites, closing, disposal, people, mandate, deadlines)

#: Every rule by its name, in that order.
RULES = {rule.name: rule for module in RULE_MODULES for rule in vars(module).values() if isinstance(rule, Rule)}


def verify_plan(mission: Mission, plan: Plan) -> tuple[Broken, ...]:
    """Every rule that a plan breaks, with the action, the place, the days and a sentence.

    Actions that name things the mission does not have, or days outside it, break the rule ``understood``; the
    other rules judge the plan without them. An empty result means that the plan is lawful.
    """
    written, judged = Replay(mission, plan), replay(mission, reading.understandable(mission, plan))
    return tuple(
        broken for rule in RULES.values() for broken in rule.check(written if rule is reading.understood else judged)
    )
