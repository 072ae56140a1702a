"""What becomes of each lot under a guide: as in the simple plan, but what costs more to move than it is worth stays."""

from __future__ import annotations

from drawdown.mission.disposal import may_leave
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot, Site
from drawdown.planner.construction.dispose import NOT_WORTH_MOVING, Policy
from drawdown.planner.search.guide import Guide

#: Priorities up to this one leave the country whatever that costs (1 must come home [P74h]).
ALWAYS_MOVES = 2


class GuidedPolicy(Policy):
    """Lots of the first two priorities always move, the others if that costs less than they are worth.

    This is the one place where value is weighed against carriage. Nothing is ever destroyed to save money: what has
    no lawful use where it stands moves, whatever it costs.
    """

    def __init__(self, mission: Mission, guide: Guide, way_out: dict[str, float]) -> None:
        super().__init__(mission)
        self.guide, self.way_out = guide, way_out

    def _worth_moving(self, site: Site, lot: Lot) -> bool:
        local, leaves = self.local(lot), may_leave(lot)
        if leaves and (not local or lot.priority <= ALWAYS_MOVES):
            return True
        if local and site.hub and site.id in self.guide.carry and self.offered_until(lot) > 1:
            return True
        price = self.way_out.get(site.id, 0.0) * lot.teu_each
        if leaves and lot.priority < NOT_WORTH_MOVING and price <= self.guide.worth * lot.value_each:
            return True
        if site.hub is None or local:
            return False
        return "hand_over" in self._allowed(lot)
