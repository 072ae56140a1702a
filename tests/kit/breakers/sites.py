"""Leave a site before its time, or without what it needs."""

from drawdown.plan.model import Disposal, Move
from kit.breakers.spoilt import ONE_DAY, Spoilt, spoil
from kit.lawful import changed, insert
from kit.missions import change


def break_closes_once(mission, plan):
    """The last person leaves a day earlier than the plan says."""
    closure = plan.closures[0]
    return spoil(mission, plan, "closures", closure, closure.site, last_out=closure.last_out + ONE_DAY)


def break_guard(mission, plan):
    """Everyone armed deserts on the first morning."""
    site = next(site for site in mission.sites if site.hub and site.guard)
    armed = {unit.id: unit.strength for unit in mission.units if unit.site == site.id and unit.armed}
    leg = next(leg for leg in mission.legs if site.id in {leg.from_place, leg.to_place})
    first = mission.date(1)
    away = Move(
        id="away", mode=leg.mode, origin=site.id, destination=site.hub, legs=(leg.id,), depart=first, arrive=first,
        people=armed,
    )  # fmt: skip
    return Spoilt(mission, insert(plan, "moves", away), site.id)


def break_casevac(mission, plan):
    """Every aircraft that could evacuate a casualty loses its base on the first day."""
    bases = {lift.base for lift in mission.lift if lift.casevac}
    treated = {unit.site for unit in mission.units if "medical" in unit.enables}
    site = next(site.id for site in mission.sites if site.id not in bases | treated)
    first = mission.date(1)
    closures = [changed(c, last_out=first) if c.site in bases else c for c in plan.closures]
    return Spoilt(mission, plan.model_copy(update={"closures": tuple(closures)}), site)


def break_life_support(mission, plan):
    """The generators are scrapped on the first day."""
    lot = next(lot for lot in mission.equipment if lot.life_support)
    gone = Disposal(lot=lot.id, disposition="scrap", count=lot.count, place=lot.site, day=mission.date(1))
    return Spoilt(mission, insert(plan, "disposals", gone), lot.site)


def break_yard(mission, plan):
    """The yards are smaller than what stands in them."""
    site = next(lot.site for lot in mission.equipment if lot.teu_each)
    return Spoilt(change(mission, "sites", site, yard_teu=0.01), plan, site)
