"""All charts of a report by name: as pictures in files, and as what a page needs to draw them anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from markupsafe import Markup

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.rules.understood import understandable
from drawdown.report import charts
from drawdown.report.release import RELEASES, Audience
from drawdown.report.render import Format, Spec, compiled, render
from drawdown.report.timeline import Timeline

Kind = Literal["map", "wide", "multiples"]

#: Charts by name: how the page fits them to the room there is, and the function that draws them.
CHARTS: Mapping[str, tuple[Kind, Callable[[Timeline, int], Spec]]] = {
    "overview": ("map", charts.overview),
    "closures": ("wide", charts.closures),
    "people": ("wide", charts.people),
    "people_by_site": ("multiples", charts.people_by_site),
    "equipment": ("wide", charts.equipment),
    "vehicles": ("wide", charts.vehicles),
    "routes": ("wide", charts.routes),
}


class Drawn(NamedTuple):
    """A chart in a page: how it is fitted, its picture, and the specification from which it is drawn anew."""

    kind: Kind
    picture: Markup
    spec: Markup


def shown(timeline: Timeline) -> list[str]:
    """The charts that say something: without a plan only the map, and nothing that its readers may not see."""
    if timeline.plan is None:
        return ["overview"]
    silent = {"routes": not timeline.flows, "people_by_site": not timeline.strengths}
    return [name for name in CHARTS if not silent.get(name)]


def chart_files(
    mission: Mission,
    plan: Plan | None = None,
    *,
    form: Format = "svg",
    day: int = 0,
    release: Audience = "internal",
) -> dict[str, bytes]:
    """Every chart that its readers may see as a picture, by name.

    ``day`` (counted from cessation) is the one that the map shows.
    """
    allowed, known = RELEASES[release], understandable(mission, plan) if plan else None
    timeline = Timeline(mission, known, moves=allowed.moves, strengths=allowed.strengths)
    return {name: render(compiled(CHARTS[name][1](timeline, day)), form) for name in shown(timeline)}


def drawn(timeline: Timeline) -> dict[str, Drawn]:
    """The charts for a page."""
    found = {}
    for name in shown(timeline):
        kind, draw = CHARTS[name]
        found[name] = drawn_chart(name, kind, draw(timeline, 0))
    return found


def drawn_chart(name: str, kind: Kind, chart: Spec) -> Drawn:
    """A chart for a page. What its picture refers to in itself gets a name of its own: pictures share the page."""
    spec = compiled(chart)
    picture = re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", render(spec, "svg").decode("utf-8"))
    return Drawn(kind, Markup(picture), script_json(spec))  # noqa: S704  vega escapes its texts


def script_json(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  no markup is left in it
