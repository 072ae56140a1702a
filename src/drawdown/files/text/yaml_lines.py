"""YAML as text with line numbers: what somebody wrote, where they wrote it, and nothing that YAML makes of it.

``NO`` stays NO, ``on`` stays on, ``12:30`` stays 12:30 and 2023-13-01 is a text that a reader of days will refuse.
Anchors, aliases and tags are refused, and so is deep nesting: no mission needs them and bombs are made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from drawdown.files.limits import Unreadable

_DEPTH = 8
_BLANKS = {"", "~", "null", "Null", "NULL"}


@dataclass
class Node:
    """A piece of YAML: a text, a list of nodes, or a mapping of texts to nodes; ``line`` counts from 1.

    A text without quotes is ``plain``. ``repeated`` has the keys of a mapping that stand there twice, with their lines.
    """

    line: int
    value: str | list[Node] | dict[str, Node]
    plain: bool = False
    key_lines: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int]] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether nothing is written there."""
        return isinstance(self.value, str) and self.plain and self.value in _BLANKS


def parse_yaml(text: str) -> Node:
    """The one document of a YAML text. Raises `Unreadable` with the line where it stops being one."""
    import yaml  # noqa: PLC0415 - heavy

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _document(yaml.parse(text, Loader=loader))
    except yaml.reader.ReaderError as problem:
        line = text.encode()[: problem.position].count(b"\n") + 1
        raise Unreadable("holds a control character", "delete it", line) from None
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise Unreadable(f"is not YAML: {problem.problem}", "check indentation, colons and quotes", line) from None


def _document(events: Iterator[Any]) -> Node:
    """Build nodes from parser events without recursion, so that no depth of nesting can exhaust the stack."""
    root = Node(1, {})
    open_nodes: list[tuple[Node, list[Node]]] = []  # each with the key that waits for its value, if any
    documents = 0
    for event in events:
        kind, line = type(event).__name__, event.start_mark.line + 1
        documents += kind == "DocumentStartEvent"
        if documents > 1:
            raise Unreadable("holds a second document", "delete the line `---` and what follows", line)
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise Unreadable(
                "uses an anchor or alias (`&`, `*`)", "write the value out, or put the text in quotes", line
            )
        if getattr(event, "tag", None):
            raise Unreadable("uses a tag (`!`)", "delete it, or put the text in quotes", line)
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            open_nodes.pop()
            continue
        node = _node(kind, event, line)
        if node is None:
            continue
        if open_nodes:
            _attach(node, *open_nodes[-1])
        else:
            root = node
        if not isinstance(node.value, str):
            if len(open_nodes) == _DEPTH:
                raise Unreadable(f"is nested more than {_DEPTH} deep", "see the reference page of the format", line)
            open_nodes.append((node, []))
    return root


def _node(kind: str, event: Any, line: int) -> Node | None:
    if kind == "ScalarEvent":
        return Node(line, event.value, plain=event.style in {None, ""})
    if kind == "SequenceStartEvent":
        return Node(line, [])
    return Node(line, {}) if kind == "MappingStartEvent" else None


def _attach(node: Node, parent: Node, waiting: list[Node]) -> None:
    if isinstance(parent.value, list):
        parent.value.append(node)
    elif not waiting:
        waiting.append(node)
    elif isinstance(parent.value, dict):
        key = waiting.pop()
        if not isinstance(key.value, str):
            raise Unreadable("has a list or mapping as a key", "write a word and a colon", key.line)
        if key.value in parent.value:
            parent.repeated.append((key.value, key.line))
        parent.value.setdefault(key.value, node)
        parent.key_lines.setdefault(key.value, key.line)
