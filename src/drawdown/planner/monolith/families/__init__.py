"""The constraint families, in the order in which the rules are read. Importing this registers them all."""

from drawdown.planner.monolith.families import (
    accounts,
    closing,
    convoys,
    disposal,
    flights,
    handover,
    lift,
    people,
    protection,
    sites,
)

__all__ = [
    "accounts", "closing", "convoys", "disposal", "flights", "handover", "lift", "people", "protection", "sites",
]  # fmt: skip
