"""A single leg: how long a convoy takes, what happens to it there, and what happens to a site in the meantime."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.stats import norm

from drawdown.stress.draws import key_of
from drawdown.stress.script import Chance, HazardFacts
from kit.closed_forms.form import Form
from kit.closed_forms.laws import convolve, days_on_leg, effects, events, shifted, slowest, spread_out, up_to
from kit.plain_futures.toy import PORT, Toy

START = 3
LEG = {"nominal": 2.0, "contested": 12.0, "pace": 0.4, "spread": 1.2}
VEHICLES = 10


def _toy(days=60, **values):
    return Toy(days=days, pace=LEG["pace"], pace_spread=LEG["spread"], **values)


def pace() -> Form:
    """One convoy: the logit of its pace is normal."""
    toy = _toy()
    toy.people("police", 50, "camp")
    toy.move(START, {"police": 50}, "camp", PORT, leg=toy.leg(2.0, contested=(12.0,)), last=True)
    law = days_on_leg(**LEG)
    return Form("days of a convoy", toy.script(), Chance.PACE, lambda block: block.out_by - START + 1, law)


def shared_pace(convoys: int = 3, shared: float = 0.6) -> Form:
    """The slowest of convoys on roads of one class."""
    toy = _toy(pace_shared=shared)
    toy.people("police", convoys, "camp")
    toy.rows["hazards"].append(HazardFacts("road", key_of("hazard", "road"), (), -1, ()))
    leg = toy.leg(2.0, contested=(12.0,), hazard=0)
    for n in range(convoys):
        toy.move(START, {"police": 1}, "camp", PORT, leg=leg, last=n == convoys - 1)
    law = slowest(convoys, shared, **LEG)
    return Form(
        "days of the slowest of three convoys", toy.script(), Chance.PACE, lambda block: block.out_by - START + 1, law
    )


def _dangerous_road() -> Toy:
    """400 km on which convoys are attacked and vehicles break down."""
    toy = Toy(days=120)
    toy.people("police", 50, "camp")
    toy.lift("trucks", VEHICLES, "camp")
    toy.process(per=0, events=3.0, exposure=2000.0, delay=2.0, casualties=(1.5,), vehicles=0.5)
    toy.process(per=1, events=5.0, exposure=20_000.0, delay=1.0, attack=False, chance=Chance.BREAKDOWNS)
    toy.rows["hazards"][0] = replace(toy.rows["hazards"][0], processes=(0, 1))
    road = toy.leg(2.0, km=(400.0,), hazard=0)
    toy.move(START, {"police": 50, "trucks": VEHICLES}, "camp", PORT, leg=road, last=True)
    return toy


ON_THE_ROAD = events(3.0, 2000.0, 400.0)
BREAKDOWNS = events(5.0, 20_000.0, 400.0 * VEHICLES)
BOTH = Chance.ATTACKS | Chance.BREAKDOWNS


def dangerous_road() -> tuple[Form, ...]:
    """Poisson events with Gamma rates are negative binomial; what they do is a mixture over them."""
    script = _dangerous_road().script()
    late = convolve(spread_out(ON_THE_ROAD, 2), BREAKDOWNS)
    return (
        Form("attacks on a convoy", script, BOTH, lambda block: block.attacks, ON_THE_ROAD),
        Form("casualties of a convoy", script, BOTH, lambda block: block.casualties, effects(ON_THE_ROAD, 1.5)),
        Form(
            "vehicles lost on the road",
            script,
            BOTH,
            lambda block: block.vehicles_lost,
            up_to(effects(ON_THE_ROAD, 0.5), VEHICLES),
        ),
        Form("days of a convoy under attack", script, BOTH, lambda block: block.out_by - START + 1, shifted(late, 2)),
    )


def dangerous_site(days: int = 60) -> Form:
    """Attacks on a site until its last people leave it."""
    toy = Toy(days=90)
    toy.people("police", 50, "camp")
    toy.site_values["camp"]["processes"] = (toy.process(per=2, events=4.0, exposure=200.0),)
    toy.move(days, {"police": 50}, "camp", PORT, leg=toy.leg(1.0), last=True)
    law = events(4.0, 200.0, float(days))
    return Form("attacks on a site", toy.script(), Chance.ATTACKS, lambda block: block.attacks, law)


def turn_in(forecast: int = 40, spread: float = 0.3) -> Form:
    """Items found beyond the forecast, for which there is no room."""
    toy = Toy(turn_in_spread=spread)
    toy.people("police", 5, "camp")
    toy.lot("tents", forecast, "camp", forecast=True)
    toy.lift("trucks", 4, "camp")
    leg = toy.leg(1.0)
    toy.move(START, {"tents": forecast, "trucks": 4}, "camp", PORT, leg=leg)
    toy.move(START, {"police": 5}, "camp", PORT, leg=leg, last=True)
    function = norm.cdf(np.log((forecast + np.arange(4 * forecast) + 0.5) / forecast) / spread)
    law = np.diff(function, prepend=0.0)
    return Form(
        "items beyond the forecast", toy.script(), Chance.TURN_IN, lambda block: block.lost_items.sum(axis=1), law
    )


ROADS = (pace(), shared_pace(), *dangerous_road(), dangerous_site(), turn_in())
