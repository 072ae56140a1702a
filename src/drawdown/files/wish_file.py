"""A planner's wishes as a small YAML file: see ``docs/wishes.md``. Every fault with its line, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drawdown.files.findings import Findings
from drawdown.files.folder import read_yaml
from drawdown.files.plan_files import read_plan
from drawdown.files.text.yaml_lines import Node
from drawdown.files.wish_items import read_item
from drawdown.files.wish_row import Context, Item
from drawdown.mission.faults import Fault, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.wishes import Wish, Wishes, check_wishes

#: Wishes in one file: every move of a large plan may be kept. Far more would be slow to hold against each other.
MAX_WISHES = 5000

_KEYS = ("mission", "plan", "wishes")
_EXAMPLE = "write a list `wishes:` of rows such as `- {site: gao, last_out: {not_after: 2023-11-10}}`"


@dataclass(frozen=True)
class WishReading:
    """Wishes as they were read from a file: None exactly if one of ``faults`` is a *fault*."""

    wishes: Wishes | None
    faults: tuple[Fault, ...]


def wishes_from(
    path: str | Path, mission: Mission, earlier: Plan | None = None, as_of: date | None = None
) -> WishReading:
    """Read the wishes for a plan of a sound mission. Never fails: whatever is wrong is in the reading's faults.

    ``earlier`` is the plan from which moves are kept; if it is not given, the file may name one. ``as_of`` is the day
    on which the plan is to be made (cessation if not given).
    """
    path, findings = Path(path), Findings()
    root = read_yaml(path, "wishes", findings)
    rows = _rows(path, root, mission, findings) if root else None
    if root is None or rows is None:
        return WishReading(None, findings.found(("wishes",)))
    if earlier is None:
        earlier = _earlier(path, root, findings)
    if earlier is not None and earlier.mission != mission.mission.id:
        message, remedy = f"is a plan of the mission `{earlier.mission}`", f"name a plan of `{mission.mission.id}`"
        findings.fault(Spot("wishes", None, "plan"), message, remedy, _where(path, root, "plan"), earlier.name)
        earlier = None
    context = Context(path.name, mission, earlier, as_of or mission.mission.cessation, findings)
    read: list[tuple[Wish, int]] = []
    for number, node in enumerate(rows):
        read += [(wish, number) for wish in read_item(Item(context, number, node))]
    wishes = Wishes(wishes=tuple(wish for wish, _ in read))
    for fault in check_wishes(mission, wishes, as_of):
        number = read[fault.spot.row or 0][1]
        where = f"{path.name}:{_line_of(rows[number], fault.spot.column) or rows[number].line}"
        findings.fault(fault.spot._replace(row=number), fault.message, fault.remedy, where, fault.value)
    return WishReading(None if findings.fatal else wishes, findings.found(("wishes",)))


def _where(path: Path, root: Node, key: str) -> str:
    return f"{path.name}:{root.key_lines.get(key, root.line)}"


def _rows(path: Path, root: Node, mission: Mission, findings: Findings) -> list[Node] | None:
    """The rows of the list of wishes, or None when ``findings`` say why there are none."""
    spot = Spot("wishes")
    if not isinstance(root.value, dict):
        findings.fault(spot, "is not a mapping of keys to values", _EXAMPLE, f"{path.name}:{root.line}")
        return None
    for key, line in root.repeated:
        findings.fault(spot, "is a key twice", "delete one of the two", f"{path.name}:{line}", key)
    for key in root.value:
        if key not in _KEYS:
            findings.fault(spot, "is not a key of this file", suggest(key, _KEYS), _where(path, root, key), key)
    named = root.value.get("mission")
    if named is not None and not named.blank and named.value != mission.mission.id:
        message = f"is not the mission that is planned, `{mission.mission.id}`"
        value = named.value if isinstance(named.value, str) else ""
        findings.fault(spot, message, "give the wishes of that mission", _where(path, root, "mission"), value)
    listed = root.value.get("wishes")
    if listed is None:
        findings.fault(spot, "`wishes` is missing", _EXAMPLE, path.name)
        return None
    if listed.blank:
        return []
    if not isinstance(listed.value, list):
        findings.fault(spot, "is not a list", _EXAMPLE, f"{path.name}:{listed.line}", "wishes")
        return None
    if len(listed.value) > MAX_WISHES:
        message = f"holds {len(listed.value):,} wishes; the limit is {MAX_WISHES:,}"
        findings.fault(spot, message, "wish for less", f"{path.name}:{listed.line}")
        return None
    return listed.value


def _earlier(path: Path, root: Node, findings: Findings) -> Plan | None:
    """The plan that the file names, beside it; None if it names none or ``findings`` say why it cannot be read."""
    node = root.value.get("plan") if isinstance(root.value, dict) else None
    if node is None or node.blank:
        return None
    where = _where(path, root, "plan")
    if not isinstance(node.value, str):
        findings.fault(Spot("wishes", None, "plan"), "is not a path", "name the folder of an earlier plan", where)
        return None
    reading = read_plan(path.parent / node.value)
    for fault in reading.faults:
        if fault.severity == "fault":
            message = f"the earlier plan cannot be read: {fault.where}: {fault.message}"
            findings.fault(Spot("wishes", None, "plan"), message, fault.remedy, where, node.value)
    return reading.plan


#: Keys of a wish that stand under another name in the file.
_ALIASES = {"from_date": ("from",), "to_date": ("to",), "not_before": ("on",), "not_after": ("on",)}


def _line_of(node: Node, key: str | None) -> int | None:
    """The line of a key in a row or in the mappings within it."""
    if key is None or not isinstance(node.value, dict):
        return None
    for name in (key, *_ALIASES.get(key, ())):
        if name in node.key_lines:
            return node.key_lines[name]
    found = (_line_of(child, key) for child in node.value.values())
    return next((line for line in found if line), None)
