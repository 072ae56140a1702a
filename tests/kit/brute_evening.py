"""Is an evening of a tiny mission lawful, after the evening before it?"""

from __future__ import annotations

from kit.brute_state import DONE, State, heads, in_care, remaining
from kit.brute_world import World


class Evening:
    """The rules of `docs/rules.md` that look at who and what is at the sites in the evening of a day."""

    def __init__(self, world: World, day: int) -> None:
        self.world, self.day, self.sites = world, day, world.mission.sites

    def lawful(self, before: State, state: State) -> bool:
        """Whether sites and units keep their rules, but for what a site needs that has just been left."""
        return all(self._site_lawful(before, state, s) for s in self.world.sites) and all(
            self._unit_lawful(state, u) for u in self.world.units)  # fmt: skip

    def _site_lawful(self, before: State, state: State, s: int) -> bool:
        w, site, there = self.world, self.sites[s], heads(state, s)
        stock = sum(row[s] for row in state.items)
        if self.day >= w.deadline and not site.liquidation and (there or stock):
            return False
        if not there:
            return True
        if not heads(before, s) or state.due[s] <= self.day or not w.may_stay[self.day][s]:
            return False
        units = w.mission.units
        armed = sum(state.people[u][s] for u in w.units if units[u].armed)
        if (there > armed or stock) and armed < site.guard:
            return False
        doctors = any(state.people[u][s] for u in w.units if "medical" in units[u].enables)
        if not doctors and not any(base not in w.sites or heads(before, base) for base in w.reach[s]):
            return False
        named = sum(min(u.rear_party, u.strength) for u in units)
        named += sum(u.stays for u in units if u.stays_at == site.id)
        return (self.day < w.deadline or there <= named) and all(
            state.items[x][s] >= -(-row.count * min(there, w.heads[s]) // w.heads[s])
            for x, row in enumerate(w.mission.equipment)
            if row.life_support and row.site == site.id
        )

    def left_lawful(self, before: State, state: State) -> bool:
        """Whether sites where nobody is any more had their early steps, and hold only what will be handed over."""
        return all(heads(state, s) or self._closed_lawful(before, state, s) for s in self.world.sites)

    def _closed_lawful(self, before: State, state: State, s: int) -> bool:
        w = self.world
        if heads(before, s):
            early = [n for n, (at, step) in enumerate(w.steps) if at == s and step.moment == "before_last_out"]
            if any(state.steps[n] != DONE for n in early):
                return False
        pending = any(at == s and step.role == "handover" and state.steps[n] != DONE
                      for n, (at, step) in enumerate(w.steps))  # fmt: skip
        return all(
            not row[s] or (pending and "hand_over" in w.mission.equipment[x].dispositions)
            for x, row in enumerate(state.items)
        )

    def _unit_lawful(self, state: State, u: int) -> bool:
        w, unit, left = self.world, self.world.mission.units[u], remaining(state, u)
        if self.day < w.earliest[u] and left < unit.strength:
            return False
        due = self.day >= min(w.deadline, w.latest[u])
        if due and left > unit.rear_party + unit.stays:
            return False
        if left >= min(unit.rear_party, unit.strength):
            return True
        return not any(in_care(w, state, x) for x, row in enumerate(w.mission.equipment) if row.unit == unit.id)
