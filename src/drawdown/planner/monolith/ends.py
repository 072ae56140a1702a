"""What may become of each lot at each site on each day, and where closing steps may run: asked of the rules."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from drawdown.mission.mission import Mission
from drawdown.mission.tables import ClosureStep, Lot, Site
from drawdown.plan.model import Disposal, Disposition, StepRun
from drawdown.planner.monolith.asking import Asking

#: Ends that cost nothing and lose nothing: the rules tell them apart only by lot and day.
FREE: tuple[Disposition, ...] = ("sell", "donate", "scrap")
INLAND: tuple[Disposition, ...] = (*FREE, "hand_over", "destroy")


class Ends:
    """The lawful ends of lots inside the country, by lot, site and day."""

    def __init__(self, mission: Mission, asking: Asking) -> None:
        self.mission, self.asking = mission, asking

    @cached_property
    def lawful(self) -> dict[tuple[str, str, int], tuple[Disposition, ...]]:
        """Ends of a lot at a site on a day to which no rule objects (whether its site is open is another matter)."""
        mission = self.mission
        found: dict[tuple[str, str, int], tuple[Disposition, ...]] = {}
        reasons = mission.mission.last_resort_reasons
        ends = [end for end in INLAND if end != "destroy" or reasons]
        for site in mission.sites:
            rows = [
                Disposal(lot=lot.id, disposition=end, count=1, place=site.id, day=mission.date(day), reason=self.reason)
                for lot in mission.equipment
                for end in ends
                for day in range(1, mission.days + 1)
                if end in lot.dispositions and lot.count
            ]
            refused = self.asking.disposals(rows)
            for row in rows:
                if (f"{row.lot}/{row.disposition}", row.day) not in refused:
                    key = (row.lot, site.id, mission.day(row.day))
                    found[key] = (*found.get(key, ()), row.disposition)
        return found

    @property
    def reason(self) -> str | None:
        """The reason given for destruction: the mission's first, as the rules do not tell them apart."""
        return next(iter(self.mission.mission.last_resort_reasons), None)

    def free(self, lot: Lot, site: Site, day: int) -> Disposition | None:
        """The first end without loss that is lawful."""
        return next((end for end in FREE if end in self.lawful.get((lot.id, site.id, day), ())), None)

    def allows(self, lot: Lot, site: Site, day: int, end: Disposition) -> bool:
        """Whether an end is lawful."""
        return end in self.lawful.get((lot.id, site.id, day), ())

    @cached_property
    def handed(self) -> frozenset[str]:
        """Sites whose handover can be of use: they become somebody's, and something could be handed over with them."""
        return frozenset(
            site.id
            for site in self.mission.sites
            if site.becomes != "closed"
            and any("hand_over" in ends for (_, at, _), ends in self.lawful.items() if at == site.id)
        )

    def steps(self, site: Site) -> tuple[ClosureStep, ...]:
        """The steps that are planned at a site: without a handover those that lead to it are not needed."""
        return tuple(k for k in self.mission.steps_for(site) if k.role == "work" or site.id in self.handed)

    def starts(self, site: Site, step: ClosureStep) -> list[int]:
        """Days on which a step may start, so that it ends in time and an authority covers each of its days."""
        mission, starts = self.mission, range(1, self.mission.days - step.days + 2)
        good = []
        for day in starts:
            end = mission.date(day) + timedelta(days=step.days - 1)
            run = StepRun(site=site.id, step=step.id, start=mission.date(day), end=end)
            if not self.asking.steps([run]):
                good.append(day)
        return good
