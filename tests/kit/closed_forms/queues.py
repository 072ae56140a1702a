"""Queues for one server: a lorry that goes and comes back, and moves that wait for it (Lindley's recursion).

A queue with Poisson arrivals (M/G/1) has days here, so its arrivals are Bernoulli: Geo/G/1. The time between arrivals
is made by a clock: a convoy that waits at its end for supplies, which come each day with the same chance, so that its
trips take a geometric number of days; each trip brings one person who waits for the lorry.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from drawdown.stress.script import Chance, Kind
from kit.closed_forms.form import Form, Law
from kit.closed_forms.laws import convolve, days_on_leg
from kit.plain_futures.toy import PORT, Toy

TRIP = {"nominal": 0.5, "contested": 5.5, "pace": 0.3, "spread": 1.0}
OTHERS = {"pace": TRIP["pace"], "pace_spread": TRIP["spread"], "pace_shared": 0.0}
TRIP_DAYS = days_on_leg(**TRIP)

#: The chance that supplies do not come on a day: 0.72 makes the lorry busy on 4 days of 5.
NO_SUPPLIES = 0.72

EVERY, ROUNDS, CUSTOMERS = 5, 15, 12


def next_wait(wait: Law, service: Law, gap: Law) -> Law:
    """Lindley's recursion: the next wait is max(0, wait + service - gap)."""
    ahead = convolve(wait, service, most=len(wait) + len(service))
    left = np.convolve(ahead, gap[::-1])  # the number at place n is n - (len(gap) - 1)
    zero = len(gap) - 1
    return np.concatenate([[left[: zero + 1].sum()], left[zero + 1 :]])[: len(wait)]


def waits(customers: int, service: Law, gap: Law, most: int = 400) -> Law:
    """The wait of the last of so many customers, if the first finds nobody."""
    wait = np.zeros(most)
    wait[0] = 1.0
    for _ in range(customers - 1):
        wait = next_wait(wait, service, gap)
    return wait


def mean_wait(service: Law, chance: float) -> float:
    """Pollaczek and Khinchine for days: the mean wait in the long run, if somebody comes on a day with a chance.

    λ E[S (S - 1)] / (2 (1 - λ E[S])), as in Hunter, Mathematical Techniques of Applied Probability (1983), volume 2.
    """
    days = np.arange(len(service))
    return float(chance * (days * (days - 1)) @ service / (2 * (1 - chance * days @ service)))


def geometric(chance: float, most: int = 64) -> Law:
    """Days until something happens that happens on each with a chance, from 1 on (64 tries at most)."""
    law = np.concatenate([[0.0], chance * (1 - chance) ** np.arange(most)])
    law[-1] += 1 - law.sum()
    return law


def timetable() -> Form:
    """D/G/1: a move every five days, one lorry for all of them, there and back."""
    toy = Toy(days=200, **OTHERS)
    toy.people("police", ROUNDS, "camp")
    toy.lift("lorry", 1, "camp")
    road = toy.leg(TRIP["nominal"], contested=(TRIP["contested"],))
    for n in range(ROUNDS):
        day = 1 + EVERY * n
        toy.move(day, {"police": 1, "lorry": 1}, "camp", PORT, leg=road, last=n == ROUNDS - 1)
        toy.move(day + 1, {"lorry": 1}, PORT, "camp", leg=road)
    planned = 1 + EVERY * (ROUNDS - 1)
    gap = np.zeros(EVERY + 1)
    gap[EVERY] = 1.0
    law = waits(ROUNDS, convolve(TRIP_DAYS, TRIP_DAYS), gap)
    name = "days that the 15th move waits for the lorry"
    return Form(name, toy.script(), Chance.PACE, lambda block: block.last_out[:, 0] - planned, law)


def single_server() -> Form:
    """Geo/G/1: people come by the clock, and leave one after the other by the lorry, which is back in the evening."""
    toy = Toy(days=160, sites=("post", "camp"), supply_days=0.25, **OTHERS)
    toy.people("police", CUSTOMERS + 1, "post")
    toy.lift("clock", 1, "post")
    toy.lift("lorry", 1, "camp")
    never = toy.days + 1
    supplies = toy.clearance(refusal=((NO_SUPPLIES,),) * never)
    come, go = toy.leg(0.6, resupply=supplies), toy.leg(TRIP["nominal"], contested=(TRIP["contested"],))
    for n in range(1, CUSTOMERS + 2):
        if n > 1:
            toy.move(n, {"police": 1, "lorry": 1}, "camp", PORT, leg=go, last=n == CUSTOMERS + 1)
        if n <= CUSTOMERS:
            trip = toy.move(n, {"police": 1, "clock": 1}, "post", "camp", leg=come)
            toy.change(trip, way=replace(toy.rows["acts"][trip].way, exact=0.25))  # one resupply is always needed
        else:
            toy.move(n, {"police": 1, "clock": 1}, "post", PORT, leg=go, last=True)
    for n, take in enumerate(toy.rows["takes"]):
        if take.kind == Kind.LIFT:  # clock and lorry are back where they left in the evening of their arrival
            toy.rows["takes"][n] = replace(take, target=take.source)
    law = waits(CUSTOMERS, TRIP_DAYS, geometric(1 - NO_SUPPLIES))
    name = "days that the 12th person waits for the lorry"
    chance = Chance.PACE | Chance.REFUSALS
    return Form(name, toy.script(), chance, lambda block: block.last_out[:, 1] - block.last_out[:, 0], law)


QUEUES = (timetable(), single_server())
