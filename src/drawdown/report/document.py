"""The report: one HTML file that holds all it needs and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from drawdown.mission.basis import BasisCounts, Conflict
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.rules.rule import Broken
from drawdown.plan.rules.understood import understandable
from drawdown.report.facts import day_figures, facts, stamps
from drawdown.report.gallery import drawn, script_json
from drawdown.report.mission_tables import assumption_rows, authority_rows, conflict_rows, event_rows, obligation_rows
from drawdown.report.names import name_in
from drawdown.report.plan_tables import disposal_rows, move_rows, site_rows
from drawdown.report.release import RELEASES, Audience
from drawdown.report.shell import asset, library, policy, template
from drawdown.report.timeline import Timeline
from drawdown.report.uncovered import uncovered

Measure = tuple[str, str, str, str]  # name, value, unit, meaning


def build_report(  # noqa: PLR0913  what a report is made of, by name
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
    sentences on what the plan uses up. Actions that the mission does not know are left out (they are ``broken``
    rules). ``release`` says for whom the report is: it is marked so, and what they may not see is left out. The
    same input gives the same text.
    """
    allowed = RELEASES[release]
    known = understandable(mission, plan) if plan else None
    timeline = Timeline(mission, known, moves=allowed.moves, strengths=allowed.strengths)
    style, script, drawing = asset("page.css"), asset("page.js"), library()
    return template("page.html.j2").render(
        head=mission.mission,
        plan=plan,
        course=name_in(mission.course, plan.course) if plan else "",
        release=allowed,
        facts=facts(timeline, broken),
        charts=drawn(timeline),
        map_caption=_map_caption(timeline),
        sites=site_rows(timeline),
        disposals=disposal_rows(timeline),
        moves=move_rows(timeline) if allowed.moves else [],
        measures=measures,
        broken=broken,
        unmet=unmet,
        binding=binding,
        authorities=authority_rows(mission),
        obligations=obligation_rows(mission),
        events=event_rows(mission),
        uncovered=uncovered(timeline),
        counts=counts,
        conflicts=conflict_rows(mission, conflicts),
        assumptions=assumption_rows(mission, values=allowed.strengths),
        stamps=stamps(mission, plan),
        horizon=timeline.horizon,
        days=script_json(day_figures(timeline)),
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
        library=Markup(drawing),  # noqa: S704  out of vl-convert
        policy=policy(drawing, script),
    )


def _map_caption(timeline: Timeline) -> str:
    parts = ["Sites by state"]
    if timeline.strengths:
        parts.append(" and, by their area, people in the evening")
    if timeline.flows:
        parts.append("; routes travelled on the day, with convoys as diamonds at an even pace")
    if timeline.not_covered and timeline.plan:
        parts.append("; a cross where, on the day, the plan does what the mandate does not cover")
    elif timeline.not_covered:
        parts.append("; a cross where, on whatever day, the record tells of what the mandate does not cover")
    return "".join(parts) + ". Roads are drawn straight between the places that they join."
