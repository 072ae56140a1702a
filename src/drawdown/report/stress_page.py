"""The page of a stress test: one HTML file that holds all it needs and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from drawdown import __version__
from drawdown.report import futures
from drawdown.report.background import DISCLAIMER
from drawdown.report.facts import Fact
from drawdown.report.futures import words as say
from drawdown.report.futures.gains import drivers_told
from drawdown.report.futures.last_out import sites_in_order
from drawdown.report.gallery import drawn_chart
from drawdown.report.names import days, sentence
from drawdown.report.release import RELEASES, Audience
from drawdown.report.render import Format, Spec, compiled, render
from drawdown.report.shell import asset, library, policy, template
from drawdown.stress.answers import Answers, Loss, Spread

#: The charts of a stress test by name, in the order of the page.
CHARTS: Mapping[str, Callable[[Answers], Spec]] = {
    "completion": futures.completion,
    "fan": futures.fan,
    "last_out": futures.last_out,
    "what_ifs": futures.what_ifs,
    "knock_outs": futures.knock_outs,
    "drivers": futures.drivers,
}
_FELT = 0.05  # days: what is less reads 0
_SURE = 1.96  # standard errors on both sides of a mean within which it lies with 95 % certainty


class Figure(NamedTuple):
    """A row of the table of figures: what it is, its mean and how sure that is, and its quantiles."""

    what: str
    mean: str
    sure: str
    p10: str
    p50: str
    p80: str
    p95: str


def render_stress(answers: Answers, release: Audience = "internal") -> str:
    """The answers of a stress test as the text of an HTML file; the same answers give the same text.

    ``release`` says for whom it is: it is marked so, and what they may not see is left out (partners: clearances and
    what goes with lateness, which names them; the public: moves as well).
    """
    allowed = RELEASES[release]
    style, script, drawing = asset("page.css") + asset("stress.css"), asset("page.js"), library()
    charts = {name: drawn_chart(name, "wide", CHARTS[name](answers)) for name in _shown(answers, release)}
    return template("stress.html.j2").render(
        answers=answers,
        release=allowed,
        charts=charts,
        facts=_facts(answers),
        beyond=_beyond(answers),
        sites=sites_in_order(answers),
        losses=[*_felt(answers), answers.lost],
        figures=list(_figures(answers)),
        what_ifs=sorted(answers.what_if, key=lambda row: (not row.changed, -row.gained)),
        delays=[row for row in answers.delays if row.days >= _FELT],
        knock_outs=sorted(answers.knock_outs, key=lambda row: -row.gained),
        stamps=_stamps(answers),
        disclaimer=" ".join(DISCLAIMER),
        say=say,
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
        library=Markup(drawing),  # noqa: S704  out of vl-convert
        policy=policy(drawing, script),
    )


def stress_chart_files(answers: Answers, *, form: Format = "svg", release: Audience = "internal") -> dict[str, bytes]:
    """Every chart of a stress test that says something and that its readers may see, as a picture, by name."""
    return {name: render(compiled(CHARTS[name](answers)), form) for name in _shown(answers, release)}


def _shown(answers: Answers, release: Audience) -> list[str]:
    silent = {
        "what_ifs": not any(row.changed for row in answers.what_if),
        "knock_outs": not answers.knock_outs,
        "drivers": not (drivers_told(answers) and RELEASES[release].escorts),
    }
    return [name for name in CHARTS if not silent.get(name)]


def _beyond(answers: Answers) -> bool:
    """Whether any day that a table tells is not by the end of liquidation."""
    told = [*(row.last_out for row in answers.sites), *(row.out_by for row in answers.knock_outs)]
    return any(days.p95 is None for days in told)


def _facts(answers: Answers) -> list[Fact]:
    """The figures that a reader wants first, below the chance of the deadline."""
    found, deadline = answers.out_by, answers.deadline.date
    slack = (deadline - answers.planned_out_by).days
    margin = f"{days(abs(slack))} {'before' if slack > 0 else 'after'} the deadline" if slack else "on the deadline"
    quantiles = {
        "Half of the futures are complete by (P50)": found.p50,
        "Four in five by (P80)": found.p80,
        "19 in 20 by (P95)": found.p95,
    }
    late = [
        Fact(what, sentence(say.by_day(day)), bad=not say.in_time(day, deadline)) for what, day in quantiles.items()
    ]
    hurt, lost = answers.casualties, answers.lost.usd
    most = "at most {} in 19 of 20 futures"
    return [
        *late,
        Fact("The plan itself, without chance", say.by_day(answers.planned_out_by), margin),
        Fact("Killed or wounded, on average", say.amount(hurt.mean), most.format(say.amount(hurt.p95))),
        Fact("Equipment lost, on average", f"USD {say.money(lost.mean)}", most.format(say.money(lost.p95))),
    ]


def _figures(answers: Answers) -> Iterator[Figure]:
    rows: list[tuple[str, Spread, Callable[[float], str]]] = [
        ("Killed or wounded, persons", answers.casualties, say.amount),
        ("Attacks", answers.attacks, say.amount),
        ("Vehicles lost on the road", answers.vehicles_lost, say.amount),
        ("Equipment lost, items", answers.lost.items, say.amount),
        ("Equipment lost, TEU", answers.lost.teu, say.amount),
        ("Equipment lost, USD of depreciated value", answers.lost.usd, say.money),
        ("Civilian-days without cover while the mandate to protect lasts", answers.uncovered, say.money),
        ("Cost, USD", answers.cost, say.money),
    ]
    for what, found, form in rows:
        sure = "" if found.error is None else f"\N{PLUS-MINUS SIGN} {form(_SURE * found.error)}"
        yield Figure(what, form(found.mean), sure, *map(form, (found.p10, found.p50, found.p80, found.p95)))


def _felt(answers: Answers) -> list[Loss]:
    """The reasons for which anything was lost, the dearest first."""
    return sorted((row for row in answers.losses if row.items.mean > 0), key=lambda row: -row.usd.mean)


def _stamps(answers: Answers) -> list[tuple[str, str]]:
    """What the page was made from, so that it can be made again."""
    found = [("Mission", answers.mission), ("Mission hash", answers.mission_hash)]
    found += [("Plan", answers.plan_name), ("Plan hash", answers.plan_hash)]
    found += [("Futures", f"{answers.futures}"), ("Seed", f"{answers.seed}")]
    return [*found, ("Played with Drawdown", answers.version), ("Reported with Drawdown", __version__)]
