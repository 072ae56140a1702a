"""Names instead of ids, wherever a person reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Claim

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MODES = {"road": "Road", "air": "Air", "river": "River", "rail": "Rail", "sea": "Sea"}
OWNERS = {"contingent": "Contingent-owned", "un": "UN-owned", "contractor": "Contractors'"}
DISPOSITIONS = {
    "repatriate": "Repatriated",
    "redeploy": "Redeployed",
    "sell": "Sold",
    "donate": "Donated",
    "hand_over": "Handed over",
    "scrap": "Scrapped",
    "destroy": "Destroyed",
}


def words(identifier: str | None) -> str:
    """A word of the vocabulary as text: `civilian_authority` is read "civilian authority"."""
    return (identifier or "").replace("_", " ")


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def name_in(rows: Mapping[str, object], identifier: str | None) -> str:
    """The name of a row by its id; the id itself if there is no such row (a plan may speak of what is not there)."""
    return str(getattr(rows.get(identifier or ""), "name", None) or identifier or "")


def counted(rows: Mapping[str, object], counts: Mapping[str, int]) -> str:
    """Counts with names: "20 Trucks, 6 Buses"."""
    return ", ".join(f"{number:,} {name_in(rows, identifier)}" for identifier, number in counts.items())


def long_date(day: date | None) -> str:
    """A date in words: 31 December 2023 (English whatever the machine's language; blank for none)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def number(value: float | None) -> str:
    """A number as a table shows it: thousands apart, a decimal only where there is one; blank for none."""
    if value is None:
        return ""
    text = f"{value:,.1f}"
    return text.removesuffix(".0")


def days(count: int) -> str:
    """A number of days with its noun."""
    return f"{count:,} day" + ("" if abs(count) == 1 else "s")


def subject(mission: Mission, claim: Claim) -> str:
    """What a claim is about, as a person says it: its topic, or "Gao: guard", or "Legs, all: nominal days"."""
    if claim.topic:
        return sentence(claim.topic)
    table, row, column = claim.table or "", claim.row or "*", claim.column or "*"
    found = next((r for r in mission.rows(table) if vars(r).get("id") == row), None) if _known(mission, table) else None
    if table == "mission":
        return f"Mission: {words(column)}"
    who = f"{sentence(words(table))}, all" if row == "*" else str(getattr(found, "name", None) or words(row))
    return who if column == "*" else f"{who}: {words(column)}"


def _known(mission: Mission, table: str) -> bool:
    return table in type(mission).model_fields


def short_names(mission: Mission) -> dict[str, str]:
    """Names of places for maps and charts: up to the first comma, where no other place is called the same."""
    first = {place.id: place.name.split(",")[0] for place in mission.place.values()}
    often = Counter(first.values())
    return {key: short if often[short] == 1 else mission.place[key].name for key, short in first.items()}
