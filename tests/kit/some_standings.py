"""What is said of a running drawdown, made up: every kind of row once or twice, with ids that no reader must see.

render_status(some_status()); render_forecast(some_forecast()); render_hindcast(some_hindcast())
"""

from dataclasses import replace
from datetime import date, timedelta

from drawdown.forecast.answers import (
    Band,
    Chance,
    Forecast,
    Gone,
    Hindcast,
    Learnt,
    Moved,
    Observed,
    Owed,
    Pace,
    PeopleBand,
    PeopleDay,
    Run,
    Saved,
    Scores,
    Since,
    SiteForecast,
    SiteStatus,
    Stamp,
    Status,
)
from drawdown.ledger.alerts import Alert

CESSATION, DEADLINE, END = date(2025, 7, 1), date(2025, 12, 31), date(2026, 6, 30)
TODAY = date(2025, 9, 10)
PEOPLE = 900
STAMP = Stamp("a-mission-id", "A mission", "5c21" * 16, "ab03" * 16, "e9f7" * 16, 12)
ALERTS = (
    Alert(
        "headcount_disagrees", "serious", date(2025, 9, 5), "Post",
        "240 are reported to have left; departures in the record account for 100",
        "record the departures that are missing, or correct the count", people=140,
    ),
    Alert("lot_left_behind", "warning", date(2025, 9, 1), "Post", "3 lorries are at a site that was left",
          "record where they went", usd=120_000.0),
    Alert("clearance_unanswered", "note", date(2025, 9, 8), None, "a request has had no answer for 9 days",
          "ask again"),
)  # fmt: skip


def day(number):
    return CESSATION + timedelta(days=number)


def planned(number):
    """900 people leave from day 20 on, 10 a day."""
    return max(0, PEOPLE - 10 * max(0, number - 20))


def curve(until):
    counts = {30: 860, 45: 760, 66: 660}
    return tuple(
        PeopleDay(day(n), planned(n), counts.get(n), "Report of the mission, letter 3" if n in counts else None)
        for n in range(until + 1)
    )


def some_status():
    """Base, Depot and Post, 240 of 900 people gone, 16 days behind."""
    return Status(
        stamp=STAMP,
        as_of=TODAY,
        known_on=TODAY,
        people_to_leave=PEOPLE,
        people_left=240,
        people_remaining=660,
        planned_remaining=planned(71),
        days_behind=27,
        curve=curve(183),
        sites=(
            SiteStatus("base-id", "Base", date(2025, 12, 1), None, date(2026, 1, 15), None, 420, 500, None),
            SiteStatus("post-id", "Post", date(2025, 8, 20), date(2025, 9, 1), date(2025, 8, 22), None, 0, 100, 12),
            SiteStatus("depot-id", "Depot", date(2025, 9, 2), None, None, None, 240, 300, 8),
        ),
        equipment=(Gone("Contingents", 300.0, 4e6, 160.0, 45.0), Gone("United Nations", 120.0, 9e6, 40.0, 52.0)),
        obligations=(
            Owed("Plan for the transfer", date(2025, 8, 15), date(2025, 8, 18), 3, "Resolution 1 (2025), paragraph 2"),
            Owed("Outposts closed", date(2025, 9, 1), None, 9, "Resolution 1 (2025), paragraph 3"),
            Owed("Withdrawal completed", DEADLINE, None, 0, "Resolution 1 (2025), paragraph 4"),
        ),
        alerts=ALERTS,
        deadline=DEADLINE,
    )


def band(middle, spread, form):
    """Percentiles around a middle, the further ones the further away."""
    found = {5: -2, 10: -1.5, 25: -0.7, 50: 0, 75: 1, 80: 1.3, 90: 2, 95: 3}
    return Band(*(form(middle + spread * times) for times in found.values()))


def dates(number, spread):
    return band(number, spread, lambda value: day(round(value)))


def never(found):
    return replace(found, p90=None, p95=None)


def some_forecast(as_of=71, people=660):
    """As of a day since cessation: a third of the futures meet the deadline."""
    return Forecast(
        stamp=STAMP,
        as_of=day(as_of),
        known_on=day(as_of),
        futures=1000,
        seed=7,
        people_to_leave=PEOPLE,
        people_remaining=people,
        planned_remaining=planned(as_of),
        pace=Pace(0.12, "Three counts lie far above the plan.", (1.3, 1.9, 2.8)),
        learnt=(
            Learnt("chance of a refusal", "Roads, North", "", (0.02, 0.1, 0.22), "6 of 20 requests refused",
                   (0.14, 0.22, 0.31), "requests and refusals are added to those counted before"),
            Learnt("IEDs", "Roads, North", "a 1,000 convoy-km", (0.1, 0.4, 0.9), "none in 900 convoy-km",
                   (0.05, 0.2, 0.45), "a Gamma-Poisson rate"),
            Learnt("new kind of trouble", "", "a day", (0.0, 0.0, 0.0), "1 in 60 days", (0.0, 0.02, 0.05), ""),
        ),
        fan=tuple(PeopleBand(day(n), _people(as_of, people, n), planned(n)) for n in range(as_of, 364)),
        sites=(
            SiteForecast("base-id", "Base", never(dates(170, 12)), date(2025, 12, 5), date(2025, 12, 1)),
            SiteForecast("depot-id", "Depot", dates(110, 8), date(2025, 10, 5), date(2025, 9, 2)),
        ),
        completion=never(dates(188, 9)),
        deadline=Chance(DEADLINE, 0.34, 0.31, 0.37),
        since=Since(
            date(2025, 8, 15), date(2025, 12, 20), 0.61,
            (Moved("what happened", -4.0, 3.0), Moved("how fast people leave", 19.5, -22.0),
             Moved("rates learnt", 0.5, -8.0)),
        ),
        alerts=ALERTS,
        curve=curve(as_of),
        caveats=("2 incidents name no leg and were not counted",),
    )  # fmt: skip


def _people(as_of, people, number):
    """Straight down to nobody, from 20 days before the deadline to 60 after it."""
    ends = (140, 150, 165, 188, 200, 205, 220, 240)
    return Band(*(max(0.0, people * (1 - (number - as_of) / (end - as_of))) for end in ends))


def some_hindcast():
    """As of two days: better than both naive forecasters once, worse than the straight line once."""
    first = _run(45, 760, Scores(3, 2 / 3, 1.0, 22.4, 14.2, 60.1, 130.0), Scores(2, 0.5, 1.0, 6.3, -4.0, 9.2, 12.0))
    second = _run(66, 660, Scores(2, 0.5, 0.5, 55.2, -31.0, 40.3, 160.0), Scores(1, 0.0, 1.0, 8.0, 8.0, 9.0, 7.0))
    return Hindcast(
        stamp=STAMP,
        runs=(first, second),
        people=Scores(5, 0.6, 0.8, 35.5, -3.9, 52.2, 142.0),
        sites=Scores(3, 1 / 3, 1.0, 6.9, 0.0, 9.1, 10.3),
        pooled=Scores(8, 0.5, 0.875, None, None, None, None),
        saved=(
            Saved("lorries-id", "100 lorries cleared on 24 August", date(2025, 8, 24),
                  1000, (8.1e6, 5e6, 1.2e7), (2.7e6, 1.1e6, 4.4e6), (210.0, 80.0, 400.0), (0.4, -0.5, 1.5),
                  "A third of what was lost would have left.", ("The price of a lorry is assumed.",)),
        ),
        left_out=("The date of the last convoy was not known on those days.",),
        words="Once better than both naive forecasters, once worse than the straight line.",
    )  # fmt: skip


def _run(as_of, people, scores, sites):
    seen = {66: 660, 100: 420, 150: 90}
    points = tuple(
        Observed("Letter 4", day(n), float(left), _people(as_of, people, n), n != 150, n != 150 or as_of == 45, 20.0,
                 people * (183 - n) / (183 - as_of), float(planned(n)), 30.0, 70.0, 0.6)
        for n, left in seen.items() if n > as_of
    )  # fmt: skip
    left = tuple(
        Observed(what, day(n), float(n - as_of), band(n - as_of + 4, 6, float), good, True, 5.0, n - as_of + 9.0,
                 n - as_of - 20.0, 9.0, 20.0, 0.4)
        for what, n, good in (("post-id", 62, True), ("depot-id", 108, False)) if n > as_of
    )  # fmt: skip
    found = some_forecast(as_of, people)
    post = SiteForecast("post-id", "Post", dates(66, 6), date(2025, 8, 20), date(2025, 8, 20))
    found = replace(found, sites=(*found.sites, post), since=None)
    return Run(day(as_of), found, scores, sites, points, left, 0.41, "So it went.")
