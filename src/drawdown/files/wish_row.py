"""A row of a file of wishes, or a mapping within one: its values as their types, and every fault at its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from drawdown.files.cells import Refused, reader
from drawdown.files.findings import Findings
from drawdown.files.text.yaml_lines import Node
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import Column
from drawdown.plan.model import Disposition, Plan


def _column(base: str, *args: str, low: float | None = None, high: float | None = None) -> Column:
    return Column("", base, "", "", required=False, meaning="", base=base, args=args, low=low, high=high)


ID, DAY, TEXT, YES_NO = (_column(base) for base in ("id", "date", "text", "yes/no"))
COUNT = _column("integer", low=1, high=1_000_000_000)
END = _column("choice", *get_args(Disposition))


@dataclass(frozen=True)
class Context:
    """What wishes are read for: the file's name, the mission, the plan that moves are kept of, the day of planning."""

    file: str
    mission: Mission
    earlier: Plan | None
    as_of: date
    findings: Findings


@dataclass
class Item:
    """A row of the list (its number from 0), or a mapping within one."""

    context: Context
    number: int
    node: Node
    #: Whether something in it could not be read.
    spoilt: bool = False

    @property
    def keys(self) -> dict[str, Node]:
        """What is written under each key; nothing if it is no mapping."""
        return self.node.value if isinstance(self.node.value, dict) else {}

    @property
    def where(self) -> str:
        """The place where it begins."""
        return f"{self.context.file}:{self.node.line}"

    def tell(self, key: str | None, message: str, remedy: str, value: object = "") -> None:
        """Tell a fault at a key."""
        self.spoilt = True
        line = self.node.key_lines.get(key or "", self.node.line)
        where = f"{self.context.file}:{line}"
        self.context.findings.fault(Spot("wishes", self.number, key), message, remedy, where, value)

    def only(self, allowed: Iterable[str]) -> None:
        """Tell keys that have no meaning here, and keys that stand twice."""
        names = tuple(allowed)
        for key in self.keys.keys() - set(names):
            self.tell(key, f"`{key}` has no meaning here", suggest(key, names), key)
        for key, _ in self.node.repeated:
            self.tell(key, "is a key twice", "delete one of the two", key)

    def value(self, key: str, column: Column) -> Any:
        """The value under a key as its type; None if nothing is written there, or what is was refused."""
        node = self.keys.get(key)
        return None if node is None or node.blank else self.read(key, node, column)

    def read(self, key: str, node: Node, column: Column) -> Any:
        """A node as a value; None if it was refused."""
        if not isinstance(node.value, str):
            self.tell(key, f"`{key}` is not one value", "write one word, day or number")
            return None
        try:
            return reader(column)(node.value.strip())
        except Refused as refused:
            self.tell(key, f"`{key}` {refused.message}", refused.remedy, node.value)
            return None

    def name(self, key: str) -> str | None:
        """A key as the name of a row; None if it cannot be one, which is told."""
        try:
            return str(reader(ID)(key))
        except Refused as refused:
            self.tell(key, f"`{key}` {refused.message}", refused.remedy, key)
            return None

    def several(self, key: str, column: Column) -> tuple[Any, ...]:
        """One value or a list of them under a key."""
        node = self.keys.get(key)
        if node is None or node.blank:
            return ()
        nodes = node.value if isinstance(node.value, list) else [node]
        found = (self.read(key, one, column) for one in nodes)
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def inner(self, key: str, allowed: Iterable[str], example: str) -> Item:
        """The mapping under a key; told if it is none."""
        node = self.keys[key]
        inner = Item(self.context, self.number, node)
        if isinstance(node.value, dict) and node.value:
            inner.only(allowed)
        else:
            inner.spoilt = True
            self.tell(key, f"`{key}` is not a mapping", f"write `{key}: {example}`")
        return inner
