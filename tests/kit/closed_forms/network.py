"""Moves in series and in parallel, and flights that need aircraft in service."""

from __future__ import annotations

import numpy as np
from scipy.stats import binom

from drawdown.stress.script import Chance
from kit.closed_forms.form import Form
from kit.closed_forms.laws import convolve, days_on_leg, greatest
from kit.plain_futures.toy import PORT, Toy

PACE = {"pace": 0.35, "spread": 1.0}


def series_parallel() -> Form:
    """Two legs in series beside one long leg; the last leg waits for both: sums, and the greatest of them."""
    toy = Toy(days=60, sites=("far", "near", "other", "base"), pace=0.35, pace_spread=1.0, pace_shared=0.0)
    toy.people("battalion", 50, "far")
    toy.people("company", 20, "other")
    legs = {"far": (1.0, 8.0), "near": (1.0, 6.0), "other": (2.0, 14.0), "base": (1.0, 9.0)}
    number = {place: toy.leg(nominal, contested=(worst,)) for place, (nominal, worst) in legs.items()}
    days = {place: days_on_leg(nominal, worst, **PACE) for place, (nominal, worst) in legs.items()}
    toy.move(1, {"battalion": 50}, "far", "near", leg=number["far"], last=True)
    toy.move(1, {"company": 20}, "other", "base", leg=number["other"], last=True)
    toy.move(2, {"battalion": 50}, "near", "base", leg=number["near"], last=True)
    toy.move(3, {"battalion": 50, "company": 20}, "base", PORT, leg=number["base"], last=True)
    law = convolve(greatest(convolve(days["far"], days["near"]), days["other"]), days["base"])
    return Form("day of completion in series and parallel", toy.script(), Chance.PACE, lambda block: block.out_by, law)


def aircraft(count: int = 4, needed: int = 3, availability: float = 0.7) -> Form:
    """A flight leaves on the first day with enough aircraft in service."""
    toy = Toy(days=60)
    toy.people("police", 50, "camp")
    toy.lift("planes", count, "camp", air=True, availability=availability)
    air = toy.leg(1.0, air=True)
    toy.move(5, {"police": 50}, "camp", PORT, leg=air, flies=("planes", needed), last=True)
    enough = float(binom.sf(needed - 1, count, availability))
    law = enough * (1 - enough) ** np.arange(50)
    return Form("days to wait for aircraft", toy.script(), Chance.LIFT, lambda block: block.last_out[:, 0] - 5, law)


NETWORK = (series_parallel(), aircraft())
