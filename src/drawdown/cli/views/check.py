"""What `check` and `convert` say to a person."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.cli.text import count, counted, day, wrapped
from drawdown.cli.views.faults import fault_lines
from drawdown.desk.checking import CheckResult
from drawdown.desk.converting import ConvertResult
from drawdown.mission.basis import BasisCounts, Conflict, Totals


def _totals_line(totals: Totals) -> str:
    parts = (
        counted(totals.sites, "site"),
        f"{count(totals.uniformed)} in uniform",
        counted(totals.civilians, "civilian"),
        f"{count(totals.teu)} TEU",
        counted(totals.vehicles, "vehicle"),
    )
    return ", ".join(parts)


def _counts_line(counts: BasisCounts) -> str:
    known = f"{count(counts.reported)} reported, {count(counts.derived)} derived, {count(counts.assumed)} assumed"
    return f"{known}, {count(len(counts.unfounded))} with no basis given"


def _conflict_lines(conflict: Conflict, titles: dict[str, str]) -> Iterator[str]:
    yield wrapped(conflict.topic, 2)
    for claim in conflict.claims:
        source = titles.get(claim.source or "", "no document")
        mark = "*" if claim.value == conflict.adopted and claim.adopted else " "
        yield wrapped(f"{mark} {claim.value} - {source}, as of {day(claim.as_of)}", 4, 8)
    if conflict.reason:
        yield wrapped(f"adopted: {conflict.adopted or 'none'}, because {conflict.reason}", 4, 8)


def _verdict(result: CheckResult) -> str:
    found = {word: sum(fault.severity == word for fault in result.faults) for word in ("fault", "warning", "note")}
    summary = ", ".join(counted(number, word) for word, number in found.items())
    return f"The mission is {'sound' if result.sound else 'not sound'}: {summary}."


def check_text(result: CheckResult) -> str:
    """The size of the mission, what its figures rest on, where sources disagree, and every fault."""
    lines = [f"{result.name or 'Mission'} ({result.origin})"]
    if result.totals and result.counts:
        lines += [f"  {_totals_line(result.totals)}", f"  values: {_counts_line(result.counts)}"]
    if result.conflicts:
        lines += ["", f"{counted(len(result.conflicts), 'conflict')} between sources (* is what the mission uses):"]
        for conflict in result.conflicts:
            lines += _conflict_lines(conflict, result.titles)
    if result.faults:
        lines += ["", *fault_lines(result.faults)]
    return "\n".join([*lines, "", _verdict(result)])


def convert_text(result: ConvertResult) -> str:
    """Where the mission was written, and what was noticed on the way."""
    return "\n".join([*fault_lines(result.faults), f"written to {result.written}"])
