"""A plan or a mission as a report: one HTML file that works offline, and its charts as pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal, cast

from drawdown.desk.figures import figures
from drawdown.desk.missions import open_mission
from drawdown.desk.plans import open_judged_plan
from drawdown.desk.summary import Summary, summarise
from drawdown.files.atomic import write_file
from drawdown.mission.basis import conflicts, count_basis
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan

Audience = Literal["internal", "partner", "public"]
Picture = Literal["svg", "png", "pdf"]
Form = Literal["html"] | Picture
FORMS: tuple[Form, ...] = ("html", "svg", "png", "pdf")

_STAMPED = b'<section id="stamps">'  # every report of ours has the hashes of what it came from


@dataclass(frozen=True)
class ReportResult:
    """Where a report and its pictures were written, with a summary of the plan if they show one."""

    report: Path
    pictures: tuple[Path, ...]
    mission: str
    summary: Summary | None


def is_plan(path: Path) -> bool:
    """Whether a path holds a plan rather than a mission."""
    if path.suffix.lower() == ".json" and path.is_file():
        with path.open("rb") as file:
            return re.search(rb'"mission"\s*:\s*\{', file.read(1000)) is None
    return (path / "plan.yaml").is_file()


def forms_named(text: str) -> tuple[Form, ...]:
    """The forms of a list such as ``html,png``; raises `MissionError` for one that there is not."""
    names = [name.strip().lower() for name in text.split(",")]
    strange = [name for name in names if name not in FORMS]
    if strange:
        message = "is no form that a report is written in"
        raise MissionError(
            Fault("fault", Spot("report"), name, message, suggest(name, FORMS), "--format") for name in strange
        )
    return tuple(cast("list[Form]", names))


def write_report(  # noqa: PLR0913  what a reader may ask of a report, by name
    path: str | Path,
    reference: str | Path | None = None,
    *,
    out: str | Path | None = None,
    formats: Sequence[Form] = ("html",),
    release: Audience = "internal",
    allow_changed: bool = False,
) -> ReportResult:
    """Write a report of a plan (whose mission is found as `open_plan` says), or of a mission alone.

    It goes to ``out``, otherwise beside the plan, or for a mission to ``out/MISSION-mission.html``; pictures go into
    a folder beside it that ends in ``-charts``. An earlier report is replaced; anything else that is there raises
    `FileExistsError`. Raises `MissionError` if plan or mission cannot be used or the extra ``report`` is missing.
    """
    plan: Plan | None = None
    summary: Summary | None = None
    if is_plan(Path(path)):
        mission, plan, broken = open_judged_plan(path, reference, allow_changed=allow_changed)
        summary, target = summarise(mission, plan, broken), Path(path).with_suffix(".html")
    else:
        mission = open_mission(path)
        target = Path("out") / f"{mission.mission.id}-mission.html"
    target = Path(out) if out else target
    if "html" in formats:
        _write(_document(mission, plan, summary, release), target)
    pictures = [_draw(mission, plan, target, form, release) for form in formats if form != "html"]
    return ReportResult(target, tuple(chain.from_iterable(pictures)), mission.mission.name, summary)


def _draw(mission: Mission, plan: Plan | None, target: Path, form: Picture, release: Audience) -> list[Path]:
    """Write every chart as a picture; where they lie."""
    with _extra():
        from drawdown.report.gallery import chart_files  # noqa: PLC0415  needs the extra
    folder, found = target.with_name(f"{target.stem}-charts"), []
    for name, picture in chart_files(mission, plan, form=form, release=release).items():
        found.append(folder / f"{name}.{form}")
        write_file(found[-1], partial(Path.write_bytes, data=picture), overwrite=True)
    return found


@contextmanager
def _extra() -> Iterator[None]:
    """Turn a missing extra into a fault that names it."""
    try:
        yield
    except ImportError as error:
        raise MissionError([Fault("fault", Spot("report"), "", str(error), "", "report")]) from error


def _document(mission: Mission, plan: Plan | None, summary: Summary | None, release: Audience) -> str:
    with _extra():
        from drawdown.report.document import build_report  # noqa: PLC0415  needs the extra
    return build_report(
        mission,
        plan,
        measures=figures(summary.measures) if summary else (),
        broken=summary.broken if summary else (),
        conflicts=conflicts(mission),
        counts=count_basis(mission),
        binding=[row.message for row in summary.binding] if summary else (),
        release=release,
    )


def _write(text: str, target: Path) -> None:
    ours = target.is_file() and _STAMPED in target.read_bytes()
    write_file(target, lambda draft: draft.write_text(text, encoding="utf-8"), overwrite=ours)
