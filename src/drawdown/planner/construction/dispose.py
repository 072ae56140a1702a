"""What becomes of each lot: it moves on, it is disposed of where it is, or it goes with the site."""

from __future__ import annotations

from drawdown.mission.disposal import GIVEN, may_leave, never_given
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot, Site
from drawdown.plan.model import Disposition

#: Local ways to end a lot's life, best use first.
LOCAL: tuple[Disposition, ...] = ("sell", "donate", "scrap")

#: Priorities from this on are not worth moving if they can be disposed of where they are
#: (five-level scale, 1 must come home [P74h]).
NOT_WORTH_MOVING = 4

#: Days before the deadline by which a small site should be empty; an offer that runs longer is made at the hub.
CLEAR_BEFORE = 45


class Policy:
    """What a mission's rules of disposal mean for each lot. Remembers what it has found."""

    def __init__(self, mission: Mission) -> None:
        self.deadline = mission.day(mission.mission.deadline)
        self._groups = {group.id: group for group in mission.disposal_groups}
        reasons = mission.mission.last_resort_reasons
        #: The reason that is given for destruction.
        self.reason = "no_lift_in_time" if "no_lift_in_time" in reasons else next(iter(reasons), None)
        self._local: dict[str, tuple[Disposition, ...]] = {}
        self._moves: dict[tuple[str, str], bool] = {}

    def _allowed(self, lot: Lot) -> set[Disposition]:
        """What the owner and the lot's disposal group allow."""
        allowed = set(lot.dispositions)
        group = self._groups.get(lot.asset_group or "I")
        if lot.owner == "un" and group:
            allowed &= set(group.dispositions)
        return allowed - GIVEN if never_given(lot) else allowed

    def local(self, lot: Lot) -> tuple[Disposition, ...]:
        """What may lawfully be done with a lot inside the country, best first, short of destruction and handover."""
        if lot.id not in self._local:
            allowed = self._allowed(lot)
            self._local[lot.id] = tuple(x for x in LOCAL if x in allowed)
        return self._local[lot.id]

    def offered_until(self, lot: Lot) -> int:
        """First day on which a lot may be disposed of: its group's offer to the groups before has closed."""
        group = self._groups.get(lot.asset_group or "I")
        return max(1, group.offer_days) if lot.owner == "un" and group else 1

    def goes_with_site(self, site: Site, lot: Lot) -> bool:
        """Whether a lot is handed over with a site: it may not leave the country or is not worth it, or is lived by."""
        if site.becomes == "closed" or lot.unit or self.offered_until(lot) > self.deadline:
            return False
        if "hand_over" not in self._allowed(lot) or (may_leave(lot) and lot.priority < NOT_WORTH_MOVING):
            return False
        return not self.local(lot) or lived_by(site, lot)

    def moves_on(self, site: Site, lot: Lot) -> bool:
        """Whether a lot is to be moved from a site, to its hub or to an exit."""
        key = site.id, lot.id
        if key not in self._moves:
            self._moves[key] = not self.goes_with_site(site, lot) and self._worth_moving(site, lot)
        return self._moves[key]

    def _worth_moving(self, site: Site, lot: Lot) -> bool:
        local, leaves = self.local(lot), may_leave(lot)
        if leaves and (lot.priority < NOT_WORTH_MOVING or not local):
            return True
        if site.hub is None:
            return False
        if not local:
            return "hand_over" in self._allowed(lot)  # where its own site is not handed over, its hub may be
        return self.offered_until(lot) > self.deadline - CLEAR_BEFORE


def lived_by(site: Site, lot: Lot) -> bool:
    """Whether people on a site live by a lot, so that it stays until they leave."""
    return lot.life_support and lot.site == site.id
