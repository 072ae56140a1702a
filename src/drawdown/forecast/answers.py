"""What is said of a running or past drawdown: status, forecast, re-plan and hindcast.

Dates are days of the mission, people are those of its units, shares and chances are 0 to 1, money is US dollars.
``on``/``as_of`` is the day that is spoken of, ``known_on`` the day by whose end it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drawdown.ledger.alerts import Alert
from drawdown.mandate.judging import Deed


@dataclass(frozen=True)
class Stamp:
    """What an answer comes from: hashes of mission and plan, and the digest of the ledger."""

    mission: str
    mission_name: str
    mission_hash: str
    plan_hash: str | None
    ledger_digest: str
    entries: int


@dataclass(frozen=True)
class PeopleDay:
    """People who are still to leave, of those who leave the mission, in the evening of a day.

    ``planned`` is by the plan; ``reported`` by a count of those who had left, with its ``source``; either may be
    missing.
    """

    date: date
    planned: int | None
    reported: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class SiteStatus:
    """A site: what was planned, what has happened, who is there by the record."""

    site: str
    name: str
    planned_last_out: date | None
    last_out: date | None
    planned_handover: date | None
    handover: date | None
    people: int
    people_at_start: int
    days_late: int | None
    """Days by which its last-out came after the plan's, or by which it is overdue; less than 0 if early."""


@dataclass(frozen=True)
class Gone:
    """Equipment of one owner: room and value at the start, and what has left or ended, by plan and by record."""

    owner: str
    teu: float
    usd: float
    planned_teu: float
    recorded_teu: float


@dataclass(frozen=True)
class Owed:
    """An obligation: when it is due, when it was met, and by how many days it is or was late (0 if in time)."""

    name: str
    due: date
    met_on: date | None
    days_late: int
    reference: str


@dataclass(frozen=True)
class Violation:
    """An act on record on days that no authority of the mandate covers; ``fact`` is its id in the record.

    ``deed`` is a deed of `drawdown.mandate.judging`, ``what`` says it in words; ``place`` is the id of a site or exit
    (None: nobody says where), ``where`` its name; ``start`` and ``end`` are the days that nothing covers; ``reference``
    is the text of the authority that ended last before them.
    """

    fact: str
    deed: Deed
    what: str
    place: str | None
    where: str
    start: date
    end: date
    why: str
    reference: str | None
    people: int = 0


@dataclass(frozen=True)
class Status:
    """Plan against actual on a day, as it was known on a day."""

    stamp: Stamp
    as_of: date
    known_on: date
    people_to_leave: int
    people_left: int
    people_remaining: int
    planned_remaining: int | None
    days_behind: int | None
    """Days since the plan had as few people left as there are now; less than 0 if the plan is behind the actual."""
    curve: tuple[PeopleDay, ...]
    sites: tuple[SiteStatus, ...]
    equipment: tuple[Gone, ...]
    obligations: tuple[Owed, ...]
    alerts: tuple[Alert, ...]
    deadline: date
    violations: tuple[Violation, ...] = ()
    """What the record says was done that the mandate does not cover, by days."""


@dataclass(frozen=True)
class Band:
    """What 5, 10, 25, 50, 75, 80, 90 and 95 % of the futures do not exceed; ``None``: not by the end of liquidation."""

    p5: date | float | None
    p10: date | float | None
    p25: date | float | None
    p50: date | float | None
    p75: date | float | None
    p80: date | float | None
    p90: date | float | None
    p95: date | float | None


@dataclass(frozen=True)
class PeopleBand:
    """People still to leave in the evening of a day: percentiles of the futures, and the plan's number."""

    date: date
    band: Band
    planned: int | None


@dataclass(frozen=True)
class SiteForecast:
    """When a site is left: the futures' percentiles, the day that today's plan has, and the first plan's."""

    site: str
    name: str
    last_out: Band
    planned: date | None
    first_planned: date | None


@dataclass(frozen=True)
class Chance:
    """The chance that all who leave are out by a day, with a 95 % interval."""

    date: date
    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Learnt:
    """A rate that the record has changed: its mean before and after with 90 % intervals, and what was seen.

    ``unit`` is that of the three numbers of ``before`` and ``after`` (low, mean, high).
    """

    what: str
    where: str
    unit: str
    before: tuple[float, float, float]
    seen: str
    after: tuple[float, float, float]
    why: str


@dataclass(frozen=True)
class Moved:
    """Why the median day of completion (and the chance of the deadline) moved since an earlier forecast."""

    because: str
    """*what happened*, *the pace*, or what was learnt."""
    days: float
    points: float
    """Change of the chance of the deadline, in percentage points."""


@dataclass(frozen=True)
class Since:
    """An earlier forecast, and what moved the dates since; the parts add up to the whole."""

    as_of: date
    p50: date | None
    probability: float
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Pace:
    """How fast it goes: the weight of evidence for *as today's plan* against *at its own pace*, and why."""

    plan_weight: float
    why: str
    exponent: tuple[float, float, float]
    """Of the pace: 5, 50, 95 %. Share gone = (share of the time gone) to this power; 1 is a straight line."""


@dataclass(frozen=True)
class Forecast:
    """What is to come, as of a day, as it was known on a day."""

    stamp: Stamp
    as_of: date
    known_on: date
    futures: int
    seed: int
    people_to_leave: int
    people_remaining: int
    planned_remaining: int | None
    pace: Pace
    learnt: tuple[Learnt, ...]
    fan: tuple[PeopleBand, ...]
    sites: tuple[SiteForecast, ...]
    completion: Band
    """The day by whose evening all who leave have left."""
    deadline: Chance
    since: Since | None
    alerts: tuple[Alert, ...]
    curve: tuple[PeopleDay, ...] = ()
    """What has happened so far, beside the plan."""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observed:
    """What then happened, beside what was forecast: a count of people still to leave, or the last-out of a site.

    ``value``, ``line`` and ``plan`` are people, or days from the as-of day to the last-out; ``line`` is the straight
    line, ``plan`` the plan itself.
    """

    what: str
    when: date
    value: float
    band: Band
    in50: bool
    in90: bool
    crps: float
    line: float
    plan: float
    line_crps: float
    plan_crps: float
    pit: float


@dataclass(frozen=True)
class Scores:
    """How good forecasts were over some points; CRPS and bias in people or days, smaller is better.

    ``coverage50``/``coverage90``: share of points inside the central bands, with the points counted in ``points``.
    """

    points: int
    coverage50: float | None
    coverage90: float | None
    crps: float | None
    bias: float | None
    straight_line: float | None
    plan: float | None


@dataclass(frozen=True)
class Run:
    """A hindcast as of one day."""

    as_of: date
    forecast: Forecast
    people: Scores
    sites: Scores
    observed_people: tuple[Observed, ...]
    observed_sites: tuple[Observed, ...]
    brier: float | None
    """Of *out by the deadline*, if it is known whether that happened."""
    words: str
    """Better or worse than the two naive forecasters, in words."""

    @property
    def coverage50(self) -> float | None:
        """Share of the counts of people inside the 50 % bands."""
        return self.people.coverage50

    @property
    def coverage90(self) -> float | None:
        """Share of the counts of people inside the 90 % bands."""
        return self.people.coverage90

    @property
    def crps(self) -> float | None:
        """Mean CRPS of the counts of people. [people]"""
        return self.people.crps

    @property
    def bias(self) -> float | None:
        """Mean of forecast median less count. [people]"""
        return self.people.bias

    @property
    def naive(self) -> dict[str, float | None]:
        """Mean CRPS (the absolute error of a point) of the straight line and of the plan itself. [people]"""
        return {"straight_line": self.people.straight_line, "plan": self.people.plan}


@dataclass(frozen=True)
class Saved:
    """What would have been saved had something been otherwise: the same futures with and without it.

    ``usd``, ``teu``, ``casualties`` are what less is lost: mean, 5 % and 95 % of the futures.
    """

    question: str
    name: str
    as_of: date
    futures: int
    lost_usd: tuple[float, float, float]
    usd: tuple[float, float, float]
    teu: tuple[float, float, float]
    casualties: tuple[float, float, float]
    words: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hindcast:
    """A past mission forecast as of past days, scored against what then happened."""

    stamp: Stamp
    runs: tuple[Run, ...]
    people: Scores
    sites: Scores
    pooled: Scores
    """All points of all runs: coverage only; people and days have no common CRPS."""
    saved: tuple[Saved, ...]
    left_out: tuple[str, ...]
    """What of the mission's files was not known on those days, or could not be left out, in words."""
    words: str
