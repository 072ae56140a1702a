"""Names lead somewhere, and to one thing only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from drawdown.mission.checks.finding import Check, fault, listed, warning
from drawdown.mission.faults import Fault, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import TABLES, columns

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def _ids(mission: Mission, *tables: str) -> set[str]:
    return {str(vars(row)["id"]) for table in tables for row in mission.rows(table)}


def unresolved(tables: Tables, doubtful: Collection[str] = ()) -> Iterator[Fault]:
    """A fault for each id that a row names and no row has.

    Works on the values of rows, so that it can look at what was read of a mission whose other cells are faulty.
    What refers to a table that is missing or ``doubtful`` is left alone.
    """
    ids = {table: {str(row.get("id")) for row in rows} for table, rows in tables.items() if table not in doubtful}
    for table, rows in tables.items():
        for column in columns(table):
            if column.base not in {"ref", "refs"} or not ids.keys() >= set(column.args):
                continue
            known = set().union(*(ids[target] for target in column.args))
            for number, row in enumerate(rows):
                value = row.get(column.name)
                for name in value or () if column.many else (value,):
                    if name is not None and name not in known:
                        message = f"`{name}` is not in {' or '.join(column.args)}"
                        yield fault(table, number, column.name, message, suggest(name, known))


def references_resolve(mission: Mission) -> Iterator[Fault]:
    """Every id that a row names is the id of a row that exists."""
    yield from unresolved({table: [vars(row) for row in mission.rows(table)] for table in TABLES})


def ids_unique(mission: Mission) -> Iterator[Fault]:
    """No id is used twice in a table, nor for both a site and an exit."""
    alone = [(table,) for table in TABLES if table not in {"sites", "exits"}]
    for group in (*alone, ("sites", "exits")):
        seen: dict[str, str] = {}
        for table in group:
            for number, row in enumerate(mission.rows(table)):
                name = str(vars(row)["id"])
                if name in seen:
                    yield fault(
                        table, number, "id", f"`{name}` is already used in {seen[name]}", "give each its own id"
                    )
                seen[name] = table


def hazard_classes_exist(mission: Mission) -> Iterator[Fault]:
    """Every hazard class that a leg or site names has a row in hazards."""
    known = {hazard.hazard_class for hazard in mission.hazards}
    for table in ("sites", "legs"):
        for number, row in enumerate(mission.rows(table)):
            name = getattr(row, "hazard_class")  # noqa: B009 - both rows have it, their common class has not
            if name is not None and name not in known:
                yield fault(table, number, "hazard_class", f"no hazard has the class `{name}`", suggest(name, known))


def disposal_groups_exist(mission: Mission) -> Iterator[Fault]:
    """Every asset group of a lot has its row in disposal_groups."""
    known = _ids(mission, "disposal_groups")
    for number, lot in enumerate(mission.equipment):
        if lot.asset_group is not None and lot.asset_group not in known:
            message = f"group {lot.asset_group} has no row in disposal_groups"
            yield fault("equipment", number, "asset_group", message, "add the group, or use " + suggest("", known))


def claims_lead_to_values(mission: Mission) -> Iterator[Fault]:
    """Every claim has a topic, or names the table, row and column (or * for all) of what it is about."""
    ids = {table: _ids(mission, table) for table in TABLES}
    for number, claim in enumerate(mission.claims):
        if claim.table is None:
            if claim.topic is None or claim.row is not None or claim.column is not None:
                remedy = "give its table, row and column, or only a topic"
                yield fault("claims", number, "table", "the claim does not say what it is about", remedy)
            continue
        if claim.table not in TABLES:
            yield fault("claims", number, "table", f"there is no table `{claim.table}`", suggest(claim.table, TABLES))
            continue
        known = {"row": ids[claim.table], "column": {c.name for c in columns(claim.table)}}
        for part, names in known.items():
            value = getattr(claim, part)
            if value is None:
                yield fault("claims", number, part, f"the claim names a table but no {part}", f"give the {part}, or *")
            elif value != "*" and value not in names:
                message = f"{claim.table} has no {part} `{value}`"
                yield fault("claims", number, part, message, suggest(value, names))


def names_distinct(mission: Mission) -> Iterator[Fault]:
    """No two places are printed with the same name: gazetteers know several towns of one name."""
    seen: dict[str, str] = {}
    for table in ("sites", "exits"):
        for number, place in enumerate(mission.rows(table)):
            name, own = str(vars(place)["name"]).casefold(), str(vars(place)["id"])
            if name in seen:
                message = f"{listed([seen[name], own])} are printed with the same name"
                yield warning(table, number, "name", message, "tell them apart in the name")
            seen[name] = own


CHECKS: tuple[Check, ...] = (
    references_resolve,
    ids_unique,
    hazard_classes_exist,
    disposal_groups_exist,
    claims_lead_to_values,
    names_distinct,
)
