"""What `hindcast` says to a person: how good the forecasts were, and where a naive forecaster did better."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from drawdown.cli.text import count, day, dollars, table, wrapped
from drawdown.cli.views.status import stamped
from drawdown.cli.views.stress import percent
from drawdown.forecast import told
from drawdown.forecast.answers import Hindcast, Run, Saved, Scores

_NAIVE = ("straight_line", "plan")


def hindcast_text(hindcast: Hindcast) -> str:
    """Scores, run after run, and what would have been saved."""
    days = ", ".join(day(run.as_of) for run in hindcast.runs)
    parts = [
        [wrapped(f"{hindcast.stamp.mission_name}: hindcast as of {days}"), stamped(hindcast.stamp)],
        list(_headline(hindcast)),
        list(_scores(hindcast, "people still to leave", hindcast.people, lambda run: run.people)),
        list(_scores(hindcast, "last-outs, in days", hindcast.sites, lambda run: run.sites)),
        ["*: the best of the three. CRPS: by how much a forecast is off, its spread counted in; of a single",
         "number it is the plain error. Bias: median of the forecast less what happened."],
        *(list(_run(run)) for run in hindcast.runs),
        *(list(_saved(row)) for row in hindcast.saved),
        list(_left_out(hindcast)),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(hindcast: Hindcast) -> Iterator[str]:
    found = hindcast.pooled
    if found.coverage90 is not None and found.coverage50 is not None:
        yield wrapped(
            f"{percent(found.coverage90)} of what then happened lies inside the 90 % bands"
            f" ({told.inside(found.coverage90, found.points)}), {percent(found.coverage50)} inside the 50 % bands."
        )
    yield wrapped(hindcast.words)


def _scores(hindcast: Hindcast, what: str, whole: Scores, part: Callable[[Run], Scores]) -> Iterator[str]:
    head = [what, "in 50 %", "in 90 %", "CRPS", "straight line", "plan itself", "bias"]
    rows = [_score(day(run.as_of), part(run)) for run in hindcast.runs]
    yield table(head, [*rows, _score("all", whole)])


def _score(what: str, found: Scores) -> list[str]:
    best = told.best(found)
    cells = [
        "-" if value is None else told.size(value) + ("*" if name in best else " ")
        for name in ("crps", *_NAIVE)
        for value in [getattr(found, name)]
    ]
    inside = [told.inside(share, found.points) for share in (found.coverage50, found.coverage90)]
    bias = "-" if found.bias is None else f"{found.bias:+,.0f}" if abs(found.bias) >= 100 else f"{found.bias:+.1f}"  # noqa: PLR2004
    return [what, *inside, *cells, bias]


def _run(run: Run) -> Iterator[str]:
    deadline = run.forecast.deadline
    brier = "" if run.brier is None else f", Brier score {run.brier:.2f}"
    yield wrapped(f"As of {day(run.as_of)}. {run.words}")
    yield wrapped(f"Chance of {day(deadline.date)} as it was then: {percent(deadline.probability)}{brier}.", 2)
    yield from (wrapped(text, 2) for text in told.where_worse(run))
    names, rows = told.site_names(run), []
    for row in told.sites_seen(run):
        said = [told.as_day(value, run.as_of) for value in (row.band.p5, row.band.p50, row.band.p95)]
        plan = run.as_of + timedelta(days=round(row.plan))
        where = "50 %" if row.in50 else "90 %" if row.in90 else "outside"
        days = [day(value) if value else "never" for value in said]
        rows.append([f"  {told.named(row, names)}", *days, day(row.when), where, day(plan)])
    if rows:
        yield table(["  last person leaves", "P5", "P50", "P95", "it was", "inside", "plan"], rows)


def _saved(row: Saved) -> Iterator[str]:
    yield wrapped(f"What would have been saved: {row.name}. {row.words}")
    shown = (("lost as it was", row.lost_usd, dollars), ("less lost", row.usd, dollars),
             ("less lost, TEU", row.teu, count), ("fewer killed or wounded", row.casualties, _tenth))  # fmt: skip
    rows = [[f"  {what}", *map(form, found)] for what, found, form in shown]
    yield table([f"  in {count(row.futures)} futures from {day(row.as_of)}", "mean", "5 %", "95 %"], rows)
    yield from (wrapped(text, 2, 4) for text in row.caveats)


def _tenth(value: float) -> str:
    return f"{value:.1f}"


def _left_out(hindcast: Hindcast) -> Iterator[str]:
    if hindcast.left_out:
        yield "What was not known then, and what of it could not be left out:"
        yield from (wrapped(text, 2, 4) for text in hindcast.left_out)
