"""The closure steps that have ended at each site."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.reading import KINDS

INSPECTION = KINDS.index("inspection")


def steps_done(folded: Folded) -> dict[str, tuple[str, ...]]:
    """The steps that had ended before the plan began and those of inspections since, in the mission's order."""
    facts, mission = folded.accounts.facts, folded.things.mission
    rows = np.flatnonzero(folded.hold & (facts.kind == INSPECTION) & (facts.step >= 0) & (facts.place >= 0))
    rows = rows[facts.happened[rows] > mission.mission.cessation.toordinal()]
    done: dict[str, set[str]] = defaultdict(set)
    for site in mission.sites:
        done[site.id].update(site.steps_done)
    steps = len(facts.words["step"]) + 1
    for place, step in (divmod(key, steps) for key in np.unique(facts.place[rows] * steps + facts.step[rows]).tolist()):
        done[facts.words["place"][place]].add(facts.words["step"][step])
    order = list(mission.step)
    return {site.id: tuple(step for step in order if step in done[site.id]) for site in mission.sites if done[site.id]}
