"""Get rid of equipment as nobody may."""

from drawdown.mission.disposal import NEVER_GIVEN
from drawdown.plan.model import Disposal
from kit.breakers.spoilt import ONE_DAY, Spoilt, spoil
from kit.lawful import insert


def _spoil_row(mission, plan, row, **values):
    disposition = values.get("disposition", row.disposition)
    return spoil(mission, plan, "disposals", row, f"{row.lot}/{disposition}", **values)


def _also(mission, plan, lot, disposition, on, **values):
    row = Disposal(lot=lot.id, disposition=disposition, count=1, place=lot.site, day=on, **values)
    return Spoilt(mission, insert(plan, "disposals", row), f"{lot.id}/{disposition}")


def break_owner_allows(mission, plan):
    """A lot is sold whose owner wants it home."""
    lot = next(lot for lot in mission.equipment if "sell" not in lot.dispositions)
    return _also(mission, plan, lot, "sell", mission.date(1))


def break_never_given(mission, plan):
    """Weapons are donated."""
    lot = next(lot for lot in mission.equipment if lot.kind in NEVER_GIVEN)
    return _also(mission, plan, lot, "donate", mission.date(1))


def break_last_resort(mission, plan):
    """A lot is destroyed because it is in the way."""
    lot = next(lot for lot in mission.equipment if "destroy" in lot.dispositions)
    return _also(mission, plan, lot, "destroy", plan.closure[lot.site].last_out, reason="convenience")


def break_disposal_groups(mission, plan):
    """A lot goes on the first day, before the groups with a better claim were asked."""
    group = next(group for group in mission.disposal_groups if group.offer_days)
    lot = next(lot for lot in mission.equipment if lot.asset_group == group.id)
    local = next(x for x in lot.dispositions if x not in {"repatriate", "redeploy", "destroy"})
    return _also(mission, plan, lot, local, mission.date(1))


def break_handed_over_with_site(mission, plan):
    """The power station changes hands the day before its site does."""
    row = next(row for row in plan.disposals if row.disposition == "hand_over")
    return _spoil_row(mission, plan, row, day=row.day - ONE_DAY)


def break_disposed_while_open(mission, plan):
    """A lot is scrapped at a site that everyone has left."""
    row = next(row for row in plan.disposals if row.disposition != "hand_over")
    return _spoil_row(mission, plan, row, day=plan.closure[row.place].last_out + ONE_DAY)
