"""A plan for what is left: from the standing, with as little change of the plan in force as can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Unpack

from drawdown.desk.planning import PlanResult, result_of, stamped
from drawdown.desk.summary import choose_course, summarise
from drawdown.desk.tracking import Tracking, opened
from drawdown.files import write_mission, write_plan
from drawdown.forecast.answers import Stamp
from drawdown.forecast.outlook import Remains, remains
from drawdown.forecast.status import ranked
from drawdown.ledger.alerts import Alert
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.plan.diff import describe_changes
from drawdown.plan.matching import match_moves
from drawdown.plan.model import Plan
from drawdown.planner.optimise import Effort, optimise

#: The folders that a re-plan writes: the mission as it stands, and its plan.
MISSION, PLAN = "mission", "plan"


@dataclass(frozen=True)
class ReplanResult(PlanResult):
    """A plan of the mission as it stood on a day, which lies beside it in ``mission_path``.

    ``kept`` says in words what has left, what is under way and what stays as it was; ``estimated`` what the record did
    not say.
    """

    stamp: Stamp
    as_of: date
    known_on: date
    people_remaining: int
    mission_path: Path
    kept: tuple[str, ...]
    estimated: tuple[str, ...]
    alerts: tuple[Alert, ...]


def make_replan(
    reference: str | Path, *, seed: int = 0, effort: Effort | None = None, **said: Unpack[Tracking]
) -> ReplanResult:
    """Plan what is left of a mission on a day, near to the plan in force, and write it.

    What has left stays, what is under way comes in as planned, and what is then still lawful of the plan is kept. The
    mission as it stands and its plan are written into folders of ``out``. Raises as `track_status`, `MissionError` if
    no plan is in force, and `FileExistsError` (before any planning) if something is there that is not to be replaced.
    """
    if said.get("plan") is None:
        message, remedy = "there is no plan to change as little as can be", "name the plan in force with --plan"
        raise MissionError([Fault("fault", Spot("tracking"), "", message, remedy, "--plan")])
    means = opened(reference, said)
    out = Path(said.get("out") or Path("out") / f"{means.case.mission.mission.id}-{means.as_of}")
    overwrite = said.get("overwrite", False)
    if not overwrite and any((out / name).exists() for name in (MISSION, PLAN)):
        raise FileExistsError(f"{out} holds a plan already; name another folder with --out, or --replace it")
    left = remains(means.case, means.as_of, means.known_on)
    mission, course = left.stands.mission, choose_course(means.case.mission, left.before.course)
    found = optimise(
        mission,
        course.id,
        as_of=means.as_of,
        seed=seed,
        effort=effort,
        before=left.before,
        progress=said.get("progress"),
    )
    plan = stamped(found, mission, course)
    write_mission(mission, out / MISSION, overwrite=overwrite)
    write_plan(plan, out / PLAN, overwrite=overwrite)
    changes = tuple(describe_changes(mission, left.before, plan))
    result = result_of(mission, summarise(mission, plan, found.unmet), out / PLAN, found, changes)
    return ReplanResult(
        **vars(result),
        stamp=means.case.stamp,
        as_of=means.as_of,
        known_on=means.known_on,
        people_remaining=sum(unit.strength for unit in mission.units if not unit.separates),
        mission_path=out / MISSION,
        kept=_kept(left, plan),
        estimated=left.stands.estimated.words,
        alerts=ranked(left.standing.alerts, means.case.mission),
    )


def _kept(left: Remains, plan: Plan) -> tuple[str, ...]:
    """What has left or is under way, and what stays as it was, in words."""
    pairs, before = match_moves(left.before.moves, plan.moves), len(left.before.moves)
    changed = len(pairs.moved) + len(pairs.reloaded) + len(pairs.altered) + len(pairs.dropped)
    return (
        f"{len(left.departed):,} moves of the plan have left by the record",
        f"{len(left.under_way):,} that their lift and escorts need to come home are taken to be made as planned",
        f"{before - changed:,} of the {before:,} that are left stay as they were",
    )
