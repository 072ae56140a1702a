"""What becomes of each parcel: it moves on, it is disposed of where it is, or it goes with the site."""

from __future__ import annotations

from drawdown.mission.tables import Lot, Site
from drawdown.plan.model import Disposition
from drawdown.plan.rules.disposal import GIVEN, NEVER_GIVEN, may_leave
from drawdown.planner.draft import Draft
from drawdown.planner.stock import Parcel

#: Local ways to end a lot's life, best use first.
LOCAL: tuple[Disposition, ...] = ("sell", "donate", "scrap")

#: Priorities from this on are not worth moving if they can be disposed of where they are
#: (five-level scale, 1 must come home [P74h]).
NOT_WORTH_MOVING = 4

#: Days before the deadline by which a small site should be empty; an offer that runs longer is made at the hub.
CLEAR_BEFORE = 45


def local_dispositions(draft: Draft, lot: Lot) -> tuple[Disposition, ...]:
    """What may lawfully be done with a lot inside the country, best first, without destruction."""
    allowed = set(lot.dispositions)
    if lot.owner == "un":
        group = next((g for g in draft.mission.disposal_groups if g.id == lot.asset_group), None)
        allowed &= set(group.dispositions) if group else allowed
    if lot.kind in NEVER_GIVEN or lot.sensitive:
        allowed -= GIVEN
    return tuple(x for x in (*LOCAL, "hand_over") if x in allowed)


def offer_day(draft: Draft, lot: Lot) -> int:
    """First day on which a lot may be disposed of locally: its group's offer to the groups before has closed."""
    if lot.owner != "un":
        return 1
    group = next((g for g in draft.mission.disposal_groups if g.id == lot.asset_group), None)
    return max(1, group.offer_days if group else 1)


def goes_with_site(draft: Draft, site: Site, parcel: Parcel) -> bool:
    """Whether a parcel is handed over with the site: nothing else can become of it in the country."""
    local = local_dispositions(draft, parcel.lot)
    return "hand_over" in local and (not may_leave(parcel.lot) or parcel.lot.priority >= NOT_WORTH_MOVING) and (
        local == ("hand_over",) or bool(parcel.lot.life_support and parcel.lot.site == site.id)
    )


def moves_on(draft: Draft, site: Site, parcel: Parcel) -> bool:
    """Whether a parcel is to be moved from a site, to its hub or from a root to an exit."""
    if goes_with_site(draft, site, parcel):
        return False
    worth = may_leave(parcel.lot) and parcel.lot.priority < NOT_WORTH_MOVING
    local = [x for x in local_dispositions(draft, parcel.lot) if x != "hand_over"]
    if site.hub is None:
        return worth or (may_leave(parcel.lot) and not local)
    if not may_leave(parcel.lot) and not local:
        return False
    late = offer_day(draft, parcel.lot) > draft.board.deadline - CLEAR_BEFORE
    return worth or not local or late


def dispose_locally(draft: Draft, site: Site) -> None:
    """Sell, donate or scrap what is not worth moving, as soon as its offer allows (life support waits for last-out)."""
    for parcel in list(draft.stock.parcels[site.id]):
        kept = parcel.lot.life_support and parcel.lot.site == site.id
        if kept or moves_on(draft, site, parcel) or goes_with_site(draft, site, parcel):
            continue
        local = [x for x in local_dispositions(draft, parcel.lot) if x != "hand_over"]
        if local:
            day = max(offer_day(draft, parcel.lot), parcel.day + 1)
            draft.dispose(site.id, parcel, local[0], min(day, draft.board.end))


def end_on_last_day(draft: Draft, site: Site, parcel: Parcel, day: int) -> bool:
    """Dispose of a parcel on a site's last-out if any lawful way is left: locally, else by destruction as a last resort."""
    local = [x for x in local_dispositions(draft, parcel.lot) if x != "hand_over"]
    if local and offer_day(draft, parcel.lot) <= day:
        draft.dispose(site.id, parcel, local[0], day)
        return True
    if "destroy" in parcel.lot.dispositions:
        reasons = draft.mission.mission.last_resort_reasons
        reason = "no_lift_in_time" if "no_lift_in_time" in reasons else next(iter(reasons), None)
        draft.dispose(site.id, parcel, "destroy", day, reason)
        return True
    return False
