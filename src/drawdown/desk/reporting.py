"""A plan or a mission as a report: one HTML file that works offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from drawdown.desk.figures import figures
from drawdown.desk.missions import open_mission
from drawdown.desk.plans import open_judged_plan
from drawdown.desk.summary import Summary, summarise
from drawdown.files.atomic import write_file
from drawdown.mission.basis import conflicts, count_basis
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan

Audience = Literal["internal", "partner", "public"]

_STAMPED = b'<section id="stamps">'  # every report of ours has the hashes of what it came from


@dataclass(frozen=True)
class ReportResult:
    """Where a report was written, with a summary of the plan if it shows one."""

    report: Path
    mission: str
    summary: Summary | None


def is_plan(path: Path) -> bool:
    """Whether a path holds a plan rather than a mission."""
    if path.suffix.lower() == ".json" and path.is_file():
        with path.open("rb") as file:
            return re.search(rb'"mission"\s*:\s*\{', file.read(1000)) is None
    return (path / "plan.yaml").is_file()


def write_report(
    path: str | Path,
    reference: str | Path | None = None,
    *,
    out: str | Path | None = None,
    release: Audience = "internal",
    allow_changed: bool = False,
) -> ReportResult:
    """Write a report of a plan (whose mission is found as `open_plan` says), or of a mission alone.

    It goes to ``out``, otherwise beside the plan, or for a mission to ``out/MISSION-mission.html``. An earlier report
    is replaced; anything else that is there raises `FileExistsError`. Raises `MissionError` if plan or mission
    cannot be used or the extra ``report`` is not installed.
    """
    if not is_plan(Path(path)):
        mission = open_mission(path)
        target = Path(out) if out else Path("out") / f"{mission.mission.id}-mission.html"
        _write(_document(mission, None, None, release), target)
        return ReportResult(target, mission.mission.name, None)
    mission, plan, broken = open_judged_plan(path, reference, allow_changed=allow_changed)
    summary = summarise(mission, plan, broken)
    target = Path(out) if out else Path(path).with_suffix(".html")
    _write(_document(mission, plan, summary, release), target)
    return ReportResult(target, mission.mission.name, summary)


def _document(mission: Mission, plan: Plan | None, summary: Summary | None, release: Audience) -> str:
    try:
        from drawdown.report.document import build_report  # noqa: PLC0415  needs the extra
    except ImportError as error:
        raise MissionError([Fault("fault", Spot("report"), "", str(error), "", "report")]) from error
    return build_report(
        mission,
        plan,
        measures=figures(summary.measures) if summary else (),
        broken=summary.must_give if summary else (),
        conflicts=conflicts(mission),
        counts=count_basis(mission),
        binding=[row.message for row in summary.binding] if summary else (),
        release=release,
    )


def _write(text: str, target: Path) -> None:
    ours = target.is_file() and _STAMPED in target.read_bytes()
    write_file(target, lambda draft: draft.write_text(text, encoding="utf-8"), overwrite=ours)
