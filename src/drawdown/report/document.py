"""The report: one HTML file that holds all it needs and asks the network for nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from drawdown import __version__
from drawdown.mission.basis import BasisCounts, Conflict, totals
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.rules.rule import Broken
from drawdown.report import charts
from drawdown.report.background import DISCLAIMER
from drawdown.report.mission_tables import assumption_rows, authority_rows, conflict_rows, obligation_rows
from drawdown.report.names import days, long_date, name_in, number, sentence, words
from drawdown.report.plan_tables import disposal_rows, move_rows, site_rows
from drawdown.report.release import RELEASES, Audience, Release
from drawdown.report.render import Spec, compiled, render
from drawdown.report.timeline import Timeline

Measure = tuple[str, str, str, str]  # name, value, unit, meaning


class Drawn(NamedTuple):
    """A chart in the page: how it is fitted, its picture, and the specification from which it is drawn anew."""

    kind: str
    picture: Markup
    spec: Markup


class Fact(NamedTuple):
    """One of the figures at the top."""

    what: str
    value: str
    more: str = ""
    bad: bool = False


def build_report(
    mission: Mission,
    plan: Plan | None = None,
    *,
    measures: Sequence[Measure] = (),
    broken: Sequence[Broken] = (),
    conflicts: Sequence[Conflict] = (),
    counts: BasisCounts,
    unmet: Sequence[Broken] = (),
    binding: Sequence[str] = (),
    release: Audience = "internal",
) -> str:
    """The report of a mission and, if there is one, its plan, as the text of an HTML file.

    ``measures`` are rows of name, value, unit and meaning; ``unmet`` is what the planner could not meet, ``binding``
    sentences on what the plan uses up. ``release`` says for whom the report is: it is marked so, and what they may
    not see is left out. The same input gives the same text.
    """
    allowed = RELEASES[release]
    timeline = Timeline(mission, plan, moves=allowed.moves, strengths=allowed.strengths)
    style, script, library = _asset("page.css"), _asset("page.js"), _library()
    return _template().render(
        title=f"{plan.name if plan else 'Mission'}: {mission.mission.name}",
        head=mission.mission,
        plan=plan,
        course=name_in(mission.course, plan.course) if plan and plan.course else "",
        release=allowed,
        facts=_facts(timeline, broken),
        charts=_charts(timeline, allowed),
        map_caption=_map_caption(timeline),
        disclaimer=DISCLAIMER,
        sites=site_rows(timeline),
        disposals=disposal_rows(timeline),
        equipment=_equipment(mission),
        moves=move_rows(timeline) if allowed.moves else [],
        measures=measures,
        broken=broken,
        unmet=unmet,
        binding=binding,
        authorities=authority_rows(mission),
        obligations=obligation_rows(mission),
        counts=counts,
        conflicts=conflict_rows(mission, conflicts),
        assumptions=assumption_rows(mission),
        stamps=_stamps(mission, plan),
        horizon=timeline.horizon,
        days=_json(_days(timeline)),
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
        library=Markup(library),  # noqa: S704  vega, out of vl-convert
        policy=_policy(library, script),
    )


def chart_files(mission: Mission, plan: Plan | None = None, *, form: Any = "svg", day: int = 0) -> dict[str, bytes]:
    """Every chart of the report as a picture, by name: ``svg``, ``png`` or ``pdf``; the map shows the given day."""
    timeline = Timeline(mission, plan)
    names = CHARTS if plan else ("overview",)
    return {name: render(compiled(CHARTS[name][1](timeline, day)), form) for name in names}


#: Charts by name: how the page fits them, and the function that draws them.
CHARTS: dict[str, tuple[str, Callable[[Timeline, int], Spec]]] = {
    "overview": ("map", charts.overview),
    "closures": ("wide", charts.closures),
    "people": ("wide", charts.people),
    "people_by_site": ("multiples", charts.people_by_site),
    "equipment": ("wide", charts.equipment),
    "vehicles": ("wide", charts.vehicles),
    "routes": ("wide", charts.routes),
}


def _charts(timeline: Timeline, allowed: Release) -> dict[str, Drawn]:
    names = set(CHARTS) if timeline.plan else {"overview"}
    names -= set() if allowed.moves and timeline.flows else {"routes"}
    names -= set() if allowed.strengths else {"people_by_site"}
    found = {}
    for name in sorted(names):
        kind, draw = CHARTS[name]
        spec = compiled(draw(timeline, 0))
        picture = render(spec, "svg").decode("utf-8")
        # Pictures share the page, so what they refer to in themselves gets a name of its own.
        picture = re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", picture)
        found[name] = Drawn(kind, Markup(picture), _json(spec))  # noqa: S704  vega escapes its texts
    return found


def _facts(timeline: Timeline, broken: Sequence[Broken]) -> list[Fact]:
    mission, plan = timeline.mission, timeline.plan
    size, head = totals(mission), mission.mission
    people = f"{size.uniformed:,} in uniform, {size.civilians:,} civilians"
    scope = [
        Fact("People at cessation", f"{size.uniformed + size.civilians:,}", people),
        Fact("To be carried", f"{size.teu:,.0f} TEU", f"and {size.vehicles:,} vehicles that drive"),
        Fact("Deadline", long_date(head.deadline), f"liquidation ends {long_date(head.liquidation_end)}"),
    ]
    if plan is None:
        return [Fact("Sites", f"{size.sites}"), *scope]
    held = [site for site in mission.sites if site.id not in plan.closure]
    last = Fact("Last site left", long_date(plan.last_out) or "none", f"{size.sites} sites")
    if held:
        last = Fact("Sites that stay open", f"{len(held)}", ", ".join(site.name for site in held), bad=True)
    rules = Fact("Broken rules", f"{len(broken)}" if broken else "None", bad=bool(broken))
    return [_finish(timeline), last, rules, *scope]


def _finish(timeline: Timeline) -> Fact:
    what = "Everyone out but those who stay for liquidation"
    if timeline.finish is None:
        return Fact(what, "Not within the plan", bad=True)
    slack = timeline.deadline - timeline.finish
    more = f"{days(abs(slack))} {'before' if slack > 0 else 'after'} the deadline" if slack else "the deadline itself"
    return Fact(what, long_date(timeline.mission.date(timeline.finish)), more, bad=slack < 0)


def _map_caption(timeline: Timeline) -> str:
    parts = ["Sites by state"]
    if timeline.strengths:
        parts.append(" and, by their area, people in the evening")
    if timeline.flows:
        parts.append("; routes travelled on the day, with convoys as diamonds at an even pace")
    return "".join(parts) + ". Roads are drawn straight between the places that they join."


def _equipment(mission: Mission) -> str:
    size = totals(mission)
    return f"{size.teu:,.0f} TEU need lift; {size.vehicles:,} vehicles drive themselves."


def _stamps(mission: Mission, plan: Plan | None) -> list[tuple[str, str]]:
    stamps = [("Mission", mission.mission.id), ("Mission hash", mission.hash)]
    if plan:
        settings = ", ".join(f"{key} {value}" for key, value in plan.settings.items())
        stamps += [("Plan", plan.name), ("Plan hash", plan.hash), ("Planner and seed", f"{plan.planner}, {plan.seed}")]
        stamps += [("Settings", settings)] if settings else []
        stamps += [("Planned with Drawdown", plan.version)]
        if plan.mission_hash != mission.hash:
            stamps.append(("The plan was made from another state of the mission", plan.mission_hash))
    return [*stamps, ("Reported with Drawdown", __version__)]


def _days(timeline: Timeline) -> dict[str, Any]:
    """What the line under the slider says of each day."""
    states = [timeline.states(site) for site in timeline.mission.sites]
    held = [sum(of[day] not in {"left", "handed_over"} for of in states) for day in range(timeline.horizon + 1)]
    moves = [0] * (timeline.horizon + 1)
    for flow in timeline.flows:
        for day in range(max(0, flow.start), min(timeline.horizon, flow.end) + 1):
            moves[day] += flow.moves
    cessation = timeline.mission.mission.cessation
    milliseconds = (cessation.toordinal() - 719_163) * 86_400_000  # 719163 is 1 January 1970
    found = {"now": 0, "start": milliseconds, "people": timeline.people_remaining.tolist(), "sites": held}
    return {**found, "moves": moves} if timeline.flows else found


def _json(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704


def _policy(*scripts: str) -> str:
    """What the browser may do: run our two scripts (vega compiles its own expressions) and load nothing at all."""
    hashes = [b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-eval' {allowed}"


@cache
def _library() -> str:
    """Vega, as vl-convert carries it: within vega-embed."""
    found: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return found


@cache
def _asset(name: str) -> str:
    return (files("drawdown.report") / "page" / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    loader = PackageLoader("drawdown.report", "page")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.globals.update(number=number, words=words, sentence=sentence, long_date=long_date)
    return environment.get_template("page.html.j2")
