"""A past mission, forecast as of past days by what was known then, and scored against what then happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast import scores
from drawdown.forecast.answers import Band, Hindcast, Observed, Run, Saved, Scores
from drawdown.forecast.case import Case, people_to_leave, stayers
from drawdown.forecast.forecasting import PERCENTS, told
from drawdown.forecast.known import left_out
from drawdown.forecast.outlook import Outlook, Tell, ground, outlook

Real = NDArray[np.float64]


def hindcast(  # noqa: PLR0913 - what may be asked of any hindcast
    case: Case,
    days: Sequence[date],
    *,
    futures: int = 1000,
    seed: int = 1,
    saved: Iterable[Saved] = (),
    tell: Tell | None = None,
) -> Hindcast:
    """Forecast a past mission as of each of some days, and score people still to leave and the sites' last-outs.

    The plan in force is the case's own; a forecast plans afresh from the standing of its day, because a past mission
    did not follow our plan. *The plan itself*, one of the two naive forecasters, is that plan of the day.
    """
    runs = []
    for day in days:
        if tell:
            tell(f"as of {day}")
        runs.append(_run(case, day, futures, seed))
    people = summed([row for run in runs for row in run.observed_people])
    sites = summed([row for run in runs for row in run.observed_sites])
    pooled = summed([row for run in runs for row in (*run.observed_people, *run.observed_sites)])
    pooled = Scores(pooled.points, pooled.coverage50, pooled.coverage90, None, None, None, None)
    said = tuple(f"as of {day.day} {day:%B %Y}: {left_out(case.mission, day)}" for day in days)
    return Hindcast(case.stamp, tuple(runs), people, sites, pooled, tuple(saved), said, _in_words(runs))


def _run(case: Case, day: date, futures: int, seed: int) -> Run:
    seen = outlook(case, ground(case, day, day, near=False), futures, seed)
    people, sites = tuple(_people(case, seen)), tuple(_sites(case, seen))
    found = told(case, seen, seed)
    brier = _brier(case, found.deadline.probability)
    return Run(day, found, summed(people), summed(sites), people, sites, brier, _words(summed(people), summed(sites)))


def _people(case: Case, seen: Outlook) -> Iterator[Observed]:
    """Each count up to the deadline that came after the day, beside what was forecast for its day."""
    mission, found, start = case.mission, seen.ground, case.mission.day(seen.ground.as_of)
    titles = {source.id: source.title for source in mission.sources}
    everyone, line = people_to_leave(mission), _line(case, seen)
    for day, fact in case.reported(case.pairs).items():
        number = mission.day(day)
        if not found.as_of < day <= mission.mission.deadline:
            continue
        sample = seen.remaining[:, number - int(seen.days[0])]
        planned = float(seen.planned[min(number - start, len(seen.planned) - 1)])
        left = everyone - float(fact.count or 0)
        yield _observed(titles.get(fact.source or "", "count"), day, left, sample, line(number), planned)


def _line(case: Case, seen: Outlook) -> Line:
    mission = case.mission
    counts = case.left_by_day(seen.ground.as_of, seen.ground.known_on)
    last = max(counts, default=mission.mission.cessation)
    return Line(
        mission.day(last),
        float(people_to_leave(mission) - counts.get(last, 0)),
        mission.day(mission.mission.deadline),
        float(stayers(mission)),
    )


class Line:
    """The straight line: from the last count to the deadline, on which only those are left who may stay."""

    def __init__(self, first: int, people: float, last: int, stay: float) -> None:
        self.first, self.people, self.last, self.stay = first, people, last, stay

    def __call__(self, day: float) -> float:
        """People still to leave on a day."""
        return float(np.interp(day, [self.first, self.last], [self.people, self.stay]))

    def reaches(self, people: float) -> float:
        """The day on which so many are still to leave."""
        return float(np.interp(-people, [-self.people, -self.stay], [self.first, self.last]))


def _sites(case: Case, seen: Outlook) -> Iterator[Observed]:
    """Each last-out after the day, beside the forecast; in days from the day on."""
    mission, start = case.mission, case.mission.day(seen.ground.as_of)
    left = {f.place: f for _, f in sorted(case.pairs, key=lambda row: row[1].happened) if f.kind == "last_out"}
    line, planned = _line(case, seen), seen.planned
    for column, site in enumerate(seen.ground.stands.mission.sites):
        fact = left.get(site.id)
        closure = seen.ground.today.closure.get(site.id)
        if fact is None or closure is None or fact.happened <= seen.ground.as_of:
            continue
        plan = float(mission.day(closure.last_out) - start)
        by_line = line.reaches(float(planned[min(int(plan), len(planned) - 1)])) - start
        if closure.last_out > mission.mission.deadline:
            by_line = plan  # the line ends with the deadline
        actual = float(mission.day(fact.happened) - start)
        sample = seen.last_out[:, column].astype(float) - start
        yield _observed(site.id, fact.happened, actual, sample, by_line, plan)


def _observed(what: str, when: date, value: float, sample: Real, line: float, plan: float) -> Observed:  # noqa: PLR0913, PLR0917
    in50, in90 = (bool(scores.covered(sample, value, level)) for level in (0.5, 0.9))
    band = Band(*(float(x) for x in np.quantile(sample, [p / 100 for p in PERCENTS])))
    return Observed(
        what=what,
        when=when,
        value=value,
        band=band,
        in50=in50,
        in90=in90,
        crps=float(scores.crps(sample, value)),
        line=line,
        plan=plan,
        line_crps=float(scores.absolute_error(line, value)),
        plan_crps=float(scores.absolute_error(plan, value)),
        pit=float(scores.pit(sample, value)),
    )


def summed(rows: Sequence[Observed]) -> Scores:
    """The scores of some points; nothing is said of none."""
    if not rows:
        return Scores(0, None, None, None, None, None, None)

    def mean(values: Iterable[float]) -> float:
        return float(np.mean([*values]))

    return Scores(
        points=len(rows),
        coverage50=mean(row.in50 for row in rows),
        coverage90=mean(row.in90 for row in rows),
        crps=mean(row.crps for row in rows),
        bias=mean(_number(row.band.p50) - row.value for row in rows),
        straight_line=mean(row.line_crps for row in rows),
        plan=mean(row.plan_crps for row in rows),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _brier(case: Case, chance: float) -> float | None:
    """The score of the chance of the deadline, if a fact says whether it was met."""
    obligation = next((row for row in case.mission.obligations if row.due == case.mission.mission.deadline), None)
    if obligation is None or obligation.met_on is None:
        return None
    return float(scores.brier(chance, obligation.met_on <= obligation.due))


def _words(people: Scores, sites: Scores) -> str:
    """Better or worse than the two naive forecasters, in words."""
    return " ".join((_compared("People still to leave", people), _compared("Last-outs", sites)))


def _compared(what: str, found: Scores) -> str:
    if found.crps is None:
        return f"{what}: nothing to compare with."
    worse = [
        name
        for name, other in (("a straight line", found.straight_line), ("the plan itself", found.plan))
        if other is not None and other <= found.crps
    ]
    if not worse:
        return f"{what}: better than a straight line and than the plan itself."
    return f"{what}: WORSE than {' and '.join(worse)}."


def _in_words(runs: Sequence[Run]) -> str:
    def wins(which: str) -> int:
        found = [getattr(run, which) for run in runs]
        return sum(s.crps is not None and s.crps < min(s.straight_line or np.inf, s.plan or np.inf) for s in found)

    return (
        f"On {wins('people')} of {len(runs)} days the forecast of people, and on {wins('sites')} that of the sites, was"
        " better than both naive forecasters."
    )
