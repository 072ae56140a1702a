"""Place the steps of closing a site: in order, on days on which crews are free and those whom they need are there."""

from __future__ import annotations

import numpy as np

from drawdown.mandate.authority import TO_MOVE, covering
from drawdown.mission.tables import ClosureStep, Site
from drawdown.plan.model import StepRun
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.last import TEAM
from drawdown.planner.construction.stock import Group


class Steps:
    """The closure steps of one site and the days on which they are placed so far."""

    def __init__(self, draft: Draft, site: Site) -> None:
        self.draft, self.site = draft, site
        self.steps = _in_order(draft.mission.steps_for(site))
        self.done: dict[str, tuple[int, int]] = {}
        self.teams: dict[str, Group] = {}

    def reserve_teams(self, limit: int) -> None:
        """Keep a team of each function that the steps need and that the hub does not have all the time."""
        draft, hub = self.draft, self.site.hub
        for need in sorted({step.needs for step in self.steps if step.needs}):
            if hub and draft.enabling[need, hub][: limit + 1].min() > 0:
                continue
            able = [g for g in draft.stock.groups(self.site.id) if need in draft.mission.unit[g.unit].enables]
            if able:
                team = max(able, key=lambda g: (g.role == "main", -g.day, g.count, g.unit))
                self.teams[need] = draft.stock.split(self.site.id, team, TEAM)
                draft.journal.assign(self.teams[need], "held", draft.board.end + 1)

    def release_teams(self) -> None:
        """Let the teams go when the last step that needs them has ended."""
        for need, team in self.teams.items():
            ends = [self.done[step.id][1] for step in self.steps if step.needs == need and step.id in self.done]
            self.draft.journal.assign(team, "held", max(ends, default=0) + 1)

    # ---- how much time they take ---------------------------------------------------------------------------------

    def tail(self) -> int:
        """Days of work that follow last-out."""
        after = {step.id for step in self.steps if step.moment == "after_last_out"}
        length: dict[str, int] = {}
        for step in self.steps:
            if step.id in after or any(before in length for before in step.after):
                length[step.id] = step.days + max((length.get(before, 0) for before in step.after), default=0)
        return max(max(length.values(), default=0) - 1, 0)

    def work_after_emptying(self) -> int:
        """Days of work between the day on which little enough equipment is left and last-out."""
        length: dict[str, int] = {}
        for step in self.steps:
            before = max((length.get(name, 0) for name in step.after), default=0)
            if (step.max_stock_share < 1 or before) and step.moment == "before_last_out":
                length[step.id] = before + step.days
        return max(length.values(), default=0)

    def smallest_share(self) -> float:
        """The smallest share of the site's own equipment that a step before last-out accepts."""
        return min((s.max_stock_share for s in self.steps if s.moment == "before_last_out"), default=1.0)

    # ---- placing them ----------------------------------------------------------------------------------------------

    def before_last_out(self) -> int:
        """Place the steps that can run before last-out; the last day of those that last-out has to wait for."""
        for step in self.steps:
            later = step.moment == "after_last_out" or step.role == "handover" or step.id in self.done
            if not later and self._ready(step):
                emptied = self._emptied(step)
                if emptied is not None:
                    self._place(step, max(emptied, self._earliest(step)))
        must = [step.id for step in self.steps if step.moment == "before_last_out"]
        return max((self.done[name][1] for name in must if name in self.done), default=0)

    def after_last_out(self, last_out: int) -> None:
        """Place all others but the handover."""
        for step in self.steps:
            if step.role != "handover" and step.id not in self.done and self._ready(step):
                emptied = self._emptied(step)
                waits = last_out + (0 if step.moment == "after_last_out" else 1)
                needs_room = step.moment == "after_last_out" or emptied is None or step.max_stock_share < 1
                self._place(step, max(self._earliest(step), waits if needs_room else 1, emptied or 1))

    def hand_over(self, last_out: int) -> int | None:
        """Place the handover step as near to last-out as it can be, and give its last day; None if it cannot be."""
        if self.site.becomes == "closed":
            return None
        handovers = [step for step in self.steps if step.role == "handover"]
        cleared = [
            self.done[s.id][1] + 1 for s in self.steps if s.role == "environmental_clearance" and s.id in self.done
        ]
        if not handovers:
            return max([last_out, *cleared])
        step = handovers[0]
        if not self._ready(step):
            return None
        earliest = max(self._earliest(step), last_out - step.days + 1, *cleared)
        return self._place(step, earliest)

    def _ready(self, step: ClosureStep) -> bool:
        own = {other.id for other in self.steps}
        return all(before in self.done for before in step.after if before in own)

    def _earliest(self, step: ClosureStep) -> int:
        return max((self.done[before][1] + 1 for before in step.after if before in self.done), default=1)

    def _emptied(self, step: ClosureStep) -> int | None:
        """First day on whose morning little enough of the site's own equipment is left; None if there is none."""
        teu = self.draft.own_teu[self.site.id]
        if step.max_stock_share >= 1:
            return 1
        enough = teu[:-1] <= step.max_stock_share * teu[0] + 1e-6
        return int(enough.argmax()) + 1 if enough.any() else None

    def _place(self, step: ClosureStep, earliest: int) -> int | None:
        """Put a step on the first days on which it can be done; its last day, or None if there are none."""
        board = self.draft.board
        for start in range(earliest, board.end - step.days + 2):
            end = start + step.days - 1
            crews = board.crews.get(step.crew or "")
            busy = crews is not None and (crews[start : end + 1] < step.crews).any()
            if not busy and self._authorised(start, end) and self._enabled(step, start, end):
                if crews is not None:
                    self.draft.journal.add(crews, -step.crews, start, end)
                days = self.draft.mission.date(start), self.draft.mission.date(end)
                self.draft.steps.append(StepRun(site=self.site.id, step=step.id, start=days[0], end=days[1]))
                self.done[step.id] = (start, end)
                self._hold_enablers(step, end)
                return end
        return None

    def _authorised(self, start: int, end: int) -> bool:
        mission = self.draft.mission
        return all(covering(mission, TO_MOVE, mission.date(day), self.site.id) for day in range(start, end + 1))

    def _enabled(self, step: ClosureStep, start: int, end: int) -> bool:
        """Whether those whom a step needs are at the site or its hub on each of its mornings."""
        if step.needs is None:
            return True
        places = (place for place in (self.site.id, self.site.hub) if place)
        there = np.sum([self.draft.enabling[step.needs, place][start - 1 : end] for place in places], axis=0)
        return bool((there > 0).all())

    def _hold_enablers(self, step: ClosureStep, end: int) -> None:
        """Keep a team of the hub's enabling units there until a step has ended, unless the site has its own."""
        draft, hub = self.draft, self.site.hub
        if step.needs is None or step.needs in self.teams or hub is None:
            return
        able = [g for g in draft.stock.groups(hub) if step.needs in draft.mission.unit[g.unit].enables and g.day < end]
        if able:
            held = max(able, key=lambda g: (g.held > 1, g.last, -g.day, g.role == "main", g.count))
            held = held if held.held > 1 or held.last else draft.stock.split(hub, held, TEAM)
            draft.journal.assign(held, "held", max(held.held, end + 1))
            draft.need(hub, end + 1)


def _in_order(steps: tuple[ClosureStep, ...]) -> list[ClosureStep]:
    """Steps so that each comes after those it waits for."""
    names, left = {s.id for s in steps}, list(steps)
    ordered: list[ClosureStep] = []
    while left:
        ready = [s for s in left if not (set(s.after) & names) - {o.id for o in ordered}] or left[:1]
        ordered.append(ready[0])
        left.remove(ready[0])
    return ordered
