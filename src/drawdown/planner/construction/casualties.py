"""Who could evacuate a casualty from a site: aircraft in reach, whose bases have to stay open for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Lift, Site
from drawdown.planner.construction.draft import Draft


def evacuators(draft: Draft, site: Site) -> list[Lift]:
    """Aircraft for casualties in reach of a site."""
    mission = draft.mission

    def near(lift: Lift) -> bool:
        base = mission.place[lift.base]
        return great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km

    return [lift for lift in mission.lift if lift.casevac and mission.in_service(lift) and near(lift)]


def evacuated(draft: Draft, site: Site) -> NDArray[np.bool_]:
    """Evenings on which an aircraft could evacuate a casualty from a site."""
    mission, covered = draft.mission, np.zeros(draft.board.end + 1, dtype=np.bool_)
    for lift in evacuators(draft, site):
        first = max(mission.day(lift.available_from), 0) if lift.available_from else 0
        last = mission.day(lift.available_to) if lift.available_to else draft.board.end
        covered[first : max(min(last, draft.board.base_left.get(lift.base, last)) + 1, 0)] = True
    return covered


def keep_base_open(draft: Draft, site: Site, last_out: int) -> None:
    """Unless somebody medical stays to a site's last-out, the base of an aircraft for casualties stays open as long."""
    if draft.enabling["medical", site.id][last_out - 1] > 0:
        return
    lifts = evacuators(draft, site)
    until = {x.base: draft.mission.day(x.available_to) if x.available_to else draft.board.end for x in lifts}
    lasting = [base for base, day in until.items() if day >= last_out - 1] or list(until)
    if lasting and all(base in draft.needed and base != site.id for base in lasting):
        hubs = draft.goals.hubs(site.id)
        draft.need(min(lasting, key=lambda base: (base not in hubs, -draft.board.base_left[base], base)), last_out)
