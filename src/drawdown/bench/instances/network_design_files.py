"""Reads network design instances: `.dow` files, and the table of their proven optima."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.planner.engines.shipping_network import Arc, Commodity, Network

HEADER = ["instance", "proven_optimum"]


def read_values(path: Path) -> dict[str, float]:
    """The proven optimum of each instance; infinite where it is proven that there is no solution."""
    lines = list(csv.reader(_text(path).splitlines()))
    if not lines or lines[0] != HEADER:
        raise _unreadable(path, 1, ",".join(lines[0]) if lines else "", f"the header must be {','.join(HEADER)}")
    found: dict[str, float] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            name, value = line
            found[name] = math.inf if value == "infeasible" else float(value)
        except ValueError:
            raise _unreadable(path, number, ",".join(line), "give an instance and a number or `infeasible`") from None
    return found


def read_dow(path: Path) -> Network:
    """Read a `.dow` file.

    A title; nodes, arcs and commodities counted; then an arc a line (from, to, unit cost, capacity, fixed cost, two
    numbers to ignore) and a commodity a line (origin, destination, quantity).
    """
    lines = [line.split() for line in _text(path).splitlines()]
    number = 2
    try:
        arcs, commodities = int(lines[1][1]), int(lines[1][2])
        read: list[Arc] = []
        for number in range(3, arcs + 3):
            tail, head, unit, capacity, fixed = lines[number - 1][:5]
            read.append(Arc(tail, head, float(fixed), float(capacity), float(unit)))
        wanted: list[Commodity] = []
        for number in range(arcs + 3, arcs + commodities + 3):
            origin, destination, quantity = lines[number - 1][:3]
            wanted.append(Commodity(origin, (destination,), float(quantity)))
    except (IndexError, ValueError) as error:
        text = " ".join(lines[number - 1]) if number <= len(lines) else ""
        raise _unreadable(path, number, text, f"not as the format wants it ({error})") from error
    return Network(tuple(read), tuple(wanted))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, 1, "", f"cannot be read: {error}") from error


def _unreadable(path: Path, line: int, value: str, message: str) -> MissionError:
    return MissionError(
        [Fault("fault", Spot(path.name, line), value, message, "get the published file again", f"{path.name}:{line}")]
    )
