"""What might be otherwise: a what-if of the mission's own table, and the mission as it would then be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from drawdown.mission.changed_row import Cells, cell_fault, changed_row
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.tables import Claim
from drawdown.mission.values import number_in
from drawdown.mission.vocabulary import TABLES

#: What the columns `table` and `row` say of a change to the whole plan, and the one column that it has.
PLAN, SHIFT = "plan", "shift_days"

#: Tables whose rows a what-if may change: all but its own.
CHANGEABLE = tuple(table for table in TABLES if table != "what_ifs")


class Change(NamedTuple):
    """What a what-if comes to: rows by table and id, days by which the plan moves, and what cannot be understood."""

    rows: Mapping[str, Mapping[str, Row]]
    shift: int
    faults: tuple[Fault, ...]


def what_ifs(mission: Mission) -> dict[str, str]:
    """The what-ifs of a mission: short name -> name as it is printed, in file order."""
    found: dict[str, str] = {}
    for row in mission.what_ifs:
        found.setdefault(row.what_if, row.name)
    return found


def changed_mission(mission: Mission, what_if: str) -> Mission:
    """The mission as it would be: rows replaced where they stand, new rows last.

    A claim about a changed cell speaks of the mission as it is, so the changed one goes without it.
    `MissionError` if the mission has no such what-if, or one that cannot be applied.
    """
    return apply(mission, what_if, _understood(mission, what_if))


def plan_shift(mission: Mission, what_if: str) -> int:
    """Whole days by which every action of a plan moves (earlier if negative); `MissionError` as `changed_mission`."""
    return _understood(mission, what_if).shift


def change_of(mission: Mission, what_if: str) -> Change:
    """What the rows of a what-if come to; their faults are told, not raised."""
    faults: list[Fault] = []
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    shift = 0
    for (table, name), cells in _by_target(mission, what_if).items():
        faults += _twice(cells)
        found = _shift(mission, cells) if table == PLAN else _row(mission, table, name, cells)
        if isinstance(found, list):
            faults += found
        elif isinstance(found, int):
            shift = found
        else:
            rows[table][name] = found
    return Change(rows, shift, tuple(faults))


def apply(mission: Mission, what_if: str, change: Change) -> Mission:
    """The mission with the rows of a what-if's change, whether or not all of its cells were understood."""
    update: dict[str, Any] = {"claims": _claims_left(mission, what_if)}
    for table, rows in change.rows.items():
        old = {str(vars(row)["id"]): row for row in mission.rows(table)}
        update[table] = tuple({**old, **rows}.values())
    if "mission" in update:
        (update["mission"],) = update["mission"]
    return mission.model_copy(update=update)


def _understood(mission: Mission, what_if: str) -> Change:
    known = what_ifs(mission)
    if what_if not in known:
        spot, message = Spot("what_ifs", None, "what_if"), f"the mission has no what-if `{what_if}`"
        raise MissionError([Fault("fault", spot, what_if, message, suggest(what_if, known))])
    change = change_of(mission, what_if)
    if change.faults:
        raise MissionError(change.faults)
    return change


def _by_target(mission: Mission, what_if: str) -> dict[tuple[str, str], Cells]:
    found: dict[tuple[str, str], Cells] = defaultdict(list)
    for number, cell in enumerate(mission.what_ifs):
        if cell.what_if == what_if:
            found[cell.table, cell.row].append((number, cell))
    return found


def _claims_left(mission: Mission, what_if: str) -> tuple[Claim, ...]:
    changed = {(cell.table, cell.row, cell.column) for cell in mission.what_ifs if cell.what_if == what_if}
    return tuple(claim for claim in mission.claims if (claim.table, claim.row, claim.column) not in changed)


def _twice(cells: Cells) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, cell in cells:
        if cell.column in seen:
            message = f"`{cell.what_if}` changes {cell.column} of `{cell.row}` twice"
            yield cell_fault(number, cell, "column", message, "keep one of the two rows")
        seen.add(cell.column)


def _row(mission: Mission, table: str, name: str, cells: Cells) -> Row | list[Fault]:
    if table in CHANGEABLE:
        return changed_row(mission, table, name, cells)
    number, cell = cells[0]
    message = f"there is no table `{table}` that a what-if can change"
    return [cell_fault(number, cell, "table", message, suggest(table, (*CHANGEABLE, PLAN)))]


def _shift(mission: Mission, cells: Cells) -> int | list[Fault]:
    """The days by which the plan moves, or all that is wrong with them."""
    faults = [*_not_a_shift(mission, cells)]
    return faults or int(float(cells[0][1].value or 0))


def _not_a_shift(mission: Mission, cells: Cells) -> Iterator[Fault]:
    for number, cell in cells:
        days = number_in(cell.value or "")
        if cell.row != PLAN:
            yield cell_fault(number, cell, "row", f"there is one plan, and no `{cell.row}`", f"write `{PLAN}`")
        if cell.column != SHIFT:
            yield cell_fault(number, cell, "column", f"a plan has no column `{cell.column}`", f"write `{SHIFT}`")
        elif days is None or not days.is_integer():
            message = "the days by which the plan moves are not a whole number"
            yield cell_fault(number, cell, "value", message, "write a number of days such as -14")
        elif abs(days) > mission.days:
            message = f"the plan would move by more than the {mission.days} days to the end of liquidation"
            yield cell_fault(number, cell, "value", message, "correct the number of days")
