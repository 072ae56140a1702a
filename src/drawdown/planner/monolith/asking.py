"""What the rules say of one action alone: they are asked, not written down a second time.

A rule that looks at one move or one disposal by itself (its route, its days, what may go where) is kept by leaving
out of the model every action that it refuses. The rules that look at several actions together are constraint families.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.plan.model import Disposal, Move, Plan, StepRun
from drawdown.plan.replay import Replay
from drawdown.plan.rules import disposal, mandate, movement, windows
from drawdown.plan.rules.rule import Broken, Rule

#: Rules of a route and its days, asked of a move with nothing in it.
OF_WAYS = (movement.route_joins, movement.travel_time, windows.season, windows.open_days, mandate.clearance,
           mandate.authority)  # fmt: skip
#: Rules of one vehicle of a lift on a way.
OF_LIFT = (movement.lift_in_service, windows.runway)
#: Rules of who and what may reach an exit.
OF_LEAVING = (windows.exit_capacity, windows.exit_for, windows.way_home, disposal.owner_allows)
#: Rules of an end in the country.
OF_DISPOSALS = (disposal.owner_allows, disposal.never_given, disposal.disposal_groups, mandate.authority)


class Asking:
    """Asks rules about single actions of plans of a mission that are made on a day."""

    def __init__(self, mission: Mission, as_of: date) -> None:
        self.mission, self.as_of = mission, as_of

    def plan(self, **actions: object) -> Plan:
        """A plan with some actions and nothing else."""
        mission = self.mission
        header = {"name": "Question", "mission": mission.mission.id, "mission_hash": mission.hash, "version": "0"}
        return Plan.model_validate({**header, "planner": "question", "as_of": self.as_of, **actions})

    def _broken(self, rules: Iterable[Rule], **actions: object) -> list[Broken]:
        replay = Replay(self.mission, self.plan(**actions))
        return [broken for rule in rules for broken in rule.check(replay)]

    def moves(self, rules: Iterable[Rule], moves: list[Move]) -> set[str]:
        """The ids of the moves to which a rule objects."""
        known = {move.id for move in moves}
        return {broken.action for broken in self._broken(rules, moves=tuple(moves))} & known

    def disposals(self, rows: list[Disposal]) -> set[tuple[str, date]]:
        """Lot/disposition and day of the disposals, all at one place, to which a rule objects."""
        return {(broken.action, broken.start) for broken in self._broken(OF_DISPOSALS, disposals=tuple(rows))}

    def steps(self, runs: list[StepRun]) -> set[str]:
        """Site/step of the runs, one a site and step, that no authority covers on all their days."""
        return {broken.action for broken in self._broken((mandate.authority,), steps=tuple(runs))}
