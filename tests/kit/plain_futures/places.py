"""Sites and the steps by which they are closed, as a future knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawdown.stress.script import Run, SiteFacts

if TYPE_CHECKING:
    from kit.plain_futures.deed import Deed
    from kit.plain_futures.world import World


class Step:
    """A closure step at a site."""

    def __init__(self, index: int, run: Run):
        self.index, self.run = index, run
        self.started: int | None = None
        self.skipped = False  # nobody takes the site over: it counts as ended

    def ends_by(self, day: int) -> bool:
        """Whether it has started, and ends on a day or earlier."""
        return self.skipped or (self.started is not None and self.started + self.run.days - 1 <= day)


class Site:
    """A site: who and what is there, and whom its last people wait for."""

    def __init__(self, index: int, facts: SiteFacts, world: World):
        self.index, self.facts, self.world = index, facts, world
        self.people = [world.stores[n] for n in facts.people]
        self.lots = [world.stores[n] for n in facts.lots]
        self.own = [world.stores[n] for n in facts.own]
        self.handed = [world.stores[n] for n in facts.handed]
        self.last_acts: list[Deed] = []
        self.held_until_gone: list[Deed] = []
        self.held_until_in: list[Deed] = []
        self.steps = [step for step in world.steps if step.run.site == index]
        self.is_handed_over_by_plan = any(step.run.handover for step in self.steps)
        self.nobody_takes = world.luck.nobody_takes(facts)
        for step in self.steps:
            step.skipped = self.nobody_takes and (step.run.skippable or step.run.handover)
        self.under_fire_until = 0
        self.was_open = False  # somebody was there this morning
        self.left: int | None = None
        self.handover: int | None = None

    def __repr__(self) -> str:
        return self.facts.name

    def heads(self) -> int:
        return sum(store.number for store in self.people)

    def armed(self) -> int:
        return sum(store.number for store in self.people if self.world.script.units[store.pile.owner][2])

    def medics(self) -> int:
        return sum(store.number for store in self.people if self.world.script.units[store.pile.owner][3])

    def has_evacuation_without(self, base: int = -1) -> bool:
        """Whether aircraft at an exit, or at a base with people (other than one), evacuate its casualties."""
        others = (self.world.sites[b] for b in self.facts.bases if b != base)
        return self.facts.always or any(other.heads() for other in others)

    def last_acts_have_gone(self) -> bool:
        return bool(self.last_acts) and all(deed.gone for deed in self.last_acts)

    def is_held(self) -> bool:
        """Whether its last people have to wait for somebody."""
        return not (
            all(deed.gone for deed in self.held_until_gone) and all(deed.come_in for deed in self.held_until_in)
        )
