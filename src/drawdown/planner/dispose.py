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


def _allowed(draft: Draft, lot: Lot) -> set[Disposition]:
    """What the owner and the lot's disposal group allow."""
    allowed = set(lot.dispositions)
    group = next((g for g in draft.mission.disposal_groups if g.id == lot.asset_group), None)
    if lot.owner == "un" and group:
        allowed &= set(group.dispositions)
    return allowed - GIVEN if lot.kind in NEVER_GIVEN or lot.sensitive else allowed


def local_ends(draft: Draft, lot: Lot) -> tuple[Disposition, ...]:
    """What may lawfully be done with a lot inside the country, best first, short of destruction and handover."""
    allowed = _allowed(draft, lot)
    return tuple(x for x in LOCAL if x in allowed)


def may_be_handed_over(draft: Draft, site: Site, lot: Lot) -> bool:
    """Whether a lot may go with a site to whom the site goes."""
    return site.becomes != "closed" and "hand_over" in _allowed(draft, lot)


def offer_day(draft: Draft, lot: Lot) -> int:
    """First day on which a lot may be disposed of: its group's offer to the groups before has closed."""
    group = next((g for g in draft.mission.disposal_groups if g.id == lot.asset_group), None)
    return max(1, group.offer_days) if lot.owner == "un" and group else 1


def goes_with_site(draft: Draft, site: Site, parcel: Parcel) -> bool:
    """Whether a parcel is handed over with the site: it may not leave the country, or is not worth it, or is lived by."""
    lot = parcel.lot
    if not may_be_handed_over(draft, site, lot) or offer_day(draft, lot) > draft.board.deadline or lot.unit:
        return False
    worthless = not may_leave(lot) or lot.priority >= NOT_WORTH_MOVING
    return worthless and (not local_ends(draft, lot) or bool(lot.life_support and lot.site == site.id))


def moves_on(draft: Draft, site: Site, parcel: Parcel) -> bool:
    """Whether a parcel is to be moved from a site, to its hub or to an exit."""
    lot = parcel.lot
    if goes_with_site(draft, site, parcel):
        return False
    worth = may_leave(lot) and lot.priority < NOT_WORTH_MOVING
    local = local_ends(draft, lot)
    if site.hub is None:
        return worth or (may_leave(lot) and not local)
    if not may_leave(lot) and not local:
        return "hand_over" in _allowed(draft, lot)  # where its own site is not handed over, its hub may be
    return worth or not local or offer_day(draft, lot) > draft.board.deadline - CLEAR_BEFORE


def lived_by(parcel: Parcel, site: Site) -> bool:
    """Whether people on a site live by a parcel, so that it stays until they leave."""
    return parcel.lot.life_support and parcel.lot.site == site.id


def dispose_locally(draft: Draft, site: Site) -> None:
    """Sell, donate or scrap what is not worth moving, as soon as its offer allows (life support waits for last-out)."""
    for parcel in draft.stock.parcels(site.id):
        if lived_by(parcel, site) or moves_on(draft, site, parcel) or goes_with_site(draft, site, parcel):
            continue
        local = local_ends(draft, parcel.lot)
        if local:
            day = max(offer_day(draft, parcel.lot), parcel.day + 1)
            draft.dispose(site.id, parcel, local[0], min(day, draft.board.end))


def end_here(draft: Draft, site: Site, parcel: Parcel, day: int, *, destroy: bool) -> bool:
    """Dispose of a parcel at a site on a day: locally, else (if it may be) by destruction; whether that was lawful."""
    local = local_ends(draft, parcel.lot)
    if local and offer_day(draft, parcel.lot) <= day:
        draft.dispose(site.id, parcel, local[0], day)
        return True
    if destroy and "destroy" in parcel.lot.dispositions:
        reasons = draft.mission.mission.last_resort_reasons
        reason = "no_lift_in_time" if "no_lift_in_time" in reasons else next(iter(reasons), None)
        draft.dispose(site.id, parcel, "destroy", day, reason)
        return True
    return False
