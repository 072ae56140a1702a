"""Plans side by side: their measures, and in words what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drawdown.desk.plans import open_judged_plan
from drawdown.desk.summary import Summary, summarise
from drawdown.plan.diff import describe_changes


@dataclass(frozen=True)
class CompareResult:
    """``plans`` in the order in which they were named; ``differences`` of each later plan from the first, in words."""

    plans: tuple[Summary, ...]
    differences: tuple[str, ...]


def compare(
    paths: Sequence[str | Path], reference: str | Path | None = None, *, allow_changed: bool = False
) -> CompareResult:
    """Compare plans of one mission; see `open_plan` for how the mission is found and when a plan is refused."""
    opened = [open_judged_plan(path, reference, allow_changed=allow_changed) for path in paths]
    names = _names([plan.name for _, plan, _ in opened], [Path(path) for path in paths])
    mission, first, _ = opened[0]
    differences = [
        f"{name} against {names[0]}: {change}"
        for name, (_, plan, _) in zip(names[1:], opened[1:], strict=True)
        for change in describe_changes(mission, first, plan)
    ]
    plans = [
        replace(summarise(mission, plan, broken), name=name)
        for name, (mission, plan, broken) in zip(names, opened, strict=True)
    ]
    return CompareResult(tuple(plans), tuple(differences))


def _names(names: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """The plans' own names if they tell them apart, otherwise the names of their files."""
    return list(names) if len(set(names)) == len(names) else [path.stem for path in paths]
