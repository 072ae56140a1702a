"""What is wrong with a file, each with its place, the value and the remedy."""

from __future__ import annotations

from collections.abc import Iterable

from drawdown.mission.faults import Fault, spot_text

_LONGEST = 60  # characters of a value that are worth showing


def fault_line(fault: Fault) -> str:
    """One fault: ``fault    sites.csv:4  lat "91": is above 90; ...``."""
    value = fault.value if len(fault.value) <= _LONGEST else fault.value[:_LONGEST] + "..."
    shown = f' "{value}"' if value else ""
    column = f" {fault.spot.column}" if fault.spot.column else ""
    remedy = f"\n           {fault.remedy}" if fault.remedy else ""
    return f"{fault.severity:<8} {fault.where or spot_text(fault.spot)}{column}{shown}: {fault.message}{remedy}"


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """All of them: faults first, then warnings, then notes."""
    order = ("fault", "warning", "note")
    return [fault_line(fault) for fault in sorted(faults, key=lambda fault: order.index(fault.severity))]
