"""The five measures as rows that a person reads: name, value, unit and meaning."""

from __future__ import annotations

from drawdown.plan.measures import Measures

Figure = tuple[str, str, str, str]


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f}" if whole else "none to cover"


def figures(measures: Measures) -> list[Figure]:
    """Every figure of the five measures, in the order of the measures."""
    time, risk, equipment = measures.time, measures.risk, measures.equipment
    protection, cost = measures.protection, measures.cost
    return [
        ("Out by", f"{time.out_by}", "", "Day by whose end everyone but those who stay for liquidation is out"),
        ("Slack", f"{time.slack_days:,}", "days", "From there to the deadline; below zero is late"),
        ("Last site left", f"{time.closed_by}", "", "Day on which the last person leaves the last site"),
        ("Site-days", f"{time.site_days:,}", "days", "Days with people, added up over all sites"),
        ("Attacks on the road", f"{risk.road_attacks:.1f}", "events", "Expected, from past events and exposure"),
        ("Attacks on sites", f"{risk.site_attacks:.1f}", "events", "Expected, from past events and exposure"),
        ("Casualties", f"{risk.casualties:.1f}", "persons", "Killed or wounded, expected, on the road and on sites"),
        ("Equipment lost", f"{equipment.lost_usd:,.0f}", "USD", "Depreciated value destroyed or not accounted for"),
        (
            "Civilians covered",
            _share(protection.covered, protection.possible),
            "% of civilian-days",
            "Near a site with a capable force, while there is authority to protect, of all that sites can cover",
        ),
        ("Lift", f"{cost.lift_usd:,.0f}", "USD", "Cost of the moves"),
        ("Running sites", f"{cost.sites_usd:,.0f}", "USD", "Cost of keeping sites open"),
        ("People", f"{cost.people_usd:,.0f}", "USD", "Cost of keeping people in the mission"),
        ("Cost", f"{cost.usd:,.0f}", "USD", "Lift, sites and people together"),
    ]
