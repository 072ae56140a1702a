"""A plan in ten lines."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.cli.text import count, counted, day, dollars, share
from drawdown.desk.reporting import ReportResult
from drawdown.desk.summary import Summary
from drawdown.plan.binding import Binding
from drawdown.plan.measures import EquipmentMeasure

_BINDING = 2  # limits that are worth a line
_DISPOSITIONS = {
    "repatriate": "repatriated",
    "redeploy": "redeployed",
    "sell": "sold",
    "donate": "donated",
    "hand_over": "handed over",
    "scrap": "scrapped",
    "destroy": "destroyed",
}


def _slack(days: int) -> str:
    if not days:
        return "on the deadline itself"
    return f"{counted(abs(days), 'day')} {'after' if days < 0 else 'before'} the deadline"


def _last_site(summary: Summary) -> str:
    if not summary.last_out:
        return "none is closed"
    site, when = max(summary.last_out.items(), key=lambda item: item[1])
    return f"{summary.site_names[site]} on {day(when)}; liquidation ends on {day(summary.liquidation_end)}"


def _equipment(measure: EquipmentMeasure) -> str:
    parts = [f"{count(part.teu)} TEU {_DISPOSITIONS[name]}" for name, part in measure.shares.items() if part.teu >= 1]
    return f"{', '.join(parts) or 'none moved'}; {dollars(measure.lost_usd)} lost"


def _binding(found: Sequence[Binding]) -> str:
    parts = [f"{row.what} (full on {counted(row.full_days, 'day')})" for row in found[:_BINDING]]
    return ", ".join(parts) or "nothing"


def summary_text(summary: Summary, place: str, path: object) -> str:
    """Ten lines that a planner can read; the last says where something lies."""
    time, risk, protection, cost = (
        summary.measures.time,
        summary.measures.risk,
        summary.measures.protection,
        summary.measures.cost,
    )
    rows = {
        "finish": f"{day(time.out_by)}, {_slack(time.slack_days)}",
        "last site": _last_site(summary),
        "rules": f"{counted(len(summary.broken), 'breach', 'breaches')} of the {len(summary.sentences)} rules",
        "equipment": _equipment(summary.measures.equipment),
        "risk": f"{risk.road_attacks + risk.site_attacks:.1f} attacks and {risk.casualties:.1f} casualties expected",
        "protection": f"{share(protection.covered, protection.possible)} of the civilian-days that can be covered",
        "cost": f"{dollars(cost.usd)}: lift {dollars(cost.lift_usd)}, sites {dollars(cost.sites_usd)},"
        f" people {dollars(cost.people_usd)}",
        "binds": _binding(summary.binding),
        place: str(path),
    }
    title = f"{summary.name}, course of action {summary.course}"
    return "\n".join([title, *(f"  {key:<11}{text}" for key, text in rows.items())])


def report_text(result: ReportResult) -> str:
    """The plan in ten lines, the last with where its report lies; for a mission alone only that."""
    place = ", ".join(str(path) for path in dict.fromkeys(p.parent for p in result.pictures))
    where = f"{result.report}" + (f", charts in {place}" if place else "")
    if result.summary is None:
        return f"{result.mission}\n  {'report':<11}{where}"
    return summary_text(result.summary, "report", where)
