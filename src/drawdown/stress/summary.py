"""What many futures came to, small enough for a million of them: parts are added up in any order to the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from drawdown.stress.block import Block, Real, Whole
from drawdown.stress.counts import Counts, add_counts
from drawdown.stress.intervals import wilson
from drawdown.stress.sample import Sample, add_samples, in_all
from drawdown.stress.script import Reason, Script
from drawdown.stress.tally import Share, Tally

#: People are counted in at most so many bins a day.
BINS = 4096

#: Money is counted in whole thousands of dollars, room in tenths of a TEU: sums of whole numbers know no order.
USD, TEU = 1000.0, 0.1

#: Quantities of which each future has one value, or one for each site, reason of loss or day.
COUNTED = (
    "out_by", "last_out", "handover", "casualties", "attacks", "vehicles_lost", "lost_items", "lost_teu", "lost_usd",
    "uncovered", "cost_usd", "remaining",
)  # fmt: skip
UNITS = {"lost_teu": TEU, "lost_usd": USD, "cost_usd": USD}
DAYS = ("out_by", "last_out", "handover")

#: The group of all reasons of loss together.
IN_ALL = len(Reason)

#: Quantities that are only added up, one sum for each cause, act or clearance class.
SUMMED = ("delay_days", "critical_acts", "critical_classes", "late_acts")


@dataclass(frozen=True)
class Frame:
    """What the numbers of a summary are measured against: the last day, the deadline, and the mission's people."""

    days: int
    deadline: int
    people: int

    @classmethod
    def of(cls, script: Script) -> Frame:
        """The frame of a script's futures."""
        return cls(script.days, script.deadline, sum(strength for _name, strength, *_rest in script.units))

    @property
    def bin(self) -> int:
        """People in one bin of `Summary.remaining`; what is told is the most that a bin holds, so 0 is nobody."""
        return max(1, -(-self.people // (BINS - 1)))


@dataclass(frozen=True, eq=False)
class Summary:
    """``futures`` futures: exact counts of values by name (`COUNTED`), sums by name (`SUMMED`), and the first futures.

    Losses have a group for each reason, and the group `IN_ALL`.
    """

    frame: Frame
    futures: int
    counts: dict[str, Counts]
    sums: dict[str, Whole]
    sample: Sample

    @classmethod
    def of(cls, block: Block, frame: Frame) -> Summary:
        """A block of futures, summarised. Raises `ValueError` if they have more people than the mission."""
        if block.remaining.size and block.remaining.max() > frame.people:
            raise ValueError(f"{block.remaining.max()} people remain of a mission of {frame.people}")
        numbers = {name: getattr(block, name) for name in COUNTED}
        numbers["lost_items"] = np.column_stack([block.lost_items, block.lost_items.sum(axis=1)])
        numbers["lost_teu"] = _whole(np.column_stack([block.lost_teu, in_all(block.lost_teu)]), TEU)
        numbers["lost_usd"] = _whole(np.column_stack([block.lost_usd, in_all(block.lost_usd)]), USD)
        numbers["cost_usd"] = _whole(block.cost_usd, USD)
        numbers["remaining"] = -(-block.remaining // frame.bin)
        sums = {name: getattr(block, name) for name in SUMMED}
        sums["delay_days"] = block.delay_days.sum(axis=0)
        counts = {name: Counts.of(values) for name, values in numbers.items()}
        return cls(frame, block.count, counts, sums, Sample.of(block))

    def tally(self, name: str, group: int = 0) -> Tally:
        """One quantity, of one site, reason of loss or day: what its answers are asked of.

        Raises `KeyError` if nothing of that name is counted.
        """
        numbers, times = self.counts[name].group(group)
        if name == "remaining":
            return Tally(numbers, times, unit=self.frame.bin, most=self.frame.people)
        return Tally(numbers, times, UNITS.get(name, 1), self.frame.days if name in DAYS else None)

    def how_often(self, name: str, index: int) -> Share:
        """The chance that an act is on the critical chain or leaves late, or that a clearance of a class is."""
        times = int(self.sums[name][index])
        return Share(times / self.futures, *wilson(times, self.futures))

    def in_time(self) -> Share:
        """The chance of meeting the deadline."""
        return self.tally("out_by").at_most(self.frame.deadline)

    def fan(self, percents: Sequence[int] = (5, 25, 50, 75, 95)) -> list[tuple[int, ...]]:
        """People remaining in the evening of each day from cessation to the last: these percentiles of the futures."""
        days = (self.tally("remaining", day) for day in range(self.frame.days + 1))
        return [tuple(int(day.quantile(percent).value or 0) for percent in percents) for day in days]


def add_up(parts: Sequence[Summary]) -> Summary:
    """One summary of all the parts' futures. Raises `ValueError` if they are not of the same mission's."""
    frame = parts[0].frame
    if any(part.frame != frame for part in parts):
        raise ValueError("summaries of different missions cannot be added up")
    return Summary(
        frame,
        sum(part.futures for part in parts),
        {name: add_counts([part.counts[name] for part in parts]) for name in COUNTED},
        {name: np.sum([part.sums[name] for part in parts], axis=0) for name in SUMMED},
        add_samples([part.sample for part in parts]),
    )


def _whole(values: Real, unit: float) -> Whole:
    return np.rint(values / unit).astype(np.int64)
