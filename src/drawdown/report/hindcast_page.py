"""The page of a hindcast: forecasts as of past days beside what then happened, in one HTML file that works offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from drawdown.forecast import told
from drawdown.forecast.answers import Hindcast, Observed, Run, Saved, Scores
from drawdown.report import tracking
from drawdown.report.facts import Fact
from drawdown.report.futures import words as say
from drawdown.report.names import long_date
from drawdown.report.release import Audience
from drawdown.report.render import Format, Spec
from drawdown.report.tracking.moved import signed
from drawdown.report.tracking.page import Charts, page, pictures, stamps

_DASH = "\N{EN DASH}"
_NAIVE = ("straight_line", "plan")


class ScoreCell(NamedTuple):
    """A score in the table, and whether it is the best of the three."""

    text: str
    best: bool


class ScoreRow(NamedTuple):
    """The scores as of a day, or over all days."""

    what: str
    points: int
    inside50: str
    inside90: str
    crps: tuple[ScoreCell, ...]
    bias: str
    worse: bool


class SiteRow(NamedTuple):
    """A site in the table: its forecast, what then happened, and how far off each forecaster was."""

    name: str
    median: date | None
    low: date | None
    high: date | None
    actual: date
    off: str
    straight: str
    plan: str
    inside: str


class Section(NamedTuple):
    """A run on the page."""

    name: str
    run: Run
    worse: list[str]
    sites: list[SiteRow]
    people: str
    brier: str


class SavedRow(NamedTuple):
    """What would have been saved, in figures."""

    what: str
    mean: str
    between: str


class Question(NamedTuple):
    """A question that the case asks, and its answer."""

    saved: Saved
    rows: list[SavedRow]


def render_hindcast(hindcast: Hindcast, release: Audience = "internal") -> str:
    """A hindcast as the text of an HTML file; the same hindcast gives the same text.

    ``release`` says for whom it is, and it is marked so; all that it tells is past, so that nothing is left out.
    """
    return page(
        "hindcast.html.j2",
        hindcast.stamp,
        _charts(hindcast),
        release,
        title="Hindcast",
        hindcast=hindcast,
        pooled=hindcast.pooled,
        inside90=told.inside(hindcast.pooled.coverage90, hindcast.pooled.points),
        inside50=told.inside(hindcast.pooled.coverage50, hindcast.pooled.points),
        figures=list(_facts(hindcast)),
        contents=list(_contents(hindcast)),
        people=list(_scores(hindcast.runs, hindcast.people, lambda run: run.people)),
        sites=list(_scores(hindcast.runs, hindcast.sites, lambda run: run.sites)),
        sections=[_section(run) for run in hindcast.runs],
        questions=[Question(row, list(_saved(row))) for row in hindcast.saved],
        stamps=stamps(hindcast.stamp, [run.as_of for run in hindcast.runs], None, **_futures(hindcast)),
    )


def hindcast_chart_files(hindcast: Hindcast, *, form: Format = "svg") -> dict[str, bytes]:
    """Every chart of a hindcast that says something, as a picture, by name."""
    return pictures(_charts(hindcast), form)


def _futures(hindcast: Hindcast) -> dict[str, object]:
    runs = [run.forecast for run in hindcast.runs]
    return {"futures": runs[0].futures, "seed": runs[0].seed} if runs else {}


def _charts(hindcast: Hindcast) -> Charts:
    found: dict[str, Callable[[], Spec]] = {}
    for name, part, draw in (
        ("people_scores", hindcast.people, tracking.people_scores),
        ("sites_scores", hindcast.sites, tracking.sites_scores),
    ):
        if part.crps is not None:
            found[name] = partial(draw, hindcast)
    for run in hindcast.runs:
        if run.forecast.fan:
            found[f"people-{run.as_of}"] = partial(tracking.fan, run.forecast, run)
        if run.observed_sites:
            found[f"sites-{run.as_of}"] = partial(tracking.what_happened, run)
    return found


def _contents(hindcast: Hindcast) -> Iterator[tuple[str, str]]:
    yield "scores", "Scores"
    yield from ((f"as-of-{run.as_of}", f"As of {long_date(run.as_of)}") for run in hindcast.runs)
    if hindcast.saved:
        yield "saved", "What would have been saved"
    yield from (("left-out", "What was not known"), ("stamps", "Stamps"))


def _facts(hindcast: Hindcast) -> Iterator[Fact]:
    for scores, what, unit in ((hindcast.people, "people", "people"), (hindcast.sites, "last-outs", "days")):
        if scores.crps is not None:
            naive = [f"{name} {told.size(value)}" for name, value in
                     (("straight line", scores.straight_line), ("plan", scores.plan)) if value is not None]  # fmt: skip
            worse = "crps" not in told.best(scores)
            yield Fact(f"CRPS of {what}", f"{told.size(scores.crps)} {unit}", "; ".join(naive), bad=worse)
    runs = [run for run in hindcast.runs if run.people.crps is not None]
    best = sum(told.best(run.people) == ("crps",) for run in runs)
    if runs:
        yield Fact("Better than both naive forecasters", f"on {best} of {len(runs)} days", "of people still to leave",
                   bad=2 * best < len(runs))  # fmt: skip
    inside = told.inside(hindcast.people.coverage50, hindcast.people.points)
    yield Fact("Counts inside the 50 % bands", inside, "about half is what it promises")


def _scores(runs: Iterable[Run], whole: Scores, part: Callable[[Run], Scores]) -> Iterator[ScoreRow]:
    yield from (_score(long_date(run.as_of), part(run)) for run in runs)
    yield _score("All", whole)


def _score(what: str, scores: Scores) -> ScoreRow:
    best = told.best(scores)
    cells = tuple(
        ScoreCell(_DASH if value is None else told.size(value), name in best)
        for name in ("crps", *_NAIVE)
        for value in [getattr(scores, name)]
    )
    return ScoreRow(
        what=what,
        points=scores.points,
        inside50=told.inside(scores.coverage50, scores.points),
        inside90=told.inside(scores.coverage90, scores.points),
        crps=cells,
        bias=_DASH if scores.bias is None else _signed(scores.bias),
        worse=bool(best) and "crps" not in best,
    )


def _signed(value: float) -> str:
    return signed(value) if abs(value) < 100 else f"{value:+,.0f}".replace("-", "\N{MINUS SIGN}")  # noqa: PLR2004


def _section(run: Run) -> Section:
    names = told.site_names(run)
    people = run.observed_people
    return Section(
        name=f"{run.as_of}",
        run=run,
        worse=list(told.where_worse(run)),
        sites=[_site(row, names, run.as_of) for row in told.sites_seen(run)],
        people=f"{sum(row.in90 for row in people)} of {len(people)} later counts lie inside the 90 % band."
        if people
        else "",
        brier="" if run.brier is None else _brier(run),
    )


def _brier(run: Run) -> str:
    deadline = run.forecast.deadline
    return (
        f"The chance of being out by {long_date(deadline.date)} was given as {say.percent(deadline.probability)};"
        f" its Brier score is {run.brier:.2f} (0 is perfect, 0.25 what a coin gets)."
    )


def _site(row: Observed, names: dict[str, str], since: date) -> SiteRow:
    days = row.band
    median, low, high = (told.as_day(value, since) for value in (days.p50, days.p5, days.p95))
    return SiteRow(
        name=told.named(row, names),
        median=median,
        low=low,
        high=high,
        actual=row.when,
        off=_off(median, row.when),
        straight=_off(since + timedelta(days=round(row.line)), row.when),
        plan=_off(since + timedelta(days=round(row.plan)), row.when),
        inside="in 50 %" if row.in50 else "in 90 %" if row.in90 else "outside",
    )


def _off(said: date | None, actual: date) -> str:
    """Days by which a forecast was too late (more than 0) or too early."""
    return _DASH if said is None else f"{(said - actual).days:+d}".replace("-", "\N{MINUS SIGN}").replace("+0", "0")


def _saved(row: Saved) -> Iterator[SavedRow]:
    for what, (mean, low, high), form in (
        ("Lost as it was, USD", row.lost_usd, say.money),
        ("Less lost, USD", row.usd, say.money),
        ("Less lost, TEU", row.teu, say.amount),
        ("Fewer killed or wounded", row.casualties, say.amount),
    ):
        texts = [form(value).replace("-", "\N{MINUS SIGN}") for value in (mean, low, high)]
        yield SavedRow(what, texts[0], f"{texts[1]} to {texts[2]}")
