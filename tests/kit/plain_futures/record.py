"""What is written down of a future while it is played."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from drawdown.stress.script import Event, LotFacts, Reason


@dataclass
class PlainFuture:
    """One future: its log, and what it came to. Days that never came are one after the script's last.

    ``remaining`` has people by day from 0 on; ``piles`` what is in each pile in the end; ``lost_*`` go by reason.
    """

    events: list[tuple[int, int, int, int]]
    out_by: int
    last_out: list[int]
    handover: list[int]
    casualties: int
    attacks: int
    vehicles_lost: int
    lost_items: list[int]
    lost_teu: list[float]
    lost_usd: list[float]
    uncovered: int
    cost_usd: float
    remaining: list[int]
    piles: list[int]


class Record:
    """The log, and running totals."""

    def __init__(self, days: int):
        self.events: list[tuple[int, int, int, int]] = []
        self.casualties = self.attacks = self.vehicles_lost = self.uncovered = 0
        self.lost_items: Counter[Reason] = Counter()
        self.lost_teu: dict[Reason, float] = defaultdict(float)
        self.lost_usd: dict[Reason, float] = defaultdict(float)
        self.cost_usd = 0.0
        self.remaining: list[int] = []
        self.out_by = 0
        self.days = days

    def log(self, day: int, event: Event, a: int, b: int = 0) -> None:
        self.events.append((day, int(event), a, b))

    def log_some(self, day: int, event: Event, a: int, number: int) -> None:
        """Log a number unless it is 0."""
        if number:
            self.log(day, event, a, number)

    def attacked(self, day: int, where: int, attacks: int, casualties: int) -> None:
        """Attacks on an act, or on a site (-1 - its number), and whom they and other events hurt."""
        self.attacks += attacks
        self.casualties += casualties
        self.log_some(day, Event.ATTACKED, where, attacks)
        self.log_some(day, Event.HURT, where, casualties)

    def lose(self, lot: LotFacts, items: int, reason: Reason) -> None:
        self.lost_items[reason] += items
        self.lost_teu[reason] += items * lot.teu
        self.lost_usd[reason] += items * lot.usd
