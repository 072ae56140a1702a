"""What a mission's figures rest on: claims that disagree, how much is known, and the totals to compare with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from drawdown.mission.faults import Spot
from drawdown.mission.generate import python_default
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.tables import Claim
from drawdown.mission.values import same_value, text_of
from drawdown.mission.vocabulary import TABLES, columns

Basis = Literal["reported", "derived", "assumed"]

#: Tables whose values must rest on a claim, and the columns that need none.
FOUNDED = (
    "mission", "sites", "exits", "units", "equipment", "legs", "lift", "clearances", "hazards", "settlements",
    "closure_steps",
)  # fmt: skip
NEEDS_NO_CLAIM = frozenset({"id", "name", "note", "format", "source"})


class Conflict(NamedTuple):
    """Claims about one thing that do not say the same; ``adopted`` is the value that the mission uses, if it says."""

    topic: str
    claims: tuple[Claim, ...]
    adopted: str | None
    reason: str | None


class BasisCounts(NamedTuple):
    """How many values of a mission are reported, derived and assumed, and the spots of those that rest on nothing."""

    reported: int
    derived: int
    assumed: int
    unfounded: tuple[Spot, ...]


class Totals(NamedTuple):
    """The size of a mission: sites, people in uniform, civilians, TEU to be carried, and vehicles that drive."""

    sites: int
    uniformed: int
    civilians: int
    teu: float
    vehicles: int


def subject(claim: Claim) -> tuple[str, ...]:
    """What a claim is about: its topic, or else the table, row and column of one value (blank parts left out)."""
    if claim.topic:
        return (claim.topic,)
    return tuple(part for part in (claim.table, claim.row, claim.column) if part)


def claims_by_subject(mission: Mission) -> dict[tuple[str, ...], list[Claim]]:
    """The claims that state a value, by what they are about, in file order."""
    found: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in mission.claims:
        if claim.value is not None and subject(claim):
            found[subject(claim)].append(claim)
    return dict(found)


def rows_by_id(mission: Mission) -> dict[tuple[str, str], Row]:
    """Every row of a mission by its table and id."""
    return {(table, str(vars(row)["id"])): row for table in TABLES for row in mission.rows(table)}


def table_value(rows: dict[tuple[str, str], Row], claim: Claim) -> str | None:
    """What the mission itself says at the one value that a claim is about; None if it is about no single value."""
    row = rows.get((claim.table or "", claim.row or ""))
    values = row.values() if row else {}
    return text_of(values[claim.column]) if claim.column in values else None


def conflicts(mission: Mission) -> tuple[Conflict, ...]:
    """Every subject on which claims state different values, in the order of the claims."""
    found, rows = [], rows_by_id(mission)
    for about, claims in claims_by_subject(mission).items():
        values = [claim.value or "" for claim in claims]
        if all(same_value(values[0], value) for value in values[1:]):
            continue
        chosen = next((claim for claim in claims if claim.adopted), None)
        adopted = chosen.value if chosen else table_value(rows, claims[0])
        reasons = [claim.reason for claim in ([chosen] if chosen else claims) if claim.reason]
        found.append(Conflict(" ".join(about), tuple(claims), adopted, reasons[0] if reasons else None))
    return tuple(found)


def _strongest(claims: list[Claim]) -> dict[tuple[str, str, str], Basis]:
    """Adopted claims by (table, row, column); of several, reported counts before derived before assumed."""
    found: dict[tuple[str, str, str], Basis] = {}
    for basis in reversed(get_args(Basis)):
        for claim in claims:
            if claim.adopted and claim.basis == basis and claim.table and claim.row and claim.column:
                found[claim.table, claim.row, claim.column] = claim.basis
    return found


def value_bases(mission: Mission) -> Iterator[tuple[Spot, Basis | None]]:
    """Each value that was given (blank and default cells are not) with what it rests on: its most specific claim."""
    founded = _strongest(list(mission.claims))
    named = {(table, row) for table, row, _ in founded}
    for table in FOUNDED:
        defaults = {c.name: python_default(c) for c in columns(table) if c.name not in NEEDS_NO_CLAIM}
        general = {name: founded.get((table, "*", name)) or founded.get((table, "*", "*")) for name in defaults}
        for number, row in enumerate(mission.rows(table)):
            values = vars(row)
            key = values["id"]
            special = (table, key) in named
            for name, default in defaults.items():
                value = values[name]
                if value is None or value == default:
                    continue
                basis = founded.get((table, key, name)) or founded.get((table, key, "*")) if special else None
                yield Spot(table, number, name), basis or general[name]


def count_basis(mission: Mission) -> BasisCounts:
    """How many values are reported, derived and assumed, and which rest on no claim."""
    counts: Counter[Basis] = Counter()
    unfounded = []
    for spot, basis in value_bases(mission):
        if basis is None:
            unfounded.append(spot)
        else:
            counts[basis] += 1
    return BasisCounts(counts["reported"], counts["derived"], counts["assumed"], tuple(unfounded))


def totals(mission: Mission) -> Totals:
    """The size of a mission on the day of cessation."""
    civilians = sum(unit.strength for unit in mission.units if unit.kind.startswith("civilian_"))
    return Totals(
        sites=len(mission.sites),
        uniformed=sum(unit.strength for unit in mission.units) - civilians,
        civilians=civilians,
        teu=sum(lot.count * lot.teu_each for lot in mission.equipment if not lot.self_propelled),
        vehicles=sum(lot.count for lot in mission.equipment if lot.self_propelled),
    )
