"""Which facts are struck out: corrections, corrections of corrections, as far as they were known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Chains:
    """What corrects what; facts are named by number.

    A level holds corrections and what they correct, the deepest level first: what might strike a correction out is
    looked at before the correction itself. A circle holds corrections of which each corrects the next, the last the
    first. Lost are corrections of facts that are not there at all.
    """

    facts: int
    levels: tuple[tuple[Numbers, Numbers], ...] = ()
    circles: tuple[tuple[int, ...], ...] = ()
    lost: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))

    def struck(self, known: Bools) -> Bools:
        """Which facts hold no more, if these are known."""
        out = np.zeros(self.facts, np.bool_)
        for corrections, targets in self.levels:
            out[targets[known[corrections] & ~out[corrections]]] = True
        for circle in self.circles:
            idle = [place for place, one in enumerate(circle) if not known[one] or out[one]]
            # A whole circle strikes nothing. Where one is idle, it is a chain that begins after it.
            for step in range(len(circle)) if idle else ():
                one, following = (circle[(idle[0] + ahead) % len(circle)] for ahead in (step, step + 1))
                out[following] |= known[one] and not out[one]
        return out

    def of_nothing(self, known: Bools) -> Numbers:
        """The corrections that are known of facts that are not."""
        parts = [corrections[~known[targets]] for corrections, targets in (*self.levels, *map(_links, self.circles))]
        found = np.concatenate([self.lost, *parts])
        of_nothing: Numbers = found[known[found]]
        return of_nothing


def _links(circle: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """The corrections of a circle and what each corrects."""
    return np.array(circle), np.roll(circle, -1)


def chains(facts: int, targets: Mapping[int, int]) -> Chains:
    """What corrects what, from the fact that each correction names (-1 if it is not there)."""
    depth: dict[int, int] = {}
    circles = []
    for first in targets:
        path: list[int] = []
        on_path: set[int] = set()
        one = first
        while one in targets and one not in depth and one not in on_path:
            path.append(one)
            on_path.add(one)
            one = targets[one]
        if one in on_path:
            circle = path[path.index(one) :]
            circles.append(tuple(circle))
            depth.update(dict.fromkeys(circle, 0))
            del path[len(path) - len(circle) :]
        for above in reversed(path):
            depth[above] = depth.get(targets[above], 0) + 1
    levels: dict[int, list[int]] = defaultdict(list)
    for one, level in depth.items():
        if level and targets[one] >= 0:
            levels[level].append(one)
    return Chains(
        facts,
        tuple(
            (np.array(levels[level]), np.array([targets[one] for one in levels[level]]))
            for level in sorted(levels, reverse=True)
        ),
        tuple(circles),
        np.array([one for one, target in targets.items() if target < 0], np.int64),
    )
