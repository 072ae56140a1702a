"""The answers of a stress test, made up: every kind of row once or twice, with ids that no reader must see.

render_stress(some_answers())
"""

from datetime import date, timedelta

from drawdown.stress.answers import (
    Answers,
    Complete,
    Critical,
    Delay,
    Driver,
    FanDay,
    HowSure,
    InTime,
    KnockOut,
    Loss,
    Quantiles,
    SiteAnswer,
    Spread,
    WhatIf,
)

CESSATION, DEADLINE, END = date(2025, 7, 1), date(2025, 12, 31), date(2026, 6, 30)
PLANNED = date(2025, 12, 1)
_PEOPLE = 990


def some_answers():
    """Base and Post, 990 people, a deadline that nine futures of ten meet."""
    losses = (
        _loss("transport_refused", "its transport was refused or blocked", 12, 8.5, 1.2e6),
        _loss("attack", "destroyed in attacks on the road", 0, 0, 0),
    )
    return Answers(
        mission="A mission",
        plan_name="a plan",
        futures=1000,
        seed=7,
        seconds=1.5,
        planned_out_by=PLANNED,
        deadline=InTime(DEADLINE, 0.912, 0.893, 0.928),
        out_by=Quantiles(date(2025, 11, 30), date(2025, 12, 10), date(2025, 12, 20), None),
        complete=tuple(Complete(date(2025, 11, 25) + timedelta(days=n), n / 40) for n in range(1, 38)),
        sites=(_base(), _post()),
        fan=tuple(_fan_day(n) for n in range((END - CESSATION).days + 1)),
        casualties=Spread(3.4, 0.1, 1, 3, 5, 9),
        attacks=Spread(2.1, 0.05, 0, 2, 3, 5),
        vehicles_lost=Spread(1.2, 0.04, 0, 1, 2, 4),
        losses=losses,
        lost=_loss("in_all", "in all", 12, 8.5, 1.2e6),
        uncovered=Spread(45_000, 300, 40_000, 44_000, 49_000, 60_000),
        cost=Spread(5.2e7, 1e5, 4.9e7, 5.1e7, 5.4e7, 6e7),
        delays=(
            Delay("clearance", "a clearance is refused or not answered", 6.3),
            Delay("fire", "the site is under fire", 0.01),
        ),
        critical_moves=(Critical("convoy-id", "convoy Post to Base, 30 August 2025", 0.41),),
        critical_clearances=(Critical("north-id", "roads, North", 0.33),),
        late_moves=(Critical("convoy-id", "convoy Post to Base, 30 August 2025", 0.58),),
        how_sure=HowSure(1000, 0.0176, date(2025, 12, 18), date(2025, 12, 22), 4),
        liquidation_end=END,
        mission_hash="5c21" * 16,
        plan_hash="ab03" * 16,
        version="0.1",
        drivers=(
            Driver("pace-id", "slow convoys: roads, North", 0.41, 0.35, 0.47),
            Driver("weather-id", "weather", -0.02, -0.08, 0.04),
        ),
        knock_outs=_knock_outs(),
        what_if=_what_ifs(),
    )


def _base():
    days = Quantiles(date(2025, 11, 28), PLANNED, date(2025, 12, 20), None)
    return SiteAnswer("base-id", "Base", PLANNED, days, InTime(PLANNED, 0.999, 0.994, 1.0))


def _post():
    planned = date(2025, 9, 1)
    days = Quantiles(date(2025, 8, 30), planned, date(2025, 9, 5), date(2025, 9, 20))
    return SiteAnswer("post-id", "Post", planned, days, InTime(planned, 0.62, 0.59, 0.65))


def _fan_day(number):
    left = [max(0, _PEOPLE - pace * number) for pace in (8, 7, 6, 5, 4)]
    return FanDay(CESSATION + timedelta(days=number), *left, planned=max(0, _PEOPLE - 9 * number))


def _loss(reason, words, items, teu, usd):
    return Loss(reason, words, *(Spread(x, x / 50, 0, x, 1.5 * x, 2.5 * x) for x in (items, teu, usd)))


def _knock_outs():
    without = Quantiles(date(2025, 11, 25), date(2025, 12, 5), date(2025, 12, 11), date(2025, 12, 30))
    return (
        KnockOut("attacks-id", "attacks", 0.913, 0.001, -0.002, 0.004, 0, without),
        KnockOut("refusals-id", "refusals", 0.962, 0.05, 0.035, 0.065, 9, without),
    )


def _what_ifs():
    nothing = (0.912, 0.0, -0.004, 0.004, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    worse = (0.842, -0.07, -0.09, -0.05, -1, None, 1.5, 0.5, 2.5, 1.5e6, 1e6, 2e6)
    better = (0.952, 0.04, 0.021, 0.059, 3, 12, 0.0, -0.01, 0.01, -4e5, -6e5, -2e5)
    return (
        WhatIf("aircraft-id", "an aircraft: nothing", *nothing, futures=500, changed=False, title="An aircraft"),
        WhatIf("later-id", "a later start: worse", *worse, futures=500, changed=True, title="A later start"),
        WhatIf("lorries-id", "100 lorries: better", *better, futures=500, changed=True, title="100 lorries"),
    )
